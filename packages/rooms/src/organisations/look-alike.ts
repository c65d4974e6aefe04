import { fold } from '@vonggac/kernel';
import type { Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { validOn } from './dated.ts';
import { organisationNames, organisationParents, organisations } from './tables.ts';

/** The organisation that bears this name (or alias) on the day under the same parent; with no parent, one that has none. */
export async function lookAlike(tx: Tx, name: string, parent: string | null, day: string): Promise<string | null> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select o.id from ${organisationNames} n join ${organisations} o on o.id = n.organisation
    left join ${organisationParents} p on p.organisation = o.id and ${validOn(sql`p.valid_from`, sql`p.valid_to`, day)}
    where n.folded = ${fold(name)} and ${validOn(sql`n.valid_from`, sql`n.valid_to`, day)} and ${validOn(sql`o.exists_from`, sql`o.exists_to`, day)}
      and p.parent is not distinct from ${parent}::uuid limit 1`);
  return rows[0]?.id ?? null;
}
