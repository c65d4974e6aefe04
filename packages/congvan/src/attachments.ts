import { cellsOf, isUpper, plain, squeeze, trimItem } from './lines.ts';
import type { Line, Range, Source } from './lines.ts';
import type { Attachment } from './model.ts';
import { kindAtStart } from './kinds.ts';
import { spanOf } from './normalise.ts';

const HEADING =
  /^(?:phu luc|danh sach|bieu mau|mau so|mau\s+\d|bieu so|bang tong hop|de cuong|bang ke|danh muc|lich truc|huong dan|quy che|quy trinh|thong tin (?:ve )?(?:cac )?lo hong|bieu tong hop|bao cao mau|phieu)(?![a-z])/;
const NAMED = /^(?:phu luc|bieu mau|mau so)(?:\s+(?:[ivx]{1,5}|\d{1,3}|[a-z]))?(?:\s{0,2}[.:])?(?:\s|$)/;
const ENCLOSED = /^\((?:kem theo|ban hanh kem theo|dinh kem|gui kem)/;
const NUMBERED = /^(\d{1,3})(?:\s?[.)/](?!\d)\s*|\s{2,})/;
const TITLE_LINES = 6;

/** Whether an attached list, form or appendix begins on this line (only asked behind the body). */
export function startsAttachment(lines: readonly Line[], index: number): boolean {
  const line = lines[index];
  if (!line || line.text.length > 160 || line.quoted) return false;
  if (HEADING.test(line.fold)) {
    if (isUpper(line.text)) return true;
    return NAMED.test(line.fold) && /^\p{Lu}/u.test(line.text) && !/[;,]$/.test(line.text) && line.text.length < 60;
  }
  const kind = kindAtStart(line.fold);
  if (!kind || !isUpper(line.text) || line.text.length > 100) return false;
  for (let i = index + 1; i < index + TITLE_LINES && i < lines.length; i += 1) {
    if (ENCLOSED.test(lines[i]?.fold ?? '')) return true;
  }
  return false;
}

/** Lists attached behind the signature, with their numbered entries; one attachment for each heading. */
export function readAttachments(source: Source, from: number): Attachment[] {
  const { lines } = source;
  const starts: number[] = [];
  for (let i = from; i < lines.length; i += 1) {
    const close = starts.at(-1);
    if (!startsAttachment(lines, i)) continue;
    if (close !== undefined && i - close < 3 && !lines[i]?.fold.startsWith('phu luc')) continue;
    starts.push(i);
  }
  return starts.map((start, index) => readAttachment(source, start, starts[index + 1] ?? lines.length));
}

function readAttachment(source: Source, from: number, to: number): Attachment {
  const { lines } = source;
  let index = from + 1;
  const title: Range[] = [lines[from] ?? { start: 0, end: 0 }];
  for (; index < to && index < from + TITLE_LINES; index += 1) {
    const line = lines[index];
    if (!line || ENCLOSED.test(line.fold) || endsTitle(lines, index, from)) break;
    title.push(line);
  }
  const items = readItems(source, index, trailingIssuer(lines, to));
  if (items.length === 0) items.push(...bullets(lines.slice(index, to)));
  const last = lines[to - 1];
  return {
    title: title.map((range) => plain(source, range)).join(' '),
    items: items.map((range) => itemText(source, range)),
    itemSpans: items.map((range) => spanOf(source, range.start, range.end)),
    span: spanOf(source, title[0]?.start ?? 0, last?.end ?? title[0]?.end ?? 0),
  };
}

/** The issuer that is printed above the next appendix is no entry of this one. */
function trailingIssuer(lines: readonly Line[], to: number): number {
  let end = to;
  while (end > 0 && to < lines.length && end > to - 3 && isUpper(lines[end - 1]?.text ?? 'a')) end -= 1;
  return end;
}

function endsTitle(lines: readonly Line[], index: number, from: number): boolean {
  const line = lines[index];
  if (!line) return true;
  if (
    NUMBERED.test(line.fold) ||
    line.text.includes('|') ||
    /^(?:[-+*•]|[ivx]{1,4}\.\s|don vi( tinh)?\s?:|stt\b|dieu \d|chuong\b)/.test(line.fold)
  )
    return true;
  if (line.text.length > 200) return true;
  const before = lines[index - 1];
  return line.gap && index > from + 1 && !isUpper(line.text) && before !== undefined && !isUpper(before.text);
}

function bullets(lines: readonly Line[]): Range[] {
  return lines.filter((line) => /^[-+*•–—]\s/.test(line.text)).map((line) => ({ start: line.start, end: line.end }));
}

function readItems(source: Source, from: number, to: number): Range[] {
  const items: Range[] = [];
  let expected = 1;
  for (let i = from; i < to; i += 1) {
    const line = source.lines[i];
    if (!line) break;
    const row = tableNumber(line);
    const printed = row ?? Number(NUMBERED.exec(line.fold)?.[1] ?? Number.NaN);
    if (printed === expected || (printed === 1 && items.length > 0) || printed === expected + 1) {
      items.push({ start: line.start, end: line.end });
      expected = printed + 1;
    } else if (items.length > 0 && Number.isNaN(printed) && !line.gap && !line.text.includes('|') && !/^[-+*•]/.test(line.text)) {
      const last = items.at(-1);
      if (last && !isUpper(line.text)) last.end = line.end;
    }
  }
  return items;
}

/** The running number of a table row (first column); null for other lines and for headings of the table. */
function tableNumber(line: Line): number | null {
  if (!line.text.includes('|')) return null;
  const first = cellsOf(line)[0]?.text.trim() ?? '';
  return /^\d{1,3}\.?$/.test(first) ? Number.parseInt(first, 10) : Number.NaN;
}

function itemText(source: Source, range: Range): string {
  const text = source.text.slice(range.start, range.end);
  if (text.includes('|')) {
    const cells = text
      .split('|')
      .map(squeeze)
      .filter((cell) => cell !== '');
    return cells.slice(1).join(' | ');
  }
  const columns = text
    .split(/\t| {3,}/)
    .map(squeeze)
    .filter((cell) => cell !== '');
  if (columns.length > 1 && /^\d{1,3}$/.test(columns[0] ?? '')) return columns.slice(1).join(' | ');
  const skip = NUMBERED.exec(text)?.[0].length ?? 0;
  return plain(source, trimItem(source, { start: range.start + skip, end: range.end }));
}
