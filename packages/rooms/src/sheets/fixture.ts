import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** For tests: an .xlsx opened as text. `rows` are the lines of the first sheet, `cell` writes one. */
export type Book = { parts: Record<string, string>; rows(): string[]; set(rows: readonly string[]): void; save(): Uint8Array };

const SHEET = 'xl/worksheets/sheet1.xml';

export function openBook(bytes: Uint8Array): Book {
  const parts = Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]));
  const rows = () => parts[SHEET]!.match(/<row [^>]*>.*?<\/row>|<row [^>]*\/>/gsu) ?? [];
  return {
    parts,
    rows,
    set: (next) => {
      // The lines are numbered anew, as a spreadsheet does after sorting or deleting.
      const numbered = next.map((row, at) => row.replaceAll(/ r="([A-Z]*)\d+"/gu, (_, letters: string) => ` r="${letters}${at + 1}"`));
      parts[SHEET] = parts[SHEET]!.replace(/<sheetData>.*<\/sheetData>/su, () => `<sheetData>${numbered.join('')}</sheetData>`);
    },
    save: () => zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]))),
  };
}

export const text = (value: string): string => ` t="inlineStr"><is><t xml:space="preserve">${value}</t></is></c>`;
export const formula = (source: string, value: string): string => ` t="str"><f>${source}</f><v>${value}</v></c>`;

/** Writes cells of a line by their column letters: `inner` is what `text` or `formula` made, or `><v>1</v></c>`. */
export function withCells(row: string, cells: Record<string, string>): string {
  return Object.entries(cells).reduce((made, [letters, inner]) => {
    const cell = new RegExp(`<c (r="${letters}\\d+" s="\\d+")(?:/>|[^/>]*>.*?</c>)`, 'su');
    return made.replace(cell, (_, head: string) => `<c ${head}${inner}`);
  }, row);
}

/** Fills the answer columns of the line of an item. */
export function fill(book: Book, path: string, cells: Record<string, string>): void {
  book.set(book.rows().map((row) => (row.includes('>VG-') && row.includes(`>${path}</t>`) ? withCells(row, cells) : row)));
}
