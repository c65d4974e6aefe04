import { plain, trimItem } from './lines.ts';
import type { Line, Range, Source } from './lines.ts';
import type { Copy } from './model.ts';
import { foldText, spanOf } from './normalise.ts';

const BULLET = /^\s*[-+*•–—·]/;
const PURPOSE = /\(\s*(?:[đd][eêểề]\s+)?([^()]{1,60})\)\s*[;.,]?\s*$/iu;
const KNOWN =
  /^(?:b\/?c|b\/cao|p\/hop|t\/hien|th\/hien|c\/d|p\/?h|t\/?h|ph\/?h|th\/?h|ph\/h,? th\/h|bao cao|phoi hop|thuc hien|biet|dang tai|theo doi|chi dao|trien khai|thi hanh|don doc|tong hop|giup|niem yet|cong bo|dang (?:cong bao|website|tin)|de nghi|kiem tra|giam sat|tuyen truyen|chi dao|luu|bc|ph|th|cd)\b/;

const TO_ACT = /(?:^|[\s,;&-])(?:t\s?\/\s?h|th\s?\/\s?h|t\/hien|th\/hien|th|thuc hien|thi hanh|trien khai|chap hanh)(?=$|[\s,;.&-])/;

/** Whether a purpose of "Nơi nhận" asks to act (`t/h`, `để thực hiện`, `p/h, t/h`, `thi hành`), not only to know, report or work along. */
export function asksToAct(purpose: string | null): boolean {
  return purpose !== null && TO_ACT.test(foldText(purpose.normalize('NFC')).replace(/^de\s/, ''));
}

/**
 * The lines of "Nơi nhận" with their purpose: what stands in the closing brackets without "để", as printed
 * (`b/c`, `p/h`, `báo cáo`). Brackets that hold no purpose, such as the number of copies after "Lưu", stay in the text.
 */
export function readCopies(source: Source, lines: readonly Line[]): Copy[] {
  const ranges = copyRanges(source, lines);
  return ranges.map((range) => copyOf(source, range)).filter((copy) => copy.text !== '');
}

function copyRanges(source: Source, lines: readonly Line[]): Range[] {
  const ranges: Range[] = [];
  const bulleted = lines.some((line, index) => index > 0 && BULLET.test(line.text));
  lines.forEach((line, index) => {
    const start = index === 0 ? afterLabel(line) : line.start;
    if (start >= line.end) return;
    const before = ranges.at(-1);
    const opens = !before || BULLET.test(source.text.slice(start, line.end)) || (!bulleted && endsEntry(source, before));
    if (opens) ranges.push({ start, end: line.end });
    else before.end = line.end;
  });
  return ranges.flatMap((range) => splitInline(source, range));
}

function afterLabel(line: Line): number {
  const label = /^[\s*-]*noi nhan\s{0,3}[:.;']?\s*/.exec(line.fold);
  return line.start + (label?.[0].length ?? 0);
}

function endsEntry(source: Source, range: Range): boolean {
  return /[;.)]\s*$/.test(source.text.slice(Math.max(range.start, range.end - 4), range.end));
}

/** "- Như trên; - UBND tỉnh; - Lưu: VT." printed on one line. */
function splitInline(source: Source, range: Range): Range[] {
  const text = source.text.slice(range.start, range.end);
  if (/;\s*l[uư]u(?:\s|:)/i.test(text) && !/;\s{1,4}[-–+]\s/.test(text)) return splitAt(text, range, /;\s*(?=\S)/g);
  if (!/[;.]\s{1,4}[-–+]\s/.test(text)) return [range];
  return splitAt(text, range, /[;.]\s{1,4}(?=[-–+]\s)/g);
}

function splitAt(text: string, range: Range, separator: RegExp): Range[] {
  const out: Range[] = [];
  let from = 0;
  for (const match of text.matchAll(separator)) {
    out.push({ start: range.start + from, end: range.start + match.index + 1 });
    from = match.index + match[0].length;
  }
  out.push({ start: range.start + from, end: range.end });
  return out;
}

function copyOf(source: Source, range: Range): Copy {
  const whole = trimItem(source, range);
  const text = plain(source, whole);
  const span = spanOf(source, whole.start, whole.end);
  const match = PURPOSE.exec(text);
  if (!match || /^l[uư]u\b/i.test(text)) return { text, purpose: null, span };
  const purpose = (match[1] ?? '').trim();
  const marked = /^\(\s*[đd][eêểề]\s/iu.test(match[0]);
  if (!marked && !KNOWN.test(foldText(purpose))) return { text, purpose: null, span };
  return { text: text.slice(0, match.index).replace(/[\s;,.]+$/, ''), purpose, span };
}
