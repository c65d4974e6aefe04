/** How a date and time is to be read where its text leaves it open. */
export type InstantReading = {
  /** Whether 04/03/2026 is the fourth of March (`dmy`) or the third of April (`mdy`). */
  readonly order: 'dmy' | 'mdy';
  /** The zone of a text that names none. @unit minutes east of UTC */
  readonly offset: number;
};

export const UTC_DAY_FIRST: InstantReading = { order: 'dmy', offset: 0 };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const TIME =
  /(?<![\d:.])(?<h>\d{1,2})(?::|h|\s?giờ\s?)(?<m>\d{2})?(?:(?::|m|\s?phút\s?)(?<s>\d{2})?(?:\s?giây|s)?(?:[.,](?<f>\d{1,9}))?|m|\s?phút)?(?:\s?(?<half>am|pm|sa|ch)(?![\p{L}]))?/iu;
const ZONE_PART =
  /(?:^|(?<=[\s\d(]))(?:(?<utc>z|utc|gmt)(?:\s?(?<sign1>[+-])\s?(?<h1>\d{1,2})(?::?(?<m1>\d{2}))?)?|(?<sign2>[+-])(?<h2>\d{2})(?::?(?<m2>\d{2}))?|(?<ict>ict|giờ (?:vn|việt nam)))\)?$/iu;
const YEAR_FIRST = /^(?<y>\d{4})(?<by>[-/.])(?<m>\d{1,2})\k<by>(?<d>\d{1,2})$/u;
const YEAR_LAST = /^(?<a>\d{1,2})(?<by>[-/.])(?<b>\d{1,2})\k<by>(?<y>\d{4})$/u;
const NAMED_DAY_FIRST = /^(?<d>\d{1,2})[\s-](?<mon>[a-z]{3})[a-z]*[\s-](?<y>\d{4})$/iu;
const NAMED_MONTH_FIRST = /^(?<mon>[a-z]{3})[a-z]*\s(?<d>\d{1,2}),?\s(?<y>\d{4})$/iu;
const BASIC = /^(?<y>(?:19|2[01])\d{2})(?<m>\d{2})(?<d>\d{2})(?:t?(?<h>\d{2})(?<min>\d{2})(?<s>\d{2}))?(?<z>z?)$/iu;
const EPOCH = /^(?<s>\d{10})(?:(?<ms>\d{3})|\.(?<f>\d{1,9}))?$/u;

type Day = { y: number; m: number; d: number };

/** Days since 1970-01-01 of a day of the Gregorian calendar; null where there is no such day. Years 1900 to 9999. */
export function dayNumber(y: number, m: number, d: number): number | null {
  if (!(y >= 1900 && y <= 9999 && m >= 1 && m <= 12 && d >= 1 && d <= 31)) return null;
  const ms = Date.UTC(y, m - 1, d);
  return new Date(ms).getUTCDate() === d ? ms / 86_400_000 : null;
}

/** The zone that a text ends with. @unit minutes east of UTC */
function takeZone(text: string): { rest: string; offset: number | null } {
  const found = ZONE_PART.exec(text);
  const part = found?.groups;
  if (!found || !part) return { rest: text, offset: null };
  const rest = text.slice(0, found.index).replace(/\($/u, '').trim();
  if (part['ict']) return { rest, offset: 420 };
  const [sign, h, m] = [part['sign1'] ?? part['sign2'], Number(part['h1'] ?? part['h2'] ?? 0), Number(part['m1'] ?? part['m2'] ?? 0)];
  // 20-04-2026 ends like a zone too: one without UTC or Z stands behind a time of day.
  if (part['sign2'] && !/\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?$/u.test(rest)) return { rest: text, offset: null };
  if (h > 14 || m > 59) return { rest: text, offset: Number.NaN };
  return { rest, offset: (sign === '-' ? -1 : 1) * (h * 60 + m) };
}

function dayOf(text: string, order: InstantReading['order']): Day | null {
  const first = YEAR_FIRST.exec(text)?.groups;
  if (first) return { y: Number(first['y']), m: Number(first['m']), d: Number(first['d']) };
  const last = YEAR_LAST.exec(text)?.groups;
  if (last) {
    const [d, m] = order === 'dmy' ? [last['a'], last['b']] : [last['b'], last['a']];
    return { y: Number(last['y']), m: Number(m), d: Number(d) };
  }
  const named = (NAMED_DAY_FIRST.exec(text) ?? NAMED_MONTH_FIRST.exec(text))?.groups;
  if (!named) return null;
  return { y: Number(named['y']), m: MONTHS.indexOf(named['mon']!.toLowerCase()) + 1, d: Number(named['d']) };
}

/** Milliseconds since midnight; null where a part is out of range. */
function timeOf(part: Record<string, string | undefined>): number | null {
  let hour = Number(part['h']);
  const [minute, second] = [Number(part['m'] ?? 0), Number(part['s'] ?? 0)];
  const half = part['half']?.toLowerCase();
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half === 'pm' || half === 'ch' ? 12 : 0);
  }
  if (hour > 23 || minute > 59 || second > 59) return null;
  return ((hour * 60 + minute) * 60 + second) * 1000 + Number((part['f'] ?? '').padEnd(3, '0').slice(0, 3));
}

function fromDigits(text: string, reading: InstantReading): { ms: number; zoned: boolean } | null | undefined {
  const epoch = EPOCH.exec(text)?.groups;
  if (epoch) {
    const ms = Number(epoch['s']) * 1000 + Number(epoch['ms'] ?? (epoch['f'] ?? '').padEnd(3, '0').slice(0, 3));
    return { ms, zoned: true };
  }
  const basic = BASIC.exec(text)?.groups;
  if (!basic) return undefined;
  const day = dayNumber(Number(basic['y']), Number(basic['m']), Number(basic['d']));
  const time = timeOf({ h: basic['h'] ?? '0', m: basic['min'], s: basic['s'] });
  if (day === null || time === null) return null;
  const zoned = basic['z'] !== '';
  return { ms: day * 86_400_000 + time - (zoned ? 0 : reading.offset * 60_000), zoned };
}

/**
 * The instant that a cell names, in ms since 1970: ISO 8601 with blank or T, day first or month first with / - or .,
 * time before the day, 18h22, AM and PM, English month names, seconds or milliseconds since 1970, 20260420112233. A zone in
 * the text (Z, UTC, +07, +0700, GMT+7, ICT) wins over that of `reading`. A day alone is its midnight. `zoned`: it named its zone.
 * null: not a date, or one that does not exist (31/02, 24:00, two-digit years).
 */
export function parseInstant(cell: string, reading: InstantReading): { ms: number; zoned: boolean } | null {
  if (cell.length > 80) return null;
  const text = cell.replace(/[\s\u00a0]+/gu, ' ').replace(/^["' ]+|["' ]+$/gu, '');
  const digits = fromDigits(text, reading);
  if (digits !== undefined) return digits;
  const { rest, offset } = takeZone(text);
  if (Number.isNaN(offset)) return null;
  const clock = TIME.exec(rest);
  const outside = clock ? `${rest.slice(0, clock.index)} ${rest.slice(clock.index + clock[0].length)}` : rest;
  const date = outside
    .replace(/^\s*(?:mon|tue|wed|thu|fri|sat|sun),?\s/iu, '')
    .replace(/(?:^|\s)(?:ngày|lúc|vào)(?=\s)/giu, ' ')
    .replace(/(?<=\d)t(?=\s|$)/iu, '')
    .replace(/^[\s,–-]+|[\s,–-]+$/gu, '')
    .replace(/\s+/gu, ' ');
  const parts = dayOf(date, reading.order);
  const time = clock ? timeOf(clock.groups!) : 0;
  const day = parts && dayNumber(parts.y, parts.m, parts.d);
  if (day === null || time === null) return null;
  return { ms: day * 86_400_000 + time - (offset ?? reading.offset) * 60_000, zoned: offset !== null };
}

/** The zone that the header of a column names: `Thời gian (GMT+7)`, `timestamp_utc`. null where it names none. @unit minutes east of UTC */
export function zoneOfHeader(header: string): number | null {
  const named = /(?:utc|gmt)\s?([+-])\s?(\d{1,2})(?::?(\d{2}))?/iu.exec(header);
  if (named) return (named[1] === '-' ? -1 : 1) * (Number(named[2]) * 60 + Number(named[3] ?? 0));
  if (/(?:^|[^a-z])(?:ict|giờ (?:vn|việt nam))(?![a-z])/iu.test(header)) return 420;
  return /(?:^|[^a-z])(?:utc|gmt)(?![a-z])/iu.test(header) ? 0 : null;
}

/** The number of the day in Vietnam (UTC+7) at an instant, counted from 1970-01-01. */
export function vietnamDay(ms: number): number {
  return Math.floor((ms + 25_200_000) / 86_400_000);
}

/** ISO 8601 in UTC, with milliseconds only where there are some. */
export function isoOf(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
