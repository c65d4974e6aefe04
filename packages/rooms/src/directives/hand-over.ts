import { actorKey, conflict, dayOf, invalid, isoInstant, newId } from '@vonggac/kernel';
import { breaksIndex, type Ctx, inSnapshot, inTransaction, raise, type Tx } from '@vonggac/store';
import { and, eq, sql } from 'drizzle-orm';
import { may, mustReach } from '../access/index.ts';
import { record } from '../audit/index.ts';
import type { DirectiveHandedOver } from './events.ts';
import { type DirectiveRow, changedMeanwhile, fetchIssued, mustHaveVersion } from './internal.ts';
import { acts, directives } from './tables.ts';

export type Handover = { version: number; overseer: string; from: string; reason: string };
type Changes = { from: string; to: string; day: string };

/**
 * Hands the following and summing up of a directive to another organisation from a day on. Today or earlier it happens
 * at once, later by `applyHandovers` on its day. Only the issuer's side may.
 */
export async function handOver(ctx: Ctx, id: string, input: Handover): Promise<{ applied: boolean }> {
  may(ctx, 'directives:issue');
  const row = await inSnapshot(ctx, (tx) => fetchIssued(tx, ctx, id));
  mustReach(ctx, row.organisation);
  mustHaveVersion(row, input.version);
  mustBeKnown(ctx, row, input.overseer);
  const now = input.from <= dayOf(ctx.clock.now()).toString();
  const changes: Changes = { from: row.overseer, to: input.overseer, day: input.from };
  const done = inTransaction(withBoth(ctx, input.overseer), async (tx) => {
    const act = newId();
    const at = isoInstant(ctx.clock.now());
    const by = actorKey(ctx.actor);
    await tx.insert(acts).values({
      id: act,
      directive: id,
      organisation: row.organisation,
      overseer: row.overseer,
      kind: 'handover',
      state: 'proposed',
      reason: input.reason,
      changes,
      proposedBy: by,
      proposedByName: ctx.actor.name,
      proposedAt: at,
    });
    await record(tx, ctx, {
      action: 'directives.handover_ordered',
      subject: { kind: 'directive', id },
      before: { overseer: row.overseer },
      after: changes,
      reason: input.reason,
      concerns: input.overseer,
    });
    if (now) await apply(tx, ctx, { act, directive: id, changes, version: input.version });
    return { applied: now };
  });
  return done.catch((error: unknown) => {
    if (!breaksIndex(error, 'acts_open')) throw error;
    throw conflict('directives.handover_open', {
      vi: 'Đã có một lần bàn giao đang chờ đến ngày.',
      en: 'A hand-over is already waiting for its day.',
    });
  });
}

/** A job of each day: hand-overs whose day has come. @returns how many */
export async function applyHandovers(ctx: Ctx): Promise<number> {
  const today = dayOf(ctx.clock.now()).toString();
  return inTransaction(ctx, async (tx) => {
    const open = await tx
      .select()
      .from(acts)
      .where(and(eq(acts.kind, 'handover'), eq(acts.state, 'proposed'), sql`${acts.changes} ->> 'day' <= ${today}`));
    for (const act of open) await apply(tx, ctx, { act: act.id, directive: act.directive, changes: act.changes as Changes });
    return open.length;
  });
}

/** Rows of the directive end up with an overseer outside the actor's reach: the transaction must be able to write them. */
function withBoth(ctx: Ctx, overseer: string): Ctx {
  return { ...ctx, scope: { ...ctx.scope, organisations: [...ctx.scope.organisations, overseer] } };
}

async function apply(tx: Tx, ctx: Ctx, done: { act: string; directive: string; changes: Changes; version?: number }): Promise<void> {
  const { act, directive, changes, version } = done;
  const moved = await tx
    .update(directives)
    .set({ overseer: changes.to, version: sql`${directives.version} + 1` })
    .where(
      and(
        eq(directives.id, directive),
        eq(directives.status, 'issued'),
        version === undefined ? undefined : eq(directives.version, version),
      ),
    )
    .returning({ version: directives.version });
  if (moved.length === 0) {
    if (version !== undefined) throw changedMeanwhile(version);
    await tx.update(acts).set({ state: 'declined' }).where(eq(acts.id, act));
    return;
  }
  await tx
    .update(acts)
    .set({
      state: 'done',
      decidedBy: actorKey(ctx.actor),
      decidedByName: ctx.actor.name,
      decidedAt: isoInstant(ctx.clock.now()),
    })
    .where(eq(acts.id, act));
  await tx.update(acts).set({ overseer: changes.to }).where(eq(acts.directive, directive));
  await raise<DirectiveHandedOver>(tx, ctx, { name: 'directives.handed-over', directive, from: changes.from, to: changes.to });
  await record(tx, ctx, {
    action: 'directives.handed_over',
    subject: { kind: 'directive', id: directive },
    before: { overseer: changes.from },
    after: { overseer: changes.to },
    concerns: changes.to,
  });
}

function mustBeKnown(ctx: Ctx, row: DirectiveRow, overseer: string): void {
  if (overseer === row.overseer) {
    throw invalid('directives.same_overseer', 'overseer', {
      vi: 'Đơn vị này đang theo dõi, tổng hợp văn bản rồi.',
      en: 'This organisation already follows the directive.',
    });
  }
  if (!ctx.scope.directory.includes(overseer)) {
    throw invalid('directives.overseer_unknown', 'overseer', {
      vi: 'Không tìm thấy đơn vị nhận bàn giao trong danh bạ.',
      en: 'The organisation to take over is not in the directory.',
    });
  }
}
