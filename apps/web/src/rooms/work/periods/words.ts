import { formatDate, formatDayMonth } from '../../../i18n/format.ts';

/** The days of a reporting period: `26/4/2024`, `26/5 – 25/6/2024`, `26/12/2024 – 25/1/2025`. */
export function periodDays({ from, to }: { from: string; to: string }): string {
  if (from === to) return formatDate(to);
  return `${from.slice(0, 4) === to.slice(0, 4) ? formatDayMonth(from) : formatDate(from)} – ${formatDate(to)}`;
}
