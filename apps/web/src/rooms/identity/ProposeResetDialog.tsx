import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../api/query.ts';
import { ConfirmDialog } from '../../ui/form/ConfirmDialog.tsx';
import { showToast } from '../../ui/toast/toasts.ts';

/** One administrator asks for the reset of a person's second factor; another decides. */
export function ProposeResetDialog({ person, onClose }: { person: { id: string; name: string }; onClose: () => void }): ReactElement {
  const { t } = useTranslation('identity');
  const propose = useChange('POST /second-factor-resets', ['GET /second-factor-resets']);
  const confirm = (reason: string): void =>
    propose.mutate(
      { body: { personId: person.id, reason } },
      {
        onSuccess: () => {
          onClose();
          showToast({ message: t('reset.proposedToast') });
        },
      },
    );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('reset.propose')}
      confirm={t('reset.proposeButton')}
      onConfirm={confirm}
      reason="required"
      busy={propose.isPending}
      error={propose.error}
    >
      {t('reset.proposeDetail', { name: person.name })}
    </ConfirmDialog>
  );
}
