import { millisecondsOf } from '@vonggac/kernel';
import { type Ctx, inSnapshot } from '@vonggac/store';
import { asc, count, desc, eq, like } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { lastAnchor } from './anchor.ts';
import { audit, auditSeals, auditUnsealed } from './tables.ts';

export type AuditStanding = {
  /** Length of the chain. */
  head: number;
  lastSealedAt: string | null;
  /** Rows that wait for the sealer, and since when the oldest does. */
  waiting: number;
  waitingSince: string | null;
  anchor: { seq: number; at: string } | null;
};

/** How the chain stands, in a context that reaches everything. @param file of the anchors */
export async function auditStanding(ctx: Ctx, file: string): Promise<AuditStanding> {
  may(ctx, 'audit:read');
  const anchor = lastAnchor(file);
  return inSnapshot(ctx, async (tx) => {
    const [last] = await tx
      .select({ seq: auditSeals.seq, at: audit.at })
      .from(auditSeals)
      .leftJoin(audit, eq(audit.id, auditSeals.row))
      .orderBy(desc(auditSeals.seq))
      .limit(1);
    const [{ waiting } = { waiting: 0 }] = await tx.select({ waiting: count() }).from(auditUnsealed);
    const [oldest] = await tx.select().from(auditUnsealed).orderBy(asc(auditUnsealed.id)).limit(1);
    return {
      head: last?.seq ?? 0,
      lastSealedAt: last?.at ?? null,
      waiting,
      waitingSince: oldest ? Temporal.Instant.fromEpochMilliseconds(millisecondsOf(oldest.id)).toString() : null,
      anchor: anchor && { seq: anchor.seq, at: anchor.at },
    };
  });
}

/** The newest row's id; null where nothing was ever recorded. Reads with a context that reaches everything. */
export async function newestAudit(ctx: Ctx): Promise<string | null> {
  const [row] = await inSnapshot(ctx, (tx) => tx.select({ id: audit.id }).from(audit).orderBy(desc(audit.id)).limit(1));
  return row?.id ?? null;
}

/** The newest rows whose action begins with `prefix`. */
export async function newestActs(ctx: Ctx, prefix: string, limit: number): Promise<{ at: string; action: string; after: unknown }[]> {
  may(ctx, 'audit:read');
  return inSnapshot(ctx, (tx) =>
    tx
      .select({ at: audit.at, action: audit.action, after: audit.after })
      .from(audit)
      .where(like(audit.action, `${prefix}%`))
      .orderBy(desc(audit.id))
      .limit(limit),
  );
}
