import { refusal } from './errors.ts';
import type { OutsideWarning } from './errors.ts';
import { tableBroken } from './table.ts';
import type { Sheet, Table, TableLimits } from './table.ts';
import { readSheet } from './xlsx-sheet.ts';
import { readStyles } from './xlsx-styles.ts';
import { parseXml, walkXml } from './xml.ts';
import type { XmlElement } from './xml.ts';
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
function sharedStrings(zip: Zip, path: string | undefined): string[] {
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
    { place: path },
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

/**
 * Reads a workbook: shared and inline strings, dates by number format, booleans, stored values of formulas (flagged),
 * merged areas, hidden sheets (flagged). Macros are refused, links to elsewhere are not followed. ECMA-376 Part 1 §18.
 *
 * @throws OutsideError `table-broken`, `table-too-big`, `table-macro`, `zip-…`, `xml-…`
 */
export function readXlsx(zip: Zip, limits: TableLimits): Table {
  refuseMacros(zip);
  const bookPath = relations(zip, '').find((part) => part.type === 'officeDocument')?.path;
  if (bookPath === undefined || !zip.has(bookPath)) throw tableBroken('workbook');
  const book = parseXml(zip.read(bookPath), { place: bookPath });
  const parts = relations(zip, bookPath);
  const strings = sharedStrings(zip, parts.find((part) => part.type === 'sharedStrings')?.path);
  const stylesPath = parts.find((part) => part.type === 'styles')?.path;
  const styles = stylesPath !== undefined && zip.has(stylesPath) ? readStyles(parseXml(zip.read(stylesPath), { place: stylesPath })) : [];
  const from1904 = /^(1|true)$/u.test(elements(book, 'workbookPr')[0]?.attributes.get('date1904') ?? '');
  const budget = { cells: limits.cells, rows: limits.rows };
  const sheets: Sheet[] = [];
  const warnings: OutsideWarning[] = [];
  for (const listed of elements(book, 'sheet')) {
    const part = parts.find((one) => one.id === listed.attributes.get('id'));
    if (part?.type !== 'worksheet') continue;
    if (!zip.has(part.path)) throw tableBroken(part.path);
    const name = listed.attributes.get('name') ?? '';
    const hidden = (listed.attributes.get('state') ?? 'visible') !== 'visible';
    const read = readSheet(zip.read(part.path), { strings, styles, from1904, limits, budget, place: name });
    sheets.push({ name, hidden, rows: read.rows, firstRow: read.firstRow, merged: read.merged, formulas: read.formulaCells });
    if (hidden) warnings.push(hiddenWarning(name));
    if (read.formulas > 0) warnings.push(formulaWarning(name, read.formulas, read.formulaCells[0] ?? ''));
  }
  if (sheets.length === 0) throw tableBroken('workbook');
  return { format: 'xlsx', from1904, sheets, warnings };
}
