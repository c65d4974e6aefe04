import { formatDate, formatTime } from '../../../i18n/format.ts';

/** An instant as the day and time of an office; the end of a day has no time of its own. */
export function partsOf(due: string | null): { day: string | null; time: string | null } {
  if (due === null) return { day: null, time: null };
  const [d = '', m = '', y = ''] = formatDate(due).split('/');
  const time = formatTime(due);
  return { day: `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`, time: time === '23:59' ? null : time };
}

/** The last instant in time: the end of the day in Việt Nam, or that minute. */
export function dueOf(day: string | null, time: string | null): string | null {
  if (day === null) return null;
  return new Date(time === null ? `${day}T23:59:59.999+07:00` : `${day}T${time}:00.000+07:00`).toISOString();
}
