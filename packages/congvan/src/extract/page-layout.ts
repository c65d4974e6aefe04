import type { Rule } from './page-tables.ts';

/** A piece of printed text: a character, a word, a space. Lengths in one unit; y of the baseline, from the bottom of the page. */
export interface PageItem {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
}

export interface Page {
  readonly width: number;
  readonly height: number;
  readonly items: readonly PageItem[];
  /** Rules and boxes drawn on the page, where they are known. */
  readonly rules?: readonly Rule[];
}

/** Pieces of one printed line that stand together. */
export interface Segment {
  readonly text: string;
  readonly x0: number;
  readonly x1: number;
  readonly y: number;
  readonly size: number;
  /** Width of the first word: how much room it needed. */
  readonly firstWord: number;
}

export interface PrintedLine {
  readonly y: number;
  readonly size: number;
  readonly segments: readonly Segment[];
}

const SAME_LINE = 0.45;
// Between words without a printed space; wider where the page prints its spaces, as letters of a second font may be narrow.
const WORD_GAP = 0.17;
const WORD_GAP_BESIDE_SPACES = 0.45;
const SPACES_ARE_PRINTED = 0.06;
const NO_GAP = 0.08;
const COLUMN_GAP = 1.3;
// A space that was really printed may be stretched by justification.
const STRETCHED_SPACE = 2.2;
const WIDEST_BLANK = 9;
const MARKER = /^(?:[-–—+•*]|\(?\d{1,3}[.)]|[a-zđ][.)]|[IVXLC]{1,6}[.)])$/u;
const MOTTO = /CỘNG\s?H(?:ÒA|OÀ)\s?XÃ\s?HỘI|Độc\s?lập\s?[-–—]/u;

/** Items whose baselines lie on one height, from top to bottom; each row from left to right. */
function rowsOf(items: readonly PageItem[]): PageItem[][] {
  const rows: PageItem[][] = [];
  for (const item of items.filter((one) => one.text.trim() !== '').toSorted((a, b) => b.y - a.y)) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row !== undefined && first !== undefined && first.y - item.y <= SAME_LINE * Math.min(first.size, item.size)) row.push(item);
    else rows.push([item]);
  }
  return rows.map((row) => row.toSorted((a, b) => a.x - b.x));
}

/** Where a number or a day is left open, the gap is part of the line: `Số:      /STTTT`, `ngày      tháng 4`. */
function isOpenPlace(before: string, next: string): boolean {
  return (
    (/(?:^|\s)số\s*:?\s*$/iu.test(before) && /^[\d/]/u.test(next)) || (/(?:ngày|tháng|năm)\s*$/iu.test(before) && /^[\dtn]/u.test(next))
  );
}

class Group {
  readonly #wordGap: number;
  readonly items: PageItem[] = [];
  /** Offset in `text` at which each item begins. */
  readonly offsets: number[] = [];
  text = '';
  end = 0;

  constructor(wordGap: number) {
    this.#wordGap = wordGap;
  }

  add(item: PageItem, spaced: boolean): void {
    if (this.items.length > 0 && (spaced || item.x - this.end > this.#wordGap * item.size)) this.text += ' ';
    this.offsets.push(this.text.length);
    this.items.push(item);
    this.text += item.text;
    this.end = Math.max(this.end, item.x + item.width);
  }

  /** A new group with the same measure of words. */
  empty(): Group {
    return new Group(this.#wordGap);
  }

  /** Whether an item stands too far off to belong to the same text. */
  isApart(item: PageItem, spaced: boolean): boolean {
    const size = Math.max(this.items.at(-1)?.size ?? 0, item.size);
    const gap = item.x - this.end;
    if (gap <= (spaced ? STRETCHED_SPACE : COLUMN_GAP) * size) return false;
    if (MARKER.test(this.text.trim())) return gap > 4 * size;
    return gap > WIDEST_BLANK * size || !isOpenPlace(this.text, item.text);
  }
}

/** The national motto stands close to the issuer's name in narrow heads: it always begins a column of its own. */
function splitAtMotto(group: Group): Group[] {
  const found = MOTTO.exec(group.text);
  if (found === null || !/[\p{L}\p{N}]/u.test(group.text.slice(0, found.index))) return [group];
  const at = group.offsets.findIndex((offset) => offset >= found.index);
  const halves = [group.empty(), group.empty()] as const;
  for (const [index, item] of group.items.entries()) {
    const offset = group.offsets[index] ?? 0;
    halves[index < at ? 0 : 1].add(item, group.text[offset - 1] === ' ');
  }
  return [...halves];
}

function largest(things: readonly { readonly size: number }[]): number {
  return things.reduce((size, one) => Math.max(size, one.size), 0);
}

function segmentOf(group: Group): Segment {
  const space = group.text.indexOf(' ');
  const wordEnd = space < 0 ? -1 : group.offsets.findIndex((offset) => offset > space);
  const first = group.items[0] as PageItem;
  const last = group.items[wordEnd < 0 ? group.items.length - 1 : wordEnd - 1] as PageItem;
  return {
    text: group.text.replace(/\s+/gu, ' ').trim(),
    x0: first.x,
    x1: group.end,
    y: first.y,
    size: largest(group.items),
    firstWord: last.x + last.width - first.x,
  };
}

/** Whether a printed space lies in the gap before an item; `spaces` is sorted by x and eaten from the front. */
function spaceBefore(item: PageItem, spaces: PageItem[]): boolean {
  let found = false;
  while (spaces[0] !== undefined && spaces[0].x <= item.x + 0.1 * item.size) {
    const space = spaces.shift() as PageItem;
    found = space.x + space.width * 0.5 <= item.x + 0.1 * item.size && item.x - space.x - space.width < item.size;
  }
  return found;
}

function segmentsOf(row: readonly PageItem[], spaces: PageItem[], wordGap: number): Segment[] {
  const groups: Group[] = [];
  for (const item of row) {
    const group = groups.at(-1);
    const gap = item.x - (group?.end ?? item.x);
    // A number put on afterwards covers the spaces that were left for it.
    const spaced = spaceBefore(item, spaces) && gap > NO_GAP * item.size;
    if (group !== undefined && !group.isApart(item, spaced)) group.add(item, spaced);
    else {
      const next = new Group(wordGap);
      next.add(item, false);
      groups.push(next);
    }
  }
  return groups.flatMap(splitAtMotto).map(segmentOf);
}

/** The lines of a page from top to bottom, each cut into segments at the gaps between columns. */
export function printedLines(page: Page): PrintedLine[] {
  const blanks = page.items.filter((item) => item.text !== '' && item.text.trim() === '');
  const wordGap = blanks.length > page.items.length * SPACES_ARE_PRINTED ? WORD_GAP_BESIDE_SPACES : WORD_GAP;
  return rowsOf(page.items).map((row) => {
    const { y, size } = row[0] as PageItem;
    const spaces = blanks.filter((blank) => Math.abs(blank.y - y) <= SAME_LINE * size).toSorted((a, b) => a.x - b.x);
    const segments = segmentsOf(row, spaces, wordGap);
    return { y, size: largest(segments), segments };
  });
}

/** Puts the parts of a broken line together; a word broken at its own hyphen stays one word. */
export function joinLines(before: string, next: string): string {
  return /[\p{L}\p{N}]-$/u.test(before) && /^[\p{L}\p{N}]/u.test(next) ? `${before}${next}` : `${before} ${next}`;
}
