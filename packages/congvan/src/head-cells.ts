import { dateAt } from './dates.ts';
import type { FoundDate } from './dates.ts';
import { ISSUER_HEAD } from './issuer.ts';
import { cellsOf } from './lines.ts';
import type { Line, Range, Source } from './lines.ts';
import type { Span, Urgency } from './model.ts';
import { spanOf } from './normalise.ts';
import { urgencyOfCell } from './secrecy.ts';
import { readSymbol } from './symbol.ts';
import type { DocumentSymbol } from './symbol.ts';

/** What was found in the head; ranges in the cleaned text. */
export interface Head {
  symbol: (DocumentSymbol & { range: Range }) | null;
  date: (FoundDate & { range: Range }) | null;
  place: Range | null;
  title: { slug: string; range: Range; line: number } | null;
  subject: Range[];
  /** The subject was printed as "V/v …" (công văn), not under a title. */
  regarding: boolean;
  urgency: { value: Urgency; span: Span } | null;
  issuerCells: Line[];
  /** Lines in capitals below the number that name no agency: a subject whose title is missing. */
  loose: Line[];
  /** Index of the first line after the head. */
  bodyFrom: number;
}

const MOTTO =
  /cong h?oa xa h?oi chu nghia viet nam|doc lap\s{0,3}-?\s{0,3}tu do\s{0,3}-?\s{0,3}hanh phuc|dang cong san viet nam|^cong hoa xa hoi$|^chu nghia viet nam$|^doc lap\s?-\s?tu do\s?-?$|^-?\s?hanh phuc$/g;
const NUMBER_LABEL = /(?:^|[\s(|])(?:so|s0)(?: hieu| ky hieu|, ky hieu)?\s{0,3}[:.]?(?=[\s\d.…_/-])/g;
const HOUR = /,?\s{0,3}(?:hồi|lúc)\s{1,3}\d{1,2}\s{0,2}(?:giờ|h|g|:)[^,]{0,12},?\s*$/iu;
const REGARDING = /(?:^|[\s("“])v\s?\/\s?v\s{0,3}[:.]?\s{0,3}/;

/** Whether a line carries one of the boxes of the head that has not been read yet. */
export function hasHeadMark(line: Line, head: Head): boolean {
  if (line.text.length > 200) return false;
  if (new RegExp(MOTTO.source).test(line.fold)) return true;
  if (cellsOf(line).some((cell) => urgencyOfCell(cell) !== null)) return true;
  if (head.symbol === null && findSymbol(line) !== null) return true;
  return (
    head.date === null &&
    line.text.length < 90 &&
    findDate(line) !== null &&
    /,\s{0,3}(?:(?:hoi|luc)\s[^,]{2,20}[,\s]\s{0,2})?ngay/.test(line.fold)
  );
}

/** Reads every column of a head line; returns the cell that opens a "V/v" subject, when one does. */
export function readCells(source: Source, head: Head, line: Line): { column: number; columns: number } | null {
  let opened: { column: number; columns: number } | null = null;
  const cells = cellsOf(line);
  cells.forEach((cell, column) => {
    const urgency = urgencyOfCell(cell);
    if (urgency) {
      head.urgency ??= { value: urgency, span: spanOf(source, cell.start, cell.end) };
      return;
    }
    for (const rest of carve(source, head, cell)) {
      const regarding = head.title === null && head.subject.length === 0 ? findRegarding(rest, head) : null;
      if (regarding) {
        head.regarding = true;
        if (regarding.end > regarding.start) head.subject.push(regarding);
        addIssuerCell(source, head, sub(rest, 0, regarding.from - rest.start));
        opened = { column, columns: cells.length };
      } else addIssuerCell(source, head, rest);
    }
  });
  return opened;
}

function findRegarding(cell: Line, head: Head): (Range & { from: number }) | null {
  const match = REGARDING.exec(cell.fold) ?? (head.symbol ? /^ve viec\s/.exec(cell.fold) : null);
  if (!match) return null;
  return { from: cell.start + match.index, start: cell.start + match.index + match[0].length, end: cell.end };
}

function addIssuerCell(source: Source, head: Head, cell: Line): void {
  const text = cell.text.replace(/^[\s*•.,;:_-]+|[\s*•.,;:_-]+$/g, '');
  if (text.length < 2 || head.title !== null || head.regarding) return;
  const at = cell.text.indexOf(text);
  const trimmed = sub(cell, at, at + text.length);
  if (/^so\s?[:.]?$/.test(trimmed.fold)) return;
  if (/^(?:den|so den|cong van den|du thao|sao y|mau so)/.test(trimmed.fold) || !/\p{L}{2}/u.test(text)) return;
  const below =
    head.symbol !== null && trimmed.start > head.symbol.range.end && source.text.slice(head.symbol.range.end, trimmed.start).includes('\n');
  if (below && head.issuerCells.length > 0 && !ISSUER_HEAD.test(trimmed.fold)) head.loose.push(trimmed);
  else head.issuerCells.push(trimmed);
}

function sub(cell: Line, from: number, to: number): Line {
  return { ...cell, start: cell.start + from, end: cell.start + to, text: cell.text.slice(from, to), fold: cell.fold.slice(from, to) };
}

/** Takes motto, symbol and place with date out of a cell; returns what is left. */
export function carve(source: Source, head: Head, cell: Line): Line[] {
  const regarding = REGARDING.exec(cell.fold);
  const limit = regarding ? regarding.index : cell.fold.length;
  const taken: Range[] = [];
  for (const match of cell.fold.matchAll(MOTTO)) taken.push({ start: match.index, end: match.index + match[0].length });
  const early = sub(cell, 0, limit);
  if (head.symbol === null) {
    const symbol = findSymbol(early);
    if (symbol) {
      head.symbol = { ...symbol, range: { start: cell.start + symbol.start, end: cell.start + symbol.end } };
      taken.push({ start: symbol.from, end: symbol.end });
    }
  }
  if (head.date === null) takeDate(head, early, taken);
  const out: Line[] = [];
  let from = 0;
  for (const range of [...taken].sort((a, b) => a.start - b.start)) {
    if (range.start > from) out.push(sub(cell, from, range.start));
    from = Math.max(from, range.end);
  }
  if (from < cell.text.length) out.push(sub(cell, from, cell.text.length));
  return out.filter((rest) => rest.text.trim() !== '').map(trimLine);
}

function trimLine(cell: Line): Line {
  const lead = /^\s*/.exec(cell.text)?.[0].length ?? 0;
  const text = cell.text.trim();
  return sub(cell, lead, lead + text.length);
}

function takeDate(head: Head, cell: Line, taken: Range[]): void {
  const date = findDate(cell);
  if (!date) return;
  const bound = taken.reduce((max, range) => (range.end <= date.start ? Math.max(max, range.end) : max), 0);
  // The hour that a công điện prints between place and day.
  const before = cell.text.slice(bound, date.start).replace(HOUR, '');
  const place = /([\p{L}][\p{L}\d.\s-]{0,38}?)\s*,?\s*$/u.exec(before);
  const alone = before.trim() === '';
  if (!alone && !(place && /^\p{Lu}/u.test(place[1] ?? ''))) return;
  head.date = { ...date, range: { start: cell.start + date.start, end: cell.start + date.end } };
  taken.push({ start: alone || !place ? date.start : bound + place.index, end: date.end });
  if (!alone && place) {
    const start = cell.start + bound + place.index;
    head.place = { start, end: start + (place[1] ?? '').trim().length };
  }
}

/** The date of a head line: words with blanks ("ngày … tháng 4 năm …") or a full date in figures. */
export function findDate(cell: Line): FoundDate | null {
  let at = cell.fold.indexOf('ngay');
  for (let tries = 0; at >= 0 && tries < 5; tries += 1) {
    const date = dateAt(cell.fold, at);
    if (date) return date;
    at = cell.fold.indexOf('ngay', at + 4);
  }
  return null;
}

function findSymbol(cell: Line): (DocumentSymbol & { from: number }) | null {
  if (cell.text.length > 400) return null;
  for (const match of cell.fold.matchAll(NUMBER_LABEL)) {
    const symbol = readSymbol(cell.text, match.index + match[0].length);
    if (symbol) return { ...symbol, from: match.index };
  }
  if (!/^[\d./]/.test(cell.text) || /^\d+\/\d+\/\d+$/.test(cell.text)) return null;
  const bare = readSymbol(cell.text, 0);
  return bare && bare.end >= cell.text.length - 1 && /\p{Lu}/u.test(bare.code) ? { ...bare, from: 0 } : null;
}
