// The child's side: workbooks and documents are taken apart here and come back as delimited text.
import { openZip, parseXml, readTable, repairFontText, streamXlsx, XML_LIMITS, ZIP_LIMITS } from '@vonggac/outside';
import type { OutsideWarning, TableLimits, XmlElement, Zip } from '@vonggac/outside';

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

/** A million rows of a list take up to 50 elements and attributes each; what is beyond runs into the child's time. */
const BIG_XML = { ...XML_LIMITS, nodes: 50_000_000, text: 160 * 2 ** 20 };
const BIG_ZIP = { ...ZIP_LIMITS, totalBytes: 512 * 2 ** 20, entryBytes: 384 * 2 ** 20 };
const PIECE = 2 ** 16;

const quoted = (value: string): string => (/[",\r\n]|^\s|\s$/u.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** Writes rows as delimited text, as bytes of a piece at a time. */
class TextOfRows {
  rows = 0;
  readonly #done: Buffer[] = [];
  #open = '';

  add(cells: readonly string[]): void {
    this.rows++;
    for (let at = 0; at < cells.length; at++) this.#open += at === 0 ? quoted(cells[at]!) : `,${quoted(cells[at]!)}`;
    this.#open += '\n';
    if (this.#open.length >= PIECE) this.#cut();
  }

  #cut(): void {
    this.#done.push(Buffer.from(this.#open));
    this.#open = '';
  }

  end(): Uint8Array {
    this.#cut();
    return Buffer.concat(this.#done);
  }
}

function textOf(rows: readonly (readonly string[])[]): Uint8Array {
  const text = new TextOfRows();
  for (const row of rows) text.add(row);
  return text.end();
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
function documentTables(zip: Zip): OfficeTable[] | null {
  if (!zip.has('word/document.xml')) return null;
  const document = parseXml(zip.read('word/document.xml'), { place: 'word/document.xml' });
  return within(document, 'tbl').map((table, at) => {
    const rows = within(table, 'tr', ['tbl', 'del']).map(cellsOf);
    return { name: `${at + 1}`, isHidden: false, rows: rows.length, text: textOf(rows) };
  });
}

function workbookTables(zip: Zip, limits: TableLimits): OfficeTables {
  const found: { name: string; isHidden: boolean; text: TextOfRows }[] = [];
  const { from1904, warnings } = streamXlsx(zip, { limits, xml: BIG_XML }, ({ name, hidden }) => {
    const text = new TextOfRows();
    found.push({ name, isHidden: hidden, text });
    return (cells) => text.add(cells);
  });
  const tables = found.map(({ name, isHidden, text }) => ({ name, isHidden, rows: text.rows, text: text.end() }));
  return { format: 'xlsx', from1904, tables, warnings };
}

/** The tables of a workbook or of a Word document. @throws OutsideError */
export function officeJob({ bytes, name, limits }: { bytes: Uint8Array; name: string; limits: TableLimits }): OfficeTables {
  // What is no archive is refused there, with what to save it as.
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) {
    readTable(bytes, name, limits);
    return { format: 'xlsx', from1904: false, tables: [], warnings: [] };
  }
  const zip = openZip(bytes, BIG_ZIP);
  const ofDocument = documentTables(zip);
  return ofDocument === null ? workbookTables(zip, limits) : { format: 'docx', from1904: false, tables: ofDocument, warnings: [] };
}
