import { isAddress, isValue } from './header-row.ts';
import { meaningOfHeader } from './meanings.ts';

const ENOUGH = 0.6;
const WORDY = 6;
const HELD = new Set(['address', 'destination', 'private-address', 'domain', 'time']);

const wordsOf = (text: string): number => text.match(/[\p{L}\p{N}][^\s]*/gu)?.length ?? 0;

/** How many of the commas (or semicolons) of a text have a blank or the end of the line behind them. */
function blanksBehind(text: string, delimiter: string): number {
  let [all, blank] = [0, 0];
  for (let at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, at + 1)) {
    all++;
    if (/^\s?$/u.test(text.charAt(at + 1))) blank++;
  }
  return all === 0 ? 0 : blank / all;
}

/** A clause that goes on behind a comma, or a sentence that ends. */
function readsOn(cells: readonly string[]): boolean {
  const goesOn = cells.slice(1).some((cell) => /^\s*\p{Ll}/u.test(cell) && wordsOf(cell) >= 3);
  return goesOn || (/[.;:!?]\s*$/u.test(cells.at(-1) ?? '') && wordsOf(cells.at(-1) ?? '') >= 3);
}

/** Whether a column holds nothing but addresses or times, as columns of tables do. */
function isSteady(rows: readonly (readonly string[])[], header: readonly string[] | null): boolean {
  const data = rows.filter(({ length }) => length > 1);
  if (header !== null) {
    const told = header.flatMap((name, at) => (HELD.has(meaningOfHeader(name, null) ?? '') ? [at] : []));
    const isTold = (at: number): boolean => data.filter((row) => isValue(row[at] ?? '')).length > data.length / 2;
    if (told.length > 0) return told.some(isTold);
    return data.filter(({ length }) => length === header.length).length >= data.length * ENOUGH;
  }
  const width = Math.max(0, ...data.map(({ length }) => length));
  const isHeld = (at: number): boolean => data.filter((row) => isAddress(row[at] ?? '')).length >= rows.length * ENOUGH;
  return data.length > 1 && Array.from({ length: width }, (_, at) => at).some(isHeld);
}

/**
 * Whether what commas divide are clauses of sentences, not cells: blanks stand behind the commas, most lines of several words
 * go on in small letters or end like a sentence, and no column holds addresses or times by itself.
 */
export function isProse(
  text: string,
  { delimiter, rows, header }: { delimiter: string; rows: readonly (readonly string[])[]; header: number },
): boolean {
  if ((delimiter !== ',' && delimiter !== ';') || blanksBehind(text, delimiter) < 0.8) return false;
  const wordy = rows.filter((cells) => wordsOf(cells.join(' ')) >= WORDY);
  if (wordy.length === 0 || wordy.filter(readsOn).length < wordy.length / 2) return false;
  return !isSteady(rows.slice(header + 1), header < 0 ? null : rows[header]!);
}
