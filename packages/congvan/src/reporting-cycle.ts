import { foldText } from './normalise.ts';
import { type Clock, type DayMark, type Marks, marksOf } from './reporting-marks.ts';

/**
 * How a recurring phrase comes back. `computed`: the phrase names no day of its own, so the last day of each day, week, month, quarter,
 * half-year or year is taken and has to be shown as computed.
 */
export type ReportingCycle = { every: 'day' | 'week' | 'month'; months: number; marks: Marks; computed: boolean; dayBefore: boolean };

/**
 * One reporting period: everything after the due moment of the one before it, up to its own. Days are local to Vietnam; `due` is a day
 * (until its end) or a minute, as deadlines are written. Two hours on one day are two periods of that day.
 */
export type ReportingPeriod = { from: string; to: string; due: string };

const SPANS: Record<string, number> = { daily: 0, weekly: 0, monthly: 1, quarterly: 3, 'half-yearly': 6, yearly: 12 };
const LAST_DAY = 31;

/**
 * The cycle of a recurrence (`monthly`, `weekly+ad-hoc` …) and its phrase; null where the word is not known.
 * @param dayBefore whether "trước ngày X" means until the end of the day before
 */
export function reportingCycle(recurrence: string | null, phrase: string | null, dayBefore = false): ReportingCycle | null {
  const [word = ''] = (recurrence ?? '').split('+');
  const months = SPANS[word];
  if (months === undefined) return null;
  const marks = marksOf(phrase ?? '', months);
  const every = word === 'daily' ? 'day' : word === 'weekly' ? 'week' : 'month';
  const computed = (every === 'week' && marks.weekdays.length === 0) || (every === 'month' && marks.days.length === 0);
  return { every, months, marks, computed, dayBefore: dayBefore && every === 'month' && /truoc ngay/.test(foldText(phrase ?? '')) };
}

/** The period in which a moment lies: the first whose due moment has not passed. */
export function periodAt(cycle: ReportingCycle, at: Temporal.PlainDateTime): ReportingPeriod {
  const dues = duesAround(cycle, at.toPlainDate());
  const index = dues.findIndex(({ last }) => Temporal.PlainDateTime.compare(last, at) >= 0);
  return periodOf(dues[index - 1]!, dues[index]!);
}

/** The period that follows the one that ends with `due`. */
export function periodAfter(cycle: ReportingCycle, { due }: Pick<ReportingPeriod, 'due'>): ReportingPeriod {
  return periodAt(cycle, momentOf(due).last.add({ milliseconds: 1 }));
}

/** The last moment of a due day or minute, in Vietnam's local time. */
export function lastMoment(due: string): Temporal.PlainDateTime {
  return momentOf(due).last;
}

type Moment = { due: string; day: Temporal.PlainDate; last: Temporal.PlainDateTime };

function momentOf(due: string): Moment {
  if (due.includes('T')) {
    const last = Temporal.PlainDateTime.from(due);
    return { due, day: last.toPlainDate(), last };
  }
  const day = Temporal.PlainDate.from(due);
  return { due, day, last: day.toPlainDateTime({ hour: 23, minute: 59, second: 59, millisecond: 999 }) };
}

function periodOf(before: Moment, own: Moment): ReportingPeriod {
  const from = before.day.equals(own.day) ? own.day : before.day.add({ days: 1 });
  return { from: from.toString(), to: own.day.toString(), due: own.due };
}

/** Due moments in order, from well before to well after a day: units have at least one each, unless weekends are left out. */
function duesAround(cycle: ReportingCycle, day: Temporal.PlainDate): Moment[] {
  const found = new Map<string, Moment>();
  for (let offset = cycle.every === 'day' ? -8 : -2; offset <= (cycle.every === 'day' ? 8 : 3); offset++)
    for (const due of duesOf(cycle, unitAt(cycle, day, offset))) found.set(due, momentOf(due));
  return [...found.values()].toSorted((a, b) => Temporal.PlainDateTime.compare(a.last, b.last));
}

/** The first day of the unit `offset` units away from that of `day`. */
function unitAt({ every, months }: ReportingCycle, day: Temporal.PlainDate, offset: number): Temporal.PlainDate {
  if (every === 'day') return day.add({ days: offset });
  if (every === 'week') return day.subtract({ days: day.dayOfWeek - 1 }).add({ weeks: offset });
  const month = Math.floor((day.month - 1) / months) * months + 1;
  return day.with({ month, day: 1 }).add({ months: months * offset });
}

function duesOf(cycle: ReportingCycle, first: Temporal.PlainDate): string[] {
  const { marks, every } = cycle;
  const days = daysOf(cycle, first);
  if (every === 'day')
    return days.flatMap((day) => (marks.clocks.length === 0 ? [dueOn(day)] : marks.clocks.map((clock) => dueOn(day, clock))));
  // As many hours as days belong together in their order; else the last hour ends each of them.
  const paired = marks.clocks.length === days.length;
  return days.map((day, at) => dueOn(day, paired ? marks.clocks[at] : marks.clocks.at(-1)));
}

function daysOf({ every, months, marks, dayBefore }: ReportingCycle, first: Temporal.PlainDate): Temporal.PlainDate[] {
  if (every === 'day') return marks.workdays && first.dayOfWeek > 5 ? [] : [first];
  if (every === 'week') return (marks.weekdays.length === 0 ? [7] : marks.weekdays).map((weekday) => first.add({ days: weekday - 1 }));
  const named: readonly DayMark[] = marks.days.length === 0 ? [{ month: months, day: LAST_DAY }] : marks.days;
  return named.map(({ month, day }) => {
    const within = first.add({ months: month - 1 });
    const on = within.with({ day: Math.min(day, within.daysInMonth) });
    return dayBefore ? on.subtract({ days: 1 }) : on;
  });
}

const two = (value: number): string => String(value).padStart(2, '0');

function dueOn(day: Temporal.PlainDate, clock?: Clock): string {
  return clock === undefined ? day.toString() : `${day.toString()}T${two(clock.hour)}:${two(clock.minute)}`;
}
