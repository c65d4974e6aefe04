import { parseAddress } from './address.ts';
import { parseInstant, UTC_DAY_FIRST } from './instant.ts';
import { meaningOfHeader } from './meanings.ts';

const LOOKED_AT = 25;

export const isAddress = (cell: string): boolean => typeof parseAddress(cell) !== 'string';

/** An address or a time, by itself. */
export function isValue(cell: string): boolean {
  const text = cell.trim();
  return isAddress(text) || (/\d{3}/u.test(text) && parseInstant(text, UTC_DAY_FIRST) !== null);
}

/** How many meanings the dictionaries find in a row, as a header. */
export function knownHeaders(cells: readonly string[]): number {
  return new Set(cells.map((cell) => (cell.length > 100 ? null : meaningOfHeader(cell, null))).filter((meaning) => meaning !== null)).size;
}

/** Which of the first rows names the columns; -1 where none does. Titles and notes may stand before it. */
export function findHeader(rows: readonly (readonly string[])[]): number {
  let best = { at: -1, known: 0 };
  for (const [at, cells] of rows.slice(0, LOOKED_AT).entries()) {
    if (cells.some(isValue)) break;
    const known = knownHeaders(cells);
    if (known > best.known) best = { at, known };
  }
  if (best.at >= 0) return best.at;
  const first = rows.findIndex((cells) => cells.some(isValue));
  const before = first > 0 ? rows[first - 1]! : [];
  const width = rows[first]?.length ?? 0;
  // Names nobody knows: as many as there are columns, right above the first row of values.
  return width > 1 && before.length === width && before.filter((cell) => cell.trim() !== '').length >= width - 1 ? first - 1 : -1;
}
