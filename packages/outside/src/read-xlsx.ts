import { refusal } from './errors.ts';
import type { OutsideWarning } from './errors.ts';
import { tableBroken } from './table.ts';
import type { Sheet, Table, TableLimits } from './table.ts';
import { readSheet, streamSheet } from './xlsx-sheet.ts';
import type { SheetContext } from './xlsx-sheet.ts';
import { readStyles } from './xlsx-styles.ts';
import { parseXml, walkXml } from './xml.ts';
import type { XmlElement, XmlLimits } from './xml.ts';
import type { Zip } from './zip.ts';

interface Part {
  readonly id: string;
  readonly type: string;
  readonly path: string;
}

function elements(parent: XmlElement, name: string): XmlElement[] {
  return parent.children.flatMap((child) => {
    if (typeof child === 'string') return [];
    return child.name === name ? [child] : elements(child, name);
  });
}

function pathFrom(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const home = folder === '' ? '/' : `/${folder}/`;
  return decodeURIComponent(new URL(target, `http://x${home}`).pathname.slice(1));
}

function relations(zip: Zip, part: string): Part[] {
  const slash = part.lastIndexOf('/');
  const folder = part.slice(0, Math.max(0, slash));
  const path = `${folder === '' ? '' : `${folder}/`}_rels/${part.slice(slash + 1)}.rels`;
  if (!zip.has(path)) return [];
  return elements(parseXml(zip.read(path), { place: path }), 'Relationship')
    .filter((one) => one.attributes.get('TargetMode') !== 'External')
    .map((one) => ({
      id: one.attributes.get('Id') ?? '',
      type: (one.attributes.get('Type') ?? '').split('/').at(-1) ?? '',
      path: pathFrom(folder, one.attributes.get('Target') ?? ''),
    }));
}

/** Shared strings: text of runs joined, phonetic guides (rPh) left out. */
function sharedStrings(zip: Zip, path: string | undefined, xml: XmlLimits | undefined): string[] {
  const strings: string[] = [];
  if (path === undefined || !zip.has(path)) return strings;
  const open: string[] = [];
  walkXml(
    zip.read(path),
    {
      open(element) {
        open.push(element.name);
        if (element.name === 'si') strings.push('');
      },
      close() {
        open.pop();
      },
      text(text) {
        if (open.at(-1) === 't' && !open.includes('rPh')) strings[strings.length - 1] += text;
      },
    },
    { place: path, ...(xml ? { limits: xml } : {}) },
  );
  return strings;
}

function refuseMacros(zip: Zip): void {
  const macro = zip.entries.find((entry) => /vbaproject|xl\/macrosheets\//iu.test(entry.name));
  if (macro === undefined) return;
  throw refusal('table-macro', macro.name, {
    vi: 'Bảng tính có chứa macro nên bị từ chối. Hãy lưu lại thành .xlsx (không macro) hoặc .csv rồi thử lại.',
    en: 'The workbook contains macros and is refused. Save it as .xlsx (without macros) or .csv, then retry.',
  });
}

function formulaWarning(sheet: string, count: number, first: string): OutsideWarning {
  return {
    code: 'formula-value',
    place: `${sheet}!${first}`,
    messages: {
      vi: `Trang “${sheet}” có ${count} ô công thức (ô đầu tiên ${first}); giá trị lấy theo lần tính đã lưu trong tệp.`,
      en: `Sheet “${sheet}” has ${count} formula cells (first ${first}); the values are those stored in the file.`,
    },
  };
}

function hiddenWarning(sheet: string): OutsideWarning {
  return {
    code: 'hidden-sheet',
    place: sheet,
    messages: { vi: `Trang “${sheet}” đang bị ẩn trong tệp.`, en: `Sheet “${sheet}” is hidden in the file.` },
  };
}

type Listed = { readonly name: string; readonly hidden: boolean; readonly path: string };
type Book = Omit<SheetContext, 'place'> & { readonly listed: readonly Listed[] };

/** What stands around the sheets of a workbook. @throws OutsideError */
function openBook(zip: Zip, limits: TableLimits, xml?: XmlLimits): Book {
  refuseMacros(zip);
  const bookPath = relations(zip, '').find((part) => part.type === 'officeDocument')?.path;
  if (bookPath === undefined || !zip.has(bookPath)) throw tableBroken('workbook');
  const book = parseXml(zip.read(bookPath), { place: bookPath });
  const parts = relations(zip, bookPath);
  const strings = sharedStrings(zip, parts.find((part) => part.type === 'sharedStrings')?.path, xml);
  const stylesPath = parts.find((part) => part.type === 'styles')?.path;
  const styles = stylesPath !== undefined && zip.has(stylesPath) ? readStyles(parseXml(zip.read(stylesPath), { place: stylesPath })) : [];
  const from1904 = /^(1|true)$/u.test(elements(book, 'workbookPr')[0]?.attributes.get('date1904') ?? '');
  const listed = elements(book, 'sheet').flatMap((sheet) => {
    const part = parts.find((one) => one.id === sheet.attributes.get('id'));
    if (part?.type !== 'worksheet') return [];
    const hidden = (sheet.attributes.get('state') ?? 'visible') !== 'visible';
    return [{ name: sheet.attributes.get('name') ?? '', hidden, path: part.path }];
  });
  if (listed.length === 0) throw tableBroken('workbook');
  const budget = { cells: limits.cells, rows: limits.rows };
  return { strings, styles, from1904, limits, budget, listed, ...(xml ? { xml } : {}) };
}

function sheetPart(zip: Zip, { path }: Listed): Uint8Array {
  if (!zip.has(path)) throw tableBroken(path);
  return zip.read(path);
}

/**
 * Reads a workbook: shared and inline strings, dates by number format, booleans, stored values of formulas (flagged),
 * merged areas, hidden sheets (flagged). Macros are refused, links to elsewhere are not followed. ECMA-376 Part 1 §18.
 *
 * @throws OutsideError `table-broken`, `table-too-big`, `table-macro`, `zip-…`, `xml-…`
 */
export function readXlsx(zip: Zip, limits: TableLimits): Table {
  const { listed, ...book } = openBook(zip, limits);
  const sheets: Sheet[] = [];
  const warnings: OutsideWarning[] = [];
  for (const one of listed) {
    const { name, hidden } = one;
    const read = readSheet(sheetPart(zip, one), { ...book, place: name });
    sheets.push({ name, hidden, rows: read.rows, firstRow: read.firstRow, merged: read.merged, formulas: read.formulaCells });
    if (hidden) warnings.push(hiddenWarning(name));
    if (read.formulas > 0) warnings.push(formulaWarning(name, read.formulas, read.formulaCells[0] ?? ''));
  }
  return { format: 'xlsx', from1904: book.from1904, sheets, warnings };
}

/**
 * Reads a workbook like `readXlsx`, but hands its rows on one by one: memory grows with the unpacked part and the shared
 * strings, not with rows. `onSheet` is asked once for each sheet what is to be done with its rows.
 *
 * @param xml what one part of XML may hold, where the usual limits are too low
 * @throws OutsideError as `readXlsx`
 */
export function streamXlsx(
  zip: Zip,
  { limits, xml }: { limits: TableLimits; xml: XmlLimits },
  onSheet: (sheet: { name: string; hidden: boolean }) => (cells: readonly string[]) => void,
): { from1904: boolean; warnings: OutsideWarning[] } {
  const { listed, ...book } = openBook(zip, limits, xml);
  const warnings: OutsideWarning[] = [];
  for (const one of listed) {
    const { name, hidden } = one;
    const read = streamSheet(sheetPart(zip, one), { ...book, place: name }, onSheet({ name, hidden }));
    if (hidden) warnings.push(hiddenWarning(name));
    if (read.formulas > 0) warnings.push(formulaWarning(name, read.formulas, read.firstFormula));
  }
  return { from1904: book.from1904, warnings };
}
