import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useMemo, useRef } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { Matrix } from '../../ui/matrix/index.ts';
import { EmptyState, ErrorState, LoadingLines } from '../../ui/page/index.ts';
import { StateLegend } from '../../ui/state/index.ts';
import type { Lit, Matrix as Answer, PaperFilter, Standing } from './api.ts';
import { columnsOf, DECLARED_SIGNS, PAPER, rowsOf, SIGNS } from './matrix-view.ts';
import { useStandingKeys } from './useStandingKeys.ts';
import type { StandingControl } from './useStandingState.ts';
import styles from './Standing.module.css';

const STATES: readonly Lit[] = ['missed', 'at-risk', 'no-data', 'reported', 'met'];
const LEGEND = ['met', 'at-risk', 'missed', 'reported', 'no-data'] as const;
const PAPER_FILTERS: readonly PaperFilter[] = ['not-opened', 'not-received', 'unanswered', 'overdue', 'to-review'];

interface StandingMatrixProps {
  standing: Standing;
  control: StandingControl;
  /** The document is put away, to give the matrix the whole width. */
  folded: boolean;
  onFold: () => void;
}

/** Who stands how: organisations × requirements, the paperwork in columns apart. */
export function StandingMatrix({ standing, control, folded, onFold }: StandingMatrixProps): ReactElement {
  const { t } = useTranslation('standing');
  useStandingKeys(control);
  const matrix = useApi('GET /directives/{id}/matrix', { params: { id: standing.id }, query: control.query });
  if (matrix.data === undefined)
    return matrix.error === null ? <LoadingLines lines={10} /> : <ErrorState error={matrix.error} onRetry={() => void matrix.refetch()} />;
  return (
    <>
      <Filters standing={standing} control={control} matrix={matrix.data} />
      <div className={styles['legend']}>
        <Legend recurs={matrix.data.columns.some(({ recurs }) => recurs)} />
        <Button className={`${styles['fold']} never-printed`} variant="subtle" size="compact-sm" aria-expanded={!folded} onClick={onFold}>
          {t(folded ? 'side.unfold' : 'side.fold')}
        </Button>
      </div>
      <Grid matrix={matrix.data} control={control} />
    </>
  );
}

function Grid({ matrix, control: { state, change, narrowed } }: { matrix: Answer; control: StandingControl }): ReactElement {
  const { t } = useTranslation('standing');
  const { today } = useSession();
  const language = currentLanguage();
  const columns = useMemo(() => columnsOf(matrix, t, language), [matrix, t, language]);
  const rows = useMemo(() => rowsOf(matrix, { t, language, today }), [matrix, t, language, today]);
  const clear = (): void => change({ q: '', group: '', state: '', paper: '' });
  if (rows.length === 0) {
    return (
      <div className={styles['empty']}>
        <EmptyState
          title={t(narrowed ? 'matrix.noMatch' : 'matrix.empty')}
          why={t(narrowed ? 'matrix.noMatchWhy' : 'matrix.emptyWhy')}
          action={
            narrowed ? (
              <Button variant="default" onClick={clear}>
                {t('matrix.clear')}
              </Button>
            ) : undefined
          }
        />
      </div>
    );
  }
  const onColumn = (id: string): void => {
    const own = !(PAPER as readonly string[]).includes(id);
    change({ sort: state.sort === id ? `-${id}` : id, ...(own ? { item: id, org: '', fig: '' } : {}) });
  };
  return (
    <Matrix
      label={t('matrix.label')}
      nameHead={t('matrix.organisation')}
      columns={columns}
      rows={rows}
      selected={state.org === '' && state.item === '' ? null : { row: state.org, column: state.item === '' ? null : state.item }}
      onSelect={({ row, column }) =>
        change({ org: row, fig: '', item: column === null || (PAPER as readonly string[]).includes(column) ? '' : column })
      }
      onColumn={onColumn}
      height="46dvh"
    />
  );
}

function Filters({
  standing,
  control: { state, change, narrowed },
  matrix,
}: {
  standing: Standing;
  control: StandingControl;
  matrix: Answer;
}): ReactElement {
  const { t } = useTranslation('standing');
  const item = standing.requirements.find(({ id }) => id === state.item);
  return (
    <>
      <div className={`${styles['filters']} never-printed`}>
        <Search value={state.q} onChange={(q) => change({ q })} />
        <NativeSelect
          aria-label={t('filter.group')}
          value={state.group}
          onChange={(event) => change({ group: event.currentTarget.value })}
          data={[
            { value: '', label: t('filter.allGroups') },
            ...matrix.groups.map(({ position, label, organisations }) => ({
              value: String(position),
              label: `${label === '' ? t('matrix.otherGroup') : label} (${organisations})`,
            })),
          ]}
        />
        <NativeSelect
          aria-label={t('filter.state')}
          value={state.state === '' ? state.paper : state.state}
          onChange={(event) => {
            const value = event.currentTarget.value;
            const paper = PAPER_FILTERS.find((one) => one === value);
            change({ paper: paper ?? '', state: paper === undefined ? (value as Lit | '') : '' });
          }}
          data={[
            { value: '', label: t('filter.allStates') },
            {
              group: item === undefined ? t('filter.anyItem') : t('filter.inItem', { path: item.path }),
              items: STATES.map((value) => ({ value, label: t(`ui:state.${value}`) })),
            },
            { group: t('filter.paper'), items: PAPER_FILTERS.map((value) => ({ value, label: t(`paperFilter.${value}`) })) },
          ]}
        />
        <NativeSelect
          aria-label={t('filter.sort')}
          value={state.sort}
          onChange={(event) => change({ sort: event.currentTarget.value })}
          data={[
            { value: '', label: t('sort.name') },
            { value: 'late', label: t('sort.late') },
            { value: 'answered', label: t('sort.answered') },
            { value: 'opened', label: t('sort.opened') },
            ...(['late', 'answered', 'opened', ''].includes(state.sort)
              ? []
              : [{ value: state.sort, label: sortName(state.sort, standing, t('sort.by')) }]),
          ]}
        />
        <span className={styles['total']}>
          {t('matrix.total', { shown: matrix.total, of: matrix.of })}
          {narrowed && (
            <Button variant="subtle" size="compact-sm" onClick={() => change({ q: '', group: '', state: '', paper: '' })}>
              {t('matrix.clear')}
            </Button>
          )}
        </span>
      </div>
    </>
  );
}

function Legend({ recurs }: { recurs: boolean }): ReactElement {
  const { t } = useTranslation('standing');
  return (
    <>
      <StateLegend states={LEGEND} />
      <span>
        {[
          ...Object.entries(SIGNS).map(([task, sign]) => `${sign} ${t(`task.${task}`)}`),
          `${DECLARED_SIGNS.d} ${t('declared.legend.other')}`,
          `${DECLARED_SIGNS.x} ${t('declared.legend.x')}`,
          ...(recurs ? [t('declared.legend.periods')] : []),
        ].join(' · ')}
      </span>
    </>
  );
}

function sortName(sort: string, { requirements }: Standing, by: string): string {
  const id = sort.replace(/^-/, '');
  return `${by} ${requirements.find((item) => item.id === id)?.path ?? id}${sort.startsWith('-') ? ' ↑' : ''}`;
}

/** Typing asks the server once the fingers rest. */
function Search({ value, onChange }: { value: string; onChange: (q: string) => void }): ReactElement {
  const { t } = useTranslation('standing');
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
      data-standing-search
      aria-label={t('filter.q')}
      placeholder={t('filter.q')}
      defaultValue={value}
      onChange={(event) => ask(event.currentTarget.value)}
    />
  );
}
