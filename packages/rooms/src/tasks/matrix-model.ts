import type { Text } from '@vonggac/kernel';
import { compareVietnamese, fold, ZONE } from '@vonggac/kernel';
import type { MeasureState, MeasureValue } from '@vonggac/store';
import { type FollowUp, followUpAt, followUpDue, daysLeft } from './follow-up.ts';
import type { CellPeriods } from './periods/matrix-periods.ts';
import { AT_RISK_DAYS, type ReceiptState } from './model.ts';

/** How a cell is lit. Only a measure gives the first three; paperwork lights nothing. */
export type Lit = MeasureState | 'reported' | 'not-concerned';
export type LitCounts = Record<Exclude<Lit, 'not-concerned'>, number>;

/** Codes of a cell, in the order: lit, task, time. */
export const LIT_CODE: Record<Lit, string> = { met: 'm', 'at-risk': 'k', missed: 'x', reported: 'r', 'no-data': 'n', 'not-concerned': '-' };
export const TASK_CODE = { assigned: 'a', 'in-progress': 'p', submitted: 's', 'more-asked': 'q', accepted: 'c', withdrawn: '-' } as const;
const LIT_OF = new Map(Object.entries(LIT_CODE).map(([lit, code]) => [code, lit as Lit]));

export const PLACE: Record<Lit, number> = { missed: 0, 'at-risk': 1, 'no-data': 2, reported: 3, met: 4, 'not-concerned': 5 };

export type BoundMeasure = { id: string; name: Text; unit: Text };
export type Column = { id: string; path: string; text: string; due: string | null; recurs: boolean; measures: BoundMeasure[] };

export type ReceiptMark = 'waiting' | 'in-day' | 'later' | 'refused';

/** One organisation of the matrix; `cells` has three characters a column, see the contract. */
export type Row = {
  id: string;
  name: string;
  context: string | null;
  group: number;
  cells: string;
  /** Column, value, denominator, and which of the column's measures it is of. */
  values: [number, number | null, number | null, number][];
  /** Columns whose answer is not the agency's own in the system: f from a file of it, d entered by the desk, x contested by the agency. */
  declared: [number, 'f' | 'd' | 'x'][];
  opened: string | null;
  receipt: ReceiptMark;
  number: string | null;
  day: string | null;
  answered: [number, number];
  inTime: [number, number];
  overdue: number;
  next: string | null;
  /** The earliest of the desk's own follow-up days for what is open. */
  followUp: string | null;
  toReview: number;
  reminded: string | null;
  /** The reporting periods of those columns that recur. */
  periods: CellPeriods[];
};

/** A row before the measures are laid over it: `cells` are [column, task code, time code]. */
export type PaperRow = Omit<Row, 'cells' | 'values' | 'group' | 'receipt'> & {
  triplets: string;
  state: ReceiptState;
  arrivedAt: string;
};

export const litAt = (row: Pick<Row, 'cells'>, column: number): Lit => LIT_OF.get(row.cells[column * 3] ?? '-') ?? 'not-concerned';
export const taskAt = (row: Pick<Row, 'cells'>, column: number): string => row.cells[column * 3 + 1] ?? '-';
export const timeAt = (row: Pick<Row, 'cells'>, column: number): string => row.cells[column * 3 + 2] ?? '-';

/** Of several measures of one requirement the worst decides; silence is worse than met. */
export function worstOf(values: readonly MeasureValue[]): MeasureValue | undefined {
  return values.toSorted((a, b) => PLACE[a.state] - PLACE[b.state])[0];
}

/** How a cell is lit. `task` null: the requirement does not concern the organisation. */
export function litOf(task: string | null, bound: boolean, values: readonly MeasureValue[]): Lit {
  if (task === null) return 'not-concerned';
  if (bound) return worstOf(values)?.state ?? 'no-data';
  return task === TASK_CODE.submitted || task === TASK_CODE.accepted ? 'reported' : 'no-data';
}

/** Received within the day of arrival by số đến and ngày đến (NĐ 30/2020/NĐ-CP Điều 21). */
export function receiptMark(row: Pick<PaperRow, 'state' | 'arrivedAt' | 'day'>): ReceiptMark {
  if (row.state === '02') return 'refused';
  if (row.state !== '03') return 'waiting';
  const arrived = Temporal.Instant.from(row.arrivedAt).toZonedDateTimeISO(ZONE).toPlainDate().toString();
  return row.day !== null && row.day <= arrived ? 'in-day' : 'later';
}

/** A letter for each column, so that one string carries the cells of a row out of the database. */
export const columnLetter = (column: number): string => String.fromCharCode(0x100 + column);

/** Lays the measures over the paperwork. `measured`: by measure id, then by organisation. */
export function layMeasures(
  paper: PaperRow,
  group: number,
  columns: readonly Column[],
  measured: ReadonlyMap<string, ReadonlyMap<string, MeasureValue>>,
): Row {
  const tasks = new Map<number, string>();
  for (let at = 0; at < paper.triplets.length; at += 3)
    tasks.set(paper.triplets.charCodeAt(at) - 0x100, paper.triplets.slice(at + 1, at + 3));
  const values: Row['values'] = [];
  const cells = columns.map((column, at) => {
    const task = tasks.get(at);
    if (task === undefined) return '---';
    const found = column.measures.flatMap(({ id }) => measured.get(id)?.get(paper.id) ?? []);
    // A bound measure that says nothing about an organisation is silence, whatever the others say.
    const lit =
      found.length < column.measures.length && worstOf(found)?.state === 'met'
        ? 'no-data'
        : litOf(task[0]!, column.measures.length > 0, found);
    const shown = worstOf(found);
    if (shown !== undefined && lit !== 'no-data')
      // What is to come down to nothing is told as a number: a share of it would read as done.
      values.push([
        at,
        shown.value,
        shown.target === 0 ? null : shown.of,
        column.measures.findIndex(({ id }) => measured.get(id)?.get(paper.id) === shown),
      ]);
    return LIT_CODE[lit] + task;
  });
  const { triplets: _, state: __, arrivedAt: ___, ...rest } = paper;
  return { ...rest, group, cells: cells.join(''), values, receipt: receiptMark(paper) };
}

/**
 * Lays the desk's own follow-up days over the paperwork: what is open and was in time becomes `f` when its day is near or past. Dates of
 * the document and what is counted as in time or overdue stay as they are.
 */
export function layFollowUps(paper: PaperRow, columns: readonly Column[], all: readonly FollowUp[], now: Temporal.Instant): void {
  const triplets: string[] = [];
  for (let at = 0; at < paper.triplets.length; at += 3) {
    const letter = paper.triplets[at]!;
    const task = paper.triplets[at + 1]!;
    const time = paper.triplets[at + 2]!;
    const column = columns[letter.charCodeAt(0) - 0x100];
    const isOpen = task === TASK_CODE.assigned || task === TASK_CODE['in-progress'] || task === TASK_CODE['more-asked'];
    const found = column === undefined || !isOpen ? undefined : followUpAt(all, column.id, paper.id);
    if (found !== undefined) paper.followUp = [paper.followUp ?? LAST, followUpDue(found)].toSorted()[0]!;
    const isNear = found !== undefined && task !== TASK_CODE['more-asked'] && daysLeft(found, now) <= AT_RISK_DAYS;
    triplets.push(letter + task + (isNear && (time === 'i' || time === 'n') ? 'f' : time));
  }
  paper.triplets = triplets.join('');
}

export function noCounts(): LitCounts {
  return { met: 0, 'at-risk': 0, missed: 0, reported: 0, 'no-data': 0 };
}

/** How many organisations stand how, by column. */
export function countsByColumn(rows: readonly Row[], columns: number): LitCounts[] {
  const counts = Array.from({ length: columns }, noCounts);
  for (const row of rows) {
    for (let at = 0; at < columns; at++) {
      const lit = litAt(row, at);
      if (lit !== 'not-concerned') counts[at]![lit]++;
    }
  }
  return counts;
}

export type PaperFilter = 'not-opened' | 'not-received' | 'unanswered' | 'overdue' | 'to-review';
export type MatrixQuery = {
  group?: number | undefined;
  state?: Lit | undefined;
  requirement?: string | undefined;
  paper?: PaperFilter | undefined;
  q?: string | undefined;
  sort?: string | undefined;
};

const PAPER: Record<PaperFilter, (row: Row) => boolean> = {
  'not-opened': (row) => row.opened === null,
  'not-received': (row) => row.receipt === 'waiting',
  unanswered: (row) => row.answered[0] < row.answered[1],
  overdue: (row) => row.overdue > 0,
  'to-review': (row) => row.toReview > 0,
};

/** The rows that a question asks for, in its order; groups stay together in the order of the document's recipients. */
export function selectRows(rows: readonly Row[], columns: readonly Column[], query: MatrixQuery): Row[] {
  const only = query.requirement === undefined ? -1 : columns.findIndex(({ id }) => id === query.requirement);
  const asked = columns.map((_, at) => at).filter((at) => query.requirement === undefined || at === only);
  const q = fold(query.q ?? '');
  const kept = rows.filter(
    (row) =>
      (query.group === undefined || row.group === query.group) &&
      (q === '' || fold(`${row.name} ${row.context ?? ''}`).includes(q)) &&
      (query.paper === undefined || PAPER[query.paper](row)) &&
      (query.state === undefined || asked.some((at) => litAt(row, at) === query.state)),
  );
  const turned = query.sort?.startsWith('-') === true ? -1 : 1;
  const compare = comparison(query.sort?.replace(/^-/, '') ?? 'name', columns);
  const byGroup = (group: number) => (group < 0 ? Number.MAX_SAFE_INTEGER : group);
  return kept.toSorted((a, b) => byGroup(a.group) - byGroup(b.group) || turned * compare(a, b) || compareVietnamese(a.name, b.name));
}

const LAST = '9999';
const soonest = ({ next, followUp }: Row) => [next ?? LAST, followUp ?? LAST].toSorted()[0]!;
const share = ([n, of]: readonly [number, number]) => (of === 0 ? 2 : n / of);

function comparison(sort: string, columns: readonly Column[]): (a: Row, b: Row) => number {
  if (sort === 'late') return (a, b) => b.overdue - a.overdue || text(soonest(a), soonest(b));
  if (sort === 'opened') return (a, b) => text(a.opened ?? '', b.opened ?? '');
  if (sort === 'received') return (a, b) => RECEIPT_PLACE[a.receipt] - RECEIPT_PLACE[b.receipt];
  if (sort === 'answered') return (a, b) => share(a.answered) - share(b.answered);
  if (sort === 'in-time') return (a, b) => share(a.inTime) - share(b.inTime);
  const column = columns.findIndex(({ id }) => id === sort);
  if (column < 0) return () => 0;
  const valueOf = (row: Row) => {
    const found = row.values.find(([at]) => at === column);
    return found === undefined || found[1] === null ? 0 : found[2] ? found[1] / found[2] : -found[1];
  };
  return (a, b) => PLACE[litAt(a, column)] - PLACE[litAt(b, column)] || valueOf(a) - valueOf(b);
}

const RECEIPT_PLACE: Record<ReceiptMark, number> = { waiting: 0, refused: 1, later: 2, 'in-day': 3 };
const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
