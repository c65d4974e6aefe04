import { fold } from '@vonggac/kernel';
import { restoreCell, type Sheet, type Table } from '@vonggac/outside';
import { columnMark, columnsOf, type SheetForm } from './form.ts';
import { ROW_KEY } from './sign.ts';

/** A line of a sheet: `line` as the spreadsheet counts, `cells` as they were written. */
export type Line = { line: number; cells: readonly string[] };
/** The sheet that answers stand in, with where its columns went. */
export type Grid<Column extends string> = {
  sheet: Sheet;
  lines: readonly Line[];
  columns: ReadonlyMap<Column, number>;
  /** Columns that the sheet did not have, by their heads. */
  extra: ReadonlyMap<number, string>;
  /** Lines with keys in other sheets of the file. */
  elsewhere: number;
};

export const keysIn = (cells: readonly string[]): string[] => [
  ...new Set(cells.map((cell) => cell.trim()).filter((cell) => ROW_KEY.test(cell))),
];

/** The sheet with the most keyed lines, one in sight before a hidden one. null: no line has a key, or its columns are unknown. */
export function gridOf<Column extends string>(form: SheetForm<string, Column>, table: Table): Grid<Column> | null {
  const counted = table.sheets
    .filter(({ rows }) => !rows.some((cells) => cells.includes(form.format)))
    .map((sheet) => ({ sheet, keyed: sheet.rows.filter((cells) => keysIn(cells).length > 0).length }))
    .toSorted((a, b) => Number(a.sheet.hidden) - Number(b.sheet.hidden) || b.keyed - a.keyed);
  const first = counted.find(({ keyed }) => keyed > 0) ?? counted[0];
  if (first === undefined) return null;
  const { sheet } = first;
  const lines = sheet.rows.map((cells, at) => ({ line: sheet.firstRow + at, cells: cells.map(restoreCell) }));
  const found = markedColumns(form, lines) ?? titledColumns(form, lines);
  if (found === null) return null;
  const elsewhere = counted.filter((one) => one !== first).reduce((sum, { keyed }) => sum + keyed, 0);
  return { sheet, lines, columns: found.columns, extra: extraColumns(lines, found), elsewhere };
}

type Found<Column> = { columns: Map<Column, number>; head: number };

/** By the hidden line of marks, whatever the heads say now. */
function markedColumns<Column extends string>(form: SheetForm<string, Column>, lines: readonly Line[]): Found<Column> | null {
  const at = lines.findIndex(({ cells }) => cells.includes(columnMark(form.answer)));
  if (at < 0) return null;
  const cells = lines[at]!.cells;
  return { columns: columnsBy(form, (column) => cells.indexOf(columnMark(column))), head: at + 1 };
}

/** By the heads themselves, where the hidden line was deleted. */
function titledColumns<Column extends string>(form: SheetForm<string, Column>, lines: readonly Line[]): Found<Column> | null {
  const titled = lines.map(({ cells }) => {
    const heads = cells.map((cell) => fold(cell).trim());
    return columnsBy(form, (column) => heads.indexOf(fold(form.columns[column].title)));
  });
  const head = titled.findIndex((columns) => columns.has(form.answer) && columns.size >= 3);
  return head < 0 ? null : { columns: titled[head]!, head };
}

function columnsBy<Column extends string>(form: SheetForm<string, Column>, indexOf: (column: Column) => number): Map<Column, number> {
  return new Map(
    columnsOf(form)
      .map((column): [Column, number] => [column, indexOf(column)])
      .filter(([, at]) => at >= 0),
  );
}

function extraColumns<Column>(lines: readonly Line[], { columns, head }: Found<Column>): Map<number, string> {
  const known = new Set(columns.values());
  const body = lines.slice(head).filter(({ cells }) => keysIn(cells).length > 0);
  const width = Math.max(0, ...body.map(({ cells }) => cells.length));
  const extra = new Map<number, string>();
  for (let at = 0; at < width; at++) {
    if (known.has(at) || body.every(({ cells }) => (cells[at] ?? '') === '' || ROW_KEY.test((cells[at] ?? '').trim()))) continue;
    extra.set(at, (lines[head]?.cells[at] ?? '').trim().slice(0, 100) || `Cột ${lettersOf(at)}`);
  }
  return extra;
}

/** The letters of a column that counts from 0. */
export function lettersOf(column: number): string {
  let letters = '';
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26)) letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return letters;
}

/** A merged area: lines as the spreadsheet counts, columns from 0. */
export type Area = { top: number; bottom: number; left: number; right: number };

export function areasOf(merged: readonly string[]): Area[] {
  return merged.flatMap((reference) => {
    const [, a, top, b, bottom] = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/u.exec(reference) ?? [];
    if (a === undefined || b === undefined) return [];
    return [{ top: Number(top), bottom: Number(bottom), left: columnOf(a), right: columnOf(b) }];
  });
}

function columnOf(letters: string): number {
  return [...letters].reduce((column, letter) => column * 26 + (letter.charCodeAt(0) - 64), 0) - 1;
}
