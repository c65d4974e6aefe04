import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../../ui/form/useErrorText.ts';
import { showToast } from '../../../ui/toast/toasts.ts';
import { useWorkAct } from '../api.ts';

interface Act<Input> {
  send: (input: Input) => void;
  isPending: boolean;
}

/** Duyệt và gửi, one or several; what could not be sent says why. The card may be gone before the answer is told, so that is awaited. */
export function useApproval(onDone?: () => void): Act<readonly string[]> {
  const { t, i18n } = useTranslation('work');
  const errorText = useErrorText();
  const approve = useWorkAct('POST /proposals/approve');
  const language = i18n.language === 'en' ? 'en' : 'vi';
  return {
    isPending: approve.isPending,
    send: (ids) =>
      void approve.mutateAsync({ body: { proposals: [...ids] } }).then(
        ({ approved, failed }) => {
          const said = t('approval.approved', { count: approved.length });
          const [first] = failed;
          if (first === undefined) showToast({ message: said });
          else
            showToast({
              message: `${said} ${t('approval.failed', { count: failed.length })} ${first.message[language]}`,
              kind: 'problem',
            });
          onDone?.();
        },
        (error: unknown) => void showToast({ message: errorText(error), kind: 'problem' }),
      ),
  };
}

/** An officer takes a proposal back to change it. */
export function useWithdrawal(): Act<string> {
  const { t } = useTranslation('work');
  const errorText = useErrorText();
  const withdraw = useWorkAct('POST /proposals/{id}/withdraw');
  return {
    isPending: withdraw.isPending,
    send: (id) =>
      void withdraw.mutateAsync({ params: { id }, body: {} }).then(
        () => void showToast({ message: t('approval.withdrawn') }),
        (error: unknown) => void showToast({ message: errorText(error), kind: 'problem' }),
      ),
  };
}
