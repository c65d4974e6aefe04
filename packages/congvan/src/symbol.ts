import { kindOfAbbreviation } from './kinds.ts';

/** A number and symbol as read: `code` in one string without spaces, `number` null where the document leaves it blank. */
export interface DocumentSymbol {
  number: string | null;
  year: number | null;
  code: string;
  /** Kind told by the symbol; `cong-van` where the part after the number is no kind. Null for technical regulations. */
  kind: string | null;
  /** The symbol as printed, when an OCR slip in its kind was put right (QD for QĐ). */
  printed: string | null;
  start: number;
  end: number;
}

const NUMBER = String.raw`\d{1,6}(?:\.\d{1,4})?[a-zA-ZđĐ]{0,2}`;
const WORD = String.raw`[A-Za-zÀ-ỹĐđ][A-Za-z0-9À-ỹĐđ&]{0,19}(?:\([A-Za-z0-9À-ỹĐđ]{1,12}\))?`;
const JOIN = String.raw`(?:[-.&/]| ?- ?(?=[A-ZĐ][A-Z0-9ĐĂÂÊÔƠƯa-z]?[A-Z0-9Đ]))`;
const TAIL = String.raw`${WORD}(?:${JOIN}(?:${WORD}|\d{1,3}(?![\d/]))){0,5}`;
const SLASH = String.raw`[ \t]{0,12}\/[ \t]{0,3}`;
const STATE = new RegExp(String.raw`(${NUMBER})?(?:${SLASH}((?:19|20)\d\d))?${SLASH}(${TAIL})`, 'uy');
const PARTY = new RegExp(String.raw`(${NUMBER})?[ \t]{0,6}-[ \t]{0,2}(${WORD})[ \t]?\/[ \t]?(${TAIL})`, 'uy');
const BLANK = /[.…_\s]*/uy;

/**
 * Reads a number and symbol that starts at `at`: `342/UBND-VP6`, `05/2017/QĐ-TTg`, `86/2015/QH13`, `57-NQ/TW`,
 * `3467 /QD-BYT`, `/STTTT-CNBCVT`, `…/KH-UBND`. Null where there is none. Grammar: NĐ 30/2020/NĐ-CP Điều 8, Phụ lục III.
 */
export function readSymbol(text: string, at: number): DocumentSymbol | null {
  BLANK.lastIndex = at;
  const blank = BLANK.exec(text)?.[0] ?? '';
  const from = at + blank.length;
  const party = matchAt(PARTY, text, from);
  if (party && kindOfAbbreviation(party[2] ?? '')) return partySymbol(party, from);
  const state = matchAt(STATE, text, from);
  return state ? stateSymbol(state, from) : null;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function partySymbol(match: RegExpExecArray, start: number): DocumentSymbol {
  const number = match[1] ?? null;
  const { symbol, kind, printed } = rightSpelling(`${match[2] ?? ''}/${tidy(match[3] ?? '')}`, '/');
  const code = `${number ?? ''}-${symbol}`;
  return { number, year: null, code, kind, printed: printed && `${number ?? ''}-${printed}`, start, end: start + match[0].length };
}

function stateSymbol(match: RegExpExecArray, start: number): DocumentSymbol | null {
  const [whole, number, year, tail] = match;
  const cut = trimTail(tail ?? '');
  if (cut.length < 2 && year === undefined) return null;
  const { symbol, kind, printed } = rightSpelling(tidy(cut), '-');
  const head = `${number ?? ''}${year === undefined ? '' : `/${year}`}/`;
  return {
    number: number ?? null,
    year: year === undefined ? null : Number(year),
    code: head + symbol,
    kind: symbolKind(symbol, kind),
    printed: printed && head + printed,
    start,
    end: start + whole.length - ((tail ?? '').length - cut.length),
  };
}

function symbolKind(symbol: string, kind: string | null): string {
  if (kind !== null) return kind;
  if (/^QH\d+$/.test(symbol)) return 'luat';
  return 'cong-van';
}

/** `12/UBND.` at the end of a sentence: the stop is no part of the symbol. */
function trimTail(tail: string): string {
  return tail.replace(/[-./&\s]+$/, '');
}

function tidy(symbol: string): string {
  return symbol.replace(/\s+/g, '');
}

function rightSpelling(symbol: string, separator: '-' | '/'): { symbol: string; kind: string | null; printed: string | null } {
  const cut = symbol.indexOf(separator);
  const first = cut < 0 ? symbol : symbol.slice(0, cut);
  const entry = kindOfAbbreviation(first);
  if (!entry) return { symbol, kind: null, printed: null };
  if (cut < 0 && symbol.length < 2) return { symbol, kind: null, printed: null };
  const right = entry.spelling + (cut < 0 ? '' : symbol.slice(cut));
  return { symbol: right, kind: entry.slug, printed: right === symbol ? null : symbol };
}
