import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../api/query.ts';
import { ErrorState, LoadingLines } from '../../../ui/page/PageStates.tsx';
import type { Part, WorkItem } from '../api.ts';
import styles from '../Work.module.css';
import { PastPeriod } from './PastPeriod.tsx';

const SIZE = 20;

interface Props {
  part: Part;
  requirement: string;
  period: WorkItem['period'];
  source?: string | undefined;
  /** Opened from the start, as in the standing. */
  opened?: boolean;
}

/** The periods of an item that have ended: how many were reported, and on asking each of them with what can be done. */
export function PastPeriods({ part, requirement, period, source, opened = false }: Props): ReactElement | null {
  const { t } = useTranslation('work');
  const [shown, setShown] = useState(opened);
  if (period === null || period.past.total === 0) return null;
  const { total, reported, open } = period.past;
  return (
    <details className={styles['past']} open={shown} onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>
        <span className="tabular">{t('period.past', { reported, count: total })}</span>
        {open > 0 && <span className={`${styles['problem']} tabular`}> · {t('period.pastOpen', { count: open })}</span>}
      </summary>
      {shown && <Rows part={part} requirement={requirement} source={source} />}
    </details>
  );
}

function Rows({ part, requirement, source }: { part: Part; requirement: string; source: string | undefined }): ReactElement {
  const { t } = useTranslation('work');
  const [pages, setPages] = useState(1);
  const past = useApi('GET /periods', { query: { ...part, requirement, page: 1, size: SIZE * pages } });
  if (past.data === undefined)
    return past.error === null ? <LoadingLines lines={2} /> : <ErrorState error={past.error} onRetry={() => void past.refetch()} />;
  const { items, total } = past.data;
  return (
    <>
      <ul className={styles['pastRows']}>
        {items.map((period) => (
          <PastPeriod key={period.id} period={period} source={source} />
        ))}
      </ul>
      {items.length < total && (
        <Button variant="subtle" size="compact-md" loading={past.isFetching} onClick={() => setPages(pages + 1)}>
          {t('my.more', { count: total - items.length })}
        </Button>
      )}
    </>
  );
}
