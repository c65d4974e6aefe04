import { useRef, useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/error.ts';
import { EmptyState, ErrorState, LoadingLines } from '../page/PageStates.tsx';
import type { Column, Filter, ListAnswer } from './model.ts';
import styles from './Table.module.css';
import { BulkBar, TableFoot, TableTools } from './TableBars.tsx';
import { TableHead, TableRows } from './TableParts.tsx';
import type { ListControl } from './useListState.ts';
import { useTableKeys } from './useTableKeys.ts';

export interface DataTableProps<Row> {
  /** Names the table for screen readers and heads its print. */
  caption: string;
  columns: readonly Column<Row>[];
  rowId: (row: Row) => string;
  /** The result of `useApi` of a list route, as it is. */
  answer: { data: ListAnswer<Row> | undefined; isPending: boolean; error: ApiError | null; refetch: () => unknown };
  list: ListControl;
  filters?: readonly Filter[];
  /** False where the server has nothing to search by: a list that is short by its nature. */
  searchable?: boolean;
  onOpen?: (row: Row) => void;
  /** Acts on the chosen rows; its presence makes rows choosable. Call `done` to drop the choice. */
  renderBulk?: (ids: readonly string[], done: () => void) => ReactNode;
  /** Buttons that take away exactly what is shown: export, print. */
  exports?: ReactNode;
  /** Why there is nothing when nothing narrows the list, and what would change that. */
  empty: { title: string; why: string; action?: ReactNode };
}

/** A list whose sorting, filtering and paging happen on the server and live in the address. Keys: j k move, x chooses, Enter opens, / searches. */
export function DataTable<Row>(props: DataTableProps<Row>): ReactElement {
  const { caption, columns, rowId, answer, list, filters = [], onOpen, renderBulk, exports, empty, searchable = true } = props;
  const rows = answer.data?.items ?? [];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const search = useRef<HTMLInputElement>(null);
  const whole = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const toggle = (id: string): void => setChosen((former) => flipped(former, id));
  useTableKeys({
    whole,
    body,
    search,
    onOpen: (at) => rows[at] !== undefined && onOpen?.(rows[at]),
    onChoose: (at) => rows[at] !== undefined && renderBulk !== undefined && toggle(rowId(rows[at])),
  });
  const visible = rows.map(rowId).filter((id) => chosen.has(id));
  const head = {
    columns,
    list,
    choice: renderBulk && { all: visible.length === rows.length && rows.length > 0, some: visible.length > 0 },
  };
  return (
    <div ref={whole} className={styles['whole']}>
      <TableTools searchable={searchable} list={list} filters={filters} searchRef={search} exports={exports} />
      {renderBulk !== undefined && visible.length > 0 && (
        <BulkBar count={visible.length} onClear={() => setChosen(new Set())}>
          {renderBulk(visible, () => setChosen(new Set()))}
        </BulkBar>
      )}
      <div className={styles['scroll']} tabIndex={-1}>
        {answer.error !== null && answer.data === undefined ? (
          <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />
        ) : answer.isPending ? (
          <div style={{ padding: 16 }}>
            <LoadingLines lines={8} />
          </div>
        ) : rows.length === 0 ? (
          <NothingHere list={list} empty={empty} />
        ) : (
          <table className={styles['table']}>
            <caption className="only-heard">{caption}</caption>
            <TableHead {...head} onChooseAll={(all) => setChosen(new Set(all ? rows.map(rowId) : []))} />
            <TableRows {...{ rows, columns, rowId, onOpen, body }} chosen={chosen} onToggle={renderBulk && toggle} />
          </table>
        )}
      </div>
      <TableFoot total={answer.data?.total} list={list} />
    </div>
  );
}

function NothingHere({ list, empty }: { list: ListControl; empty: DataTableProps<never>['empty'] }): ReactElement {
  const { t } = useTranslation('ui');
  if (!list.narrowed) return <EmptyState {...empty} />;
  return (
    <EmptyState
      title={t('table.noMatch')}
      why={t('table.noMatchWhy')}
      action={
        <button
          type="button"
          onClick={list.clear}
          className={styles['sort']}
          style={{ color: 'var(--action)', textDecoration: 'underline' }}
        >
          {t('table.clearFilters')}
        </button>
      }
    />
  );
}

function flipped(former: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(former);
  if (!next.delete(id)) next.add(id);
  return next;
}
