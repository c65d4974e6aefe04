import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import type { Acting } from '../api/contract.ts';
import { queryKeyOf } from '../api/query.ts';
import { useErrorText } from '../ui/form/useErrorText.ts';
import { showToast } from '../ui/toast/toasts.ts';

/** Changes in whose name one acts. Everything read so far belonged to another scope and is dropped. */
export function useActing(): (next: Acting) => Promise<void> {
  const { t } = useTranslation('shell');
  const client = useQueryClient();
  const navigate = useNavigate();
  const text = useErrorText();
  return async ({ organisation, role }) => {
    try {
      const session = await api('POST /session/acting', { body: { organisationId: organisation.id, role } });
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'GET /session' });
      // An answer still under way belongs to the former scope and must not come in after this one.
      await client.cancelQueries({ queryKey: queryKeyOf('GET /session') });
      client.setQueryData(queryKeyOf('GET /session'), session);
      showToast({ message: t('switched', { name: organisation.name }) });
      await navigate({ to: '/' });
    } catch (error) {
      showToast({ message: text(error), kind: 'problem' });
    }
  };
}
