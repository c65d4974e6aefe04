import { DomainError, type Text } from '@vonggac/kernel';
import type { Table } from '@vonggac/outside';
import { type KeyedRow, MOST_REMARKS, readDay, readRows } from '../../sheets/index.ts';
import { mustBeComplete } from '../answer.ts';
import { ANSWER_WORDS, answerOf, type Column, FINDING_FORM } from './layout.ts';
import { type CameRow, MOST_MACHINES, NOTE_LIMIT, type Said, type SheetRow } from './model.ts';

export type ReadSheet = { rows: CameRow[]; who: string | null; remarks: Text[] };
type Context = { today: string; from1904: boolean };
type Refusal = { column: Column; text: Text };

/**
 * What a sheet of findings that came back says, row by row. A row that cannot be trusted, or that answers with less than the answer
 * needs, is refused with its cell and the cure. null: the file has no sheet of answers that could be told.
 */
export function readSheet(table: Table, { rows, today }: { rows: readonly SheetRow[]; today: string }): ReadSheet | null {
  const read = readRows(table, FINDING_FORM, rows);
  if (read === null) return null;
  const context = { today, from1904: read.from1904 };
  return {
    rows: rows.flatMap(({ key }) => {
      const came = read.rows.get(key);
      return came === undefined ? [] : [rowOf(context, key, came)];
    }),
    who: read.head('who')?.slice(0, 120) ?? null,
    remarks: read.remarks.slice(0, MOST_REMARKS),
  };
}

const NOTHING: Said = { answer: null, postponedTo: null, machinesDone: null, machinesTotal: null, note: null };

function rowOf(context: Context, key: string, came: KeyedRow<Column>): CameRow {
  const { line, isEmpty, extra } = came;
  const base = { key, line, isEmpty, extra };
  if (came.refused !== null) return { ...base, ...NOTHING, refused: { cell: String(line), text: came.refused }, doubts: [] };
  if (isEmpty) return { ...base, ...NOTHING, refused: null, doubts: [] };
  const read = saidIn(context, came);
  if ('column' in read) return { ...base, ...NOTHING, refused: { cell: came.place(read.column), text: read.text }, doubts: [] };
  const lacking = lackingIn(context, read.said);
  const refused = lacking === null ? null : { cell: came.place(lacking.column), text: lacking.text };
  return { ...base, ...read.said, refused, doubts: read.doubts };
}

function saidIn(context: Context, { cell }: KeyedRow<Column>): { said: Said; doubts: Text[] } | Refusal {
  const answer = answerOf(cell('answer'));
  if (answer === undefined) return { column: 'answer', text: strangeAnswer(cell('answer')) };
  const until = readDay(cell('until'), { ...context, coming: true });
  if ('refused' in until && answer === 'postponed') return { column: 'until', text: until.refused };
  const [machinesDone, machinesTotal] = [countOf(cell('done')), countOf(cell('total'))];
  if (machinesDone === undefined) return { column: 'done', text: noCount(cell('done')) };
  if (machinesTotal === undefined) return { column: 'total', text: noCount(cell('total')) };
  const note = cell('note');
  if (note.length > NOTE_LIMIT) return { column: 'note', text: TOO_LONG };
  const postponedTo = answer === 'postponed' && 'day' in until ? until.day : null;
  const doubts = answer === 'postponed' && 'doubt' in until && until.doubt !== null ? [until.doubt] : [];
  return { said: { answer, postponedTo, machinesDone, machinesTotal, note: note || null }, doubts };
}

/** As on screen: what each answer needs besides. */
function lackingIn({ today }: Context, said: Said): Refusal | null {
  if (said.answer === null) return { column: 'answer', text: NO_ANSWER };
  try {
    mustBeComplete(today, { ...said, answer: said.answer });
    return null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const columns: Record<string, Column> = { note: 'note', postponedTo: 'until', machinesDone: 'done' };
    return { column: columns[error.place ?? ''] ?? 'answer', text: error.text };
  }
}

/** null: nothing is written; undefined: no number of machines. */
function countOf(text: string): number | null | undefined {
  if (text === '') return null;
  const bare = text.replace(/^(\d{1,3})(?:[.,\s](\d{3}))+$/u, (whole) => whole.replaceAll(/[.,\s]/gu, '')).replace(/[.,]0+$/u, '');
  if (!/^\d{1,7}$/u.test(bare)) return undefined;
  return Number(bare) <= MOST_MACHINES ? Number(bare) : undefined;
}

const strangeAnswer = (word: string): Text => {
  const words = Object.values(ANSWER_WORDS).join('”, “');
  return {
    vi: `Trả lời “${word.slice(0, 40)}” không có trong danh sách. Chọn “${words}”.`,
    en: `The answer “${word.slice(0, 40)}” is not in the list. Choose “${words}”.`,
  };
};
const noCount = (text: string): Text => ({
  vi: `“${text.slice(0, 40)}” không phải là số máy. Ghi một số, như 12.`,
  en: `“${text.slice(0, 40)}” is not a number of machines. Write a number such as 12.`,
});
const NO_ANSWER: Text = {
  vi: 'Đã ghi số máy hoặc ghi chú nhưng chưa chọn trả lời. Chọn một trả lời trong danh sách của ô.',
  en: 'Machines or a note are given, but no answer was chosen. Choose one from the list of the cell.',
};
const TOO_LONG: Text = {
  vi: `Ghi chú dài hơn ${NOTE_LIMIT.toLocaleString('vi')} ký tự. Rút gọn và gửi phần còn lại bằng văn bản.`,
  en: `The note is longer than ${NOTE_LIMIT.toLocaleString('en')} characters. Shorten it and send the rest by letter.`,
};
