import { conflict, notFound, shownDay } from '@vonggac/kernel';
import type { Tx } from '@vonggac/store';
import { and, asc, eq, inArray } from 'drizzle-orm';
import { periods, tasks } from '../tables.ts';

/** @throws DomainError `period.not_found` */
export async function mustHaveEnded(tx: Tx, { task, number }: { task: string; number: number }): Promise<void> {
  const [row] = await tx
    .select({ id: periods.id })
    .from(periods)
    .where(and(eq(periods.task, task), eq(periods.number, number)));
  if (!row) throw notFound('period');
}

/**
 * What somebody does to the reporting period that the screen showed is not done to the next one, which may have begun meanwhile.
 * @param seen period by task @throws DomainError `work.period_ended`
 */
export async function mustBeInPeriod(tx: Tx, seen: Readonly<Record<string, number>> | undefined): Promise<void> {
  const ids = Object.keys(seen ?? {});
  if (seen === undefined || ids.length === 0) return;
  const rows = await tx
    .select({ id: tasks.id, period: tasks.period, to: tasks.periodTo })
    .from(tasks)
    .where(inArray(tasks.id, ids))
    .orderBy(asc(tasks.id))
    .for('update');
  const other = rows.find(({ id, period }) => period !== seen[id]);
  if (other) throw periodEnded(other);
}

export function periodEnded({ period, to }: { period: number | null; to: string | null }) {
  const until = to === null ? '' : shownDay(to);
  return conflict('work.period_ended', {
    vi: `Kỳ báo cáo này vừa kết thúc; nay đang là kỳ ${period ?? ''}, đến ngày ${until}. Tải lại trang; nội dung đã lưu nằm ở kỳ trước, có thể báo cáo bù.`,
    en: `This reporting period has just ended; now it is period ${period ?? ''}, until ${until}. Reload; what was saved is in the former period and can be reported late.`,
  });
}

/** What was made for a period that ended since is not put into the next one. @throws DomainError `work.period_ended` */
export async function mustBeSamePeriod(tx: Tx, ids: readonly string[], since: string): Promise<void> {
  const rows = await tx
    .select({ period: tasks.period, to: tasks.periodTo, openedAt: tasks.periodOpenedAt })
    .from(tasks)
    .where(inArray(tasks.id, [...ids]));
  const later = rows.find(({ period, openedAt }) => period !== null && openedAt !== null && new Date(openedAt) > new Date(since));
  if (later && (later.period ?? 1) > 1) throw periodEnded(later);
}
