import { fold } from '@vonggac/kernel';
import { containing, type Ctx, inSnapshot, literally } from '@vonggac/store';
import { and, desc, eq, gte, ilike, lt, lte, or, type SQL, sql, type Column } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { audit } from './tables.ts';

export type AuditQuery = {
  before?: string | undefined;
  limit: number;
  action?: string | undefined;
  q?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  subject?: string | undefined;
};

/** The log within the actor's reach, newest first, paged by the last id seen. */
export async function listAudit(ctx: Ctx, query: AuditQuery) {
  may(ctx, 'audit:read');
  return inSnapshot(ctx, async (tx) => {
    const q = query.q ? containing(fold(query.q)) : undefined;
    const rows = await tx
      .select()
      .from(audit)
      .where(
        and(
          query.before ? lt(audit.id, query.before) : undefined,
          query.action ? ilike(audit.action, `${literally(query.action)}%`) : undefined,
          query.subject ? eq(audit.subjectId, query.subject) : undefined,
          query.from ? gte(audit.at, query.from) : undefined,
          query.to ? lte(audit.at, query.to) : undefined,
          q ? or(ilike(folded(audit.actorName), q), ilike(audit.action, q), ilike(folded(audit.reason), q)) : undefined,
        ),
      )
      .orderBy(desc(audit.id))
      .limit(query.limit + 1);
    const items = rows.slice(0, query.limit);
    return { items, next: rows.length > query.limit ? items.at(-1)!.id : null };
  });
}

/** What `fold` of the kernel makes of a column, so that words are found with and without diacritics. */
function folded(column: Column): SQL {
  return sql`replace(regexp_replace(lower(normalize(${column}, NFD)), '[\\u0300-\\u036f]', '', 'g'), 'đ', 'd')`;
}
