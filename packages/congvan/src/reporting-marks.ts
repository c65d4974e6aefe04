import { foldText } from './normalise.ts';

/** A day within a month, quarter, half-year or year: `month` counts from 1 within that span, a day past its end is the last one. */
export type DayMark = { month: number; day: number };
/** An hour of a day. */
export type Clock = { hour: number; minute: number };

/** What a recurring phrase names; empty lists where it names nothing. */
export type Marks = { days: DayMark[]; weekdays: number[]; clocks: Clock[]; workdays: boolean };

const LAST_DAY = 31;
const CLOCKS = /(?<![\d/])(\d{1,2})\s?(?:gio|h|g|:)(?![a-z])(?:\s?(\d{2})(?!\d))?(?:\s?phut)?'?(\s(?:chieu|toi))?(?!\s?\/)/g;
const WEEKDAYS: Record<string, number> = { hai: 1, ba: 2, tu: 3, nam: 4, sau: 5, bay: 6, '2': 1, '3': 2, '4': 3, '5': 4, '6': 5, '7': 6 };
const WEEKDAY = /(?:thu\s|(?<=thu\s[a-z\d]{1,3}(?:\sva|,)\s))(hai|ba|tu|nam|sau|bay|[2-7])(?![a-z\d])|(chu nhat)/g;
const DAYS =
  /ngay\s(?:thu\s|mung\s)?(\d{1,2})(?![\d/]|\s?(?:h|g|gio|:)(?![a-z]))((?:\s?(?:,|va)\s(?:ngay\s)?(?:mung\s)?\d{1,2}(?![\d/]|\s?(?:h|g|gio|:)(?![a-z])))*)/g;
const DATES = /(?<![\d/])(\d{1,2})\s?(?:[/-]\s?|thang\s)(\d{1,2})(?![\d-])/g;
const MONTH_ALONE = /(?<!\d\s?)thang\s(\d{1,2})(?!\d)/g;

/** Reads days, weekdays and hours out of a recurring phrase. `span`: how many months the cycle has, 0 for days and weeks. */
export function marksOf(phrase: string, span: number): Marks {
  const fold = foldText(phrase).replace(/\s+/g, ' ');
  const clocks = [...fold.matchAll(CLOCKS)].flatMap(([, hour, minute, afternoon]) => clockOf(hour, minute, afternoon !== undefined));
  const rest = fold.replace(CLOCKS, ' ').replace(/0?[36] thang(?:\/lan|\smot lan)?(?!\s?\d)/g, ' ');
  return {
    clocks: distinct(clocks, ({ hour, minute }) => hour * 60 + minute),
    weekdays: distinct(
      [...rest.matchAll(WEEKDAY)].map(([, name, sunday]) => (sunday === undefined ? WEEKDAYS[name ?? '']! : 7)),
      (one) => one,
    ),
    days: distinct(daysOf(rest, span), ({ month, day }) => month * 40 + day),
    workdays: /(?:ngay lam viec|tru (?:ngay )?(?:thu bay|nghi|cuoi tuan))/.test(rest),
  };
}

function clockOf(hourText: string | undefined, minuteText: string | undefined, afternoon: boolean): Clock[] {
  const read = Number(hourText);
  const hour = read + (afternoon && read < 12 ? 12 : 0);
  const minute = Number(minuteText ?? 0);
  if (hour > 24 || minute > 59) return [];
  return [hour === 24 ? { hour: 23, minute: 59 } : { hour, minute }];
}

function daysOf(fold: string, span: number): DayMark[] {
  if (span === 0) return [];
  if (span >= 6) {
    const dated = [...fold.matchAll(DATES)].flatMap(([, day, month]) => datedMark(Number(day), Number(month), span));
    if (dated.length > 0) return dated;
  }
  const month = monthWithin(fold, span);
  if (/ngay cuoi (?:cung )?(?:cua )?(?:thang|quy|nam|ky)|cuoi (?:thang|ky)(?! cuoi)/.test(fold) && !/ngay\s(?:mung\s)?\d/.test(fold))
    return [{ month, day: LAST_DAY }];
  const named = [...fold.matchAll(DAYS)].flatMap(([, first, more]) => [
    Number(first),
    ...[...(more ?? '').matchAll(/\d{1,2}/g)].map(Number),
  ]);
  const days = named.filter((day) => day >= 1 && day <= LAST_DAY);
  if (days.length > 0) return days.map((day) => ({ month, day }));
  if (span < 6) return [];
  return [...fold.matchAll(MONTH_ALONE)].flatMap(([, alone]) => datedMark(LAST_DAY, Number(alone), span));
}

/** "15/6" of a half-yearly report stands for 15/12 too. */
function datedMark(day: number, month: number, span: number): DayMark[] {
  if (day < 1 || day > LAST_DAY || month < 1 || month > 12) return [];
  return [{ month: ((month - 1) % span) + 1, day }];
}

/** The month of a quarter, half-year or year in which a bare day lies: its last, unless the first or middle one is named. */
function monthWithin(fold: string, span: number): number {
  if (span === 1) return 1;
  const next = /(?:thang|quy|nam|ky)\s(?:ke tiep|tiep theo|lien ke|ke sau|sau(?![a-z]))/.test(fold);
  if (next || /thang (?:dau|thu nhat)/.test(fold)) return 1;
  if (span === 3 && /thang (?:giua|thu hai)/.test(fold)) return 2;
  return span;
}

function distinct<T>(all: readonly T[], keyOf: (one: T) => number): T[] {
  return [...new Map(all.map((one) => [keyOf(one), one])).values()].toSorted((a, b) => keyOf(a) - keyOf(b));
}
