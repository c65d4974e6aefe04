import { Checkbox } from '@mantine/core';
import type { ReactElement, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../icons.tsx';
import type { Column } from './model.ts';
import styles from './Table.module.css';
import type { ListControl } from './useListState.ts';

interface TableHeadProps<Row> {
  columns: readonly Column<Row>[];
  list: ListControl;
  choice: { all: boolean; some: boolean } | undefined;
  onChooseAll: (all: boolean) => void;
}

export function TableHead<Row>({ columns, list, choice, onChooseAll }: TableHeadProps<Row>): ReactElement {
  const { t } = useTranslation('ui');
  return (
    <thead>
      <tr>
        {choice !== undefined && (
          <th className={styles['pick']} scope="col">
            <Checkbox
              size="xs"
              aria-label={t('table.chooseAll')}
              checked={choice.all}
              indeterminate={choice.some && !choice.all}
              onChange={(event) => onChooseAll(event.currentTarget.checked)}
            />
          </th>
        )}
        {columns.map((column, at) => (
          <HeadCell key={column.id} column={column} list={list} frozen={at === 0} />
        ))}
      </tr>
    </thead>
  );
}

function HeadCell<Row>({ column, list, frozen }: { column: Column<Row>; list: ListControl; frozen: boolean }): ReactElement {
  const { id, header, hint, sortable = false, number = false, width } = column;
  const direction = list.state.sort === id ? 'ascending' : list.state.sort === `-${id}` ? 'descending' : undefined;
  const className = [frozen && styles['frozen'], number && styles['number']].filter(Boolean).join(' ');
  return (
    <th scope="col" className={className} style={{ width }} title={hint} aria-sort={direction}>
      {sortable ? (
        <button type="button" className={styles['sort']} onClick={() => list.change({ sort: direction === 'ascending' ? `-${id}` : id })}>
          {header}
          {direction !== undefined && <Icon name={direction} size={13} />}
        </button>
      ) : (
        header
      )}
    </th>
  );
}

interface TableRowsProps<Row> {
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  rowId: (row: Row) => string;
  onOpen: ((row: Row) => void) | undefined;
  chosen: ReadonlySet<string>;
  onToggle: ((id: string) => void) | undefined;
  body: RefObject<HTMLTableSectionElement | null>;
}

export function TableRows<Row>({ rows, columns, rowId, onOpen, chosen, onToggle, body }: TableRowsProps<Row>): ReactElement {
  const { t } = useTranslation('ui');
  return (
    <tbody ref={body}>
      {rows.map((row, at) => {
        const id = rowId(row);
        return (
          <tr
            key={id}
            tabIndex={at === 0 ? 0 : -1}
            className={chosen.has(id) ? styles['chosen'] : undefined}
            style={onOpen === undefined ? undefined : { cursor: 'pointer' }}
            onClick={(event) => isPlainClick(event.target) && onOpen?.(row)}
          >
            {onToggle !== undefined && (
              <td className={styles['pick']}>
                <Checkbox size="xs" aria-label={t('table.choose')} checked={chosen.has(id)} onChange={() => onToggle(id)} />
              </td>
            )}
            {columns.map((column, place) =>
              place === 0 ? (
                <th key={column.id} scope="row">
                  {column.cell(row)}
                </th>
              ) : (
                <td
                  key={column.id}
                  className={column.number === true ? styles['number'] : column.wide === true ? styles['wide'] : undefined}
                >
                  {column.cell(row)}
                </td>
              ),
            )}
          </tr>
        );
      })}
    </tbody>
  );
}

/** A click on a control inside a row belongs to the control, and text that is being marked opens nothing. */
function isPlainClick(target: EventTarget): boolean {
  const marked = (window.getSelection()?.toString() ?? '') !== '';
  return !marked && target instanceof Element && target.closest('a, button, input, label') === null;
}
