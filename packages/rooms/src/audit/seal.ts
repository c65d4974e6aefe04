import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { asc, desc, inArray, sql } from 'drizzle-orm';
import { GENESIS, linkHash } from './model.ts';
import { audit, auditSeals, auditUnsealed } from './tables.ts';

const BATCH = 500;
const ONE_SEALER = 7401;

/** Chains what is committed and not yet chained, oldest first. @returns how many rows were sealed */
export async function sealAudit(ctx: Ctx): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${ONE_SEALER})`);
    const waiting = await tx.select({ id: auditUnsealed.id }).from(auditUnsealed).orderBy(asc(auditUnsealed.id)).limit(BATCH);
    if (waiting.length === 0) return 0;
    const ids = waiting.map((row) => row.id);
    const rows = await tx.select().from(audit).where(inArray(audit.id, ids)).orderBy(asc(audit.id));
    let { seq, hash } = await headOf(tx);
    const links = rows.map((row) => {
      hash = linkHash(hash, row);
      seq += 1;
      return { seq, row: row.id, hash };
    });
    if (links.length > 0) await tx.insert(auditSeals).values(links);
    await tx.delete(auditUnsealed).where(
      inArray(
        auditUnsealed.id,
        rows.map((row) => row.id),
      ),
    );
    return links.length;
  });
}

/** The newest link, or the genesis. */
export async function headOf(tx: Tx): Promise<{ seq: number; hash: string }> {
  const [head] = await tx.select().from(auditSeals).orderBy(desc(auditSeals.seq)).limit(1);
  return head ? { seq: head.seq, hash: head.hash } : { seq: 0, hash: GENESIS };
}
