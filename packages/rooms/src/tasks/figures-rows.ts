import { fold, shownDay, shownInstant, type Text } from '@vonggac/kernel';
import { type Ctx, inSnapshot } from '@vonggac/store';
import { pastWord, periodWord } from './periods/words.ts';
import { type Loaded, loadMatrix } from './matrix-load.ts';
import { type Column, type Lit, litAt, type Row, selectRows, taskAt, timeAt } from './matrix-model.ts';

export type FigureName =
  | 'organisations'
  | 'tasks'
  | 'opened'
  | 'not-opened'
  | 'received'
  | 'not-received'
  | 'received-in-day'
  | 'refused'
  | 'answered'
  | 'unanswered'
  | 'in-time'
  | 'late'
  | 'overdue'
  | 'to-review'
  | 'declared-by-file'
  | 'declared-by-desk'
  | 'contested'
  | 'periods-ended'
  | 'periods-reported'
  | 'periods-missed'
  | 'periods-to-review'
  | 'measured'
  | Exclude<Lit, 'not-concerned'>;

export type FigureRow = {
  id: string;
  kind: 'receipt' | 'task';
  organisation: { id: string; name: string };
  requirement: { id: string; path: string } | null;
  text: Text;
  state: Lit | null;
  at: string | null;
};
export type FigureQuery = {
  figure: FigureName;
  organisation?: string | undefined;
  requirement?: string | undefined;
  q?: string | undefined;
  page: number;
  size: number;
};

const kept = (row: Row) => row.receipt !== 'refused';
/** Which organisations a figure of receipts counts. */
const RECEIPTS: Partial<Record<FigureName, (row: Row) => boolean>> = {
  organisations: () => true,
  opened: (row) => kept(row) && row.opened !== null,
  'not-opened': (row) => kept(row) && row.opened === null,
  received: (row) => row.receipt === 'in-day' || row.receipt === 'later',
  'not-received': (row) => row.receipt === 'waiting',
  'received-in-day': (row) => row.receipt === 'in-day',
  refused: (row) => row.receipt === 'refused',
};

const answered = (code: string) => code === 's' || code === 'q' || code === 'c';
/** An answer, not a draft, that the agency did not give itself. */
const isDeclared = ({ row, at, task }: CellOf, mark: 'f' | 'd' | 'x') =>
  answered(task) && row.declared.some(([column, one]) => column === at && one === mark);
const periodsAt = ({ row, at }: Pick<CellOf, 'row' | 'at'>) => row.periods.find(({ column }) => column === at);
type CellOf = { row: Row; at: number; column: Column; task: string; time: string; lit: Lit };
/** Which cells a figure of tasks counts. */
const CELLS: Partial<Record<FigureName, (cell: CellOf) => boolean>> = {
  tasks: () => true,
  answered: ({ task }) => answered(task),
  unanswered: ({ task }) => !answered(task),
  'in-time': ({ task, time }) => answered(task) && (time === 'i' || time === 'o'),
  late: ({ task, time }) => answered(task) && time === 'v',
  overdue: ({ task, time }) => !answered(task) && time === 'v',
  'to-review': ({ task }) => task === 's',
  'declared-by-file': (cell) => isDeclared(cell, 'f'),
  'declared-by-desk': (cell) => isDeclared(cell, 'd'),
  contested: (cell) => isDeclared(cell, 'x'),
  'periods-ended': (cell) => (periodsAt(cell)?.ended ?? 0) > 0,
  'periods-reported': (cell) => (periodsAt(cell)?.reported ?? 0) > 0,
  'periods-missed': (cell) => (periodsAt(cell)?.missed ?? '') !== '',
  'periods-to-review': (cell) => (periodsAt(cell)?.toReview ?? 0) > 0,
  measured: ({ lit }) => lit === 'met' || lit === 'at-risk' || lit === 'missed',
  met: ({ lit }) => lit === 'met',
  'at-risk': ({ lit }) => lit === 'at-risk',
  missed: ({ lit }) => lit === 'missed',
  reported: ({ lit }) => lit === 'reported',
  'no-data': ({ lit }) => lit === 'no-data',
};

/**
 * The rows that a number was counted from: receipts or tasks, each leading to its cell of the matrix.
 * @throws DomainError `directive.not_found`, `directive.draft`
 */
export async function rowsOf(ctx: Ctx, directive: string, query: FigureQuery): Promise<{ items: FigureRow[]; total: number; at: string }> {
  return inSnapshot(ctx, async (tx) => {
    const loaded = await loadMatrix(tx, ctx, directive);
    const rows = allRowsOf(loaded, query);
    return { items: rows.slice((query.page - 1) * query.size, query.page * query.size), total: rows.length, at: loaded.at };
  });
}

/** Pure: the rows behind one figure, in the order of the document. */
export function allRowsOf({ rows, columns }: Pick<Loaded, 'rows' | 'columns'>, query: Omit<FigureQuery, 'page' | 'size'>): FigureRow[] {
  const q = fold(query.q ?? '');
  const asked = selectRows(rows, columns, {}).filter(
    (row) => (query.organisation === undefined || row.id === query.organisation) && (q === '' || fold(row.name).includes(q)),
  );
  const receipt = RECEIPTS[query.figure];
  if (receipt !== undefined) return asked.filter(receipt).map(receiptRow);
  const cell = CELLS[query.figure] ?? (() => false);
  return asked.flatMap((row) =>
    columns.flatMap((column, at) => {
      if (query.requirement !== undefined && column.id !== query.requirement) return [];
      const one = { row, at, column, task: taskAt(row, at), time: timeAt(row, at), lit: litAt(row, at) };
      return one.lit === 'not-concerned' || !cell(one) ? [] : [taskRow(one)];
    }),
  );
}

function receiptRow(row: Row): FigureRow {
  const opened =
    row.opened === null
      ? { vi: 'Chưa mở trên hệ thống', en: 'Not opened in the system' }
      : { vi: `Mở lúc ${moment(row.opened)}`, en: `Opened at ${moment(row.opened)}` };
  const received = RECEIVED[row.receipt](row);
  return {
    id: row.id,
    kind: 'receipt',
    organisation: { id: row.id, name: row.name },
    requirement: null,
    text: { vi: `${opened.vi} · ${received.vi}`, en: `${opened.en} · ${received.en}` },
    state: null,
    at: row.opened,
  };
}

const registered = (row: Row) => ({ number: row.number ?? '–', day: row.day === null ? '–' : shownDay(row.day) });
const RECEIVED: Record<Row['receipt'], (row: Row) => Text> = {
  waiting: () => ({ vi: 'chưa tiếp nhận', en: 'not received yet' }),
  refused: () => ({ vi: 'trả lại, gửi không đúng nơi nhận', en: 'refused: sent to the wrong place' }),
  'in-day': (row) => ({
    vi: `số đến ${registered(row).number}, ngày đến ${registered(row).day}, trong ngày`,
    en: `arrival no. ${registered(row).number} on ${registered(row).day}, within the day`,
  }),
  later: (row) => ({
    vi: `số đến ${registered(row).number}, ngày đến ${registered(row).day}`,
    en: `arrival no. ${registered(row).number} on ${registered(row).day}`,
  }),
};

const TASK_WORD: Record<string, Text> = {
  a: { vi: 'đã giao, chưa thực hiện', en: 'assigned, not begun' },
  p: { vi: 'đang thực hiện', en: 'in progress' },
  s: { vi: 'đã báo cáo, chờ xem xét', en: 'submitted, waiting for review' },
  q: { vi: 'đề nghị bổ sung', en: 'asked for more' },
  c: { vi: 'đã ghi nhận kết quả', en: 'accepted' },
};
const TIME_WORD: Record<string, Text> = {
  v: { vi: 'quá hạn', en: 'overdue' },
  o: { vi: 'đúng ngày', en: 'on the day' },
  k: { vi: 'sắp đến hạn', en: 'due soon' },
  f: { vi: 'sắp đến hoặc đã qua hạn theo dõi', en: 'follow-up date near or past' },
  i: { vi: 'trong hạn', en: 'in time' },
  n: { vi: 'văn bản không đặt hạn', en: 'no date set' },
};

function taskRow(cell: CellOf): FigureRow {
  const { row, column, task, time, lit } = cell;
  const words = [periodWord(periodsAt(cell)), TASK_WORD[task], TIME_WORD[time], pastWord(periodsAt(cell))].flatMap((word) => word ?? []);
  return {
    id: `${row.id}:${column.id}`,
    kind: 'task',
    organisation: { id: row.id, name: row.name },
    requirement: { id: column.id, path: column.path },
    text: { vi: words.map(({ vi }) => vi).join(' · '), en: words.map(({ en }) => en).join(' · ') },
    state: lit,
    at: column.due,
  };
}

const moment = (at: string) => shownInstant(Temporal.Instant.from(at));
