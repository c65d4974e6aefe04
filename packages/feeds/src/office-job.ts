// The child's side: workbooks and documents are taken apart here and come back as delimited text.
import { openZip, parseXml, readTable, repairFontText } from '@vonggac/outside';
import type { OutsideWarning, TableLimits, XmlElement } from '@vonggac/outside';

export type OfficeTable = {
  /** Name of the sheet, or number of the table from 1. */
  readonly name: string;
  readonly isHidden: boolean;
  readonly rows: number;
  /** RFC 4180 with commas, UTF-8. */
  readonly text: Uint8Array;
};

export type OfficeTables = {
  readonly format: 'xlsx' | 'docx';
  readonly from1904: boolean;
  readonly tables: readonly OfficeTable[];
  readonly warnings: readonly OutsideWarning[];
};

function textOf(rows: readonly (readonly string[])[]): Uint8Array {
  const cell = (value: string): string => (/[",\r\n]|^\s|\s$/u.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return Buffer.from(rows.map((row) => `${row.map(cell).join(',')}\n`).join(''));
}

function childrenOf(element: XmlElement, ...names: string[]): XmlElement[] {
  return element.children.filter((child): child is XmlElement => typeof child !== 'string' && names.includes(child.name));
}

/** Elements of a name at any depth, not looking inside of those found or of `stop`. */
function within(element: XmlElement, name: string, stop: readonly string[] = []): XmlElement[] {
  return element.children.flatMap((child) => {
    if (typeof child === 'string' || stop.includes(child.name)) return [];
    return child.name === name ? [child] : within(child, name, stop);
  });
}

function runText(element: XmlElement): string {
  let text = '';
  for (const child of element.children) {
    if (typeof child === 'string') continue;
    if (child.name === 't') text += child.children.filter((one) => typeof one === 'string').join('');
    else if (child.name === 'tab' || child.name === 'br') text += ' ';
    // Deleted with changes tracked, and what a field computes from.
    else if (!['del', 'moveFrom', 'instrText', 'tbl', 'rPr', 'pPr'].includes(child.name)) text += runText(child);
  }
  return text;
}

function cellText(cell: XmlElement): string {
  const text = within(cell, 'p', ['tbl', 'del'])
    .map((paragraph) => runText(paragraph).trim())
    .filter((line) => line !== '')
    .join(' ')
    .normalize('NFC');
  return repairFontText(text)?.text ?? text;
}

function cellsOf(row: XmlElement): string[] {
  return within(row, 'tc', ['tbl']).flatMap((cell) => {
    const properties = childrenOf(cell, 'tcPr')[0];
    const span = properties && childrenOf(properties, 'gridSpan')[0]?.attributes.get('val');
    const more = Math.min(Math.max(Number(span ?? 1) - 1, 0), 63) || 0;
    return [cellText(cell), ...Array.from({ length: more }, () => '')];
  });
}

/** The tables of a Word document, outermost only. ECMA-376 Part 1 §17.4. */
function documentTables(bytes: Uint8Array): OfficeTable[] | null {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return null;
  const zip = openZip(bytes);
  if (!zip.has('word/document.xml')) return null;
  const document = parseXml(zip.read('word/document.xml'), { place: 'word/document.xml' });
  return within(document, 'tbl').map((table, at) => {
    const rows = within(table, 'tr', ['tbl', 'del']).map(cellsOf);
    return { name: `${at + 1}`, isHidden: false, rows: rows.length, text: textOf(rows) };
  });
}

/** The tables of a workbook or of a Word document. @throws OutsideError */
export function officeJob(input: { bytes: Uint8Array; name: string; limits: TableLimits }): OfficeTables {
  const ofDocument = documentTables(input.bytes);
  if (ofDocument !== null) return { format: 'docx', from1904: false, tables: ofDocument, warnings: [] };
  const book = readTable(input.bytes, input.name, input.limits);
  const tables = book.sheets.map(({ name, hidden, rows }) => ({ name, isHidden: hidden, rows: rows.length, text: textOf(rows) }));
  return { format: 'xlsx', from1904: book.from1904 ?? false, tables, warnings: book.warnings };
}
