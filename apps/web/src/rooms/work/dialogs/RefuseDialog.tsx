import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../ui/form/ConfirmDialog.tsx';
import { showToast } from '../../../ui/toast/toasts.ts';
import { useWorkAct } from '../api.ts';
import type { Part } from '../api.ts';

/** Gửi nhầm đơn vị: the document goes back with a reason; possible only before it was received. */
export function RefuseDialog({ part, onClose, source }: { part: Part; onClose: () => void; source?: string | undefined }): ReactElement {
  const { t } = useTranslation('work');
  const refuse = useWorkAct('POST /work/{directive}/{organisation}/refuse');
  const send = (reason: string): void =>
    refuse.mutate(
      { params: part, body: { reason, ...(source === undefined ? {} : { source }) } },
      {
        onSuccess: () => {
          showToast({ message: t('refuse.done') });
          onClose();
        },
      },
    );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('refuse.title')}
      confirm={t('refuse.confirm')}
      reason="required"
      grave
      onConfirm={send}
      busy={refuse.isPending}
      error={refuse.error}
    >
      {t('refuse.detail')}
    </ConfirmDialog>
  );
}
