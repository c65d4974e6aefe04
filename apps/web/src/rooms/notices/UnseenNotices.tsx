import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatDateTime, formatNumber } from '../../i18n/format.ts';
import styles from './Notices.module.css';

/** Notices that the acting organisation has not opened yet, each leading to its figures. */
export function UnseenNotices(): ReactElement | null {
  const { t } = useTranslation('notices');
  const { data } = useApi('GET /notices', { query: { side: 'own', unseen: 'true', size: 5 } });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <ul className={styles['unseen']} aria-label={t('unseenOnes', { count: data.total })}>
      {data.items.map(({ id, ticket, total, overseer, frozenAt }) => (
        <li key={id}>
          <Link to={`/notices/${id}` as never}>{t('line', { ticket, count: total, shown: formatNumber(total) })}</Link>
          <div className={styles['soft']}>
            {formatDateTime(frozenAt)} · {overseer.name}
          </div>
        </li>
      ))}
    </ul>
  );
}
