import { Button, Select, TextInput } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import type { ReactElement, ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/format.ts';
import { Icon } from '../icons.tsx';
import { useDensity } from '../theme/density.ts';
import type { Filter } from './model.ts';
import { Pager } from './Pager.tsx';
import styles from './Table.module.css';
import { PAGE_SIZES } from './useListState.ts';
import type { ListControl } from './useListState.ts';

interface TableToolsProps {
  list: ListControl;
  filters: readonly Filter[];
  searchRef: RefObject<HTMLInputElement | null>;
  exports: ReactNode;
  searchable: boolean;
}

const TYPING_PAUSE = 250;

export function TableTools({ list, filters, searchRef, exports, searchable }: TableToolsProps): ReactElement {
  const { t } = useTranslation('ui');
  const [density, setDensity] = useDensity();
  const [q, setQ] = useTypedText(list);
  const [unfolded, setUnfolded] = useState(false);
  const id = useId();
  const folded = { className: styles['folded'], 'data-unfolded': unfolded };
  return (
    <div className={`${styles['tools']} never-printed`} role="search">
      {searchable && (
        <TextInput
          ref={searchRef}
          className={styles['search']}
          aria-label={t('table.search')}
          placeholder={t('table.search')}
          leftSection={<Icon name="search" size={16} />}
          value={q}
          onChange={(event) => setQ(event.currentTarget.value)}
        />
      )}
      <Button
        className={styles['fold']}
        variant="default"
        rightSection={<Icon name="down" size={14} />}
        aria-expanded={unfolded}
        aria-controls={`${id}-filters ${id}-options`}
        onClick={() => setUnfolded(!unfolded)}
      >
        {t(filters.length === 0 ? 'table.options' : 'table.filters')}
      </Button>
      <div id={`${id}-filters`} {...folded}>
        {filters.map(({ name, label, options, unset }) => (
          <Select
            key={name}
            className={styles['filter']}
            aria-label={label}
            data={[{ value: '', label: unset ?? t('table.all', { label }) }, ...options]}
            value={list.state.filters[name] ?? ''}
            onChange={(value) => list.setFilter(name, value ?? '')}
          />
        ))}
      </div>
      {list.narrowed && (
        <Button variant="subtle" onClick={list.clear}>
          {t('table.clearFilters')}
        </Button>
      )}
      <span className={styles['spring']} />
      <div id={`${id}-options`} {...folded}>
        <Button
          variant="default"
          leftSection={<Icon name="rows" size={16} />}
          aria-pressed={density === 'compact'}
          onClick={() => setDensity(density === 'compact' ? 'comfortable' : 'compact')}
        >
          {t(density === 'compact' ? 'density.comfortable' : 'density.compact')}
        </Button>
        {exports}
      </div>
    </div>
  );
}

/** What is being typed goes into the address after a pause; what the address says otherwise (going back) is shown. */
function useTypedText(list: ListControl): [string, (typed: string) => void] {
  const stands = list.state.q;
  const [draft, setDraft] = useState({ typed: stands, from: stands, sent: stands });
  const typed = stands === draft.from || stands === draft.sent ? draft.typed : stands;
  useEffect(() => {
    if (typed === stands) return undefined;
    const timer = setTimeout(() => {
      setDraft((former) => ({ ...former, sent: typed }));
      list.change({ q: typed });
    }, TYPING_PAUSE);
    return () => clearTimeout(timer);
  }, [typed, stands, list]);
  return [typed, (next) => setDraft((former) => ({ ...former, typed: next, from: stands }))];
}

export function BulkBar({ count, onClear, children }: { count: number; onClear: () => void; children: ReactNode }): ReactElement {
  const { t } = useTranslation('ui');
  return (
    <div className={`${styles['bulk']} never-printed`} role="region" aria-label={t('table.bulk')}>
      <strong role="status">{t('table.chosen', { count, shown: formatNumber(count) })}</strong>
      {children}
      <Button variant="subtle" onClick={onClear}>
        {t('table.unchoose')}
      </Button>
    </div>
  );
}

export function TableFoot({ total, list }: { total: number | undefined; list: ListControl }): ReactElement {
  const { t } = useTranslation('ui');
  const { page, size } = list.state;
  const pages = Math.max(1, Math.ceil((total ?? 0) / size));
  const first = (page - 1) * size + 1;
  const last = Math.min(page * size, total ?? 0);
  return (
    <div className={styles['foot']}>
      <span role="status" className="tabular">
        {total === undefined
          ? ' '
          : total === 0
            ? t('table.totalNone')
            : t('table.total', { count: total, first: formatNumber(first), last: formatNumber(last), total: formatNumber(total) })}
      </span>
      <span className={`${styles['keys']} never-printed`}>{t('table.keys')}</span>
      <div className="never-printed">
        <Select
          aria-label={t('table.pageSize')}
          size="xs"
          w={120}
          data={PAGE_SIZES.map((value) => ({ value: String(value), label: t('table.perPage', { count: value }) }))}
          value={String(size)}
          onChange={(value) => list.change({ size: Number(value ?? size) })}
        />
        <Pager page={page} pages={pages} onPage={(next) => list.change({ page: next })} />
      </div>
    </div>
  );
}
