import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../i18n/format.ts';
import styles from './Access.module.css';
import type { Person } from './api.ts';

/** Whether one can sign in with it. */
export function AccountState({ person }: { person: Person }): ReactElement {
  const { t } = useTranslation('access');
  if (person.disabledAt !== null)
    return <span className={styles['disabled']}>{t('state.disabled', { day: formatDate(person.disabledAt) })}</span>;
  return <span>{t(person.mustChangePassword ? 'state.first' : 'state.active')}</span>;
}
