import { PassThrough } from 'node:stream';
import type ExcelJS from 'exceljs';
import { neutraliseCell } from './cells.ts';

/** The media type of what `writeTable` makes. */
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A cell to write: a day (`{ day: '2024-04-20' }`) becomes a real date, a text never becomes a formula. */
export type WriteCell = string | number | boolean | null | { readonly day: string };

export interface WriteColumn {
  readonly title: string;
  /** In characters; by default wide enough for the title. */
  readonly width?: number;
}

export interface WriteSheet {
  readonly name: string;
  /** Lines above the head: what this is, whose, when the figures were taken. */
  readonly lines?: readonly string[];
  readonly columns: readonly WriteColumn[];
  readonly rows: Iterable<readonly WriteCell[]> | AsyncIterable<readonly WriteCell[]>;
  readonly landscape?: boolean;
}

const UNFIT = /[[\]:*?/\\]/gu;

/** The name as a spreadsheet allows it: at most 31 characters, none of `[]:*?/\`. */
function sheetName(name: string): string {
  return name.replace(UNFIT, ' ').trim().slice(0, 31) || 'Sheet';
}

function valueOf(cell: WriteCell): ExcelJS.CellValue {
  if (typeof cell === 'string') return neutraliseCell(cell);
  if (typeof cell === 'object' && cell !== null) return new Date(`${cell.day}T00:00:00Z`);
  return cell;
}

function openSheet(book: ExcelJS.stream.xlsx.WorkbookWriter, sheet: WriteSheet): ExcelJS.Worksheet {
  const head = (sheet.lines?.length ?? 0) + 1;
  const opened = book.addWorksheet(sheetName(sheet.name), {
    views: [{ state: 'frozen', ySplit: head, xSplit: 1 }],
    pageSetup: {
      paperSize: 9,
      orientation: sheet.landscape ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `${head}:${head}`,
    },
  });
  opened.columns = sheet.columns.map(({ title, width }) => ({ width: width ?? Math.max(10, Math.min(40, title.length + 4)) }));
  for (const line of sheet.lines ?? []) opened.addRow([neutraliseCell(line)]).commit();
  const titles = opened.addRow(sheet.columns.map(({ title }) => neutraliseCell(title)));
  titles.font = { bold: true };
  titles.alignment = { wrapText: true, vertical: 'middle' };
  titles.eachCell((cell) => {
    cell.border = { bottom: { style: 'thin' } };
  });
  titles.commit();
  opened.autoFilter = { from: { row: head, column: 1 }, to: { row: head, column: Math.max(1, sheet.columns.length) } };
  return opened;
}

/**
 * Writes an .xlsx row by row: head frozen, widths set, head repeated on every printed page, filters on. Texts that an
 * office program would run as a formula are made safe with `neutraliseCell`; `readTable` and `restoreCell` give them back.
 */
export async function writeTable(sheets: readonly WriteSheet[]): Promise<Uint8Array> {
  const stream = new PassThrough();
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => stream.once('end', resolve).once('error', reject));
  // Loaded when needed: it is large, and every child that reads a file loads this package.
  const { default: excel } = await import('exceljs');
  const book = new excel.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  for (const sheet of sheets) {
    const opened = openSheet(book, sheet);
    for await (const cells of sheet.rows) {
      const row = opened.addRow(cells.map(valueOf));
      for (const [at, cell] of cells.entries()) {
        if (typeof cell === 'object' && cell !== null) row.getCell(at + 1).numFmt = 'd/m/yyyy';
        else if (typeof cell === 'string' && cell.length > 30) row.getCell(at + 1).alignment = { wrapText: true, vertical: 'top' };
      }
      row.commit();
    }
    opened.commit();
  }
  await book.commit();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
}
