import { type Ctx, inSnapshot } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { validOn } from './dated.ts';
import { today } from './internal.ts';
import { namesOf } from './names.ts';
import { organisationParents, organisations } from './tables.ts';

/** The tree as of a day: every organisation whose name the actor may know and that exists on it, under its parent of that day. */
export async function treeOf(ctx: Ctx, on: string | undefined) {
  const day = on ?? today(ctx);
  return inSnapshot(ctx, async (tx) => {
    const { rows } = await tx.execute<{ id: string; parent: string | null }>(sql`
      select o.id, p.parent from ${organisations} o
      left join ${organisationParents} p on p.organisation = o.id and ${validOn(sql`p.valid_from`, sql`p.valid_to`, day)}
      where ${validOn(sql`o.exists_from`, sql`o.exists_to`, day)} order by o.name collate "vi-x-icu"`);
    const names = await namesOf(
      tx,
      rows.map((row) => row.id),
      day,
    );
    const shown = new Set(rows.map((row) => row.id));
    const own = new Set(ctx.scope.organisations);
    const supervised = new Set(ctx.scope.supervised);
    return {
      on: day,
      nodes: rows.map(({ id, parent }) => ({
        id,
        parent: parent !== null && shown.has(parent) ? parent : null,
        name: names.get(id)!.qualifiedName,
        kind: names.get(id)!.kind,
        own: own.has(id),
        supervised: supervised.has(id),
      })),
    };
  });
}
