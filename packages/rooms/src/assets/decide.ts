import { DomainError, invalid, shownDay, type Text } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { and, eq, sql } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { heldByOther } from './claim.ts';
import {
  type Asset,
  changed,
  decidedNow,
  facts,
  fetchAsset,
  holdersOf,
  lockRegister,
  mustBePeriod,
  NOT_AUTHORITY,
  type Outcome,
  oversees,
} from './internal.ts';
import type { AssetAct } from './model.ts';
import { assets } from './tables.ts';
import { type Before, beforeOf, keepAct } from './undo.ts';

/** Row by row, each for itself; `each` answers which other rows it changed. What is not in the actor's sight is as if it did not exist. */
export async function eachAsset(
  tx: Tx,
  ctx: Ctx,
  { act, ids }: { act: AssetAct; ids: readonly string[] },
  each: (row: Asset) => Promise<readonly Asset[] | void>,
): Promise<Outcome> {
  const outcome: Outcome = { done: 0, refused: [], undo: null };
  const before: Before[] = [];
  await lockRegister(tx);
  for (const id of new Set(ids)) {
    const row = await fetchAsset(tx, ctx, id);
    await tx.execute(sql`savepoint one`);
    try {
      const others = await each(row);
      await tx.execute(sql`release savepoint one`);
      outcome.done++;
      before.push(...(others ?? []).map(beforeOf), beforeOf(row));
    } catch (error) {
      await tx.execute(sql`rollback to savepoint one`);
      if (!(error instanceof DomainError)) throw error;
      outcome.refused.push({ id, name: row.name, text: error.text });
    }
  }
  outcome.undo = await keepAct(tx, ctx, { act, rows: before });
  return outcome;
}

export function mustOversee(ctx: Ctx, row: Asset): void {
  if (!oversees(ctx, row)) throw new DomainError('forbidden', 'assets.not_authority', NOT_AUTHORITY);
}

const NOT_WAITING: Text = { vi: 'Tài sản này không còn chờ duyệt.', en: 'This asset is not waiting for approval any more.' };

export function mustWait(row: Asset): void {
  if (row.state !== 'claimed') throw new DomainError('conflict', 'assets.not_waiting', NOT_WAITING);
}

/** Ends the other holders on a day so that the claim goes on from them. @returns the row that it goes on from */
async function endOthers(tx: Tx, ctx: Ctx, held: readonly Asset[], on: string): Promise<string> {
  for (const other of held) {
    if (other.validFrom !== null && other.validFrom >= on)
      throw invalid('assets.too_early', 'endOthersOn', {
        vi: `“${other.organisationName}” mới giữ từ ngày ${shownDay(other.validFrom)}. Chọn ngày sau đó.`,
        en: `“${other.organisationName}” has held it only since ${shownDay(other.validFrom)}. Choose a later day.`,
      });
    if (!ctx.scope.organisations.includes(other.overseer)) throw heldByOther(other, false);
    await tx
      .update(assets)
      .set({ validTo: on, version: other.version + 1 })
      .where(eq(assets.id, other.id));
    await record(tx, ctx, {
      action: 'assets.ended',
      subject: { kind: 'asset', id: other.id },
      before: { validTo: other.validTo },
      after: { validTo: on },
      concerns: other.organisation,
    });
  }
  return held.at(-1)!.id;
}

/** @returns the holders that it ended */
async function approveOne(tx: Tx, ctx: Ctx, row: Asset, endOthersOn: string | null): Promise<readonly Asset[]> {
  mustOversee(ctx, row);
  mustWait(row);
  const period = { from: row.validFrom, to: row.validTo };
  const held = await holdersOf(tx, ctx, { key: row.key, period, except: row.id });
  const goesOn: Partial<Asset> = {};
  if (held.length > 0) {
    if (endOthersOn === null) throw heldByOther(held[0]!, ctx.scope.organisations.includes(held[0]!.overseer));
    goesOn.validFrom = period.from !== null && period.from > endOthersOn ? period.from : endOthersOn;
    mustBePeriod({ from: goesOn.validFrom, to: period.to });
    goesOn.continues = await endOthers(tx, ctx, held, endOthersOn);
  }
  const done = await tx
    .update(assets)
    .set({ state: 'approved', ...goesOn, ...decidedNow(ctx), reason: null, version: row.version + 1 })
    .where(and(eq(assets.id, row.id), eq(assets.state, 'claimed'), eq(assets.version, row.version)))
    .returning({ id: assets.id });
  if (done.length === 0) changed();
  await record(tx, ctx, {
    action: 'assets.approved',
    subject: { kind: 'asset', id: row.id },
    before: facts(row),
    after: facts({ ...row, ...goesOn, state: 'approved' }),
    concerns: row.organisation,
  });
  return held;
}

/**
 * Approves claims of those whom the actor's authority oversees. Where another holds the same in these days, that one ends on
 * `endOthersOn` and the claim goes on from it; without that day it is refused. A range inside of another's is fine.
 */
export async function approveAssets(
  ctx: Ctx,
  input: { ids: readonly string[]; endOthersOn?: string | null | undefined },
): Promise<Outcome> {
  may(ctx, 'assets:approve');
  return inTransaction(ctx, (tx) =>
    eachAsset(tx, ctx, { act: 'approve', ids: input.ids }, (row) => approveOne(tx, ctx, row, input.endOthersOn ?? null)),
  );
}

/** Refuses claims, with the reason that the organisation reads. */
export async function refuseAssets(ctx: Ctx, input: { ids: readonly string[]; reason: string }): Promise<Outcome> {
  may(ctx, 'assets:approve');
  return inTransaction(ctx, (tx) =>
    eachAsset(tx, ctx, { act: 'refuse', ids: input.ids }, async (row) => {
      mustOversee(ctx, row);
      mustWait(row);
      const done = await tx
        .update(assets)
        .set({ state: 'refused', ...decidedNow(ctx), reason: input.reason, version: row.version + 1 })
        .where(and(eq(assets.id, row.id), eq(assets.state, 'claimed'), eq(assets.version, row.version)))
        .returning({ id: assets.id });
      if (done.length === 0) changed();
      await record(tx, ctx, {
        action: 'assets.refused',
        subject: { kind: 'asset', id: row.id },
        after: { state: 'refused' },
        reason: input.reason,
        concerns: row.organisation,
      });
    }),
  );
}
