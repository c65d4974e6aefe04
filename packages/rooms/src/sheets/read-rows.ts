import type { Text } from '@vonggac/kernel';
import type { Table } from '@vonggac/outside';
import type { SheetForm } from './form.ts';
import { type Area, areasOf, type Grid, gridOf, keysIn, lettersOf, type Line } from './grid.ts';

/** A row as it went out: `name` is what stood in its locked column. */
export type AskedRow = { key: string; name: string };

/** A row that came back. `refused`: it cannot be trusted, with the cure. */
export type KeyedRow<Column extends string> = {
  line: number;
  cell: (column: Column) => string;
  /** Where a cell stands, such as G12; the line alone where its column is gone. */
  place: (column: Column) => string;
  /** Nothing was filled in. */
  isEmpty: boolean;
  refused: Text | null;
  /** Columns that the sheet did not have, by their heads. */
  extra: Record<string, string>;
};

export type ReadRows<Column extends string> = {
  rows: Map<string, KeyedRow<Column>>;
  /** What a filled-in line of the head says. */
  head: (key: string) => string | null;
  /** What belongs to no row, in words. */
  remarks: Text[];
  from1904: boolean;
};

type Context<Column extends string> = {
  form: SheetForm<string, Column>;
  grid: Grid<Column>;
  areas: readonly Area[];
  formulas: ReadonlySet<string>;
};

export const MOST_REMARKS = 50;

/**
 * The rows of a file that came back, found by their keys and the marks of their columns, not by where they stand. A row that cannot be
 * trusted (twice there, a formula, merged cells, keys and texts mixed up) is refused; nothing is guessed. null: the file has no sheet of
 * answers that could be told.
 */
export function readRows<Column extends string>(
  table: Table,
  form: SheetForm<string, Column>,
  asked: readonly AskedRow[],
): ReadRows<Column> | null {
  const grid = gridOf(form, table);
  if (grid === null) return null;
  const context: Context<Column> = { form, grid, areas: areasOf(grid.sheet.merged), formulas: new Set(grid.sheet.formulas ?? []) };
  const byKey = new Map(asked.map((row) => [row.key, row]));
  const first = grid.lines.find(({ cells }) => keysIn(cells).length > 0)?.line ?? Number.MAX_SAFE_INTEGER;
  const remarks: Text[] = [];
  const found = new Map<string, Line[]>();
  for (const line of grid.lines) {
    const keys = keysIn(line.cells);
    const known = keys.filter((key) => byKey.has(key));
    if (known.length === 1 && keys.length === 1) found.set(known[0]!, [...(found.get(known[0]!) ?? []), line]);
    else if (keys.length > 0) remarks.push(strangeKey(line.line));
    else if (line.line > first && isBareAnswer(context, line)) remarks.push(noKey(line.line));
  }
  if (grid.elsewhere > 0) remarks.push(otherSheet());
  const rows = asked.flatMap((row): [string, KeyedRow<Column>][] => {
    const lines = found.get(row.key);
    return lines === undefined ? [] : [[row.key, rowOf(context, row, lines)]];
  });
  return { rows: new Map(rows), head: (key) => headOf(context, key), remarks, from1904: table.from1904 ?? false };
}

function cellOf<Column extends string>({ grid }: Context<Column>, { cells }: Line, column: Column): string {
  const at = grid.columns.get(column);
  return at === undefined ? '' : (cells[at] ?? '').replaceAll(/[^\P{Cc}\n\t]/gu, '').trim();
}

function placeOf<Column extends string>({ grid }: Context<Column>, { line }: Line, column: Column): string {
  const at = grid.columns.get(column);
  return at === undefined ? String(line) : `${lettersOf(at)}${line}`;
}

/** A line that says something in the columns of answers without having a key. */
function isBareAnswer<Column extends string>(context: Context<Column>, line: Line): boolean {
  const isHead = Object.values(context.form.heads).some(({ key }) => line.cells.includes(key));
  return !isHead && context.form.fills.some((column) => cellOf(context, line, column) !== '');
}

function rowOf<Column extends string>(context: Context<Column>, row: AskedRow, lines: readonly Line[]): KeyedRow<Column> {
  const [line] = lines as [Line, ...Line[]];
  return {
    line: line.line,
    cell: (column) => cellOf(context, line, column),
    place: (column) => placeOf(context, line, column),
    isEmpty: context.form.fills.every((column) => cellOf(context, line, column) === ''),
    refused:
      (lines.length > 1 ? twice(lines) : null) ?? mixedUp(context, row, line) ?? formulaIn(context, line) ?? mergedOver(context, line),
    extra: extraOf(context, line),
  };
}

function extraOf<Column extends string>({ grid, formulas }: Context<Column>, { cells, line }: Line): Record<string, string> {
  const said: [string, string][] = [];
  for (const [at, head] of grid.extra) {
    const text = (cells[at] ?? '').trim();
    if (text !== '' && !formulas.has(`${lettersOf(at)}${line}`)) said.push([head, text.slice(0, 1000)]);
  }
  return Object.fromEntries(said);
}

/** Sorted by some columns only, keys and texts no longer belong together. */
function mixedUp<Column extends string>(context: Context<Column>, row: AskedRow, line: Line): Text | null {
  const { form } = context;
  const bare = (name: string) => name.normalize('NFC').replaceAll(/[\s.]+$/gu, '');
  const name = bare(cellOf(context, line, form.name));
  if (name === '' || name === bare(row.name)) return null;
  return {
    vi: `Dòng ${line.line}: mã ẩn là của ${form.noun.vi} ${row.name} nhưng cột “${form.columns[form.name].title}” ghi ${name.slice(0, 40)} (có thể đã sắp xếp lệch cột). Sắp xếp lại cả dòng, hoặc điền vào phiếu mới.`,
    en: `Line ${line.line}: the hidden key is that of ${form.noun.en} ${row.name}, but the line says ${name.slice(0, 40)} (perhaps only some columns were sorted). Sort whole rows, or fill in a new sheet.`,
  };
}

function formulaIn<Column extends string>({ form, grid, formulas }: Context<Column>, { line }: Line): Text | null {
  const hit = form.fills
    .map((column) => grid.columns.get(column))
    .find((at) => at !== undefined && formulas.has(`${lettersOf(at)}${line}`));
  if (hit === undefined) return null;
  const cell = `${lettersOf(hit)}${line}`;
  return {
    vi: `Ô ${cell} là công thức, không phải nội dung trả lời. Chép ô đó rồi dán lại dạng giá trị (hoặc gõ lại), lưu và gửi lại phiếu.`,
    en: `Cell ${cell} holds a formula, not an answer. Copy it and paste it as a value (or type it), save and send the sheet again.`,
  };
}

/** One cell over several rows: whose answer it is cannot be told. */
function mergedOver<Column extends string>({ form, grid, areas }: Context<Column>, { line }: Line): Text | null {
  const columns = form.fills.flatMap((column) => grid.columns.get(column) ?? []);
  const hit = areas.find(
    ({ top, bottom, left, right }) => bottom > top && top <= line && line <= bottom && columns.some((at) => left <= at && at <= right),
  );
  if (hit === undefined) return null;
  return {
    vi: `Dòng ${line}: ô trả lời bị gộp qua nhiều dòng (${hit.top}–${hit.bottom}) nên không rõ trả lời cho ${form.noun.vi} nào. Bỏ gộp ô, ghi riêng từng dòng rồi gửi lại phiếu.`,
    en: `Line ${line}: the answer is merged over several rows (${hit.top}–${hit.bottom}), so whose it is cannot be told. Split the cell, write each row, and send the sheet again.`,
  };
}

function headOf<Column extends string>({ form, grid, formulas }: Context<Column>, name: string): string | null {
  const head = form.heads[name];
  const line = grid.lines.find(({ cells }) => head !== undefined && cells.includes(head.key));
  const at = grid.columns.get(form.answer) ?? 0;
  if (head === undefined || line === undefined || formulas.has(`${lettersOf(at)}${line.line}`)) return null;
  const text = line.cells[at] || line.cells.find((cell) => cell !== '' && cell !== head.key && cell !== head.title) || '';
  return text.replaceAll(/\p{Cc}/gu, ' ').trim() || null;
}

const twice = (lines: readonly Line[]): Text => ({
  vi: `Mục này xuất hiện ở nhiều dòng (${lines.map(({ line }) => line).join(', ')}). Giữ lại một dòng rồi gửi lại phiếu.`,
  en: `This item stands in several lines (${lines.map(({ line }) => line).join(', ')}). Keep one of them and send the sheet again.`,
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
