import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../api/query.ts';
import { formatNumber } from '../../../i18n/format.ts';
import styles from './LeftoverStatus.module.css';

/** How much reorganisations left to the desk, in the top bar of every page; nothing where nothing waits. */
export function LeftoverStatus(): ReactElement | null {
  const { t } = useTranslation('organisations');
  const { data } = useApi('GET /leftovers', { query: { size: 1 } });
  if (data === undefined || data.total === 0) return null;
  return (
    <Link to={'/organisations' as never} search={{ view: 'left' } as never} className={styles['status']}>
      {t('left.status', { count: data.total, shown: formatNumber(data.total) })}
    </Link>
  );
}
