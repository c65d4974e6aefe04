import { dateAt, dayBeforeMonth, endOfMonth, isoDay, pad } from './dates.ts';
import { romanValue } from './enumerator.ts';
import { plain } from './lines.ts';
import type { Range, Source } from './lines.ts';
import type { Deadline, PartialDate } from './model.ts';
import { spanOf } from './normalise.ts';

/** What the reader must know of the document to complete a date that is printed without its year. */
export interface DeadlineContext {
  documentDate: PartialDate;
  /** In a legal instrument a day without a year comes every year. */
  legal: boolean;
}

interface Found {
  start: number;
  end: number;
  due: string | null;
  recurrence: string | null;
}

const TIME = String.raw`(?:(?:luc\s)?(\d{1,2})\s?(?:h|g|gio|:)\s?(\d{2})?(?:\s?phut)?'?,?\s{1,2}(?:ngay\s)?)`;
const BEFORE = new RegExp(
  String.raw`(?<![a-z])(?:cham nhat(?:\s(?:la|vao|den|truoc|trong))?|muon nhat(?:\s(?:la|vao))?|han (?:cuoi|chot)(?:\sla)?|thoi han(?:\s[a-z]{2,8}){0,3}(?:\s?:|\sla|\struoc)|truoc|den het|het|trong(?=\sngay\s\d))\s{1,2}${TIME}?`,
  'g',
);
const DAY_ONLY = /(?:ngay\s{1,2})?(\d{1,2})\s?[/-]\s?(\d{1,2})(?![\d/-])/y;
const PERIODIC_DAY =
  /(?:ngay\s{1,2}|ngay thu\s)(?:mung\s)?(\d{1,2})(?:\/\d{1,2})?\s{1,2}(?:cua\s)?(?:thang dau quy|thang cuoi (?:cua\s)?quy|(?:hang|hằng|moi)\s(thang|quy|nam|tuan)|cua (thang|quy|nam))/y;
const ON_DAY =
  /(?<![a-z])(?:dinh ky\s)?(?:vao\s)?(?:ngay|thu)\s\d{1,2}(?:\/\d{1,2})?\s(?:(?:hang|moi)\s(?:thang|quy|nam|tuan)|(?:cua\s)?thang (?:dau|cuoi) (?:cua )?quy)(?![a-z])/g;
const WEEKDAY = /(?:thu (?:hai|ba|tu|nam|sau|bay)|chu nhat)\s(?:hang|moi)\stuan/y;
const PERIOD =
  /(?<![a-z])(trong|vao|truoc|het|cham nhat trong|hoan thanh|(?:thoi gian(?: thuc hien| hoan thanh)?|hoan thanh|tien do)\s?:)\s{1,2}(?:(dau|giua|cuoi|het)\s)?(?:(thang)\s(\d{1,2})|(quy)\s(iv|iii|ii|i|[1-4])(?![a-z\d])|(nam)(?=\s\d{4}))(?:\s?[/-]\s?|\s{1,2}nam\s{1,2}|\s)(\d{4})(?!\d)/g;
const DURATION =
  /(?<![a-z])(?:cham nhat(?:\sla)?(?:\strong)?|trong(?:\sthoi (?:han|gian))?(?:\svong)?|khong qua|muon nhat)\s{1,2}(?:toi da\s|khong qua\s)?(\d{1,3})(?:\s\([^)]{1,30}\))?\s{1,2}(ngay lam viec|ngay|gio lam viec|gio|tieng|phut|thang|tuan)(?![a-z])/g;
const DURATION_TAIL = /^\s{0,2}(?:,\s)?(?:ke )?(?:tu|sau) (?:khi|ngay|thoi diem|luc)[^.;,()]{0,120}/;
const RECURRING =
  /(?<![a-z])(?:dinh ky|bao cao(?:\s(?!dinh|hang|moi|theo)[a-z]{2,8}){0,3}|theo dinh ky|theo)\s(?:(?:vao|theo)\s)?(?:(?:hang|moi)\s(ngay|tuan|thang|quy|nam)|(0?6 thang|nua nam|6 thang)(?:\/lan|\smot lan)?|(0?3 thang)|(thang|quy|nam|tuan|ngay)(?=[\s,;.()]|$)(?!\s\d))(?:[,\s]{1,2}(?:(?:va|hoac)\s)?(?:(?:hang|moi)\s)?(?:ngay|tuan|thang|quy|0?6 thang|nam)(?![a-z])(?:\s\d{4})?)*/g;
const AD_HOC =
  /^\s{0,2}(?:,|va|hoac|va\/hoac|hoac bao cao)?\s{0,2}(?:theo\s)?dot xuat(?:\s(?:khi co yeu cau|theo yeu cau|khi co phat sinh))?/;
const BRACKET = /^\s{0,2}\(((?:truoc|vao|cham nhat)[^()]{0,80})\)/;
const HOUR = /^,?\s(?:luc|truoc|vao luc)\s\d{1,2}\s?(?:h|g|gio)\s?\d{0,2}(?![\d/])(?!\s*ngay\s*\d)/;
const WORDS: Record<string, string> = { ngay: 'daily', tuan: 'weekly', thang: 'monthly', quy: 'quarterly', nam: 'yearly' };
/** "nghiêm trọng không quá …": folded, the word looks like "trong". */
const WRONG_LEAD = /^trọng\s/iu;
/** What stands before "trong năm 2026" or "trong tháng 8" when it is the time of a duty and not of a statistic. */
const DUTY =
  /(?:thoi gian|tien do|hoan thanh|xong|trinh|ban hanh|bao cao|gui|tong ket|so ket|to chuc|thuc hien|hoan thien|phe duyet|quyet dinh|theo quy dinh|ngan sach nha nuoc)[^.;]{0,120}$/;

/** Deadline phrases of one text with the day that each names (see docs of {@link Deadline}). */
export function readDeadlines(source: Source, range: Range, context: DeadlineContext): Deadline[] {
  const fold = source.fold.slice(range.start, range.end).replace(/\n/g, ' ');
  const found = [...recurring(fold), ...onDays(fold), ...named(fold, context), ...periods(fold), ...durations(fold)];
  const kept: Found[] = [];
  for (const one of found.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (last && one.start < last.end) continue;
    kept.push(one);
  }
  const text = source.text.slice(range.start, range.end);
  for (const one of kept) one.start += WRONG_LEAD.exec(text.slice(one.start, one.start + 8))?.[0].length ?? 0;
  return kept.map((one) => {
    const place = { start: range.start + one.start, end: range.start + one.end };
    return { phrase: plain(source, place), due: one.due, recurrence: one.recurrence, span: spanOf(source, place.start, place.end) };
  });
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
    const periodic = at2(PERIODIC_DAY, fold, at) ?? at2(WEEKDAY, fold, at);
    if (periodic) {
      const end = at + periodic[0].length;
      out.push({ start, end, due: null, recurrence: periodOf(periodic[0]) + adHoc(fold, end).suffix });
      continue;
    }
    const date = dateAt(fold, at) ?? dayMonth(fold, at);
    if (!date || date.day === null) {
      if (match[1] !== undefined) continue;
      continue;
    }
    const end = date.end;
    if (date.year === null && (context.legal || /^\s(?:hang nam|moi nam)/.test(fold.slice(end)))) {
      const tail = /^\s(?:hang nam|moi nam)/.exec(fold.slice(end))?.[0].length ?? 0;
      out.push({ start, end: end + tail, due: null, recurrence: 'yearly' });
      continue;
    }
    out.push({ start, end, due: withTime(isoDay(complete(date, context.documentDate)), match[1], match[2]), recurrence: null });
  }
  return out;
}

function at2(pattern: RegExp, fold: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(fold);
}

function dayMonth(fold: string, at: number): (PartialDate & { end: number }) | null {
  const match = at2(DAY_ONLY, fold, at);
  if (!match) return null;
  const day = Number(match[1]);
  const month = Number(match[2]);
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  return { day, month, year: null, end: at + match[0].length };
}

/** The year of a day printed without one is that of the document, or the next when the day would lie before it. */
function complete(date: PartialDate, document: PartialDate): PartialDate {
  if (date.year !== null || document.year === null || date.month === null) return date;
  const earlier =
    document.month !== null &&
    (date.month < document.month || (date.month === document.month && document.day !== null && (date.day ?? 0) < document.day));
  return { ...date, year: document.year + (earlier ? 1 : 0) };
}

function withTime(day: string | null, hour: string | undefined, minute: string | undefined): string | null {
  if (day === null || hour === undefined) return day;
  const h = Number(hour);
  const m = Number(minute ?? 0);
  return h <= 24 && m < 60 ? `${day}T${pad(h === 24 ? 23 : h)}:${h === 24 ? '59' : pad(m)}` : day;
}

function periodOf(text: string): string {
  if (/thang (?:dau|cuoi)|quy/.test(text)) return 'quarterly';
  if (/tuan/.test(text)) return 'weekly';
  return /nam/.test(text) && !/thang/.test(text) ? 'yearly' : 'monthly';
}

/** "định kỳ vào ngày 20 hằng tháng", "báo cáo ngày 25 hằng tháng". */
function onDays(fold: string): Found[] {
  return [...fold.matchAll(ON_DAY)].map((match) => {
    const end = match.index + match[0].length;
    const extra = adHoc(fold, end);
    return { start: match.index, end: end + extra.length, due: null, recurrence: periodOf(match[0]) + extra.suffix };
  });
}

/** "trong tháng 8 năm 2026", "trong quý III/2026", "trước tháng 6/2026", "trong năm 2026" of a duty. */
function periods(fold: string): Found[] {
  const out: Found[] = [];
  for (const match of fold.matchAll(PERIOD)) {
    const [whole, lead, , month, monthNumber, quarter, quarterNumber, , yearText] = match;
    const before = fold.slice(Math.max(0, match.index - 160), match.index);
    const own = lead === 'hoan thanh' || lead?.endsWith(':') === true;
    if (!own && !DUTY.test(before)) continue;
    if (!month && !quarter && !own && !/(?:hoan thanh|xong|trinh|ban hanh)[^.;,]{0,60}$/.test(before)) continue;
    const year = Number(yearText);
    const skip = own ? whole.length - whole.slice(lead?.length ?? 0).trimStart().length : 0;
    out.push({
      start: match.index + skip,
      end: match.index + whole.length,
      due: endOfPeriod(year, { month: monthNumber, quarter: quarterNumber, before: lead === 'truoc' }),
      recurrence: null,
    });
  }
  return out;
}

function endOfPeriod(year: number, period: { month: string | undefined; quarter: string | undefined; before: boolean }): string | null {
  if (period.month !== undefined) {
    const month = Number(period.month);
    if (month < 1 || month > 12) return null;
    return period.before ? dayBeforeMonth(year, month) : endOfMonth(year, month);
  }
  if (period.quarter === undefined) return period.before ? `${year - 1}-12-31` : `${year}-12-31`;
  const number = /^\d$/.test(period.quarter) ? Number(period.quarter) : romanValue(period.quarter.toUpperCase());
  return period.before ? dayBeforeMonth(year, number * 3 - 2) : endOfMonth(year, number * 3);
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
    const cut = tail.search(/\s(?:theo quy dinh|de |bao cao|gui |;)/);
    out.push({ start: match.index, end: end + (cut >= 0 ? cut : tail.trimEnd().length), due: null, recurrence: null });
  }
  return out;
}

/** "định kỳ hằng tháng (trước ngày 25 hằng tháng)", "định kỳ 06 tháng hoặc đột xuất", "báo cáo hằng quý". */
function recurring(fold: string): Found[] {
  const out: Found[] = [];
  for (const match of fold.matchAll(RECURRING)) {
    const periodic = /^(?:theo )?dinh ky/.test(match[0]);
    const [, word, half, third, bare] = match;
    if (!periodic && (word === undefined || match[0].startsWith('theo'))) continue;
    const recurrence = half !== undefined ? 'half-yearly' : third !== undefined ? 'quarterly' : WORDS[word ?? bare ?? ''];
    if (recurrence === undefined) continue;
    const start = periodic ? match.index : match.index + Math.max(0, match[0].search(/(?:hang|moi)\s/));
    let end = match.index + match[0].length;
    const extra = adHoc(fold, end);
    end += extra.length;
    const bracket = BRACKET.exec(fold.slice(end, end + 120));
    if (bracket) end += bracket[0].length;
    const hour = HOUR.exec(fold.slice(end, end + 30));
    if (hour) end += hour[0].length;
    const late = extra.length === 0 ? adHoc(fold, end) : { suffix: '', length: 0 };
    end += late.length;
    out.push({ start, end, due: null, recurrence: recurrence + extra.suffix + late.suffix });
  }
  return out;
}

function adHoc(fold: string, end: number): { suffix: string; length: number } {
  const match = AD_HOC.exec(fold.slice(end, end + 60));
  return match ? { suffix: '+ad-hoc', length: match[0].length } : { suffix: '', length: 0 };
}
