import { isoDay, pad } from './dates.ts';
import type { PartialDate } from './model.ts';

/** What the reader must know of the document to complete a date that is printed without its year. */
export interface DeadlineContext {
  documentDate: PartialDate;
  /** In a legal instrument a day without a year comes every year. */
  legal: boolean;
}

/** A deadline phrase as offsets of the searched text. */
export interface Found {
  start: number;
  end: number;
  due: string | null;
  recurrence: string | null;
}

/** An hour without its day: `17h00`, `16 giờ 30 phút`. */
export const CLOCK = String.raw`\d{1,2}\s?(?:gio|h|g|:)(?![a-z])\s?(?:\d{2})?(?:\s?phut)?'?`;
/** An hour before its day; captures hour and minute. */
export const TIME = String.raw`(?:(?:luc\s)?(\d{1,2})\s?(?:h|g|gio|:)\s?(\d{2})?(?:\s?phut)?'?(?:\s(?:sang|trua|chieu|toi))?(?:\s(?:thu\s[a-z\d]{1,3}|chu nhat))?,?\s{1,2}\(?(?:ngay\s)?)`;
const DAY_ONLY = /(?:ngay\s{1,2})?(\d{1,2})\s?[/-]\s?(\d{1,2})(?![\d/-])/y;

/** Matches a sticky pattern exactly at `at`. */
export function matchAt(pattern: RegExp, fold: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(fold);
}

/** A day and month in figures without a year: `ngày 30/6`. */
export function dayMonth(fold: string, at: number): (PartialDate & { end: number }) | null {
  const match = matchAt(DAY_ONLY, fold, at);
  if (!match) return null;
  const day = Number(match[1]);
  const month = Number(match[2]);
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  return { day, month, year: null, end: at + match[0].length };
}

/** The year of a day printed without one is that of the document, or the next when the day would lie before it. */
export function complete(date: PartialDate, document: PartialDate): PartialDate {
  if (date.year !== null || document.year === null || date.month === null) return date;
  const earlier =
    document.month !== null &&
    (date.month < document.month ||
      (date.month === document.month && document.day !== null && date.day !== null && date.day < document.day));
  return { ...date, year: document.year + (earlier ? 1 : 0) };
}

/** The ISO day with hour and minute; afternoon hours by their word (`5 giờ chiều`). */
export function dueAt(date: PartialDate, hour: string | undefined, minute: string | undefined, afternoon = false): string | null {
  const day = isoDay(date);
  if (day === null || hour === undefined) return day;
  const h = Number(hour) + (afternoon && Number(hour) < 12 ? 12 : 0);
  const m = Number(minute ?? 0);
  return h <= 24 && m < 60 ? `${day}T${pad(h === 24 ? 23 : h)}:${h === 24 ? '59' : pad(m)}` : day;
}

/** Whether an ISO day or minute does not lie before the document; true where the document's date is blank. */
export function notBefore(due: string, document: PartialDate): boolean {
  if (document.year === null) return true;
  const from = [String(document.year), document.month, document.day];
  const cut = from.indexOf(null);
  const known = (cut < 0 ? from : from.slice(0, cut)).map((part) => String(part).padStart(2, '0')).join('-');
  return due.slice(0, known.length) >= known;
}
