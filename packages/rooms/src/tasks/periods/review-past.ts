import { conflict, forbidden, isoInstant, notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction, raise, type Tx } from '@vonggac/store';
import { and, eq, inArray } from 'drizzle-orm';
import { may, reaches } from '../../access/index.ts';
import { record } from '../../audit/index.ts';
import type { TasksReviewed } from '../events.ts';
import { note } from '../internal.ts';
import { periods } from '../tables.ts';

export type PastReview = { periods: readonly string[]; act: 'accept' | 'ask-more' | 'reopen'; reason?: string | undefined };

const ACTS = {
  accept: { from: 'submitted', to: 'accepted', history: 'period-accepted', fact: 'tasks.accepted', action: 'tasks.period_accepted' },
  'ask-more': {
    from: 'submitted',
    to: 'more-asked',
    history: 'period-more-asked',
    fact: 'tasks.moreAsked',
    action: 'tasks.period_more_asked',
  },
  reopen: { from: 'accepted', to: 'submitted', history: 'period-reopened', fact: 'tasks.reopened', action: 'tasks.period_reopened' },
} as const;

/**
 * Decides on what was reported for periods that have ended: accept, ask for more, or take an acceptance back. The running period goes on.
 * @throws DomainError `period.not_found` | `work.not_overseer` | `period.not_reviewable` where none could be decided
 */
export async function reviewPast(ctx: Ctx, { periods: ids, act, reason }: PastReview): Promise<{ done: string[]; skipped: string[] }> {
  may(ctx, 'directives:follow');
  const how = ACTS[act];
  return inTransaction(ctx, async (tx) => {
    await mustOversee(tx, ctx, ids);
    const at = isoInstant(ctx.clock.now());
    const moved = await tx
      .update(periods)
      .set({ state: how.to, acceptedAt: act === 'accept' ? at : null, changedAt: at })
      .where(and(inArray(periods.id, [...ids]), eq(periods.state, how.from)))
      .returning();
    if (moved.length === 0) throw notReviewable();
    await note(
      tx,
      ctx,
      moved.map(({ directive, organisation, overseer, task, number, firstDay, lastDay }) => ({
        directive,
        organisation,
        overseer,
        task,
        act: how.history,
        note: reason ?? null,
        data: { number: String(number), day: firstDay, until: lastDay },
      })),
    );
    for (const of of Map.groupBy(moved, ({ directive, organisation }) => `${directive}/${organisation}`).values()) {
      const { directive, organisation, overseer } = of[0]!;
      await record(tx, ctx, {
        action: how.action,
        subject: { kind: 'directive', id: directive },
        concerns: organisation,
        after: { periods: of.map(({ task, number }) => ({ task, number })) },
        reason,
      });
      const tasks = [...new Set(of.map(({ task }) => task))];
      await raise<TasksReviewed>(tx, ctx, { name: how.fact, directive, organisation, overseer, tasks, reason: reason ?? null });
    }
    const done = moved.map(({ id }) => id);
    return { done, skipped: ids.filter((id) => !done.includes(id)) };
  });
}

async function mustOversee(tx: Tx, ctx: Ctx, ids: readonly string[]): Promise<void> {
  const rows = await tx
    .select({ overseer: periods.overseer })
    .from(periods)
    .where(inArray(periods.id, [...ids]));
  if (rows.length < new Set(ids).size) throw notFound('period');
  if (rows.every(({ overseer }) => reaches(ctx, overseer))) return;
  throw forbidden('work.not_overseer', {
    vi: 'Chỉ đơn vị theo dõi, tổng hợp mới được ghi nhận kết quả hoặc đề nghị bổ sung.',
    en: 'Only the organisation that follows this directive may accept results or ask for more.',
  });
}

function notReviewable() {
  return conflict('period.not_reviewable', {
    vi: 'Kỳ này chưa báo cáo hoặc đã được xử lý. Tải lại trang để xem trạng thái mới nhất.',
    en: 'This period was not reported or has been dealt with. Reload to see how it stands now.',
  });
}
