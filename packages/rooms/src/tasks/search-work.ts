import { fold } from '@vonggac/kernel';
import { containing, type Ctx, folded, inSnapshot, isoOf, literally } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { TODO_STATES } from './model.ts';
import { cardKey } from './my-work.ts';
import { list } from './sql-list.ts';

/** A card of what the acting organisation has to do, as far as a search shows it; `due` null where the document names no day. */
export type FoundWork = { directive: string; organisation: string; subject: string; code: string | null; due: string | null };

/**
 * What the acting organisation has to do and that speaks of every word of `q` in its document's subject, its number or one of its items,
 * diacritics or not. Where the words stand together in the subject comes first, then where they do anywhere, then what is due first.
 */
export async function searchWork(ctx: Ctx, q: string, limit: number): Promise<FoundWork[]> {
  const { organisation } = ctx.actor;
  const typed = fold(q).trim();
  const words = typed.split(' ').filter(Boolean);
  const spoken = sql`d.subject || ' ' || coalesce(d.code, '') || ' ' || string_agg(q.text, ' ' order by q.position)`;
  const together = `% ${literally(typed)}%`;
  return inSnapshot(ctx, async (tx) => {
    const { rows } = await tx.execute<FoundWork>(sql`
      select directive, subject, code, due from (
        select t.directive, d.subject, d.code, min(t.due) as due, max(t.changed_at) as changed, ' ' || ${folded(spoken)} as said
        from tasks t
        join receipts r on r.directive = t.directive and r.organisation = t.organisation
        join directives d on d.id = t.directive
        join requirements q on q.id = t.requirement
        where t.organisation = ${organisation} and t.state in (${list(TODO_STATES)})
        group by t.directive, d.subject, d.code, ${cardKey}
      ) card
      where said like all(${sql.param(words.map(containing))}::text[])
      order by case when ' ' || ${folded(sql`subject`)} like ${together} then 0 when said like ${together} then 1 else 2 end,
        due nulls last, changed desc, directive
      limit ${limit}`);
    return rows.map((row) => ({ ...row, organisation, due: row.due === null ? null : isoOf(row.due) }));
  });
}
