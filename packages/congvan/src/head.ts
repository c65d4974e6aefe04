import { kindAtStart } from './kinds.ts';
import { carve, findDate, hasHeadMark, readCells } from './head-cells.ts';
import type { Head } from './head-cells.ts';
import { cellsOf, isUpper } from './lines.ts';
import type { Line, Source } from './lines.ts';
import { leadsDemand } from './leads.ts';
import { spanOf } from './normalise.ts';
import { wireLength } from './recipients.ts';
import { urgencyOfCell } from './secrecy.ts';

export type { Head } from './head-cells.ts';

const LIMIT = 60;
const OPENING =
  /^(?:kinh (?:gui|chuyen|trinh)|can cu|thuc hien|thi hanh|trien khai|xet (?:de nghi|to trinh)|theo (?:de nghi|tinh than|chi dao|noi dung|ket qua|quy dinh|y kien)|tiep theo|phuc dap|tra loi|nham |nhan dip|trong thoi gian|thoi gian qua|hien nay|ngay \d|vua qua|de (?:bao dam|tang cuong|kip thoi|thuc hien|chu dong)|can cu:|sau khi|qua (?:theo doi|cong tac)|nhan duoc|tren co so)/;
const STRONG_OPENING = /^(?:kinh (?:gui|chuyen|trinh)|can cu|xet de nghi|theo de nghi|dieu 1\b|chuong i\b|phan (?:i|1|thu)\b)/;
const ENUMERATOR = /^(?:(?:dieu|chuong|phan|muc)\s+[ivx\d]{1,4}\b|[ivx]{1,4}[.)/-]\s|\d{1,2}\s?(?:[.)]\s?(?!\d)\S|\/\s+\S)|[a-z]\)\s)/;
const NOT_TITLE = /^(?:ke hoach va dau tu|ke hoach dau tu|ke hoach - tai chinh|thong bao:|luat su|bao cao vien|lenh thu do)/;

/** Reads boxes 1–5 and 10 of NĐ 30/2020/NĐ-CP Phụ lục I, in any order, interleaved, or in columns of one line. */
export function readHead(source: Source): Head {
  const head: Head = {
    symbol: null,
    date: null,
    place: null,
    title: null,
    subject: [],
    regarding: false,
    urgency: null,
    issuerCells: [],
    loose: [],
    bodyFrom: 0,
  };
  const { lines } = source;
  let index = 0;
  for (; index < lines.length && index < LIMIT; index += 1) {
    const line = lines[index];
    if (!line) break;
    if (endsHead(line, head)) break;
    if (readTitle(source, head, index)) {
      const next = readTitledSubject(source, head, index);
      index = next - 1;
      continue;
    }
    if (head.title !== null && afterTitle(line, head)) continue;
    if (head.title !== null && !hasHeadMark(line, head)) break;
    const regarding = readCells(source, head, line);
    if (regarding) index = continueSubject(source, head, index, regarding) - 1;
  }
  if (head.subject.length === 0) head.subject = head.loose.map((line) => ({ start: line.start, end: line.end }));
  head.bodyFrom = index;
  return head;
}

/** Lines under the subject that still belong to the head: the enacting authority in capitals, a note in brackets. */
function afterTitle(line: Line, head: Head): boolean {
  if (/^\((?:kem theo|ban hanh|du thao|dang)/.test(line.fold)) return true;
  if (wireLength(line) > 0 || hasHeadMark(line, head)) return false;
  return isUpper(line.text) && line.text.length < 160 && !line.text.endsWith(':');
}

function endsHead(line: Line, head: Head): boolean {
  if (STRONG_OPENING.test(line.fold) && /^\P{L}*\p{Lu}/u.test(line.text)) return true;
  if (wireLength(line) > 0) return true;
  const started = head.symbol !== null || head.title !== null || head.issuerCells.length > 0 || head.subject.length > 0;
  if (!started) return line.text.length > 250;
  if (ENUMERATOR.test(line.fold) && findDate(line) === null) return true;
  if (hasHeadMark(line, head)) return false;
  return /^\P{L}*\p{Lu}/u.test(line.text) && !isUpper(line.text) && (OPENING.test(line.fold) || line.text.length > 160);
}

function readTitle(source: Source, head: Head, index: number): boolean {
  const line = source.lines[index];
  if (!line || head.title !== null) return false;
  for (const cell of cellsOf(line)) {
    const spaced = unspace(cell);
    const kind = kindAtStart(spaced);
    if (!kind || NOT_TITLE.test(spaced)) continue;
    const whole = spaced.length === kind.length;
    const rest = whole ? '' : cell.text.slice(kind.length).trim();
    const title = cell.text.slice(0, kind.length);
    if (!(whole && /^\p{Lu}/u.test(cell.text)) && !isUpper(title)) continue;
    if (/^[:]/.test(rest) || /^và\b/iu.test(rest)) continue;
    const end = whole ? cell.end : cell.start + kind.length;
    head.title = { slug: kind.slug, range: { start: cell.start, end }, line: index };
    readTitleRest(source, head, { ...cell, start: end, text: source.text.slice(end, cell.end), fold: source.fold.slice(end, cell.end) });
    return true;
  }
  return false;
}

function readTitleRest(source: Source, head: Head, rest: Line): void {
  const skip = /^[\s(]*/.exec(rest.text)?.[0].length ?? 0;
  const cell = {
    ...rest,
    start: rest.start + skip,
    text: rest.text.slice(skip).replace(/\)$/, ''),
    fold: rest.fold.slice(skip).replace(/\)$/, ''),
  };
  if (cell.text === '') return;
  const urgency = urgencyOfCell(cell);
  if (urgency) head.urgency ??= { value: urgency, span: spanOf(source, cell.start, cell.end) };
  else head.subject.push({ start: cell.start, end: cell.end });
}

/** "C Ô N G  Đ I Ệ N" to "cong dien"; anything else with single spaces. */
function unspace(cell: Line): string {
  if (/^(?:\p{L} {1,3}){4,}\p{L}$/u.test(cell.text)) {
    const words = cell.fold.split(/ {2,}/).map((word) => word.replace(/ /g, ''));
    const joined = words.join(' ');
    for (let cut = 1; words.length === 1 && cut < joined.length; cut += 1) {
      const split = `${joined.slice(0, cut)} ${joined.slice(cut)}`;
      if (kindAtStart(split)?.length === split.length) return split;
    }
    return joined;
  }
  return cell.fold.replace(/ {2,}/g, ' ').replace(/[.*]+$/, '');
}

/** The paragraph under the title; returns the index of the line after it. */
function readTitledSubject(source: Source, head: Head, titleIndex: number): number {
  const { lines } = source;
  let index = titleIndex + 1;
  const own = head.subject.length;
  let upper = own > 0 && isUpper(source.text.slice(head.subject[0]?.start ?? 0, head.subject[0]?.end ?? 0));
  for (let taken = own; index < lines.length && taken < 10; index += 1) {
    const line = lines[index];
    if (!line) break;
    const text = line.text;
    if (taken === own && own === 0 && hasHeadMark(line, head)) {
      readCells(source, head, line);
      continue;
    }
    if (stopsSubject(line, head)) break;
    if (taken > 0 && line.gap && !/^\p{Ll}/u.test(text)) break;
    if (taken > 0 && !upper && isUpper(text) && text.length > 3) break;
    if (taken > 0 && upper && !isUpper(text) && text.length > 60 && /^\p{Lu}/u.test(text)) break;
    if (taken === 0) upper = isUpper(text);
    if (taken > 0 && upper && text.length < 80 && isAuthority(line, head)) break;
    const label = taken === 0 ? (/^v\s?\/\s?v\s{0,3}[:.]?\s{0,3}/.exec(line.fold)?.[0].length ?? 0) : 0;
    head.subject.push({ start: line.start + label, end: line.end });
    taken += 1;
  }
  return index;
}

function isAuthority(line: Line, head: Head): boolean {
  if (!isUpper(line.text)) return false;
  if (
    /^(?:bo truong|chu tich|giam doc|thu tuong|cuc truong|uy ban nhan dan|hoi dong nhan dan|chinh phu|tong giam doc|thong doc)/.test(
      line.fold,
    )
  )
    return true;
  return head.issuerCells.some((cell) => cell.fold === line.fold);
}

function stopsSubject(line: Line, head: Head): boolean {
  if (STRONG_OPENING.test(line.fold) && /^\P{L}*\p{Lu}/u.test(line.text)) return true;
  if (wireLength(line) > 0 || ENUMERATOR.test(line.fold)) return true;
  // A line with the end of a sentence in it is of the body.
  if (head.subject.length > 0 && line.text.length > 60 && /\p{L}{3}\.\s+\p{Lu}|\d\.\s+\p{Lu}/u.test(line.text)) return true;
  if (head.subject.length > 0 && leadsDemand(line.fold) && /^\P{L}*\p{Lu}/u.test(line.text)) return true;
  if (/^\((?:kem theo|ban hanh|du thao)/.test(line.fold)) return true;
  if (/^(?:nghi|quyet) (?:dinh|nghi)\s?:/.test(line.fold)) return true;
  if (head.subject.length === 0) return isAuthority(line, head);
  return OPENING.test(line.fold) && /^\P{L}*\p{Lu}/u.test(line.text);
}

/** Takes the lines on which a "V/v" subject goes on; returns the index of the line after it. */
function continueSubject(source: Source, head: Head, index: number, opened: { column: number; columns: number }): number {
  let next = index + 1;
  for (let taken = 0; taken < 8 && next < source.lines.length; next += 1) {
    const line = source.lines[next];
    if (!line || STRONG_OPENING.test(line.fold) || endsSubjectLine(line)) break;
    const cells = cellsOf(line);
    const pick = cells.length > 1 ? Math.min(opened.column, cells.length - 1) : 0;
    let cell: Line | undefined;
    let marks = 0;
    for (const [column, one] of cells.entries()) {
      const before = head.date;
      const rest = urgencyOfCell(one) === null ? carve(source, head, one) : (readCells(source, head, { ...line, ...one }), []);
      if (rest.length === 0 || head.date !== before) marks += 1;
      if (column === pick) cell = rest[0];
    }
    if (!cell || (marks > 0 && cells.length === 1)) continue;
    if (line.gap && !/^\p{Ll}/u.test(cell.text) && head.subject.length > 0) break;
    head.subject.push({ start: cell.start, end: cell.end });
    taken += 1;
  }
  return next;
}

function endsSubjectLine(line: Line): boolean {
  if (ENUMERATOR.test(line.fold) || wireLength(line) > 0) return true;
  return line.gap && OPENING.test(line.fold) && /^\P{L}*\p{Lu}/u.test(line.text) && line.text.length > 60;
}
