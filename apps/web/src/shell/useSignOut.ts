import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../api/client.ts';
import { useErrorText } from '../ui/form/useErrorText.ts';
import { showToast } from '../ui/toast/toasts.ts';

/** Ends the session here and at the server, and forgets everything that was read or drafted in this tab. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  const text = useErrorText();
  return async () => {
    try {
      await api('POST /sign-out', { body: {} });
    } catch (error) {
      showToast({ message: text(error), kind: 'problem' });
      return;
    }
    sessionStorage.clear();
    await navigate({ to: '/sign-in' });
    client.clear();
  };
}
