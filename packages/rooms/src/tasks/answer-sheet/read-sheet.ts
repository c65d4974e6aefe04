import type { Text } from '@vonggac/kernel';
import type { Table } from '@vonggac/outside';
import { type Area, areasOf, type Grid, gridOf, keysIn, lettersOf, type Line } from './grid.ts';
import { ANSWER_COLUMNS, COLUMNS, type ColumnKey, doneOf, DONE_WORDS, HEAD_LINES } from './layout.ts';
import { ANSWER_LIMIT, type AnswerRow, type SheetRow } from './model.ts';
import { readDay } from './read-day.ts';

export type ReadSheet = {
  rows: AnswerRow[];
  head: { number: string | null; day: string | null; who: string | null };
  remarks: Text[];
};
type Asked = { rows: readonly SheetRow[]; today: string };
type Context = { grid: Grid; areas: readonly Area[]; formulas: ReadonlySet<string>; today: string; from1904: boolean };

const MOST_REMARKS = 50;

/**
 * The answers of a file that came back, found by the keys of its rows and the marks of its columns, not by where they stand. A row that
 * cannot be trusted is refused with the cure; nothing is guessed. null: the file has no sheet of answers that could be told.
 */
export function readSheet(table: Table, { rows, today }: Asked): ReadSheet | null {
  const grid = gridOf(table);
  if (grid === null) return null;
  const context: Context = {
    grid,
    areas: areasOf(grid.sheet.merged),
    formulas: new Set(grid.sheet.formulas ?? []),
    today,
    from1904: table.from1904 ?? false,
  };
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const remarks: Text[] = [];
  const found = new Map<string, Line[]>();
  for (const line of grid.lines) {
    const keys = keysIn(line.cells);
    const known = keys.filter((key) => byKey.has(key));
    if (known.length === 1 && keys.length === 1) found.set(known[0]!, [...(found.get(known[0]!) ?? []), line]);
    else if (keys.length > 0) remarks.push(strangeKey(line.line));
    else if (isBareAnswer(context, line)) remarks.push(noKey(line.line));
  }
  if (grid.elsewhere > 0) remarks.push(otherSheet());
  return {
    rows: rows.flatMap((row) => {
      const lines = found.get(row.key);
      return lines === undefined ? [] : [rowOf(context, row, lines)];
    }),
    head: headOf(context, remarks),
    remarks: remarks.slice(0, MOST_REMARKS),
  };
}

const cellOf = ({ grid }: Context, { cells }: Line, column: ColumnKey): string => {
  const at = grid.columns.get(column);
  return at === undefined ? '' : (cells[at] ?? '').replaceAll(/[^\P{Cc}\n\t]/gu, '').trim();
};

/** A line below the heads that says something in the columns of answers without having a key. */
function isBareAnswer(context: Context, line: Line): boolean {
  const isHead = Object.values(HEAD_LINES).some(({ key }) => line.cells.includes(key));
  const firstKeyed = context.grid.lines.find(({ cells }) => keysIn(cells).length > 0)?.line ?? Number.MAX_SAFE_INTEGER;
  return !isHead && line.line > firstKeyed && ANSWER_COLUMNS.some((column) => cellOf(context, line, column) !== '');
}

function rowOf(context: Context, row: SheetRow, lines: readonly Line[]): AnswerRow {
  const [line] = lines as [Line, ...Line[]];
  const answer = cellOf(context, line, 'answer');
  const done = doneOf(cellOf(context, line, 'done'));
  const day = readDay(cellOf(context, line, 'day'), context);
  const remark = cellOf(context, line, 'remark');
  const code = cellOf(context, line, 'code');
  const empty = ANSWER_COLUMNS.every((column) => cellOf(context, line, column) === '');
  const refused =
    (lines.length > 1 ? twice(lines) : null) ??
    mixedUp(context, row, line) ??
    formulaIn(context, line) ??
    mergedOver(context, line) ??
    (empty ? null : unsound({ answer, done, day, code, remark, word: cellOf(context, line, 'done') }));
  return {
    key: row.key,
    task: row.task,
    path: row.path,
    line: line.line,
    answer: answer.slice(0, ANSWER_LIMIT),
    done: done ?? null,
    day: 'day' in day ? day.day : null,
    code: code.slice(0, 100) || null,
    remark: remark.slice(0, 2000) || null,
    extra: extraOf(context, line),
    refused,
    doubts: [
      ...('doubt' in day && day.doubt !== null ? [day.doubt] : []),
      ...(done === null && answer !== '' && answer !== row.before ? [noState()] : []),
    ],
  };
}

function extraOf({ grid, formulas }: Context, { cells, line }: Line): Record<string, string> {
  const said: [string, string][] = [];
  for (const [at, head] of grid.extra) {
    const text = (cells[at] ?? '').trim();
    if (text !== '' && !formulas.has(`${lettersOf(at)}${line}`)) said.push([head, text.slice(0, 1000)]);
  }
  return Object.fromEntries(said);
}

/** Sorted by some columns only, keys and texts no longer belong together. */
function mixedUp(context: Context, row: SheetRow, line: Line): Text | null {
  const bare = (path: string) => path.normalize('NFC').replaceAll(/[\s.]+$/gu, '');
  const path = bare(cellOf(context, line, 'path'));
  if (path === '' || path === bare(row.path)) return null;
  return {
    vi: `Dòng ${line.line}: mã ẩn là của mục ${row.path} nhưng cột “${COLUMNS.path.title}” ghi ${path.slice(0, 20)} (có thể đã sắp xếp lệch cột). Sắp xếp lại cả dòng, hoặc điền vào phiếu mới.`,
    en: `Line ${line.line}: the hidden key is that of item ${row.path}, but the line says ${path.slice(0, 20)} (perhaps only some columns were sorted). Sort whole rows, or fill in a new sheet.`,
  };
}

function formulaIn({ grid, formulas }: Context, { line }: Line): Text | null {
  const hit = ANSWER_COLUMNS.map((column) => grid.columns.get(column)).find(
    (at) => at !== undefined && formulas.has(`${lettersOf(at)}${line}`),
  );
  if (hit === undefined) return null;
  const cell = `${lettersOf(hit)}${line}`;
  return {
    vi: `Ô ${cell} là công thức, không phải nội dung trả lời. Chép ô đó rồi dán lại dạng giá trị (hoặc gõ lại), lưu và gửi lại phiếu.`,
    en: `Cell ${cell} holds a formula, not an answer. Copy it and paste it as a value (or type it), save and send the sheet again.`,
  };
}

/** One cell over several rows: whose answer it is cannot be told. */
function mergedOver({ grid, areas }: Context, { line }: Line): Text | null {
  const columns = ANSWER_COLUMNS.flatMap((column) => grid.columns.get(column) ?? []);
  const hit = areas.find(
    ({ top, bottom, left, right }) => bottom > top && top <= line && line <= bottom && columns.some((at) => left <= at && at <= right),
  );
  if (hit === undefined) return null;
  return {
    vi: `Dòng ${line}: ô trả lời bị gộp qua nhiều dòng (${hit.top}–${hit.bottom}) nên không rõ trả lời cho mục nào. Bỏ gộp ô, ghi riêng từng dòng rồi gửi lại phiếu.`,
    en: `Line ${line}: the answer is merged over several rows (${hit.top}–${hit.bottom}), so whose it is cannot be told. Split the cell, write each row, and send the sheet again.`,
  };
}

type Said = {
  answer: string;
  done: ReturnType<typeof doneOf>;
  day: ReturnType<typeof readDay>;
  code: string;
  remark: string;
  word: string;
};

function unsound({ answer, done, day, code, remark, word }: Said): Text | null {
  if (done === undefined) {
    const words = Object.values(DONE_WORDS).join('”, “');
    return {
      vi: `Trạng thái “${word.slice(0, 40)}” không có trong danh sách. Chọn “${words}”.`,
      en: `The state “${word.slice(0, 40)}” is not in the list. Choose “${words}”.`,
    };
  }
  if ('refused' in day) return day.refused;
  if (answer.length > ANSWER_LIMIT || code.length > 100 || remark.length > 2000)
    return {
      vi: `Nội dung quá dài (kết quả tối đa ${ANSWER_LIMIT} ký tự, số hiệu 100, ghi chú 2.000). Rút gọn và gửi phần còn lại kèm báo cáo.`,
      en: `The text is too long (answer at most ${ANSWER_LIMIT} characters, number 100, remark 2,000). Shorten it and send the rest with a report.`,
    };
  if (done === 'done' && answer === '')
    return {
      vi: 'Chọn “đã thực hiện” nhưng chưa ghi kết quả thực hiện.',
      en: 'Marked as done, but the result is not written.',
    };
  return null;
}

function headOf(context: Context, remarks: Text[]): ReadSheet['head'] {
  const at = context.grid.columns.get('answer') ?? 0;
  const value = (name: keyof typeof HEAD_LINES): string | null => {
    const { key, title } = HEAD_LINES[name];
    const line = context.grid.lines.find(({ cells }) => cells.includes(key));
    if (line === undefined || context.formulas.has(`${lettersOf(at)}${line.line}`)) return null;
    const text = line.cells[at] || line.cells.find((cell) => cell !== '' && cell !== key && cell !== title) || '';
    return text.replaceAll(/\p{Cc}/gu, ' ').trim() || null;
  };
  const day = readDay(value('day') ?? '', context);
  if ('refused' in day) remarks.push({ vi: `Ngày đến: ${day.refused.vi}`, en: `Day of arrival: ${day.refused.en}` });
  else if (day.doubt !== null) remarks.push({ vi: `Ngày đến: ${day.doubt.vi}`, en: `Day of arrival: ${day.doubt.en}` });
  return { number: value('number')?.slice(0, 30) ?? null, day: 'day' in day ? day.day : null, who: value('who')?.slice(0, 120) ?? null };
}

const twice = (lines: readonly Line[]): Text => ({
  vi: `Mục này xuất hiện ở nhiều dòng (${lines.map(({ line }) => line).join(', ')}). Giữ lại một dòng rồi gửi lại phiếu.`,
  en: `This item stands in several lines (${lines.map(({ line }) => line).join(', ')}). Keep one of them and send the sheet again.`,
});
const noState = (): Text => ({
  vi: 'Chưa chọn trạng thái: kết quả được giữ là đang thực hiện, chưa tính là đã báo cáo.',
  en: 'No state was chosen: the answer is kept as in progress and does not count as reported.',
});
const strangeKey = (line: number): Text => ({
  vi: `Dòng ${line} có mã dòng không thuộc phiếu này (chép từ tệp khác hoặc đã bị sửa): không đọc.`,
  en: `Line ${line} has a key that is not of this sheet (copied from another file, or changed): left out.`,
});
const noKey = (line: number): Text => ({
  vi: `Dòng ${line} có nội dung nhưng không có mã dòng: không biết thuộc mục nào nên không đọc.`,
  en: `Line ${line} says something but has no key: which item it is about is not known, so it is left out.`,
});
const otherSheet = (): Text => ({
  vi: 'Tệp còn trang khác có mã dòng; chỉ trang đầu được đọc.',
  en: 'Another sheet of the file has keys, too; only the first was read.',
});
