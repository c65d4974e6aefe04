import type { TFunction } from 'i18next';
import { daysBetween, formatDate, formatTime } from '../../i18n/format.ts';
import type { TimeState } from './api.ts';

const DAY_END = '23:59';

/** `30/4/2024`, with the hour where the document names one. */
export function formatDue(due: string): string {
  const time = formatTime(due);
  return time === DAY_END ? formatDate(due) : `${time} ${formatDate(due)}`;
}

/**
 * How far a deadline is, as a card says it: *hôm nay*, *còn 3 ngày*, *quá hạn 2 ngày*, *không ghi hạn*. What was answered says when.
 * `today` is the local day of the server's clock, `2024-04-26`.
 */
export function dueText(
  item: { due: string | null; timeState: TimeState; answeredAt?: string | null },
  today: string,
  t: TFunction,
): string {
  const { due, timeState, answeredAt = null } = item;
  if (due === null) return t('work:due.none');
  if (answeredAt !== null) {
    if (timeState === 'overdue')
      return t('work:due.answeredLate', { count: Math.max(daysBetween(due, answeredAt), 0), date: formatDue(due) });
    return t(timeState === 'on-day' ? 'work:due.onDay' : 'work:due.inTime', { date: formatDue(due) });
  }
  const left = daysBetween(today, due);
  if (timeState === 'overdue')
    return left === 0 ? t('work:due.pastToday', { time: formatTime(due) }) : t('work:due.overdue', { count: -left, date: formatDate(due) });
  if (left === 0) return formatTime(due) === DAY_END ? t('work:due.today') : t('work:due.todayAt', { time: formatTime(due) });
  return t('work:due.left', { count: left, date: formatDue(due) });
}
