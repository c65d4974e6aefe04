import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../api/query.ts';
import { DateField } from '../../ui/form/DateField.tsx';
import { fieldError } from '../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../ui/form/Form.tsx';
import { showToast } from '../../ui/toast/toasts.ts';

interface FollowUpDialogProps {
  place: { directive: string; requirement: string; organisation?: string };
  former: { day: string; note: string | null } | null;
  onClose: () => void;
}

/** Sets, changes or takes away the desk's own day. */
export function FollowUpDialog({ place, former, onClose }: FollowUpDialogProps): ReactElement {
  const { t } = useTranslation('standing');
  const [day, setDay] = useState(former?.day ?? null);
  const [note, setNote] = useState(former?.note ?? '');
  const set = useChange('POST /work/follow-up', [
    'GET /directives/{id}/standing',
    'GET /directives/{id}/matrix',
    'GET /directives/{id}/cells/{organisation}/{requirement}',
    'GET /directives/{id}/reminders/preview',
  ]);
  const send = (to: string | null): void =>
    set.mutate(
      { body: { ...place, day: to, ...(to === null || note.trim() === '' ? {} : { note: note.trim() }) } },
      {
        onSuccess: () => {
          showToast({ message: t(to === null ? 'followUp.removed' : 'followUp.done') });
          onClose();
        },
      },
    );
  const all = place.organisation === undefined;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(all ? 'followUp.titleAll' : 'followUp.title')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <Form onSubmit={() => day !== null && send(day)} error={set.error} places={['day', 'note']}>
        <p>{t('followUp.detail')}</p>
        <DateField label={t('followUp.day')} value={day} onChange={setDay} error={fieldError(set.error, 'day')} required />
        <TextInput
          label={t('followUp.note')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={fieldError(set.error, 'note')}
          maxLength={300}
        />
        <FormButtons>
          {former !== null && (
            <Button variant="default" onClick={() => send(null)} loading={set.isPending}>
              {t('followUp.remove')}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={set.isPending} disabled={day === null}>
            {t('followUp.save')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
