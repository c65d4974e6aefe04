import type { Line } from './lines.ts';

export type Level = 'part' | 'section' | 'capital' | 'roman' | 'article' | 'arabic' | 'decimal' | 'letter';

/** What a line is numbered with. `ordinal` counts from 1 in its own alphabet; `length` is what to skip to the text. */
export interface Enumerator {
  level: Level;
  label: string;
  ordinal: number;
  length: number;
}

const LETTERS = 'abcdđefghijklmnopqrstuvwxyz';
/** Letters that a list may leave out: f, j, w, z are not in the alphabet of the law, đ is often skipped. */
const OPTIONAL = /[đfjwz]/g;
const ARTICLE = /^dieu\s{1,3}(\d{1,3}[a-z]?)\s?(?:[.:)]|$|(?=\s\p{L}))\s*/u;
const PART = /^(?:phan|chuong)\s{1,3}(?:thu\s)?([ivx]{1,5}|\d{1,2}|nhat|hai|ba|tu|nam)\s?(?:[.:)-]|$)\s*/;
const SECTION = /^(?:muc|tieu muc)\s{1,3}([ivx]{1,5}|\d{1,2})\s?(?:[.:)-]|$)\s*/;
const ROMAN = /^([IVX]{1,6})\s?(?:[.)]\s?|\/\s?(?!\d)|[-–:]\s+)(?=\S)/;
const CAPITAL = /^([A-HK])\s?[.)/]\s+(?=\p{Lu}{2})/u;
const DECIMAL = /^(\d{1,2}(?:\.\d{1,2}){1,3})(?:\s?[.)/]?\s+(?=[\p{L}"“(])|[.)]\s+(?=\d))/u;
const ARABIC = /^(\d{1,2})\s?(?:[.)]\s?(?![\d])|[/:-]\s+)(?=\S)/;
const LETTER = /^([a-zđ])\s?(?:\)\s?|[./]\s+|,\s+(?=\p{Lu}))(?=\S)/u;
/** A bullet of Markdown before the printed number. */
const LISTED = /^[-*+•]\s+(?=(?:\d{1,2}|[a-zđ])[.)]\s)/u;
const ORDINALS: Record<string, number> = { nhat: 1, hai: 2, ba: 3, tu: 4, nam: 5 };

/** The number that a line begins with, or null. Whether it fits its place is decided by the outline. */
export function enumeratorOf(line: Line): Enumerator | null {
  const { fold, text } = line;
  const article = ARTICLE.exec(fold.slice(0, 40));
  if (article && /^\p{Lu}/u.test(text))
    return { level: 'article', label: article[1] ?? '', ordinal: Number.parseInt(article[1] ?? '', 10), length: article[0].length };
  const part = PART.exec(fold.slice(0, 40));
  if (part && /^\p{Lu}/u.test(text))
    return { level: 'part', label: (part[1] ?? '').toUpperCase(), ordinal: ordinalOf(part[1] ?? ''), length: part[0].length };
  const section = SECTION.exec(fold.slice(0, 40));
  if (section && /^\p{Lu}/u.test(text))
    return { level: 'section', label: (section[1] ?? '').toUpperCase(), ordinal: ordinalOf(section[1] ?? ''), length: section[0].length };
  const bullet = LISTED.exec(text)?.[0].length ?? 0;
  const found = simple(text.slice(bullet, bullet + 40));
  return found && { ...found, length: found.length + bullet };
}

function simple(text: string): Enumerator | null {
  const roman = ROMAN.exec(text);
  const value = roman ? romanValue(roman[1] ?? '') : 0;
  if (roman && value > 0) return { level: 'roman', label: roman[1] ?? '', ordinal: value, length: roman[0].length };
  const capital = CAPITAL.exec(text);
  if (capital)
    return { level: 'capital', label: capital[1] ?? '', ordinal: (capital[1] ?? 'A').charCodeAt(0) - 64, length: capital[0].length };
  const decimal = DECIMAL.exec(text);
  if (decimal)
    return { level: 'decimal', label: decimal[1] ?? '', ordinal: Number((decimal[1] ?? '').split('.').at(-1)), length: decimal[0].length };
  const arabic = ARABIC.exec(text);
  if (arabic) return { level: 'arabic', label: arabic[1] ?? '', ordinal: Number(arabic[1]), length: arabic[0].length };
  const letter = LETTER.exec(text);
  if (letter && LETTERS.includes(letter[1] ?? ''))
    return { level: 'letter', label: letter[1] ?? '', ordinal: LETTERS.indexOf(letter[1] ?? '') + 1, length: letter[0].length };
  return null;
}

function ordinalOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  return ORDINALS[text] ?? romanValue(text.toUpperCase());
}

/** Value of a Roman numeral up to 39; 0 for what is none. */
export function romanValue(text: string): number {
  if (!/^X{0,3}(?:IX|IV|V?I{0,3})$/.test(text)) return 0;
  const digits: Record<string, number> = { I: 1, V: 5, X: 10 };
  let sum = 0;
  for (let i = 0; i < text.length; i += 1) {
    const value = digits[text[i] ?? ''] ?? 0;
    sum += value < (digits[text[i + 1] ?? ''] ?? 0) ? -value : value;
  }
  return sum;
}

/**
 * How many numbers are left out between two entries of a list: 0 for one that follows, null for one that cannot. Null as
 * `previous` stands for the beginning of a list.
 */
export function missingBetween(previous: Enumerator | null, next: Enumerator): number | null {
  const from = previous?.ordinal ?? 0;
  if (next.ordinal <= from) return null;
  if (next.level !== 'letter') return next.ordinal - from - 1;
  return LETTERS.slice(from, next.ordinal - 1).replace(OPTIONAL, '').length;
}
