import { actorKey, isoInstant, newId } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { and, eq, sql } from 'drizzle-orm';
import { keyOf } from './input.ts';
import { type Asset, changed, decidedNow } from './internal.ts';
import { assets } from './tables.ts';

export type Passing = { to: string; toName: string; overseer: string; on: string; reason: string };

/**
 * Ends approved rows on a day and goes on with rows of another holder from then on; what begins only later passes on whole,
 * what ends before stays. A system among them takes along those that belong to it.
 * @returns the new row of each old one
 */
export async function passOn(tx: Tx, ctx: Ctx, rows: readonly Asset[], passing: Passing): Promise<Map<string, string>> {
  const { on } = passing;
  const going = rows.filter((row) => row.validTo === null || row.validTo > on);
  const later = (row: Asset): boolean => row.validFrom !== null && row.validFrom >= on;
  const next = new Map(going.map((row) => [row.id, later(row) ? row.id : newId()]));
  for (const row of going) {
    const system = row.system === null ? null : (next.get(row.system) ?? null);
    if (later(row)) await moveWhole(tx, row, { ...passing, system });
    else await cut(tx, ctx, row, { ...passing, system, id: next.get(row.id)! });
  }
  return next;
}

type More = Passing & { system: string | null };

/** An organisation's own keys may meet those of its successor; both rows stay. */
async function keyAt(tx: Tx, row: Asset, { to }: Passing, id: string): Promise<string> {
  const key = keyOf(row, to);
  if (key === row.key) return key;
  const [twin] = await tx
    .select({ id: assets.id })
    .from(assets)
    .where(and(eq(assets.key, key), eq(assets.state, 'approved'), sql`${assets.id} <> ${row.id}`))
    .limit(1);
  return twin ? `${key}#${id}` : key;
}

async function moveWhole(tx: Tx, row: Asset, more: More): Promise<void> {
  const { to, toName, overseer, system } = more;
  await tx
    .update(assets)
    .set({
      organisation: to,
      organisationName: toName,
      overseer,
      system,
      key: await keyAt(tx, row, more, row.id),
      version: row.version + 1,
    })
    .where(eq(assets.id, row.id));
}

async function cut(tx: Tx, ctx: Ctx, row: Asset, more: More & { id: string }): Promise<void> {
  const { to, toName, overseer, on, reason, system, id } = more;
  const ended = await tx
    .update(assets)
    .set({ validTo: on, reason, version: row.version + 1 })
    .where(and(eq(assets.id, row.id), eq(assets.version, row.version)))
    .returning({ id: assets.id });
  if (ended.length === 0) changed();
  const { writtenAt: _, ...copy } = row;
  await tx.insert(assets).values({
    ...copy,
    id,
    organisation: to,
    organisationName: toName,
    overseer,
    key: await keyAt(tx, row, more, id),
    system,
    validFrom: on,
    continues: row.id,
    reason,
    claimedBy: actorKey(ctx.actor),
    claimedByName: ctx.actor.name,
    claimedAt: isoInstant(ctx.clock.now()),
    ...decidedNow(ctx),
    version: 1,
  });
}
