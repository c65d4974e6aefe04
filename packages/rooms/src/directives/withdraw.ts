import { actorKey, conflict, forbidden, isoInstant, newId, notFound } from '@vonggac/kernel';
import { breaksIndex, type Ctx, inTransaction, raise } from '@vonggac/store';
import { and, eq, ne, sql } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import type { DirectiveWithdrawn } from './events.ts';
import { fetchIssued } from './internal.ts';
import { acts, directives } from './tables.ts';

/** Proposes to withdraw an issued directive; a second person decides. @returns the id of the act */
export async function proposeWithdrawal(ctx: Ctx, id: string, reason: string): Promise<string> {
  may(ctx, 'directives:issue');
  const act = newId();
  const proposed = inTransaction(ctx, async (tx) => {
    const row = await fetchIssued(tx, ctx, id);
    await tx.insert(acts).values({
      id: act,
      directive: id,
      organisation: row.organisation,
      overseer: row.overseer,
      kind: 'withdrawal',
      state: 'proposed',
      reason,
      proposedBy: actorKey(ctx.actor),
      proposedByName: ctx.actor.name,
      proposedAt: isoInstant(ctx.clock.now()),
    });
    await record(tx, ctx, { action: 'directives.withdrawal_proposed', subject: { kind: 'directive', id }, reason });
    return act;
  });
  return proposed.catch((error: unknown) => {
    if (!breaksIndex(error, 'acts_open')) throw error;
    throw conflict('directives.withdrawal_open', {
      vi: 'Đã có đề nghị thu hồi văn bản này đang chờ quyết định.',
      en: 'A withdrawal of this directive is already waiting for a decision.',
    });
  });
}

/**
 * Decides on a proposed withdrawal: another person than the one who proposed it (four eyes).
 * @throws DomainError `directives.own_proposal`, `directives.already_decided`
 */
export async function decideWithdrawal(
  ctx: Ctx,
  id: string,
  input: { act: string; agree: boolean; note?: string | undefined },
): Promise<void> {
  may(ctx, 'directives:issue');
  await inTransaction(ctx, async (tx) => {
    const row = await fetchIssued(tx, ctx, id);
    const [act] = await tx
      .select()
      .from(acts)
      .where(and(eq(acts.id, input.act), eq(acts.directive, id), eq(acts.kind, 'withdrawal')));
    if (!act) throw notFound('act');
    if (act.proposedBy === actorKey(ctx.actor)) {
      throw forbidden('directives.own_proposal', {
        vi: 'Người đề nghị không tự quyết định việc thu hồi. Việc này cần người thứ hai có thẩm quyền.',
        en: 'Whoever proposed a withdrawal cannot decide on it. A second person with the right to issue must.',
      });
    }
    const at = isoInstant(ctx.clock.now());
    const decided = await tx
      .update(acts)
      .set({
        state: input.agree ? 'done' : 'declined',
        decidedBy: actorKey(ctx.actor),
        decidedByName: ctx.actor.name,
        decidedAt: at,
        changes: input.note ? { note: input.note } : null,
      })
      .where(and(eq(acts.id, act.id), eq(acts.state, 'proposed'), ne(acts.proposedBy, actorKey(ctx.actor))))
      .returning({ id: acts.id });
    if (decided.length === 0)
      throw conflict('directives.already_decided', { vi: 'Đề nghị này đã được quyết định.', en: 'This proposal was already decided.' });
    if (input.agree) {
      await tx
        .update(directives)
        .set({ status: 'withdrawn', withdrawnAt: at, withdrawReason: act.reason, version: sql`${directives.version} + 1` })
        .where(and(eq(directives.id, id), eq(directives.status, 'issued')));
      await raise<DirectiveWithdrawn>(tx, ctx, { name: 'directives.withdrawn', directive: id, overseer: row.overseer, reason: act.reason });
    }
    const action = input.agree ? 'directives.withdrawn' : 'directives.withdrawal_declined';
    await record(tx, ctx, {
      action,
      subject: { kind: 'directive', id },
      before: { status: 'issued' },
      after: { proposedBy: act.proposedByName, note: input.note },
      reason: act.reason,
    });
  });
}
