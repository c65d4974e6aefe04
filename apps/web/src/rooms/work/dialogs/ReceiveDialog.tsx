import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../api/session.ts';
import { DateField } from '../../../ui/form/DateField.tsx';
import { fieldError } from '../../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../../ui/form/Form.tsx';
import { showToast } from '../../../ui/toast/toasts.ts';
import { useWork, useWorkAct } from '../api.ts';
import type { Part } from '../api.ts';

interface ReceiveDialogProps {
  part: Part;
  onClose: () => void;
  /** From where, when the desk enters for the agency. */
  source?: string | undefined;
}

/** Vào sổ: số đến is proposed, ngày đến is today; one tap where both are right. */
export function ReceiveDialog({ part, onClose, source }: ReceiveDialogProps): ReactElement {
  const { t } = useTranslation('work');
  const { today } = useSession();
  const work = useWork(part);
  const [typed, setTyped] = useState<string | null>(null);
  const [day, setDay] = useState<string | null>(today);
  const receive = useWorkAct('POST /work/{directive}/{organisation}/receive');
  const number = typed ?? work.data?.proposedNumber ?? '';
  const send = (): void => {
    if (number.trim() === '' || day === null) return;
    receive.mutate(
      { params: part, body: { number, day, ...(source === undefined ? {} : { source }) } },
      {
        onSuccess: () => {
          showToast({ message: t('receive.done', { number }) });
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={t('receive.title')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <Form onSubmit={send} error={receive.error} places={['number', 'day']}>
        <TextInput
          label={t('receive.number')}
          description={t('receive.numberHint')}
          value={number}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={fieldError(receive.error, 'number')}
          required
          maxLength={30}
        />
        <DateField label={t('receive.day')} value={day} onChange={setDay} error={fieldError(receive.error, 'day')} required max={today} />
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={receive.isPending} disabled={number.trim() === '' || day === null} data-autofocus>
            {t('receive.confirm')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
