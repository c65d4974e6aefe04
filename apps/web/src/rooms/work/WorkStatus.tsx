import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatNumber } from '../../i18n/format.ts';
import styles from './Work.module.css';

/** How much work waits for the acting organisation, in the top bar of every page; nothing where none does. */
export function WorkStatus(): ReactElement | null {
  const { t } = useTranslation('work');
  const { data } = useApi('GET /my-work/counts');
  if (data === undefined || data.todo === 0) return null;
  return (
    <Link to="/my-work" className={styles['status']}>
      {t('status.todo', { count: data.todo, shown: formatNumber(data.todo) })}
      {data.overdue > 0 && (
        <span className={styles['due']} data-time="overdue">
          {t('status.overdue', { count: data.overdue, shown: formatNumber(data.overdue) })}
        </span>
      )}
    </Link>
  );
}
