import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../api/session.ts';
import { DateField } from '../../../ui/form/DateField.tsx';
import { fieldError } from '../../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../../ui/form/Form.tsx';
import { showToast } from '../../../ui/toast/toasts.ts';
import { useWorkAct } from '../api.ts';
import type { Part, WorkItem } from '../api.ts';
import { formatDue } from '../deadline.ts';

/** Đề nghị gia hạn: the present deadline stays until the overseer decides. */
export function ExtensionDialog({
  part,
  item,
  source,
  onClose,
}: {
  part: Part;
  item: WorkItem;
  source?: string | undefined;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation('work');
  const { today } = useSession();
  const [until, setUntil] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const ask = useWorkAct('POST /work/{directive}/{organisation}/extension');
  const complete = until !== null && reason.trim() !== '';
  const send = (): void => {
    if (until === null || !complete) return;
    ask.mutate(
      { params: part, body: { tasks: [item.task], until, reason: reason.trim(), ...(source === undefined ? {} : { source }) } },
      {
        onSuccess: () => {
          showToast({ message: t('extension.done') });
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={t('extension.title', { path: item.path })} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <Form onSubmit={send} error={ask.error} places={['until', 'reason']}>
        <p>{t('extension.detail', { due: item.due === null ? '' : formatDue(item.due) })}</p>
        <DateField
          label={t('extension.until')}
          value={until}
          onChange={setUntil}
          error={fieldError(ask.error, 'until')}
          required
          min={today}
        />
        <Textarea
          label={t('ui:confirm.reason')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={fieldError(ask.error, 'reason')}
          required
          maxLength={1000}
          autosize
          minRows={2}
        />
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={ask.isPending} disabled={!complete}>
            {t('extension.send')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
