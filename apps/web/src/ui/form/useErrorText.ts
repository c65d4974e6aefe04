import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/error.ts';

/** The sentence to show for an error: the server's own, already in the asked language, else ours for the lost network and the unforeseen. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation('ui');
  return (error) => {
    if (!(error instanceof ApiError)) return t('error.unforeseen');
    if (error.code === 'network') return t('error.network');
    if (error.message !== '') return error.message;
    if (error.status === 403) return t('error.forbidden');
    if (error.status === 404) return t('error.notFound');
    if (error.status === 409) return t('error.conflict');
    return t('error.unforeseen');
  };
}
