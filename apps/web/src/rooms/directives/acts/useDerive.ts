import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { UseMutationResult } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/client.ts';
import { useErrorText } from '../../../ui/form/index.ts';
import { showToast } from '../../../ui/toast/index.ts';

/** *Tạo văn bản triển khai*: makes the draft and opens it. */
export function useDerive(id: string): UseMutationResult<{ id: string }, Error, void> {
  const { t } = useTranslation('directives');
  const text = useErrorText();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation<{ id: string }, Error, void>({
    mutationFn: async () => (await call('POST /directives/{id}/derive', { params: { id }, body: {} })) as { id: string },
    onSuccess: async (draft) => {
      await client.invalidateQueries({ queryKey: ['GET /directives'] });
      showToast({ message: t('acts.derived') });
      await navigate({ to: `/directives/${draft.id}/check` });
    },
    onError: (error) => showToast({ message: text(error), kind: 'problem' }),
  });
}
