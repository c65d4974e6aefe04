import { joinHeadLines } from './head-joins.ts';
import type { CleanText } from './normalise.ts';

/** A range of the cleaned text. */
export interface Range {
  start: number;
  end: number;
}

/** One line of the cleaned text, trimmed; empty, ruled and noise lines are left out. */
export interface Line extends Range {
  text: string;
  fold: string;
  /** An empty line or a rule stands before it. */
  gap: boolean;
  /** Inside a Markdown block quote. */
  quoted: boolean;
}

export interface Source extends CleanText {
  raw: string;
  lines: Line[];
  /** Lines are not broken by the width of a page: where one ends, a paragraph does. */
  flowing: boolean;
}

/** Longer than a line that the width of a page breaks. */
const LONG_LINE = 130;

const RULE = /^[\s\-=_—–.*~|:+#]*$/;
const PAGE = /^(?:-\s*)?\d{1,3}(?:\s*-)?$|^(?:trang|page)\s*\d{1,4}(?:\s*(?:\/|of|tren)\s*\d{1,4})?(?:\s*\([^)]{0,60}\))?$/;
const SIGNING = /^(?:nguoi ky|ky boi|thoi gian ky|ngay ky|signature not verified|digitally signed|chu ky so)\b/;
const SIGNING_DETAIL = /^(?:email|co quan|thoi gian|reason|location|date|chuc vu|to chuc)\s*:/;
const TOOL = /^(?:ocr output|generated|model)\s*:/;

/** Splits a cleaned text into lines that carry text. Page numbers, rules and the print of digital signatures are skipped. */
export function sourceLines(raw: string, clean: CleanText): Source {
  const lines: Line[] = [];
  let gap = true;
  let signing = 0;
  let at = 0;
  while (at <= clean.text.length) {
    let end = clean.text.indexOf('\n', at);
    if (end < 0) end = clean.text.length;
    let line = trimmedLine(clean, at, end);
    const bullet = line === null ? loneBullet(clean, at, end) : -1;
    if (bullet >= 0) {
      // A bullet on a line of its own, as tables of web pages leave it, belongs to the line below.
      const below = clean.text.indexOf('\n', end + 1);
      end = end < clean.text.length ? (below < 0 ? clean.text.length : below) : end;
      line = trimmedLine(clean, bullet, end);
    }
    at = end + 1;
    if (line === null) {
      gap = true;
      continue;
    }
    signing = SIGNING.test(line.fold) ? 4 : signing - 1;
    if (signing === 4 || (signing > 0 && SIGNING_DETAIL.test(line.fold))) continue;
    if (isNoise(line)) continue;
    // Recognised text may have an empty line after every line: one that goes on in small letters is no paragraph.
    line.gap = gap && !(/^\p{Ll}{2}/u.test(line.text) && /[\p{L}\d,]$/u.test(lines.at(-1)?.text ?? ''));
    line.quoted = isQuotedBlock(raw, clean.starts[line.start] ?? 0);
    lines.push(line);
    gap = false;
  }
  // Where nearly everything stands in a block quote, it quotes nothing.
  if (lines.filter((line) => line.quoted).length > lines.length / 2) for (const line of lines) line.quoted = false;
  const long = lines.filter((line) => line.text.length > LONG_LINE && !/\||\t| {3}/.test(line.text));
  return { ...clean, raw, lines: joinHeadLines(clean, lines), flowing: long.length > 1 };
}

function trimmedLine(clean: CleanText, from: number, to: number): Line | null {
  let start = from;
  let end = to;
  while (start < end && isBlank(clean.text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(clean.text.charCodeAt(end - 1))) end -= 1;
  if (clean.text[start] === '|' || clean.text[end - 1] === '|') ({ start, end } = withoutFrame(clean, start, end));
  if (start === end) return null;
  const fold = clean.fold.slice(start, end).replace(/\n/g, ' ');
  if (fold.length <= 300 && RULE.test(fold)) return null;
  return { start, end, text: clean.text.slice(start, end).replace(/\n/g, ' '), fold, gap: false, quoted: false };
}

/** A single column between bars is no table row. */
function withoutFrame(clean: CleanText, from: number, to: number): Range {
  let start = from;
  let end = to;
  while (start < end && /[|\s]/.test(clean.text[start] ?? '')) start += 1;
  while (end > start && /[|\s]/.test(clean.text[end - 1] ?? '')) end -= 1;
  const inner = clean.text.slice(start, Math.min(end, start + 2000));
  return inner.includes('|') ? { start: from, end: to } : { start, end };
}

/** Where the only sign of a line is a bullet; -1 for any other line. */
function loneBullet(clean: CleanText, from: number, to: number): number {
  if (to - from > 40) return -1;
  const text = clean.text.slice(from, to);
  return /^\s*[-–+•]\s*$/.test(text) ? from + text.search(/\S/) : -1;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

function isNoise(line: Line): boolean {
  if (line.fold.length > 120) return false;
  return PAGE.test(line.fold) || TOOL.test(line.fold);
}

function isQuotedBlock(raw: string, at: number): boolean {
  for (let i = at - 1; i >= 0 && at - i < 40; i -= 1) {
    const char = raw[i];
    if (char === '\n') return false;
    if (char === '>') return true;
  }
  return false;
}

/** The columns of one line: parts between `|`, tabs, or three and more spaces. Always at least one. */
export function cellsOf(line: Line): Line[] {
  if (!/\||\t| {3}/.test(line.text)) return [line];
  const cells: Line[] = [];
  for (const match of line.text.matchAll(/[^|\t]+/g)) {
    for (const part of splitWide(match[0], match.index)) {
      const start = line.start + part.start;
      const end = line.start + part.end;
      cells.push({ ...line, start, end, text: line.text.slice(part.start, part.end), fold: line.fold.slice(part.start, part.end) });
    }
  }
  return cells.length > 0 ? mergeBlanks(line, cells) : [line];
}

/** "Số:      /QĐ-UBND" and "ngày      tháng      năm" are blanks of one column, not columns. */
function mergeBlanks(line: Line, cells: readonly Line[]): Line[] {
  const out: Line[] = [];
  for (const cell of cells) {
    const last = out.at(-1);
    const blank =
      last && /(?:^|\s)(?:(?:so\s?:?|ngay|thang|nam)|ngay\s?\d{1,2})$/.test(last.fold) && /^(?:\/|-|thang|nam|\d|ngay)/.test(cell.fold);
    if (!last || !blank || line.text.slice(last.end - line.start, cell.start - line.start).includes('|')) {
      out.push(cell);
      continue;
    }
    const from = last.start - line.start;
    const to = cell.end - line.start;
    out[out.length - 1] = { ...last, end: cell.end, text: line.text.slice(from, to), fold: line.fold.slice(from, to) };
  }
  return out;
}

function splitWide(text: string, offset: number): Range[] {
  const out: Range[] = [];
  let start = -1;
  let spaces = 0;
  for (let i = 0; i <= text.length; i += 1) {
    const blank = i === text.length || text[i] === ' ';
    if (!blank) {
      if (start < 0) start = i;
      spaces = 0;
      continue;
    }
    spaces += 1;
    if (start >= 0 && (spaces === 3 || i === text.length)) {
      const end = i - spaces + 1;
      out.push({ start: offset + start, end: offset + end });
      start = -1;
    }
  }
  return out;
}

/** The text of a range with every run of white space as one space. */
export function plain(source: CleanText, range: Range): string {
  return squeeze(source.text.slice(range.start, range.end));
}

/** Collapses white space; trims. */
export function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Written in capitals: has a letter and no lower-case one. */
export function isUpper(text: string): boolean {
  return text === text.toUpperCase() && text !== text.toLowerCase();
}

/** Narrows a range past leading bullets and trailing `;`, `.`, `,` and the end mark `./.`. */
export function trimItem(source: CleanText, range: Range): Range {
  let { start, end } = range;
  while (start < end && /[\s\-+*•–—·|]/.test(source.text[start] ?? '')) start += 1;
  while (end > start && /[\s;.,/|]/.test(source.text[end - 1] ?? '')) end -= 1;
  return { start, end };
}
