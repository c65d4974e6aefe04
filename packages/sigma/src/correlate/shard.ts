import type { Correlation } from '../model.ts';

/**
 * Which of `of` processes keeps this group.
 * @param key the group's key, as a correlator makes it
 * @returns 0 to `of` - 1, spread evenly (FNV-1a, 32 bit)
 */
export function shardOf(key: string, of: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193) >>> 0;
  return hash % of;
}

/**
 * What decides which process has a group: correlations that stand upon each other must be together. Where they all group by the same
 * fields, the group's values decide; otherwise the whole family is with one process.
 * @returns correlation id → family, and whether its groups may be apart
 */
export function familiesOf(correlations: readonly Correlation[]): ReadonlyMap<string, { readonly name: string; readonly apart: boolean }> {
  const byId = new Map(correlations.map((correlation) => [correlation.id, correlation]));
  const root = new Map(correlations.map(({ id }) => [id, id]));
  const rootOf = (id: string): string => (root.get(id) === id ? id : rootOf(root.get(id) ?? id));
  for (const { id, rules } of correlations) for (const rule of rules) if (byId.has(rule)) root.set(rootOf(rule), rootOf(id));
  const members = Map.groupBy(correlations, ({ id }) => rootOf(id));
  return new Map(
    correlations.map(({ id }) => {
      const family = members.get(rootOf(id)) ?? [];
      const alike = family.every((one) => one.groupBy.join('\n') === family[0]?.groupBy.join('\n') && one.aliases.size === 0);
      return [id, { name: rootOf(id), apart: family.length === 1 || alike }];
    }),
  );
}
