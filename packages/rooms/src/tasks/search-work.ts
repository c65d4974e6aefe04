import { fold } from '@vonggac/kernel';
import { containing, type Ctx, folded, inSnapshot, isoOf } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { TODO_STATES } from './model.ts';
import { cardKey, list } from './my-work.ts';

/** A card of what the acting organisation has to do, as far as a search shows it; `due` null where the document names no day. */
export type FoundWork = { directive: string; organisation: string; subject: string; code: string | null; due: string | null };

/**
 * What the acting organisation has to do and that speaks of `q` in its document's subject, its number or one of its
 * items, diacritics or not; what is due first stands first.
 */
export async function searchWork(ctx: Ctx, q: string, limit: number): Promise<FoundWork[]> {
  const { organisation } = ctx.actor;
  const spoken = sql`d.subject || ' ' || coalesce(d.code, '') || ' ' || string_agg(q.text, ' ' order by q.position)`;
  return inSnapshot(ctx, async (tx) => {
    const { rows } = await tx.execute<FoundWork>(sql`
      select t.directive, d.subject, d.code, min(t.due) as due
      from tasks t
      join receipts r on r.directive = t.directive and r.organisation = t.organisation
      join directives d on d.id = t.directive
      join requirements q on q.id = t.requirement
      where t.organisation = ${organisation} and t.state in (${list(TODO_STATES)})
      group by t.directive, d.subject, d.code, ${cardKey}
      having ${folded(spoken)} like ${containing(fold(q))}
      order by min(t.due) nulls last, max(t.changed_at) desc, t.directive
      limit ${limit}`);
    return rows.map((row) => ({ ...row, organisation, due: row.due === null ? null : isoOf(row.due) }));
  });
}
