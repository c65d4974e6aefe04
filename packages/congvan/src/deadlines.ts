import { dateAt, isoDay } from './dates.ts';
import { complete, dayMonth, dueAt, matchAt, TIME } from './deadline-parts.ts';
import type { DeadlineContext, Found } from './deadline-parts.ts';
import { periods, windows } from './deadline-periods.ts';
import { adHoc, atClocks, onDays, periodOf, recurring } from './deadline-recurring.ts';
import { plain } from './lines.ts';
import type { Range, Source } from './lines.ts';
import type { Deadline, PartialDate } from './model.ts';
import { spanOf } from './normalise.ts';

export type { DeadlineContext } from './deadline-parts.ts';

const BEFORE = new RegExp(
  String.raw`(?<![a-z])(?:dinh ky\s(?=truoc))?(?:cham nhat(?:\s(?:la|vao|den|truoc|trong))?(?:\strong)?|muon nhat(?:\s(?:la|vao))?|han (?:cuoi|chot|hoan thanh|nop|gui|bao cao)(?:\s?:|\sla)?(?:\struoc)?|thoi han(?:\s[a-z]{2,8}){0,3}(?:\s?:|\sla|\struoc)|truoc|den het|het|trong(?=\sngay\s\d))\s{1,2}${TIME}?`,
  'g',
);
const PERIODIC_DAY =
  /(?:ngay\s{1,2}|ngay thu\s)(?:mung\s)?(\d{1,2})(?:\/\d{1,2})?(?:\s?va\s(?:ngay\s)?\d{1,2})?\s{1,2}(?:cua\s)?(?:thang dau quy|thang cuoi (?:cua\s)?(?:moi\s)?quy|(?:hang|moi)\s(?:thang|quy|nam|tuan)|(?:thang|quy|nam)\s(?:ke tiep|tiep theo|lien ke|ke sau|sau(?![a-z]))|(?<=cua\s)(?:thang|quy|nam)(?!\s\d))/y;
const WEEKDAY = /(?:thu (?:hai|ba|tu|nam|sau|bay)|chu nhat)\s(?:hang|moi)\stuan/y;
const NEXT_DATE = /\s?(?:,|\sva)\s(?:truoc\s)?(?=ngay\s\d|\d{1,2}\s?\/)/y;
const YEARLY = /\s(?:hang nam|moi nam)(?![a-z])/y;
const DURATION =
  /(?<![a-z])(?:cham nhat(?:\sla)?(?:\s(?:trong|sau))?|trong(?:\sthoi (?:han|gian))?(?:\svong)?|khong qua|muon nhat|truoc it nhat|it nhat truoc)\s{1,2}(?:toi da\s|khong qua\s)?(\d{1,3})(?:(?:\s\([^)]{1,30}\))?\s{1,2}(ngay lam viec|ngay|gio lam viec|gio|tieng|phut|thang|tuan)(?![a-z])|\s?h(?![a-z\d])(?!\s?(?:\d|ngay|hang|moi|cac)))/g;
const DURATION_TAIL = /^\s{0,2}(?:,\s)?(?:ke )?(?:tu|sau) (?:khi|ngay|thoi diem|luc)[^.;,()]{0,120}/;
const ON_RECEIPT = /(?<![a-z])ngay\s(?:sau\s)?khi\snhan\s(?:duoc\s)?[^.;,:()]{2,100}/g;
const MAIN_VERB = /\s(?:de nghi|yeu cau|theo quy dinh|de |bao cao|gui |khan truong |to chuc |trien khai |thi )/;
/** "nghiêm trọng không quá …": folded, the word looks like "trong". */
const WRONG_LEAD = /^trọng\s/iu;

/** Deadline phrases of one text with the day that each names (see docs of {@link Deadline}). */
export function readDeadlines(source: Source, range: Range, context: DeadlineContext): Deadline[] {
  const { fold, text, places } = singleSpaced(source, range);
  const found = [
    ...recurring(fold),
    ...onDays(fold),
    ...atClocks(fold),
    ...named(fold, context),
    ...periods(fold, text, context),
    ...windows(fold, text, context),
    ...durations(fold),
    ...onReceipt(fold, text),
  ];
  const kept: Found[] = [];
  for (const one of found.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (last && one.start < last.end) continue;
    if (last && isSame(fold, last, one)) last.end = one.end;
    else kept.push({ ...one });
  }
  return kept.map((one) => {
    const phrase = text.slice(one.start, one.end);
    const lead = WRONG_LEAD.exec(phrase)?.[0].length ?? 0;
    const bracket = phrase.includes('(') && !phrase.includes(')') && text[one.end] === ')' ? 1 : 0;
    const place = { start: places[one.start + lead] ?? range.start, end: (places[one.end + bracket - 1] ?? range.end - 1) + 1 };
    return { phrase: plain(source, place), due: one.due, recurrence: one.recurrence, span: spanOf(source, place.start, place.end) };
  });
}

/** The text with one space for every run of white space, so that a phrase may run over lines; `places` leads back. */
function singleSpaced(source: Source, range: Range): { fold: string; text: string; places: number[] } {
  const fold: string[] = [];
  const text: string[] = [];
  const places: number[] = [];
  for (let at = range.start; at < range.end; at += 1) {
    const letter = source.fold[at] ?? ' ';
    const blank = /\s/.test(letter);
    if (blank && fold.at(-1) === ' ') continue;
    fold.push(blank ? ' ' : letter);
    text.push(blank ? ' ' : (source.text[at] ?? ' '));
    places.push(at);
  }
  return { fold: fold.join(''), text: text.join(''), places };
}

/** "định kỳ hằng quý, trước ngày 20 của tháng cuối quý" is one deadline: the day belongs to the recurrence. */
function isSame(fold: string, first: Found, second: Found): boolean {
  if (first.recurrence === null || second.recurrence === null) return false;
  return first.recurrence === second.recurrence && /^,?\s{0,2}$/.test(fold.slice(first.end, second.start));
}

/** "trước ngày …", "chậm nhất ngày …", with or without an hour; "trước ngày 25 hằng tháng". */
function named(fold: string, context: DeadlineContext): Found[] {
  const out: Found[] = [];
  for (const match of fold.matchAll(BEFORE)) {
    const at = match.index + match[0].length;
    const start = match.index;
    if (
      /^(?:den het|het)/.test(match[0]) &&
      !/(?<![a-z])(?:hoan thanh|xong|thoi han|han)(?![a-z])[^.;]{0,30}$/.test(fold.slice(Math.max(0, start - 40), start))
    )
      continue;
    const periodic = matchAt(PERIODIC_DAY, fold, at) ?? matchAt(WEEKDAY, fold, at);
    if (periodic) {
      const end = at + periodic[0].length;
      const extra = adHoc(fold, end);
      out.push({ start, end: end + extra.length, due: null, recurrence: periodOf(periodic[0]) + extra.suffix });
      continue;
    }
    out.push(...datesAt(fold, match, context));
  }
  return out;
}

/** The day behind "trước", and those joined to it: "trước ngày 15/6 và ngày 15/12 hằng năm". */
function datesAt(fold: string, match: RegExpExecArray, context: DeadlineContext): Found[] {
  const dates: (PartialDate & { start: number; end: number })[] = [];
  let at = match.index + match[0].length;
  for (let next: RegExpExecArray | null; dates.length < 6; at += next[0].length) {
    const date = dateAt(fold, at) ?? dayMonth(fold, at);
    if (!date || date.day === null) break;
    dates.push({ ...date, start: at, end: date.end });
    at = date.end;
    next = matchAt(NEXT_DATE, fold, at);
    if (!next) break;
  }
  const first = dates[0];
  if (!first) return [];
  const last = dates.findLast((date) => matchAt(YEARLY, fold, date.end) !== null);
  if (last && dates.every((date) => date.year === null)) {
    const end = last.end + (matchAt(YEARLY, fold, last.end)?.[0].length ?? 0);
    const extra = adHoc(fold, end);
    return [{ start: match.index, end: end + extra.length, due: null, recurrence: 'yearly' + extra.suffix }];
  }
  if (context.legal && first.year === null) return [{ start: match.index, end: first.end, due: null, recurrence: 'yearly' }];
  const afternoon = /\s(?:chieu|toi)(?![a-z])/.test(match[0]);
  const ends = dates.filter((date, index) => index === 0 || /^\s?(?:[.;,)]|$|va\s|de\s)/.test(fold.slice(date.end, date.end + 8)));
  return ends.map((date) => {
    const day = complete(date, context.documentDate);
    if (date !== first) return { start: date.start, end: date.end, due: isoDay(day), recurrence: null };
    return { start: match.index, end: date.end, due: dueAt(day, match[1], match[2], afternoon), recurrence: null };
  });
}

/** "chậm nhất 05 ngày kể từ khi phát hiện", "trong thời hạn 03 ngày làm việc", "trong vòng 24 giờ". */
function durations(fold: string): Found[] {
  const out: Found[] = [];
  for (const match of fold.matchAll(DURATION)) {
    const end = match.index + match[0].length;
    const plainWithin = /^trong\s{1,2}\d/.test(match[0]);
    const tail = DURATION_TAIL.exec(fold.slice(end, end + 160))?.[0] ?? '';
    // "trong 06 tháng đầu năm" is a period of a statistic, not a limit.
    if (plainWithin && tail === '' && /^(?:thang|tuan)/.test(match[2] ?? '')) continue;
    const cut = tail.search(/\s(?:theo quy dinh|de |bao cao|gui |phai |;)/);
    out.push({ start: match.index, end: end + (cut >= 0 ? cut : tail.trimEnd().length), due: null, recurrence: null });
  }
  return out;
}

/** "ngay sau khi nhận được Công điện này": counted from the receipt, as "kể từ khi nhận được" is. */
function onReceipt(fold: string, text: string): Found[] {
  const out: Found[] = [];
  for (const match of fold.matchAll(ON_RECEIPT)) {
    if (!/^ngay/iu.test(text.slice(match.index, match.index + 4))) continue;
    const cut = match[0].search(MAIN_VERB);
    const length = cut > 0 ? cut : match[0].trimEnd().length;
    if (length > 20) out.push({ start: match.index, end: match.index + length, due: null, recurrence: null });
  }
  return out;
}
