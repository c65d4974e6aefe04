import { type Ctx, raise, type Tx } from '@vonggac/store';
import { and, eq, sql } from 'drizzle-orm';
import { mustReach } from '../access/index.ts';
import { record } from '../audit/index.ts';
import type { ListSuperseded } from './events.ts';
import { changed, factsOf, type List, livingLists, type Sender } from './internal.ts';
import type { Correction } from './model.ts';
import { listRows, lists } from './tables.ts';

const asArray = (ids: readonly string[]) => sql`${`{${ids.join(',')}}`}::uuid[]`;

/**
 * After a list has gone, the first row with each of its keys that a living list of the sender still has is a sighting of its
 * own, not a repetition.
 */
export async function promoteHeirs(tx: Tx, gone: string, living: readonly string[]): Promise<void> {
  if (living.length === 0) return;
  await tx.execute(sql`
    update ${listRows} r set is_same = false
    from (
      select distinct on (o.key) o.list, o.row from ${listRows} o
      where o.list = any(${asArray(living)}) and o.key in (select key from ${listRows} where list = ${gone}::uuid and not is_same)
      order by o.key, o.is_same, o.list, o.row
    ) heir
    where r.list = heir.list and r.row = heir.row and r.is_same`);
}

/** How two lists differ, by the sightings in them. */
async function differences(tx: Tx, list: string, former: string): Promise<Omit<Correction, 'findingsRemoved' | 'findingsKept'>> {
  const { rows } = await tx.execute<{ added: number; same: number; removed: number }>(sql`
    with a as (select distinct key from ${listRows} where list = ${list}::uuid), b as (select distinct key from ${listRows} where list = ${former}::uuid)
    select count(*) filter (where b.key is null)::int as added, count(*) filter (where a.key is not null and b.key is not null)::int as same,
      count(*) filter (where a.key is null)::int as removed
    from a full join b on b.key = a.key`);
  return rows[0]!;
}

/**
 * A corrected list takes the place of the former one: sightings in both move here, those only there are taken back.
 * @throws DomainError `intelligence.changed` when the former one no longer counts
 */
export async function takePlaceOf(tx: Tx, ctx: Ctx, run: { list: List; sender: Sender }, former: string): Promise<Correction> {
  mustReach(ctx, run.list.organisation);
  const [gone] = await tx
    .update(lists)
    .set({ state: 'superseded' })
    .where(and(eq(lists.id, former), eq(lists.state, 'done')))
    .returning({ id: lists.id });
  if (!gone) changed();
  const difference = await differences(tx, run.list.id, former);
  await promoteHeirs(tx, former, await livingLists(tx, run.list.sender, former, run.list.exercise));
  const fact: ListSuperseded = {
    name: 'intelligence.list-superseded',
    list: factsOf(run.list, run.sender),
    former,
    counts: { removed: 0, kept: 0 },
  };
  await raise(tx, ctx, fact);
  const correction = { ...difference, findingsRemoved: fact.counts.removed, findingsKept: fact.counts.kept };
  await record(tx, ctx, {
    action: 'intelligence.list_superseded',
    subject: { kind: 'list', id: former },
    after: { by: run.list.id, ...correction },
  });
  return correction;
}
