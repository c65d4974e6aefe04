import type { Text } from '@vonggac/kernel';
import { type Column, litAt, type Loaded, pastWord, periodWord, type Row, selectRows, taskAt, timeAt } from '../tasks/index.ts';
import type { Counted, CountedRow } from './model.ts';

const isKept = (row: Row) => row.receipt !== 'refused';
const isReceived = (row: Row) => row.receipt === 'in-day' || row.receipt === 'later';
const isAnswered = (code: string) => code === 's' || code === 'q' || code === 'c';

type OrganisationFigure = { id: string; name: Text; counts(row: Row): boolean; isOf(row: Row): boolean };

/** Figures over organisations. Whoever sent the document back as misdirected is left out of the denominators. */
const ORGANISATIONS: OrganisationFigure[] = [
  { id: 'received', name: { vi: 'Đã tiếp nhận (vào sổ)', en: 'Received (registered)' }, counts: isReceived, isOf: isKept },
  {
    id: 'reported',
    name: { vi: 'Đã báo cáo đủ nội dung', en: 'Reported on every item' },
    counts: (row) => hasTasks(row) && row.answered[0] === row.answered[1],
    isOf: hasTasks,
  },
  {
    id: 'partly',
    name: { vi: 'Báo cáo chưa đủ nội dung', en: 'Reported in part' },
    counts: (row) => row.answered[0] > 0 && row.answered[0] < row.answered[1],
    isOf: hasTasks,
  },
  {
    id: 'silent',
    name: { vi: 'Chưa báo cáo', en: 'Not reported yet' },
    counts: (row) => hasTasks(row) && row.answered[0] === 0,
    isOf: hasTasks,
  },
  { id: 'overdue', name: { vi: 'Có nội dung quá hạn', en: 'With overdue items' }, counts: (row) => row.overdue > 0, isOf: hasTasks },
  {
    id: 'refused',
    name: { vi: 'Trả lại do gửi không đúng nơi nhận', en: 'Sent back as misdirected' },
    counts: (row) => row.receipt === 'refused',
    isOf: () => true,
  },
];

function hasTasks(row: Row): boolean {
  return isKept(row) && row.answered[1] > 0;
}

function rowOf(row: Row): CountedRow {
  const [answered, of] = row.answered;
  const registered = isReceived(row)
    ? { vi: `số đến ${row.number ?? '–'}`, en: `arrival no. ${row.number ?? '–'}` }
    : { vi: 'chưa tiếp nhận', en: 'not received' };
  return {
    key: row.id,
    organisation: { id: row.id, name: row.context === null ? row.name : `${row.name} (${row.context})` },
    path: null,
    text: { vi: `${registered.vi}; đã báo cáo ${answered}/${of} nội dung`, en: `${registered.en}; ${answered} of ${of} items reported` },
  };
}

type ItemFigure = { id: string; name: Text; counts(row: Row, at: number): boolean };

/** Figures over one item; those of `MEASURED` only where a measure is bound. */
const ITEMS: ItemFigure[] = [
  { id: 'answered', name: { vi: 'đã báo cáo', en: 'reported' }, counts: (row, at) => isAnswered(taskAt(row, at)) },
  { id: 'accepted', name: { vi: 'đã ghi nhận kết quả', en: 'accepted' }, counts: (row, at) => taskAt(row, at) === 'c' },
  { id: 'late', name: { vi: 'quá hạn', en: 'overdue' }, counts: (row, at) => !isAnswered(taskAt(row, at)) && timeAt(row, at) === 'v' },
];
const MEASURED: ItemFigure[] = [
  { id: 'met', name: { vi: 'đạt theo số đo', en: 'met by measure' }, counts: (row, at) => litAt(row, at) === 'met' },
  { id: 'at-risk', name: { vi: 'có nguy cơ', en: 'at risk' }, counts: (row, at) => litAt(row, at) === 'at-risk' },
  { id: 'missed', name: { vi: 'chưa đạt theo số đo', en: 'missed by measure' }, counts: (row, at) => litAt(row, at) === 'missed' },
  { id: 'no-data', name: { vi: 'chưa có số liệu đo', en: 'not measured' }, counts: (row, at) => litAt(row, at) === 'no-data' },
];

const STATES: Record<string, Text> = {
  a: { vi: 'đã giao, chưa thực hiện', en: 'assigned, not begun' },
  p: { vi: 'đang thực hiện', en: 'in progress' },
  s: { vi: 'đã báo cáo, chờ xem xét', en: 'submitted, waiting for review' },
  q: { vi: 'được đề nghị bổ sung', en: 'asked for more' },
  c: { vi: 'đã ghi nhận kết quả', en: 'accepted' },
};

function itemFigures(rows: readonly Row[], column: Column, at: number): Counted[] {
  const concerned = rows.filter((row) => isKept(row) && litAt(row, at) !== 'not-concerned');
  const items = [...ITEMS, ...(column.measures.length > 0 ? MEASURED : [])].map((figure) => {
    const counted = concerned.filter((row) => figure.counts(row, at));
    return {
      id: `item:${column.path}:${figure.id}`,
      name: { vi: `Mục ${column.path}: ${figure.name.vi}`, en: `Item ${column.path}: ${figure.name.en}` },
      value: counted.length,
      of: concerned.length,
      rows: counted.map((row) => ({
        ...rowOf(row),
        key: `${row.id}:${column.id}`,
        path: column.path,
        text: stateOf(row, at),
      })),
    };
  });
  return column.recurs ? [...items, periodFigure(concerned, column, at)] : items;
}

const periodsAt = (row: Row, at: number) => row.periods.find(({ column }) => column === at);

/** The state of a task, with the reporting period that it is of. */
function stateOf(row: Row, at: number): Text {
  const state = STATES[taskAt(row, at)] ?? { vi: '', en: '' };
  const period = periodWord(periodsAt(row, at));
  return period === undefined ? state : { vi: `${state.vi}; ${period.vi}`, en: `${state.en}; ${period.en}` };
}

/** Past reporting periods that were reported, of those that ended: each organisation with those that it did not report. */
function periodFigure(concerned: readonly Row[], column: Column, at: number): Counted {
  const ended = concerned.filter((row) => (periodsAt(row, at)?.ended ?? 0) > 0);
  const sum = (of: 'reported' | 'ended') => ended.reduce((total, row) => total + (periodsAt(row, at)?.[of] ?? 0), 0);
  return {
    id: `item:${column.path}:periods`,
    name: { vi: `Mục ${column.path}: số kỳ đã qua có báo cáo`, en: `Item ${column.path}: past periods reported` },
    value: sum('reported'),
    of: sum('ended'),
    rows: ended.map((row) => ({
      ...rowOf(row),
      key: `${row.id}:${column.id}:periods`,
      path: column.path,
      text: pastWord(periodsAt(row, at)) ?? { vi: '', en: '' },
    })),
  };
}

/** Every figure of a report with its rows, from one reading of the matrix and in its order. Incidents have no source yet: no value, not zero. */
export function countFigures({ rows: unordered, columns }: Pick<Loaded, 'rows' | 'columns'>): Counted[] {
  const rows = selectRows(unordered, columns, {});
  const organisations = ORGANISATIONS.map(({ id, name, counts, isOf }) => {
    const counted = rows.filter(counts);
    return { id, name, value: counted.length, of: rows.filter(isOf).length, rows: counted.map(rowOf) };
  });
  const total = {
    id: 'organisations',
    name: { vi: 'Đơn vị được giao', en: 'Organisations addressed' },
    value: rows.length,
    of: null,
    rows: rows.map(rowOf),
  };
  const incidents = {
    id: 'incidents',
    name: { vi: 'Sự cố an toàn thông tin mạng', en: 'Security incidents' },
    value: null,
    of: null,
    rows: [],
  };
  return [total, ...organisations, ...columns.flatMap((column, at) => itemFigures(rows, column, at)), incidents];
}
