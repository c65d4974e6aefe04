import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../i18n/format.ts';
import type { Standing, StandingItem } from './api.ts';
import styles from './Standing.module.css';

const RecurrenceDialog = lazy(async () => ({ default: (await import('./RecurrenceDialog.tsx')).RecurrenceDialog }));

/** How an item recurs, until when, and for the desk the way to end or resume it. */
export function Recurrence({ standing, item }: { standing: Standing; item: StandingItem }): ReactElement | null {
  const { t } = useTranslation('standing');
  const [opened, setOpened] = useState(false);
  if (item.recurrence === null || item.heading) return null;
  const every = t(`period.every.${item.recurrence.split('+')[0] ?? ''}`);
  const until = item.recurrenceUntil;
  return (
    <div className={styles['buttons']}>
      <span>{until === null ? t('period.recurs', { every }) : t('period.recursUntil', { every, day: formatDate(until) })}</span>
      {standing.can.remind && (
        <Button variant="subtle" size="compact-md" onClick={() => setOpened(true)}>
          {t(until === null ? 'period.end' : 'period.resume')}
        </Button>
      )}
      {opened && (
        <Suspense fallback={null}>
          <RecurrenceDialog directive={standing.id} item={item} onClose={() => setOpened(false)} />
        </Suspense>
      )}
    </div>
  );
}
