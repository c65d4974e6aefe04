import { notFound } from '@vonggac/kernel';
import { type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { eq, sql } from 'drizzle-orm';
import { reaches } from '../access/index.ts';
import { amongAll, type Asset, today } from './internal.ts';
import { viewsOf } from './list.ts';
import { gapsOf, holdsOn, isEmpty, type Period } from './model.ts';
import { assets } from './tables.ts';

/** One holder in the course of time; `organisation` is null where the actor may not know it. */
export type Held = Period & { id: string | null; organisation: { id: string; name: string } | null; now: boolean; reason: string | null };

/** Who held the same in which days, and what it went on from or into, across changes of its key. */
async function lineOf(ctx: Ctx, row: Asset): Promise<Held[]> {
  const line = async (tx: Tx): Promise<Asset[]> => {
    const found = await tx.execute<{ id: string }>(sql`
      with recursive line as (
        select id, continues from ${assets} where id = ${row.id}
        union select a.id, a.continues from ${assets} a join line l on a.id = l.continues or a.continues = l.id
      ) select id from line union select id from ${assets} where key = ${row.key} limit 200`);
    const ids = found.rows.map(({ id }) => id);
    return tx
      .select()
      .from(assets)
      .where(sql`${assets.id} = any(${sql.param(ids)}::uuid[]) and ${assets.state} = 'approved'`)
      .orderBy(sql`${assets.validFrom} nulls first`, assets.id);
  };
  const rows = await inSnapshot(ctx, (tx) => amongAll(tx, ctx, () => line(tx)));
  const day = today(ctx);
  return rows
    .filter((one) => !isEmpty({ from: one.validFrom, to: one.validTo }))
    .map((one) => {
      const known = reaches(ctx, one.organisation) || reaches(ctx, one.overseer);
      return {
        id: known ? one.id : null,
        organisation: known ? { id: one.organisation, name: one.organisationName } : null,
        from: one.validFrom,
        to: one.validTo,
        now: holdsOn({ from: one.validFrom, to: one.validTo }, day),
        reason: known ? one.reason : null,
      };
    });
}

/** One asset with its holders over time and what belongs to it. @throws DomainError as not found outside of the actor's sight */
export async function getAsset(ctx: Ctx, id: string) {
  const { row, view, parts } = await inSnapshot(ctx, async (tx) => {
    const [found] = await tx.select().from(assets).where(eq(assets.id, id));
    if (!found) throw notFound('asset');
    const [one] = await viewsOf(tx, ctx, [found]);
    const belonging = await tx
      .select({ id: assets.id, kind: assets.kind, name: assets.name })
      .from(assets)
      .where(sql`${assets.system} = ${id} and ${assets.state} in ('claimed', 'approved')`)
      .orderBy(assets.kind, assets.folded)
      .limit(200);
    return { row: found, view: one!, parts: belonging };
  });
  const line = await lineOf(ctx, row);
  return { ...view, line, gaps: gapsOf(line), parts };
}
