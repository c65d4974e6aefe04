import { isoInstant } from '@vonggac/kernel';
import { type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { and, desc, eq, isNull } from 'drizzle-orm';
import { secondFactorResets } from './tables.ts';

const unseen = (person: string) =>
  and(eq(secondFactorResets.person, person), eq(secondFactorResets.state, 'done'), isNull(secondFactorResets.seenAt));

/** Who took one's second factor away and why, until a new one is set up. */
export async function lastReset(ctx: Ctx, person: string) {
  const [row] = await inSnapshot(ctx, (tx) =>
    tx.select().from(secondFactorResets).where(unseen(person)).orderBy(desc(secondFactorResets.decidedAt)).limit(1),
  );
  if (!row) return null;
  return { at: row.decidedAt!, proposedBy: row.proposedByName, decidedBy: row.decidedByName!, reason: row.reason };
}

export async function markResetSeen(tx: Tx, ctx: Ctx, person: string): Promise<void> {
  await tx
    .update(secondFactorResets)
    .set({ seenAt: isoInstant(ctx.clock.now()) })
    .where(unseen(person));
}
