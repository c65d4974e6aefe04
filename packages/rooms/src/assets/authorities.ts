import type { Ctx, Tx } from '@vonggac/store';
import { today } from './internal.ts';
import { overseerIn, readTree } from './overseer.ts';

/** The authority that oversees what each organisation holds, today. */
export async function authoritiesOf(tx: Tx, ctx: Ctx, organisations: readonly string[]): Promise<Map<string, string>> {
  const tree = await readTree(tx, today(ctx));
  return new Map(organisations.map((id) => [id, overseerIn(tree, id)]));
}

/** The same for those that stand in the tree today: what ended keeps its last authority. `oversees` says who still oversees anybody. */
export async function livingAuthorities(
  tx: Tx,
  ctx: Ctx,
  organisations: readonly string[],
): Promise<{ of: Map<string, string>; oversees: ReadonlySet<string> }> {
  const tree = await readTree(tx, today(ctx));
  const living = organisations.filter((id) => tree.parents.has(id) || tree.supervisors.has(id) || tree.authorities.has(id));
  return { of: new Map(living.map((id) => [id, overseerIn(tree, id)])), oversees: tree.authorities };
}
