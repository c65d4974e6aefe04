import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { ApiError } from '../api/error.ts';
import type { OrganisationHit } from '../api/contract.ts';
import { DateField } from '../ui/form/DateField.tsx';
import { fieldError, FilePicker, Form, FormButtons, OrganisationPicker, TimeField, useDraft } from '../ui/form/index.ts';
import { PageHeader, Panel } from '../ui/page/index.ts';
import { Progress } from '../ui/wizard/index.ts';

const refused = new ApiError({
  status: 422,
  code: 'invalid',
  message: 'Số điện thoại cần có 10 chữ số, ví dụ 0912 345 678.',
  place: 'phone',
});
const general = new ApiError({ status: 409, code: 'conflict', message: '' });

export function FormsPage(): ReactElement {
  const [draft, setDraft, clear] = useDraft('gallery/form', {
    phone: '09',
    day: '2024-04-20' as string | null,
    time: '14:32' as string | null,
  });
  const [organisation, setOrganisation] = useState<OrganisationHit | null>(null);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [error, setError] = useState<ApiError | null>(refused);
  return (
    <>
      <PageHeader title="Biểu mẫu" trail={<a href="/gallery">gallery</a>} />
      <div style={{ maxWidth: 560 }}>
        <Panel>
          <Form onSubmit={() => setError(general)} error={error} places={['phone']} label="Biểu mẫu">
            <OrganisationPicker label="Đơn vị" value={organisation} onChange={setOrganisation} required />
            <TextInput
              label="Điện thoại"
              value={draft.phone}
              onChange={(event) => setDraft({ ...draft, phone: event.currentTarget.value })}
              error={fieldError(error, 'phone')}
            />
            <DateField
              label="Ngày đến"
              value={draft.day}
              onChange={(day) => setDraft({ ...draft, day })}
              description="Còn 5 ngày làm việc"
            />
            <TimeField label="Giờ" value={draft.time} onChange={(time) => setDraft({ ...draft, time })} />
            <FilePicker
              label="Chọn tệp văn bản"
              files={files}
              onChange={setFiles}
              accept=".docx,.pdf,.txt"
              maxBytes={20_000_000}
              multiple
            />
            <Progress done={1234} total={5000} noun="dòng" rate={900} remaining={140} />
            <FormButtons>
              <Button variant="default" onClick={clear}>
                Nhập lại
              </Button>
              <Button type="submit">Lưu</Button>
            </FormButtons>
          </Form>
        </Panel>
      </div>
    </>
  );
}
