import { refusal } from './errors.ts';
import type { OutsideError, OutsideWarning } from './errors.ts';
import type { TextEncoding } from './decode-text.ts';

export interface TableLimits {
  readonly rows: number;
  readonly columns: number;
  readonly cells: number;
  /** Characters in one cell. */
  readonly cellText: number;
}

export const TABLE_LIMITS: TableLimits = { rows: 200_000, columns: 1024, cells: 4_000_000, cellText: 32_767 };

export interface Sheet {
  /** Name as in the file; '' for text. */
  readonly name: string;
  /** Values as text; a row may be shorter than others. Dates are ISO local (2024-04-19, 2024-04-19T08:30:00, 08:30:00). */
  readonly rows: string[][];
  /** The number, from 1, that the first of `rows` has in the file: row i is line `firstRow + i` of the sheet. */
  readonly firstRow: number;
  readonly hidden: boolean;
  /** Merged areas such as A1:C1; the value stands in the first cell, the others are ''. */
  readonly merged: string[];
  /** Cells with a formula, such as B7; their text is the value that the file has stored. The first 10,000. */
  readonly formulas?: string[];
}

export interface Table {
  readonly format: 'xlsx' | 'csv' | 'tsv';
  readonly encoding?: TextEncoding;
  readonly delimiter?: string;
  /** Whether the workbook counts days from 1904-01-01. */
  readonly from1904?: boolean;
  readonly sheets: Sheet[];
  readonly warnings: OutsideWarning[];
}

export function tableTooBig(place: string): OutsideError {
  return refusal('table-too-big', place, {
    vi: 'Bảng có quá nhiều dòng, cột hoặc ô quá dài. Hãy chia nhỏ tệp, xóa dòng và cột thừa rồi thử lại.',
    en: 'The table has too many rows or columns, or a cell that is too long. Split the file, remove spare rows and columns, then retry.',
  });
}

export function tableBroken(place: string): OutsideError {
  return refusal('table-broken', place, {
    vi: 'Bảng tính bị hỏng hoặc sai cấu trúc. Hãy mở bằng phần mềm bảng tính, lưu lại thành .xlsx hoặc .csv rồi thử lại.',
    en: 'The table is damaged or malformed. Open it in a spreadsheet program, save it as .xlsx or .csv, then retry.',
  });
}
