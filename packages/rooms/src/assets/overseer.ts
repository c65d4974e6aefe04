import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { eq, sql } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { DEFAULT_FIELD, organisationParents, supervisions } from '../organisations/index.ts';
import { assets } from './tables.ts';

type Edge = { organisation: string; above: string };
type Supervision = Edge & { field: string };

export type Tree = { parents: Map<string, string>; supervisors: Map<string, string>; authorities: Set<string> };

const holds = (day: string) =>
  sql`coalesce(valid_from, '-infinity'::date) <= ${day}::date and ${day}::date < coalesce(valid_to, 'infinity'::date)`;

/** Who stands above whom on a day; of several supervisors the one in the field of information security, then the newest. */
export async function readTree(tx: Tx, day: string): Promise<Tree> {
  const { rows: up } = await tx.execute<Edge>(
    sql`select organisation, parent as above from ${organisationParents} where ${holds(day)} order by valid_from nulls first, id`,
  );
  const { rows: over } = await tx.execute<Supervision>(sql`
    select organisation, supervisor as above, field from ${supervisions} where ${holds(day)}
    order by field = ${DEFAULT_FIELD}, valid_from nulls first, id`);
  return {
    parents: new Map(up.map((row) => [row.organisation, row.above])),
    supervisors: new Map(over.map((row) => [row.organisation, row.above])),
    authorities: new Set(over.map((row) => row.above)),
  };
}

/**
 * The authority for what an organisation holds: itself where it supervises others, else its supervisor, else that of the
 * nearest above it, else the topmost itself.
 */
export function overseerIn(tree: Tree, organisation: string): string {
  let at = organisation;
  for (let depth = 0; depth < 20; depth++) {
    if (tree.authorities.has(at)) return at;
    const supervisor = tree.supervisors.get(at);
    if (supervisor !== undefined) return supervisor;
    const parent = tree.parents.get(at);
    if (parent === undefined) return at;
    at = parent;
  }
  return at;
}

/**
 * Gives the register to the authorities of the day, where supervision was taken over or began; what ended keeps its last one.
 * A job of the house.
 */
export async function followOverseers(ctx: Ctx): Promise<void> {
  may(ctx, 'assets:approve');
  await inTransaction(ctx, async (tx) => {
    const tree = await readTree(tx, ctx.scope.day);
    const held = await tx.selectDistinct({ organisation: assets.organisation, overseer: assets.overseer }).from(assets);
    const stands = (id: string): boolean => tree.parents.has(id) || tree.supervisors.has(id) || tree.authorities.has(id);
    for (const organisation of new Set(held.map((row) => row.organisation))) {
      const overseer = overseerIn(tree, organisation);
      const stale = held.some((row) => row.organisation === organisation && row.overseer !== overseer);
      if (!stale || !stands(organisation)) continue;
      await tx.update(assets).set({ overseer }).where(eq(assets.organisation, organisation));
      await record(tx, ctx, {
        action: 'assets.overseer_changed',
        subject: { kind: 'organisation', id: organisation },
        after: { overseer },
        concerns: organisation,
      });
    }
  });
}
