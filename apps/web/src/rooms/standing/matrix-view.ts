import type { TFunction } from 'i18next';
import { daysBetween, formatDate, formatDayMonth, formatNumber } from '../../i18n/format.ts';
import type { MatrixCell, MatrixColumn, MatrixRow } from '../../ui/matrix/index.ts';
import type { State, StateValue } from '../../ui/state/index.ts';
import type { Matrix, MatrixColumn as Column, MatrixLine as Line } from './api.ts';

export const LIT: Readonly<Record<string, State>> = {
  m: 'met',
  k: 'at-risk',
  x: 'missed',
  r: 'reported',
  n: 'no-data',
  '-': 'not-concerned',
};
/** Signs of the paperwork of a task beside the state of its cell. */
export const SIGNS: Readonly<Record<string, string>> = { p: '…', s: '↑', q: '↺', c: '▪' };
/** Signs of an answer that is not the agency's own, which stand in place of those of its task. */
export const DECLARED_SIGNS = { f: '≈', d: '≈', x: '≠' } as const;
export const PAPER = ['opened', 'received', 'answered', 'in-time', 'late'] as const;

/** The requirement columns, then those of the paperwork, which stand apart. */
export function columnsOf(matrix: Matrix, t: TFunction<'standing'>, language: 'vi' | 'en'): MatrixColumn[] {
  const lit = matrix.columns.map(({ id, path, text, measures }): MatrixColumn => {
    const measured = measures.length === 0 ? t('matrix.unmeasured') : measures.map(({ name }) => name[language]).join(' · ');
    return { id, label: path, hint: `${text.length > 160 ? `${text.slice(0, 160)}…` : text} — ${measured}`, width: 80 };
  });
  const paper = PAPER.map((id): MatrixColumn => ({
    id,
    label: t(`paper.${id}`),
    hint: t(`paperHint.${id}`),
    kind: 'paper',
    width: id === 'late' ? 104 : 74,
  }));
  return [...lit, ...paper];
}

/** Rows as the grid draws them. `today`: the server's day. */
export function rowsOf(matrix: Matrix, view: { t: TFunction<'standing'>; language: 'vi' | 'en'; today: string }): MatrixRow[] {
  const groups = new Map(matrix.groups.map(({ position, label }) => [position, label === '' ? view.t('matrix.otherGroup') : label]));
  return matrix.rows.map((row) => {
    const group = groups.get(row.group);
    return {
      id: row.id,
      name: row.name,
      ...(row.context === null ? {} : { context: row.context }),
      ...(group === undefined ? {} : { group }),
      cells: { ...litCells(row, matrix.columns, view), ...paperCells(row, view) },
    };
  });
}

interface View {
  t: TFunction<'standing'>;
  language: 'vi' | 'en';
  today: string;
}

function litCells(row: Line, columns: readonly Column[], { t, language }: View): Record<string, MatrixCell> {
  return Object.fromEntries(
    columns.map((column, at) => {
      const state = LIT[row.cells[at * 3] ?? '-'] ?? 'not-concerned';
      const task = row.cells[at * 3 + 1] ?? '-';
      const declared = 'sqc'.includes(task) ? row.declared.find(([place]) => place === at)?.[1] : undefined;
      const sign = declared === undefined ? SIGNS[task] : DECLARED_SIGNS[declared];
      const label = declared === undefined ? t(`task.${task}`) : `${t(`task.${task}`)}; ${t(`declared.sign.${declared}`)}`;
      const value = valueOf(row, { column, at, language });
      const past = pastOf(row, at, t);
      return [
        column.id,
        {
          state,
          ...(value === undefined ? {} : { value }),
          ...(sign === undefined ? {} : { mark: { sign, label } }),
          ...(past === undefined ? {} : { past }),
        },
      ];
    }),
  );
}

function valueOf(row: Line, { column, at, language }: { column: Column; at: number; language: 'vi' | 'en' }): StateValue | undefined {
  const found = row.values.find(([place]) => place === at);
  if (found === undefined || found[1] === null) return undefined;
  const [, count, of, measure] = found;
  const noun = column.measures[measure]?.unit[language] ?? '';
  return of === null ? { kind: 'count', count, noun } : { kind: 'share', count, of, noun };
}

/** How many of the reporting periods that ended were reported. */
function pastOf(row: Line, at: number, t: TFunction<'standing'>): { sign: string; label: string } | undefined {
  const past = row.periods.find(({ column }) => column === at);
  if (past === undefined || past.ended === 0) return undefined;
  const counts = { reported: formatNumber(past.reported), of: formatNumber(past.ended) };
  return { sign: `${counts.reported}/${counts.of}`, label: t('period.reportedOf', counts) };
}

const text = (said: string): MatrixCell => ({ state: 'no-data', text: said });
const ratio = ([n, of]: readonly [number, number]): string => (of === 0 ? '–' : `${formatNumber(n)}/${formatNumber(of)}`);

function paperCells(row: Line, { t, today }: View): Record<string, MatrixCell> {
  const received = row.receipt === 'later' && row.day !== null ? formatDayMonth(row.day) : t(`receipt.${row.receipt}`);
  return {
    opened: text(row.opened === null ? t('matrix.notOpened') : formatDayMonth(row.opened)),
    received: text(received),
    answered: text(ratio(row.answered)),
    'in-time': text(ratio(row.inTime)),
    late: text(nextText(row, today, t)),
  };
}

/** The document's date, or the desk's own where that comes first. */
function nextText(row: Line, today: string, t: TFunction<'standing'>): string {
  if (row.followUp === null || row.overdue > 0 || (row.next !== null && row.next <= row.followUp)) return lateText(row, today, t);
  return t('followUp.cell', { day: formatDayMonth(row.followUp) });
}

/** Only the document's own dates count; where it sets none there is nothing to be late for. */
export function lateText(row: Pick<Line, 'overdue' | 'next'>, today: string, t: TFunction<'standing'>): string {
  if (row.next === null) return '–';
  const days = daysBetween(today, row.next);
  if (row.overdue > 0) return days >= 0 ? t('late.today') : t('late.overdue', { count: -days });
  if (days === 0) return t('late.today');
  // What was answered and asked for more is not late, though its date has passed.
  return days > 0 && days <= 30 ? t('late.left', { count: days }) : formatDate(row.next);
}
