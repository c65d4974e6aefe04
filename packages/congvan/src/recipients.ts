import { leadsDemand } from './leads.ts';
import { cellsOf, isUpper, plain, trimItem } from './lines.ts';
import type { Line, Range, Source } from './lines.ts';
import type { Recipient } from './model.ts';
import { spanOf } from './normalise.ts';

/** Recipients and the index of the line after them. */
export interface ReadRecipients {
  recipients: Recipient[];
  next: number;
}

const LABEL = /^(?:kinh (?:gui|chuyen|trinh))\s{0,3}:?\s*/;
const BULLET = /^[\s|]*[-+*•–—·]\s?/;
const OPENING =
  /^(?:thuc hien|can cu|thi hanh|tiep theo|phuc dap|tra loi|ngay \d|nham|trong|theo|de |xet|nhan|vua qua|hien nay|thoi gian|qua |sau khi|so |truoc)/;
const MAX_LINES = 60;
/** Longer than a line broken by the width of a page. */
const LONG_LINE = 130;

/** "Kính gửi: …" of a letter, or the list after "… điện:" of a wire (NĐ 30/2020/NĐ-CP Phụ lục I, box 9a). */
export function readRecipients(source: Source, from: number, to: number): ReadRecipients {
  const { lines } = source;
  for (let i = from; i < Math.min(to, from + 12); i += 1) {
    const line = lines[i];
    if (!line) break;
    const cell = cellsOf(line).find((one) => LABEL.test(one.fold));
    if (cell) return collect(source, i, to, cell.start + (LABEL.exec(cell.fold)?.[0].length ?? 0));
    const wire = wireLength(line);
    if (wire > 0) return collect(source, i, to, line.start + wire);
  }
  return { recipients: [], next: from };
}

/** Length of "<CƠ QUAN> điện:" at the start of a line; 0 where it is none. */
export function wireLength(line: Line): number {
  const match = /^([^:]{3,90})\sdien\s?:\s*/.exec(line.fold);
  if (!match) return 0;
  return match[0].length === line.fold.length || isUpper(line.text.slice(0, (match[1] ?? '').length)) ? match[0].length : 0;
}

function collect(source: Source, label: number, to: number, start: number): ReadRecipients {
  const ranges: Range[] = [];
  const first = source.lines[label];
  if (first && start < first.end) ranges.push({ start, end: first.end });
  let next = label + 1;
  const bulleted =
    BULLET.test(source.lines[label + 1]?.text ?? '') || (ranges.length > 0 && BULLET.test(source.text.slice(start, start + 3)));
  for (; next < to && next < label + MAX_LINES; next += 1) {
    const line = source.lines[next];
    if (!line || endsList(source, line, ranges.at(-1), bulleted)) break;
    const last = ranges.at(-1);
    const opens = !last || BULLET.test(line.text) || (!bulleted && /[;.]\s*$/.test(source.text.slice(last.start, last.end)));
    if (opens) ranges.push({ start: line.start, end: line.end });
    else last.end = line.end;
  }
  const recipients = ranges.flatMap((range) => splitInline(source, range, bulleted)).map((range) => recipient(source, range));
  return { recipients: recipients.filter((one) => one.text !== ''), next };
}

function endsList(source: Source, line: Line, last: Range | undefined, bulleted: boolean): boolean {
  if (BULLET.test(line.text)) return false;
  if (last === undefined) return line.text.length > 250;
  const before = source.text.slice(last.start, last.end);
  const closed = /\.\s*$/.test(before) && !/(?:TP|P|Q)\.\s*$/.test(before);
  if (closed) return true;
  if (OPENING.test(line.fold) && /^\p{Lu}/u.test(line.text) && (line.gap || line.text.length > 60) && !/^so\s/.test(line.fold)) return true;
  if (/^(?:dieu \d|\d{1,2}\. |i\. )/.test(line.fold)) return true;
  if (line.text.length > 250) return true;
  if (bulleted) return line.gap;
  if (/^\p{Lu}/u.test(line.text) && !/[;:,]\s*$/.test(before) && (leadsDemand(line.fold) || line.text.length > LONG_LINE)) return true;
  return line.gap && !/[;:,]\s*$/.test(before);
}

/** Entries of one line: after `;`, or before a dash of its own. A bullet of a list is one entry, whatever it holds. */
function splitInline(source: Source, range: Range, bulleted: boolean): Range[] {
  const text = source.text.slice(range.start, range.end);
  const out: Range[] = [];
  let from = 0;
  for (const match of text.matchAll(/;\s*|\s+(?=[-–]\s+\p{Lu})(?<=\s)/gu)) {
    if (
      insideBrackets(text, match.index) ||
      (bulleted && !/^\s*[-–]\s/.test(text.slice(match.index + match[0].length - (match[0].startsWith(';') ? 0 : 1))))
    )
      continue;
    if (!match[0].startsWith(';') && !/[;:,]\s*$/.test(text.slice(from, match.index))) continue;
    out.push({ start: range.start + from, end: range.start + match.index });
    from = match.index + match[0].length;
  }
  out.push({ start: range.start + from, end: range.end });
  return out;
}

function insideBrackets(text: string, at: number): boolean {
  const open = text.lastIndexOf('(', at);
  return open >= 0 && text.lastIndexOf(')', at) < open && text.indexOf(')', at) > 0;
}

function recipient(source: Source, range: Range): Recipient {
  const trimmed = trimItem(source, range);
  return { text: plain(source, trimmed).replace(/\s*\|\s*/g, ' '), span: spanOf(source, trimmed.start, trimmed.end) };
}
