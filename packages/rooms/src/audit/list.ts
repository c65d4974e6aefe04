import { fold } from '@vonggac/kernel';
import { containing, type Ctx, folded, inSnapshot, literally } from '@vonggac/store';
import { and, desc, eq, gte, ilike, like, lt, lte, or } from 'drizzle-orm';
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
          q ? or(like(folded(audit.actorName), q), like(audit.action, q), like(folded(audit.reason), q)) : undefined,
        ),
      )
      .orderBy(desc(audit.id))
      .limit(query.limit + 1);
    const items = rows.slice(0, query.limit);
    return { items, next: rows.length > query.limit ? items.at(-1)!.id : null };
  });
}
