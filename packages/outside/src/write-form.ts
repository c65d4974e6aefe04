import { strToU8, zipSync } from 'fflate';
import { neutraliseCell } from './cells.ts';

/** How a cell looks and whether it can be written in: `open` can, everything else is locked. */
export type FormStyle = 'plain' | 'title' | 'note' | 'head' | 'locked' | 'open' | 'strong';
export type FormCell = { readonly text: string; readonly style?: FormStyle };

/** A sheet that somebody fills in. Rows and columns count from 0. */
export interface FormSheet {
  readonly name: string;
  readonly hidden?: boolean;
  /** Widths in characters. */
  readonly columns: readonly { readonly width: number; readonly hidden?: boolean }[];
  readonly rows: readonly (readonly (FormCell | null)[])[];
  readonly hiddenRows?: readonly number[];
  /** Areas such as B1:H1 shown as one cell. */
  readonly merged?: readonly string[];
  /** Areas whose cells take one of these words. */
  readonly lists?: readonly { readonly area: string; readonly values: readonly string[] }[];
  /** The row of heads: rows up to it stay in sight and are repeated on each printed page. */
  readonly head?: number;
  /** Locked cells can only be changed after the protection, which has no password, is lifted. */
  readonly protect?: boolean;
}

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const STYLES: readonly FormStyle[] = ['plain', 'title', 'note', 'head', 'locked', 'open', 'strong'];

// Format 49 is text: what is typed stays as it was typed, a date as well as a text that begins with an equals sign.
const XFS = [
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/>',
  '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" applyNumberFormat="1" applyAlignment="1"><alignment wrapText="1" vertical="top"/></xf>',
  '<xf numFmtId="49" fontId="3" fillId="0" borderId="0" applyNumberFormat="1" applyAlignment="1"><alignment wrapText="1" vertical="top"/></xf>',
  '<xf numFmtId="49" fontId="2" fillId="2" borderId="1" applyNumberFormat="1" applyAlignment="1"><alignment wrapText="1" horizontal="center" vertical="center"/></xf>',
  '<xf numFmtId="49" fontId="0" fillId="2" borderId="1" applyNumberFormat="1" applyAlignment="1"><alignment wrapText="1" vertical="top"/></xf>',
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="1" applyNumberFormat="1" applyAlignment="1" applyProtection="1"><alignment wrapText="1" vertical="top"/><protection locked="0"/></xf>',
  '<xf numFmtId="49" fontId="2" fillId="0" borderId="0" applyNumberFormat="1" applyAlignment="1"><alignment wrapText="1" vertical="top"/></xf>',
].join('');
const FONT = (more: string, size = 11) => `<font>${more}<sz val="${size}"/><name val="Times New Roman"/><family val="1"/></font>`;
const EDGE = ['left', 'right', 'top', 'bottom'].map((side) => `<${side} style="thin"><color rgb="FF8A97A8"/></${side}>`).join('');
const STYLE_PART = `${HEADER}<styleSheet ${MAIN}><fonts count="4">${FONT('')}${FONT('<b/>', 14)}${FONT('<b/>')}${FONT('<i/>')}</fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFEEF2F7"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${EDGE}<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${STYLES.length}">${XFS}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/gu, (one) => ENTITIES[one] ?? one);
/** XML 1.0 has no other control characters than these three. */
// eslint-disable-next-line no-control-regex
const writable = (text: string): string => text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu, '');

/** The letters of a column that counts from 0. */
function lettersOf(column: number): string {
  let letters = '';
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26)) letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return letters;
}

function cellXml(cell: FormCell | null, row: number, column: number): string {
  if (cell === null) return '';
  const at = `r="${lettersOf(column)}${row + 1}" s="${STYLES.indexOf(cell.style ?? 'plain')}"`;
  if (cell.text === '') return `<c ${at}/>`;
  return `<c ${at} t="inlineStr"><is><t xml:space="preserve">${escape(writable(neutraliseCell(cell.text)))}</t></is></c>`;
}

function rowsXml(sheet: FormSheet): string {
  return sheet.rows
    .map((cells, row) => {
      const hidden = sheet.hiddenRows?.includes(row) ? ' hidden="1"' : '';
      return `<row r="${row + 1}"${hidden}>${cells.map((cell, column) => cellXml(cell, row, column)).join('')}</row>`;
    })
    .join('');
}

function sheetXml(sheet: FormSheet): string {
  const columns = sheet.columns
    .map(({ width, hidden }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"${hidden ? ' hidden="1"' : ''}/>`)
    .join('');
  const below = sheet.head === undefined ? 0 : sheet.head + 1;
  const pane =
    below === 0
      ? ''
      : `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${below}" topLeftCell="A${below + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;
  const protection = sheet.protect
    ? '<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0" formatColumns="0" formatRows="0" sort="0" autoFilter="0"/>'
    : '';
  const merged = (sheet.merged ?? []).map((area) => `<mergeCell ref="${area}"/>`).join('');
  const lists = (sheet.lists ?? [])
    .map(
      ({ area, values }) =>
        `<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="${area}"><formula1>${escape(`"${values.join(',')}"`)}</formula1></dataValidation>`,
    )
    .join('');
  return `${HEADER}<worksheet ${MAIN}><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>${pane}<cols>${columns}</cols><sheetData>${rowsXml(sheet)}</sheetData>${protection}${merged && `<mergeCells count="${sheet.merged?.length}">${merged}</mergeCells>`}${lists && `<dataValidations count="${sheet.lists?.length}">${lists}</dataValidations>`}<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>`;
}

const UNFIT = /[[\]:*?/\\']/gu;
const nameOf = (sheet: FormSheet): string => escape(sheet.name.replace(UNFIT, ' ').trim().slice(0, 31) || 'Sheet');

function workbookXml(sheets: readonly FormSheet[]): string {
  const list = sheets
    .map((sheet, at) => `<sheet name="${nameOf(sheet)}" sheetId="${at + 1}"${sheet.hidden ? ' state="hidden"' : ''} r:id="rId${at + 1}"/>`)
    .join('');
  const titles = sheets
    .map((sheet, at) =>
      sheet.head === undefined
        ? ''
        : `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">'${nameOf(sheet)}'!$${sheet.head + 1}:$${sheet.head + 1}</definedName>`,
    )
    .join('');
  return `${HEADER}<workbook ${MAIN} xmlns:r="${OFFICE}"><sheets>${list}</sheets>${titles && `<definedNames>${titles}</definedNames>`}</workbook>`;
}

/**
 * Writes a workbook that somebody fills in: hidden sheets, rows and columns, lists to choose from, locked cells. All cells are text, and
 * a text that an office program would run is made safe (`neutraliseCell`, `restoreCell`). ECMA-376 Part 1 §18.
 */
export function writeForm(sheets: readonly FormSheet[]): Uint8Array {
  const parts: Record<string, string> = {
    '[Content_Types].xml': `${HEADER}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>${sheets.map((_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join('')}</Types>`,
    '_rels/.rels': `${HEADER}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': workbookXml(sheets),
    'xl/_rels/workbook.xml.rels': `${HEADER}<Relationships xmlns="${PACKAGE}/relationships">${sheets.map((_, at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}<Relationship Id="rId${sheets.length + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': STYLE_PART,
    ...Object.fromEntries(sheets.map((sheet, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheetXml(sheet)])),
  };
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])), { level: 6 });
}

/** Puts files together in one archive. What is packed already, as .xlsx is, is only stored. */
export function packZip(files: readonly { readonly name: string; readonly content: Uint8Array }[]): Uint8Array {
  return zipSync(Object.fromEntries(files.map(({ name, content }) => [name, content])), { level: 0 });
}
