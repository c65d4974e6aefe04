import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../api/query.ts';
import styles from '../Work.module.css';
import { PastPeriod } from './PastPeriod.tsx';

const SIZE = 6;

/** Reporting periods that ended unanswered or for which more was asked: made for a thumb, one tap where nothing happened. */
export function MyPeriods({ exercise }: { exercise: boolean }): ReactElement | null {
  const { t } = useTranslation('work');
  const [pages, setPages] = useState(1);
  const past = useApi('GET /periods', { query: { show: 'open', page: 1, size: SIZE * pages, ...(exercise ? { exercise: 'true' } : {}) } });
  if (past.data === undefined || past.data.total === 0) return null;
  const { items, total } = past.data;
  const byDirective = Map.groupBy(items, ({ directive }) => directive.id);
  return (
    <section aria-label={t('period.mine')}>
      <h2 className={styles['group']}>
        {t('period.mine')} <span className="tabular">{total}</span>
      </h2>
      <p className={styles['hint']}>{t('period.mineHint')}</p>
      <ul className={styles['cards']}>
        {[...byDirective].map(([directive, periods]) => (
          <li key={directive} className={styles['card']}>
            <h3>
              <Link to={`/my-work/${directive}`}>{periods[0]?.directive.subject}</Link>
            </h3>
            <div className={styles['meta']}>{periods[0]?.directive.code}</div>
            <ul className={styles['pastRows']}>
              {periods.map((period) => (
                <PastPeriod key={period.id} period={period} named />
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {items.length < total && (
        <Button variant="subtle" size="compact-md" loading={past.isFetching} onClick={() => setPages(pages + 1)}>
          {t('my.more', { count: total - items.length })}
        </Button>
      )}
    </section>
  );
}
