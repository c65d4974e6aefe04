import { tableBroken, tableTooBig } from './table.ts';
import type { TableLimits } from './table.ts';
import { isoOfSerial } from './xlsx-styles.ts';
import type { NumberMeaning } from './xlsx-styles.ts';
import { walkXml } from './xml.ts';
import type { XmlElement, XmlLimits } from './xml.ts';

export interface SheetContext {
  readonly strings: readonly string[];
  readonly styles: readonly NumberMeaning[];
  readonly from1904: boolean;
  readonly limits: TableLimits;
  /** What is left for the whole workbook; counted down. */
  readonly budget: { cells: number; rows: number };
  readonly place: string;
  readonly xml?: XmlLimits;
}

export interface SheetContent {
  readonly rows: string[][];
  readonly firstRow: number;
  readonly merged: string[];
  readonly formulas: number;
  /** Where they stand, such as B7; the first 10,000. */
  readonly formulaCells: string[];
}

interface Cell {
  readonly row: number;
  readonly column: number;
  readonly type: string;
  readonly style: number;
  value: string;
  inline: string;
  formula: boolean;
}

function columnOf(letters: string): number {
  let column = 0;
  for (const letter of letters) column = column * 26 + (letter.charCodeAt(0) - 64);
  return column;
}

function numberText(value: string): string {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) return value;
  // 8.4912345678E10 is a telephone number, 0.1 stays 0.1.
  return Number.isSafeInteger(number) ? number.toFixed(0) : String(number);
}

/** Characters that XML has no other way to write stand as _x000D_ (ECMA-376 Part 1 §22.9.2.19). */
function unescape(text: string): string {
  return text
    .replace(/_x([0-9A-Fa-f]{4})_/gu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\r\n?/gu, '\n')
    .replaceAll('\u0000', '')
    .toWellFormed()
    .normalize('NFC');
}

function textOf(cell: Cell, context: SheetContext): string {
  const { type, value } = cell;
  if (type === 'inlineStr') return unescape(cell.inline);
  if (type === 's') return value === '' ? '' : unescape(context.strings[Number(value)] ?? '');
  if (type === 'b') return value === '' ? '' : value === '1' || value === 'true' ? 'TRUE' : 'FALSE';
  if (type === 'd') return value.replace(/T00:00:00(?:\.0+)?Z?$/u, '');
  if (type === 'str' || type === 'e' || value === '') return value;
  const meaning = context.styles[cell.style] ?? 'number';
  if (meaning === 'number') return numberText(value);
  return isoOfSerial(Number(value), meaning, context.from1904) ?? numberText(value);
}

function referenceOf({ row, column }: Cell): string {
  let letters = '';
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26)) letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return `${letters}${row}`;
}

/** Collects cells into rows; gaps count against the limits like rows that are there. */
class Rows {
  readonly rows: string[][] = [];
  firstRow = 1;
  formulas = 0;
  readonly formulaCells: string[] = [];
  readonly #context: SheetContext;
  #started = false;

  constructor(context: SheetContext) {
    this.#context = context;
  }

  put(cell: Cell): void {
    const text = textOf(cell, this.#context);
    if (cell.formula) this.#countFormula(cell);
    if (text === '') return;
    const { limits, budget, place } = this.#context;
    const here = `${place}!${cell.row}`;
    if (text.length > limits.cellText || cell.column > limits.columns) throw tableTooBig(here);
    if (!this.#started) {
      this.#started = true;
      this.firstRow = cell.row;
    }
    const at = cell.row - this.firstRow;
    if (at < 0) throw tableBroken(here);
    budget.rows -= Math.max(0, at + 1 - this.rows.length);
    if (budget.rows < 0) throw tableTooBig(here);
    while (this.rows.length <= at) this.rows.push([]);
    const row = this.rows[at] as string[];
    budget.cells -= Math.max(0, cell.column - row.length);
    if (budget.cells < 0) throw tableTooBig(here);
    while (row.length < cell.column) row.push('');
    row[cell.column - 1] = text;
  }

  #countFormula(cell: Cell): void {
    this.formulas += 1;
    if (this.formulaCells.length < 10_000) this.formulaCells.push(referenceOf(cell));
  }
}

/** Where a cell stands: its reference, or, where that is left out, the place after the one before. */
function placeOf(element: Omit<XmlElement, 'children'>, row: number, before: number): { row: number; column: number } {
  const reference = element.attributes.get('r');
  if (reference === undefined) return { row, column: before + 1 };
  const [, letters, digits] = /^([A-Z]{1,3})(\d{1,7})$/u.exec(reference) ?? [];
  if (letters === undefined || digits === undefined || Number(digits) < 1) throw tableBroken('cell');
  return { row: Number(digits), column: columnOf(letters) };
}

/** Hands rows on one by one, as they stand in the file; holds one of them. */
class RowStream {
  formulas = 0;
  firstFormula = '';
  rows = 0;
  readonly #context: SheetContext;
  readonly #onRow: (cells: readonly string[]) => void;
  #at = 0;
  #cells: string[] = [];

  constructor(context: SheetContext, onRow: (cells: readonly string[]) => void) {
    this.#context = context;
    this.#onRow = onRow;
  }

  put(cell: Cell): void {
    const { limits, budget, place } = this.#context;
    const text = textOf(cell, this.#context);
    if (cell.formula && this.formulas++ === 0) this.firstFormula = referenceOf(cell);
    if (text === '') return;
    const here = `${place}!${cell.row}`;
    if (text.length > limits.cellText || cell.column > limits.columns) throw tableTooBig(here);
    if (cell.row < this.#at) throw tableBroken(here);
    if (cell.row > this.#at) {
      this.end();
      budget.rows -= this.rows === 0 ? 1 : cell.row - this.#at;
      this.#at = cell.row;
      this.rows++;
    }
    budget.cells -= Math.max(0, cell.column - this.#cells.length);
    if (budget.rows < 0 || budget.cells < 0) throw tableTooBig(here);
    while (this.#cells.length < cell.column) this.#cells.push('');
    this.#cells[cell.column - 1] = text;
  }

  end(): void {
    if (this.#cells.length > 0) this.#onRow(this.#cells);
    this.#cells = [];
  }
}

/**
 * The same as `readSheet`, a row at a time: those that hold something, in their order.
 *
 * @throws OutsideError `table-broken` (also where rows do not follow one another), `table-too-big`, `xml-…`
 */
export function streamSheet(
  bytes: Uint8Array,
  context: SheetContext,
  onRow: (cells: readonly string[]) => void,
): { rows: number; formulas: number; firstFormula: string } {
  const rows = new RowStream(context, onRow);
  walkCells(bytes, context, { put: (cell) => rows.put(cell) });
  rows.end();
  return { rows: rows.rows, formulas: rows.formulas, firstFormula: rows.firstFormula };
}

/** Reads the cells of one worksheet part in one pass. @throws OutsideError `table-broken`, `table-too-big`, `xml-…` */
export function readSheet(bytes: Uint8Array, context: SheetContext): SheetContent {
  const rows = new Rows(context);
  const merged: string[] = [];
  walkCells(bytes, context, {
    put: (cell) => rows.put(cell),
    merge(reference) {
      if (merged.length < 10_000) merged.push(reference);
    },
  });
  const { firstRow, formulas, formulaCells } = rows;
  return { rows: rows.rows, firstRow, merged, formulas, formulaCells };
}

function walkCells(bytes: Uint8Array, context: SheetContext, to: { put: (cell: Cell) => void; merge?: (reference: string) => void }): void {
  const path: string[] = [];
  let row = 0;
  let column = 0;
  let cell: Cell | null = null;
  const openCell = (element: Omit<XmlElement, 'children'>): void => {
    const at = placeOf(element, row, column);
    column = at.column;
    const { attributes } = element;
    cell = { ...at, type: attributes.get('t') ?? 'n', style: Number(attributes.get('s') ?? 0), value: '', inline: '', formula: false };
  };
  walkXml(
    bytes,
    {
      open(element) {
        path.push(element.name);
        if (element.name === 'row') {
          row = Number(element.attributes.get('r') ?? row + 1);
          column = 0;
        } else if (element.name === 'c') openCell(element);
        else if (element.name === 'f' && cell !== null) cell.formula = true;
        else if (element.name === 'mergeCell') to.merge?.(element.attributes.get('ref') ?? '');
      },
      close() {
        const closed = path.pop();
        if (closed === 'c' && cell !== null) to.put(cell);
        if (closed === 'c') cell = null;
      },
      text(text) {
        const inside = path.at(-1);
        if (cell === null) return;
        if (inside === 'v') cell.value += text;
        else if (inside === 't' && !path.includes('rPh')) cell.inline += text;
      },
    },
    { place: context.place, ...(context.xml ? { limits: context.xml } : {}) },
  );
}
