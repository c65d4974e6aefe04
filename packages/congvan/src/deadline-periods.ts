import { dateAt, dayBeforeMonth, endOfMonth } from './dates.ts';
import { CLOCK, complete, dayMonth, dueAt, notBefore, TIME } from './deadline-parts.ts';
import type { DeadlineContext, Found } from './deadline-parts.ts';
import { romanValue } from './enumerator.ts';

const PERIOD =
  /(?<![a-z])(trong|vao|truoc|het|cham nhat trong|hoan thanh|(?:thoi gian(?: thuc hien| hoan thanh)?|hoan thanh|tien do)\s?:)\s{1,2}(?:(dau|giua|cuoi|het)\s)?(?:(thang)\s(\d{1,2})|(quy)\s(iv|iii|ii|i|[1-4])(?![a-z\d])|(nam)(?=\s\d{4}))(?:(?:\s?[/-]\s?|\s{1,2}nam\s{1,2}|\s)(\d{4})(?!\d)|(?=\s?(?:[.;)]|,(?!\s?[iv\d])|$|de\s)))/g;
/** What stands before "trong năm 2026" or "trong tháng 8" when it is the time of a duty and not of a statistic. */
const DUTY =
  /(?:thoi gian|tien do|hoan thanh|xong|trinh|ban hanh|bao cao|gui|tong ket|so ket|to chuc|thuc hien|hoan thien|phe duyet|quyet dinh|theo quy dinh|ngan sach nha nuoc)[^.;]{0,120}$/;
/** What is counted in a period is no duty: "ghi nhận trong tháng 5/2026". */
const COUNTED = /(?<!\p{L})(?:đã|ghi nhận|xảy ra|phát sinh|tăng(?! cường)|giảm|đạt|dự toán)\s[^.;]{0,60}$/iu;
const DATE = String.raw`(?:ngay\s{1,2})?\d{1,2}(?:\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{4})?|\sthang\s\d{1,2}(?:\snam\s\d{4})?)?`;
const WINDOW = new RegExp(
  String.raw`(?<![a-z])tu\s(?:nay|(?:luc\s)?(?:${CLOCK},?\s{1,2})?${DATE}),?\s(?:cho )?(?:den|toi)\s(?:het\s)?${TIME}?(?=(?:ngay\s)?\d)`,
  'g',
);
/** The days of the feast itself, not of a duty: "kỳ nghỉ lễ từ ngày …". */
const FEAST = /(?<!\p{L})(?:nghỉ|lễ|tết|dịp|kỳ (?:họp|thi)|diễn ra)(?!\p{L})[^,;.]{0,25}$/iu;

/** "trong tháng 8 năm 2026", "trong quý III/2026", "trước tháng 6/2026", "trong năm 2026" of a duty. */
export function periods(fold: string, text: string, context: DeadlineContext): Found[] {
  const out: Found[] = [];
  for (const match of fold.matchAll(PERIOD)) {
    const [whole, lead, , , month, , quarter, inYear, yearText] = match;
    const before = fold.slice(Math.max(0, match.index - 160), match.index);
    const own = lead === 'hoan thanh' || lead?.endsWith(':') === true;
    const year = yearText === undefined ? yearOf(context, month, quarter) : Number(yearText);
    if (year === null) continue;
    const due = endOfPeriod(year, { month, quarter, before: lead === 'truoc' });
    const duty =
      DUTY.test(before) ||
      (ahead(due, context) && before.trim() !== '' && !COUNTED.test(text.slice(Math.max(0, match.index - 160), match.index)));
    if (!own && !(inYear === undefined ? duty : DUTY.test(before))) continue;
    if (inYear !== undefined && !own && !/(?:hoan thanh|xong|trinh|ban hanh)[^.;,]{0,60}$/.test(before)) continue;
    const skip = own ? whole.length - whole.slice(lead?.length ?? 0).trimStart().length : 0;
    out.push({ start: match.index + skip, end: match.index + whole.length, due, recurrence: null });
  }
  return out;
}

function ahead(due: string | null, context: DeadlineContext): boolean {
  return due !== null && !context.legal && context.documentDate.year !== null && notBefore(due, context.documentDate);
}

/** The year of a month or quarter printed without one; in a legal instrument it comes every year and names no day. */
function yearOf(context: DeadlineContext, month: string | undefined, quarter: string | undefined): number | null {
  if (context.legal) return null;
  const last = month === undefined ? quarterOf(quarter ?? '') * 3 : Number(month);
  return complete({ day: null, month: last, year: null }, context.documentDate).year;
}

function quarterOf(text: string): number {
  return /^\d$/.test(text) ? Number(text) : romanValue(text.toUpperCase());
}

function endOfPeriod(year: number, period: { month: string | undefined; quarter: string | undefined; before: boolean }): string | null {
  if (period.month !== undefined) {
    const month = Number(period.month);
    if (month < 1 || month > 12) return null;
    return period.before ? dayBeforeMonth(year, month) : endOfMonth(year, month);
  }
  if (period.quarter === undefined) return period.before ? `${year - 1}-12-31` : `${year}-12-31`;
  const number = quarterOf(period.quarter);
  return period.before ? dayBeforeMonth(year, number * 3 - 2) : endOfMonth(year, number * 3);
}

/**
 * "trực từ ngày 27/4/2024 đến hết ngày 01/5/2024": the window of a duty ends on its last day. Windows in the past are
 * statistics, those of a feast are its days, and those of a legal instrument are rules.
 */
export function windows(fold: string, text: string, context: DeadlineContext): Found[] {
  if (context.legal) return [];
  const out: Found[] = [];
  for (const match of fold.matchAll(WINDOW)) {
    const at = match.index + match[0].length;
    const date = dateAt(fold, at) ?? dayMonth(fold, at);
    const before = fold.slice(Math.max(0, match.index - 160), match.index);
    const bare = before === '' || (/[.;:-]\s*$/.test(before) && !/thoi gian[^.;]{0,40}:\s*$/.test(before));
    if (!date || bare || FEAST.test(text.slice(Math.max(0, match.index - 160), match.index))) continue;
    const due = dueAt(complete(date, context.documentDate), match[1], match[2]);
    if (due !== null && notBefore(due, context.documentDate)) out.push({ start: match.index, end: date.end, due, recurrence: null });
  }
  return out;
}
