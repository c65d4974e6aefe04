import { actorKey, conflict, DomainError, isoInstant, newId, notFound, type Text } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { may, mustReach, reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { hangingOn } from '../organisations/index.ts';
import { heldByOther } from './claim.ts';
import { type Asset, changed, facts, holdersOf, lockRegister, type Outcome } from './internal.ts';
import type { AssetAct } from './model.ts';
import { assetActs, assets } from './tables.ts';

/** What acts change of a row, as it was before. */
const CHANGED = [
  'organisation',
  'organisationName',
  'overseer',
  'key',
  'system',
  'state',
  'validFrom',
  'validTo',
  'reason',
  'decidedBy',
  'decidedByName',
  'decidedAt',
  'continues',
] as const satisfies (keyof Asset)[];

export type Before = (typeof assetActs.$inferSelect)['rows'][number];

/** A row before an act that gives it one more version. */
export function beforeOf(row: Asset): Before {
  return { id: row.id, version: row.version + 1, before: Object.fromEntries(CHANGED.map((field) => [field, row[field]])) };
}

/** Keeps what an act changed, so that it can be taken back. `made`: rows that it added. @returns its id */
export async function keepAct(
  tx: Tx,
  ctx: Ctx,
  { act, rows, made = [] }: { act: AssetAct; rows: readonly Before[]; made?: readonly string[] },
): Promise<string | null> {
  if (rows.length === 0) return null;
  const id = newId();
  const by = { madeBy: actorKey(ctx.actor), madeByName: ctx.actor.name, madeAt: isoInstant(ctx.clock.now()) };
  await tx.insert(assetActs).values({ id, organisation: ctx.actor.organisation, act, rows: [...rows], made: [...made], ...by });
  return id;
}

const NEEDS = {
  approve: 'assets:approve',
  refuse: 'assets:approve',
  transfer: 'assets:approve',
  end: 'assets:write',
  withdraw: 'assets:write',
} as const;
const LATER: Text = { vi: 'Đã được sửa sau thao tác này.', en: 'It was changed after this act.' };
const OUTSIDE: Text = { vi: 'Nay nằm ngoài phạm vi của đơn vị.', en: 'It is outside your scope by now.' };

/**
 * Takes an act on assets back: each row is as it was before, unless it was changed since, is named elsewhere by now, or its days are
 * somebody else's. Rows that a transfer added go.
 * @throws DomainError `access.role`, `assets.act_undone`, as if it did not exist
 */
export async function undoAssetAct(ctx: Ctx, id: string): Promise<Outcome> {
  may(ctx, 'assets:write');
  return inTransaction(ctx, async (tx) => {
    await lockRegister(tx);
    const [act] = await tx.select().from(assetActs).where(eq(assetActs.id, id)).for('update');
    if (!act) throw notFound('asset');
    mustReach(ctx, act.organisation);
    may(ctx, NEEDS[act.act]);
    const [mine] = await tx
      .update(assetActs)
      .set({ undoneAt: isoInstant(ctx.clock.now()) })
      .where(and(eq(assetActs.id, id), isNull(assetActs.undoneAt)))
      .returning({ id: assetActs.id });
    if (!mine) throw conflict('assets.act_undone', { vi: 'Thao tác này đã được hoàn tác.', en: 'This act was taken back already.' });
    const hanging = await hangingOn(tx, act.act === 'approve' ? act.rows.map((row) => row.id) : act.made, ['assets', 'audit']);
    const kept = await dropMade(tx, ctx, act.made, hanging);
    const outcome: Outcome = { done: 0, refused: [], undo: null };
    for (const one of act.rows.toReversed()) {
      await tx.execute(sql`savepoint one`);
      try {
        await restore(tx, ctx, one, kept.get(one.id) ?? (act.act === 'approve' ? hanging.get(one.id) : undefined));
        await tx.execute(sql`release savepoint one`);
        outcome.done++;
      } catch (error) {
        await tx.execute(sql`rollback to savepoint one`);
        if (!(error instanceof DomainError)) throw error;
        const [row] = await tx.select({ name: assets.name }).from(assets).where(eq(assets.id, one.id));
        outcome.refused.push({ id: one.id, name: row?.name ?? '', text: error.text });
      }
    }
    await record(tx, ctx, { action: 'assets.act_undone', subject: { kind: 'asset_act', id }, after: { act: act.act, done: outcome.done } });
    return outcome;
  });
}

/** Removes rows that a transfer added. @returns why the rows that they continue cannot go back */
async function dropMade(tx: Tx, ctx: Ctx, made: readonly string[], hanging: ReadonlyMap<string, Text>): Promise<Map<string, Text>> {
  const kept = new Map<string, Text>();
  if (made.length === 0) return kept;
  const rows = await tx
    .select()
    .from(assets)
    .where(inArray(assets.id, [...made]));
  const parts = await tx.select({ of: assets.continues, system: assets.system }).from(assets).where(inArray(assets.continues, [...made])); // prettier-ignore
  const goneOn = new Set(parts.flatMap(({ of }) => of ?? []));
  for (const row of rows) {
    const why = row.version !== 1 || goneOn.has(row.id) ? LATER : hanging.get(row.id);
    if (why) kept.set(row.continues!, why);
    else {
      // Others that were transferred with a system point at its new row until they go too.
      await tx.update(assets).set({ system: null }).where(eq(assets.system, row.id));
      await tx.delete(assets).where(eq(assets.id, row.id));
      const subject = { kind: 'asset', id: row.id };
      await record(tx, ctx, { action: 'assets.removed', subject, before: facts(row), concerns: row.organisation });
    }
  }
  return kept;
}

async function restore(tx: Tx, ctx: Ctx, { id, version, before }: Before, why: Text | undefined): Promise<void> {
  const [row] = await tx.select().from(assets).where(eq(assets.id, id)).for('update');
  if (!row) throw notFound('asset');
  if (why) throw new DomainError('conflict', 'assets.act_kept', why);
  if (!reaches(ctx, row.organisation) && !reaches(ctx, row.overseer)) throw new DomainError('conflict', 'assets.act_kept', OUTSIDE);
  if (row.version !== version) throw new DomainError('conflict', 'assets.act_kept', LATER);
  const next: Asset = { ...row, ...before };
  const period = { from: next.validFrom, to: next.validTo };
  const [held] = next.state === 'approved' ? await holdersOf(tx, ctx, { key: next.key, period, except: id }) : [];
  if (held) throw heldByOther(held, ctx.scope.organisations.includes(held.overseer));
  const done = await tx
    .update(assets)
    .set({ ...before, version: version + 1 })
    .where(and(eq(assets.id, id), eq(assets.version, version)))
    .returning({ id: assets.id });
  if (done.length === 0) changed();
  await record(tx, ctx, {
    action: 'assets.restored',
    subject: { kind: 'asset', id },
    before: facts(row),
    after: facts(next),
    concerns: next.organisation,
  });
}
