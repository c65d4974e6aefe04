import { Modal } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/query.ts';
import { useSession } from '../../../api/session.ts';
import { ConfirmDialog } from '../../../ui/form/ConfirmDialog.tsx';
import { standingOf, STALE } from '../api.ts';
import type { Person } from '../api.ts';
import { OneSlip } from '../slips/OneSlip.tsx';

/** A new one-time password, with a reason; every open session of the account ends. */
export function ResetDialog({ person, onClose }: { person: Person; onClose: () => void }): ReactElement {
  const { t } = useTranslation('access');
  const { t: ui } = useTranslation('ui');
  const { today } = useSession();
  const reset = useChange('POST /people/{id}/reset', STALE);
  const confirm = (reason: string): void => reset.mutate({ params: { id: person.id }, body: { reason } });
  if (reset.data === undefined)
    return (
      <ConfirmDialog
        opened
        onClose={onClose}
        title={t('reset.title')}
        confirm={t('action.reset')}
        onConfirm={confirm}
        reason="required"
        busy={reset.isPending}
        error={reset.error}
      >
        {t('reset.detail', { name: person.name, username: person.username })}
      </ConfirmDialog>
    );
  const held = person.memberships.filter((one) => standingOf(one, today) === 'live').map(({ role }) => t(`shell:role.${role}`));
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      title={t('slip.renewed')}
      size="lg"
      closeButtonProps={{ 'aria-label': ui('close') }}
    >
      <OneSlip
        slip={{
          name: person.name,
          username: person.username,
          organisation: person.organisation.name,
          role: [...new Set(held)].join(', ') || '–',
          firstPassword: reset.data.firstPassword,
        }}
        onClose={onClose}
      />
    </Modal>
  );
}
