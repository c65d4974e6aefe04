import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatDate } from '../../i18n/format.ts';
import { EmptyState, ErrorState, LoadingLines } from '../../ui/page/index.ts';
import { useListState } from '../../ui/table/index.ts';
import type { DutyShow } from './api.ts';
import { CallCard } from './CallCard.tsx';
import type { CallQueue } from './useCallQueue.ts';
import styles from './Duty.module.css';

interface NumbersProps {
  directive: string | undefined;
  queue: CallQueue;
  mayCall: boolean;
}

const SHOWS: readonly DutyShow[] = ['due', 'called', 'no-number', 'all'];
const SIZE = 24;

/** All organisations that may be called, to choose oneself; the state of the list lives in the address. */
export function Numbers({ directive, queue, mayCall }: NumbersProps): ReactElement {
  const { t } = useTranslation('duty');
  const list = useListState({ filters: ['show'] });
  const show = SHOWS.find((one) => one === list.state.filters['show']) ?? 'due';
  const { q, page } = list.state;
  const answer = useApi('GET /duty/organisations', {
    query: { show, page, size: SIZE, ...(q === '' ? {} : { q }), ...(directive === undefined ? {} : { directive }) },
  });
  const { data } = answer;
  const pages = Math.max(1, Math.ceil((data?.total ?? 0) / SIZE));
  const noted = new Set(queue.waiting.map(({ call }) => call.organisation));
  return (
    <section aria-label={t('numbers.title')}>
      <div className={styles['tools']}>
        <h2>{t('numbers.title')}</h2>
        <SegmentedControl
          value={show}
          onChange={(next) => list.setFilter('show', next === 'due' ? '' : next)}
          data={SHOWS.map((value) => ({ value, label: `${t(`show.${value}`)}${data === undefined ? '' : ` ${data.counts[value]}`}` }))}
          aria-label={t('show.label')}
        />
        <Search value={q} onChange={(next) => list.change({ q: next })} />
      </div>
      {data !== undefined && data.window.from !== null && (
        <p className={styles['hint']}>
          {t('numbers.window', {
            from: formatDate(data.window.from),
            to: data.window.to === null ? t('numbers.now') : formatDate(data.window.to),
          })}
        </p>
      )}
      {data === undefined ? (
        answer.error === null ? (
          <LoadingLines lines={8} />
        ) : (
          <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />
        )
      ) : data.items.length === 0 ? (
        <EmptyState title={t(`numbers.empty.${show}`)} why={q === '' ? t(`numbers.why.${show}`) : t('numbers.noMatch')} />
      ) : (
        <ul className={styles['cards']}>
          {data.items.map((row) => (
            <CallCard
              key={row.organisation.id}
              row={row}
              noted={noted.has(row.organisation.id)}
              mayCall={mayCall}
              onNote={(call) => queue.note({ ...call, directive })}
            />
          ))}
        </ul>
      )}
      {pages > 1 && (
        <div className={styles['pages']}>
          <Button variant="default" disabled={page <= 1} onClick={() => list.change({ page: page - 1 })}>
            {t('ui:table.previous')}
          </Button>
          <span className="tabular">{t('ui:table.page', { page, pages })}</span>
          <Button variant="default" disabled={page >= pages} onClick={() => list.change({ page: page + 1 })}>
            {t('ui:table.next')}
          </Button>
        </div>
      )}
    </section>
  );
}

function Search({ value, onChange }: { value: string; onChange: (q: string) => void }): ReactElement {
  const { t } = useTranslation('duty');
  const input = useRef<HTMLInputElement>(null);
  const ask = useDebouncedCallback(onChange, 250);
  useEffect(() => {
    // Cleared from outside: *Bỏ lọc*.
    if (value === '' && input.current !== null && document.activeElement !== input.current) input.current.value = '';
  }, [value]);
  return (
    <TextInput
      ref={input}
      type="search"

      aria-label={t('numbers.search')}
      placeholder={t('numbers.search')}
      defaultValue={value}
      onChange={(event) => ask(event.currentTarget.value)}
    />
  );
}
