import type { Tx } from '@vonggac/store';
import { and, asc, eq, gt } from 'drizzle-orm';
import { periods, tasks } from '../tables.ts';

/** How the agency took what was entered for it: marked where it stands, which may be a reporting period that has ended since. */
export async function markDeclared(
  tx: Tx,
  { task, enteredAt }: { task: string; enteredAt: string },
  declared: 'contested' | null,
): Promise<void> {
  const [past] = await tx
    .select({ id: periods.id })
    .from(periods)
    .where(and(eq(periods.task, task), gt(periods.closedAt, enteredAt)))
    .orderBy(asc(periods.closedAt), asc(periods.number))
    .limit(1);
  if (past) await tx.update(periods).set({ declared }).where(eq(periods.id, past.id));
  else await tx.update(tasks).set({ declared }).where(eq(tasks.id, task));
}
