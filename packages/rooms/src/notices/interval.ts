import type { INTERVALS } from '@vonggac/contract/notice-terms';
import { ZONE } from '@vonggac/kernel';

/** When a rule runs. */
export type Schedule = {
  interval: (typeof INTERVALS)[number];
  hour: number;
  minute: number;
  /** 1 is Monday. */
  weekday: number;
  monthday: number;
};

const two = (n: number): string => String(n).padStart(2, '0');

/** The name of the day, week (ISO 8601) or month that an instant lies in, in Vietnam: `2024-04-26`, `2024-W17`, `2024-04`. */
export function periodOf(interval: Exclude<Schedule['interval'], 'list'>, at: Temporal.Instant): string {
  const day = at.toZonedDateTimeISO(ZONE).toPlainDate();
  if (interval === 'daily') return day.toString();
  if (interval === 'weekly') return `${day.yearOfWeek}-W${two(day.weekOfYear!)}`;
  return `${day.year}-${two(day.month)}`;
}

/** The name of an interval as notices keep it: an exercise and a test have their own. */
export function intervalOf({ test, exercise }: { test: boolean; exercise: string | null }, name: string): string {
  return `${test ? 'test:' : ''}${exercise === null ? '' : `exercise:${exercise}:`}${name}`;
}

/** The moment of a rule in the period that an instant lies in. A month without that day has its last one. */
function momentIn(schedule: Schedule, at: Temporal.Instant): Temporal.Instant {
  const { interval, hour, minute, weekday, monthday } = schedule;
  const today = at.toZonedDateTimeISO(ZONE).toPlainDate();
  const day =
    interval === 'weekly'
      ? today.add({ days: weekday - today.dayOfWeek })
      : interval === 'monthly'
        ? today.with({ day: Math.min(monthday, today.daysInMonth) })
        : today;
  return day.toZonedDateTime({ timeZone: ZONE, plainTime: new Temporal.PlainTime(hour, minute) }).toInstant();
}

/**
 * The period for which a rule is due: its moment in the present one has come, and not before `activeFrom`. What a machine that was off missed
 * is made up for within the period, not after it. Null while nothing is due, and for rules that wait for a list.
 */
export function dueOf(schedule: Schedule, now: Temporal.Instant, activeFrom: Temporal.Instant): string | null {
  if (schedule.interval === 'list') return null;
  const moment = momentIn(schedule, now);
  if (Temporal.Instant.compare(moment, now) > 0 || Temporal.Instant.compare(moment, activeFrom) < 0) return null;
  return periodOf(schedule.interval, now);
}

/** The next moment of a rule after now; null for rules that wait for a list. */
export function nextOf(schedule: Schedule, now: Temporal.Instant): Temporal.Instant | null {
  if (schedule.interval === 'list') return null;
  const moment = momentIn(schedule, now);
  if (Temporal.Instant.compare(moment, now) > 0) return moment;
  const step = { daily: { days: 1 }, weekly: { weeks: 1 }, monthly: { months: 1 } }[schedule.interval];
  const today = now.toZonedDateTimeISO(ZONE);
  const from = schedule.interval === 'monthly' ? today.with({ day: 1 }) : today;
  return momentIn(schedule, from.add(step).toInstant());
}
