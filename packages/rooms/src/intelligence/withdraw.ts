import { actorKey, conflict, forbidden, isoInstant } from '@vonggac/kernel';
import { type Ctx, inTransaction, raise } from '@vonggac/store';
import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import type { ListWithdrawn } from './events.ts';
import { changed, factsOf, fetchOwn, fetchSender, livingLists } from './internal.ts';
import { promoteHeirs } from './supersede.ts';
import { lists } from './tables.ts';

const WITHDRAWABLE = ['done', 'cancelled', 'stopped'] as const;

/** Proposes to withdraw a list with all that it made; another person decides. */
export async function proposeWithdrawal(ctx: Ctx, id: string, reason: string): Promise<void> {
  may(ctx, 'lists:write');
  await inTransaction(ctx, async (tx) => {
    await fetchOwn(tx, ctx, id);
    const asked = await tx
      .update(lists)
      .set({
        withdrawAskedBy: actorKey(ctx.actor),
        withdrawAskedByName: ctx.actor.name,
        withdrawAskedAt: isoInstant(ctx.clock.now()),
        withdrawReason: reason,
      })
      .where(and(eq(lists.id, id), inArray(lists.state, [...WITHDRAWABLE]), isNull(lists.withdrawAskedAt)))
      .returning({ id: lists.id });
    if (asked.length === 0) changed();
    await record(tx, ctx, { action: 'intelligence.withdrawal_proposed', subject: { kind: 'list', id }, reason });
  });
}

export type Withdrawn = { findingsRemoved: number; findingsKept: number };

/**
 * Decides on a proposed withdrawal. Approved, the list's sightings are taken back, and the findings that only they made, unless
 * answered. Refused, or by whoever proposed it, the proposal is dropped.
 * @throws DomainError `intelligence.not_proposed`, `intelligence.four_eyes`, `intelligence.changed`
 */
export async function decideWithdrawal(ctx: Ctx, id: string, { approve }: { approve: boolean }): Promise<Withdrawn> {
  may(ctx, 'lists:write');
  return inTransaction(ctx, async (tx) => {
    const list = await fetchOwn(tx, ctx, id);
    if (list.withdrawAskedAt === null)
      throw conflict('intelligence.not_proposed', {
        vi: 'Chưa có đề xuất rút danh sách này.',
        en: 'Nobody proposed to withdraw this list.',
      });
    if (approve && list.withdrawAskedBy === actorKey(ctx.actor))
      throw forbidden('intelligence.four_eyes', {
        vi: 'Người đề xuất không tự duyệt. Một người khác có quyền nhập danh sách duyệt việc rút.',
        en: 'Whoever proposed it does not approve it. Another person who may take lists in does.',
      });
    const done = await tx
      .update(lists)
      .set(
        approve
          ? { state: 'withdrawn', withdrawnByName: ctx.actor.name, withdrawnAt: isoInstant(ctx.clock.now()) }
          : { withdrawAskedBy: null, withdrawAskedByName: null, withdrawAskedAt: null, withdrawReason: null },
      )
      .where(and(eq(lists.id, id), inArray(lists.state, [...WITHDRAWABLE]), isNotNull(lists.withdrawAskedAt)))
      .returning({ id: lists.id });
    if (done.length === 0) changed();
    const fact: ListWithdrawn = {
      name: 'intelligence.list-withdrawn',
      list: factsOf(list, await fetchSender(tx, ctx, list.sender)),
      counts: { removed: 0, kept: 0 },
    };
    if (approve) {
      await promoteHeirs(tx, id, await livingLists(tx, list.sender, id, list.exercise));
      await raise(tx, ctx, fact);
    }
    const { removed: findingsRemoved, kept: findingsKept } = fact.counts;
    await record(tx, ctx, {
      action: approve ? 'intelligence.list_withdrawn' : 'intelligence.withdrawal_refused',
      subject: { kind: 'list', id },
      reason: list.withdrawReason ?? undefined,
      after: approve ? { findingsRemoved, findingsKept } : undefined,
    });
    return { findingsRemoved, findingsKept };
  });
}
