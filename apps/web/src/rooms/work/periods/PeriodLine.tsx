import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../../i18n/format.ts';
import type { WorkItem } from '../api.ts';
import { formatDue } from '../deadline.ts';
import styles from '../Work.module.css';
import { periodDays } from './words.ts';

/** The reporting period that runs: its number, days and date, and whether that date is computed. */
export function PeriodLine({ item }: { item: Pick<WorkItem, 'period' | 'due'> }): ReactElement | null {
  const { t } = useTranslation('work');
  const { period, due } = item;
  if (period === null) return null;
  const said = [
    due === null ? null : t('period.due', { due: formatDue(due) }),
    period.computed ? t('period.computed') : null,
    period.until === null ? null : t('period.until', { day: formatDate(period.until) }),
  ].filter((one) => one !== null);
  return (
    <p className={styles['period']}>
      <strong className="tabular">{t('period.now', { number: period.number, days: periodDays(period) })}</strong>{' '}
      <span className={`${styles['hint']} tabular`}>{said.join(' · ')}</span>
    </p>
  );
}
