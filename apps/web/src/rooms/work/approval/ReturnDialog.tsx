import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../ui/form/ConfirmDialog.tsx';
import { showToast } from '../../../ui/toast/toasts.ts';
import { useWorkAct } from '../api.ts';

/** Trả lại: the officer reads why, changes it and puts it forward again. */
export function ReturnDialog({ proposal, onClose }: { proposal: string; onClose: () => void }): ReactElement {
  const { t } = useTranslation('work');
  const back = useWorkAct('POST /proposals/{id}/return');
  // The card that opened this is gone with the answer; a refusal is shown in the dialog.
  const send = (reason: string): void =>
    void back.mutateAsync({ params: { id: proposal }, body: { reason } }).then(
      () => {
        showToast({ message: t('approval.returned') });
        onClose();
      },
      () => {},
    );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('approval.returnTitle')}
      confirm={t('approval.return')}
      reason="required"
      onConfirm={send}
      busy={back.isPending}
      error={back.error}
    >
      {t('approval.returnDetail')}
    </ConfirmDialog>
  );
}
