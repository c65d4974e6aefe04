import type { PartialDate } from './model.ts';

/** A date found in a text; `start` and `end` in the searched string. */
export interface FoundDate extends PartialDate {
  start: number;
  end: number;
}

const BLANK = String.raw`[.…_\s]{0,40}`;
const WORDS = new RegExp(
  String.raw`ngay${BLANK}(\d{1,2})?${BLANK}[,]?\s?thang${BLANK}(\d{1,2})?${BLANK}[,]?\s?nam(?:${BLANK}(\d{4})(?!\d))?`,
  'y',
);
const SLASHES = /(?:ngay\s{0,3})?(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})(?!\d)/y;
const DAY_MONTH_WORDS = /(?:ngay\s{1,3})?(\d{1,2})\s{1,3}thang\s{1,3}(\d{1,2})(?!\d)(?:\s{1,3}nam\s{1,3}(\d{4})(?!\d))?/y;

/**
 * A date that starts exactly at `at` of a folded text: `ngày 20 tháng 4 năm 2024`, `ngày … tháng 4 năm 2024`,
 * `19/4/2024`, `ngày 19-4-2024`. Parts left blank are null. Impossible days (31/02) are not dates.
 */
export function dateAt(fold: string, at: number): FoundDate | null {
  for (const pattern of [WORDS, SLASHES, DAY_MONTH_WORDS]) {
    pattern.lastIndex = at;
    const match = pattern.exec(fold);
    if (!match) continue;
    const found = { day: part(match[1]), month: part(match[2]), year: part(match[3]), start: at, end: at + match[0].length };
    if (isPossible(found)) return trimEnd(found, fold);
  }
  return null;
}

function trimEnd(found: FoundDate, fold: string): FoundDate {
  let end = found.end;
  while (end > found.start && /[\s.…_]/.test(fold[end - 1] ?? '')) end -= 1;
  return { ...found, end };
}

function part(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}

/** Whether the parts that are known can belong to a day of the calendar. */
export function isPossible(date: PartialDate): boolean {
  const { year, month, day } = date;
  if (month !== null && (month < 1 || month > 12)) return false;
  if (year !== null && (year < 1900 || year > 2200)) return false;
  if (day === null) return true;
  return day >= 1 && day <= (month === null ? 31 : daysInMonth(year ?? 2024, month));
}

/** Days of a month of the Gregorian calendar; month counts from 1. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** `2026-05-10`, or null where a part is missing. */
export function isoDay(date: PartialDate): string | null {
  const { year, month, day } = date;
  if (year === null || month === null || day === null) return null;
  return `${year}-${pad(month)}-${pad(day)}`;
}

/** Last day of a month as ISO day. */
export function endOfMonth(year: number, month: number): string {
  return `${year}-${pad(month)}-${pad(daysInMonth(year, month))}`;
}

/** Last day of the month before, as ISO day. */
export function dayBeforeMonth(year: number, month: number): string {
  return month === 1 ? endOfMonth(year - 1, 12) : endOfMonth(year, month - 1);
}

export function pad(value: number): string {
  return String(value).padStart(2, '0');
}
