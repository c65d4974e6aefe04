import type { Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { namesOf } from '../organisations/index.ts';
import { assets } from './tables.ts';

/**
 * How organisations are called on a day; one that the actor's authority oversees without having it in the directory, as a hospital below a
 * department, by the name that stands in the register.
 */
export async function unitNamesOf(tx: Tx, ids: readonly string[], day: string): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)];
  const names = new Map([...(await namesOf(tx, wanted, day))].map(([id, { qualifiedName }]) => [id, qualifiedName]));
  const missing = wanted.filter((id) => !names.has(id));
  if (missing.length === 0) return names;
  const { rows } = await tx.execute<{ organisation: string; name: string }>(sql`
    select distinct on (organisation) organisation, organisation_name as name from ${assets}
    where organisation = any(${sql.param(missing)}::uuid[]) order by organisation, written_at desc`);
  for (const { organisation, name } of rows) names.set(organisation, name);
  return names;
}
