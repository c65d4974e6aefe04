import { type Ctx, inSnapshot } from '@vonggac/store';
import { namingOf } from './names.ts';

/** An organisation as something of that day names it. */
export type OnDay = { ids: readonly string[]; day: string };

/**
 * What organisations were called on the days of what mentions them, namesakes told apart: one map for each of
 * `mentions`, in their order. Ids that are no organisation, or outside the actor's directory, are left out.
 */
export async function nameOnDays(ctx: Ctx, mentions: readonly OnDay[]): Promise<Map<string, string>[]> {
  const ids = new Set(mentions.flatMap((one) => one.ids));
  if (ids.size === 0) return mentions.map(() => new Map());
  const nameOn = await inSnapshot(ctx, (tx) => namingOf(tx, ids, [...new Set(mentions.map(({ day }) => day))]));
  return mentions.map((one) => {
    const named = one.ids.flatMap((id) => nameOn(id, one.day) ?? []);
    return new Map(named.map(({ id, qualifiedName }) => [id, qualifiedName]));
  });
}
