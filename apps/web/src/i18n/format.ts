import { currentLanguage } from './language.ts';

const ZONE = 'Asia/Ho_Chi_Minh';
const partsOf = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

interface Local {
  year: number;
  month: number;
  day: number;
  hour: string;
  minute: string;
}

/** Wall-clock parts in Việt Nam of an instant (`…Z`, offset) or of a local day or date-time without zone; null when unreadable. */
function localParts(value: string): Local | null {
  const local = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?)?$/.exec(value);
  if (local !== null) {
    const [, year, month, day, hour = '00', minute = '00'] = local;
    return { year: Number(year), month: Number(month), day: Number(day), hour, minute };
  }
  const instant = new Date(value);
  if (Number.isNaN(instant.getTime())) return null;
  const parts = new Map(partsOf.formatToParts(instant).map(({ type, value: text }) => [type, text]));
  return {
    year: Number(parts.get('year')),
    month: Number(parts.get('month')),
    day: Number(parts.get('day')),
    hour: parts.get('hour') ?? '00',
    minute: parts.get('minute') ?? '00',
  };
}

/** `2024-04-20` → `20/4/2024`; an instant is shown as its day in Việt Nam; what cannot be read is shown as it is. */
export function formatDate(value: string): string {
  const at = localParts(value);
  return at === null ? value : `${at.day}/${at.month}/${at.year}`;
}

/** `2024-04-20` → `20/4`, for rows whose year is plain from the page. */
export function formatDayMonth(value: string): string {
  const at = localParts(value);
  return at === null ? value : `${at.day}/${at.month}`;
}

/** `14:32`, 24 hours, Việt Nam. */
export function formatTime(value: string): string {
  const at = localParts(value);
  return at === null ? value : `${at.hour}:${at.minute}`;
}

/** `14:32 20/4/2024`. */
export function formatDateTime(value: string): string {
  const at = localParts(value);
  return at === null ? value : `${at.hour}:${at.minute} ${at.day}/${at.month}/${at.year}`;
}

/** `1.234` and `0,5` in Vietnamese, `1,234` and `0.5` in English; at most `digits` decimals. */
export function formatNumber(value: number, digits = 0): string {
  const [whole = '0', fraction = ''] = Math.abs(value).toFixed(digits).split('.');
  const vietnamese = currentLanguage() === 'vi';
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, vietnamese ? '.' : ',');
  const trimmed = fraction.replace(/0+$/, '');
  const sign = value < 0 && (Number(whole) !== 0 || trimmed !== '') ? '-' : '';
  return `${sign}${grouped}${trimmed === '' ? '' : (vietnamese ? ',' : '.') + trimmed}`;
}

/** Bytes as `1,5 MB`; units of 1000. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  return `${formatNumber(bytes / 1000 ** power, power === 0 ? 0 : 1)} ${units[power] ?? 'B'}`;
}

/** Whole days from one local day to another, negative when the second is earlier: deadlines counted as an office counts them. */
export function daysBetween(from: string, to: string): number {
  return Math.round((dayNumber(to) - dayNumber(from)) / 86_400_000);
}

function dayNumber(value: string): number {
  const at = localParts(value);
  return at === null ? Number.NaN : Date.UTC(at.year, at.month - 1, at.day);
}

/** `20/4/2024`, `20-4-24`, `20.04.2024` → `2024-04-20`; null for anything that is no day of the calendar. */
export function parseDate(typed: string): string | null {
  const match = /^\s*(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{2}|\d{4})\s*$/.exec(typed);
  if (match === null) return null;
  const [, d = '', m = '', y = ''] = match;
  const year = y.length === 2 ? 2000 + Number(y) : Number(y);
  const day = new Date(Date.UTC(year, Number(m) - 1, Number(d)));
  if (day.getUTCMonth() !== Number(m) - 1 || day.getUTCDate() !== Number(d)) return null;
  return `${String(year).padStart(4, '0')}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
}

/** Lower case without Vietnamese diacritics, for matching what is typed: `Điện Biên` → `dien bien`. */
export function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase();
}
