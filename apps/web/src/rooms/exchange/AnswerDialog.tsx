import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../api/query.ts';
import { ConfirmDialog } from '../../ui/form/ConfirmDialog.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { STALE } from './api.ts';
import type { StatusFile } from './api.ts';

/** 15 or 16 with its reason; nothing else is done to the document by it. */
export function AnswerDialog({ file, agree, onClose }: { file: StatusFile; agree: boolean; onClose: () => void }): ReactElement {
  const { t } = useTranslation('exchange');
  const decide = useChange('POST /status-files/{id}/decision', STALE);
  const send = (reason: string): void =>
    decide.mutate(
      { params: { id: file.id }, body: { agree, reason } },
      {
        onSuccess: () => {
          showToast({ message: t('request.done') });
          onClose();
        },
      },
    );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t(agree ? 'request.agreeTitle' : 'request.refuseTitle')}
      confirm={t(agree ? 'request.agree' : 'request.refuse')}
      reason="required"
      onConfirm={send}
      busy={decide.isPending}
      error={decide.error}
    >
      {t('request.detail')}
    </ConfirmDialog>
  );
}
