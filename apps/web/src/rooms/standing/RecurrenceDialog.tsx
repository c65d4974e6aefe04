import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';
import { DateField } from '../../ui/form/DateField.tsx';
import { fieldError } from '../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../ui/form/Form.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import type { StandingItem } from './api.ts';

/** Ends the periodic report of an item with a day and a reason, or resumes it. */
export function RecurrenceDialog({
  directive,
  item,
  onClose,
}: {
  directive: string;
  item: Pick<StandingItem, 'id' | 'recurrenceUntil'>;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation('standing');
  const { today } = useSession();
  const ending = item.recurrenceUntil === null;
  const [until, setUntil] = useState<string | null>(today);
  const [reason, setReason] = useState('');
  const change = useChange('POST /directives/{id}/recurrence', ['GET /directives/{id}/standing', 'GET /work/{directive}/{organisation}']);
  const send = (): void =>
    change.mutate(
      { params: { id: directive }, body: { requirement: item.id, until: ending ? until : null, reason: reason.trim() } },
      {
        onSuccess: () => {
          showToast({ message: t(ending ? 'period.ended' : 'period.resumed') });
          onClose();
        },
      },
    );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(ending ? 'period.endTitle' : 'period.resumeTitle')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <Form onSubmit={send} error={change.error} places={['until', 'reason']}>
        <p>{t(ending ? 'period.endDetail' : 'period.resumeDetail')}</p>
        {ending && (
          <DateField
            label={t('period.untilDay')}
            value={until}
            onChange={setUntil}
            error={fieldError(change.error, 'until')}
            min={today}
            required
          />
        )}
        <Textarea
          label={t('period.reason')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={fieldError(change.error, 'reason')}
          autosize
          minRows={2}
          maxLength={1000}
          required
        />
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={change.isPending} disabled={reason.trim() === '' || (ending && until === null)}>
            {t('period.save')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
