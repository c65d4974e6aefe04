import type { TimePart } from './model.ts';
import type { Single } from './values.ts';

/** A time as its clock shows it. */
export type ClockTime = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
};

const WRITTEN = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}))?/u;
/** Seconds since 1970 stay below it for 3,000 years, milliseconds are above it since 1973. */
const MILLISECONDS_FROM = 1e11;

/** The time that a value says: an ISO 8601 text as it is written, or seconds or milliseconds since 1970 in UTC; null where it is none. */
export function clockTimeOf(value: Single): ClockTime | null {
  if (typeof value === 'string') {
    const found = WRITTEN.exec(value)
      ?.slice(1)
      .map((part) => Number(part ?? 0));
    return found ? { year: found[0]!, month: found[1]!, day: found[2]!, hour: found[3]!, minute: found[4]! } : null;
  }
  if (typeof value !== 'number' && typeof value !== 'bigint') return null;
  const number = Number(value);
  const date = new Date(number < MILLISECONDS_FROM ? number * 1000 : number);
  if (Number.isNaN(date.getTime())) return null;
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
  };
}

/** The number of the week by ISO 8601: the week that has the year's first Thursday is the first. */
function weekOf({ year, month, day }: ClockTime): number {
  const date = new Date(Date.UTC(year, month - 1, day));
  date.setUTCDate(date.getUTCDate() + 4 - (date.getUTCDay() || 7));
  return Math.ceil(((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000 + 1) / 7);
}

export const partOf = (time: ClockTime, part: TimePart): number => (part === 'week' ? weekOf(time) : time[part]);
