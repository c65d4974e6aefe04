import type { Text } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { and, count, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import { may, reachOfHouse } from '../access/index.ts';
import type { DoneRow } from './import-model.ts';
import { type Carried, carryOn, endIn, progress } from './import-steps.ts';
import { today } from './internal.ts';
import { importRows } from './tables.ts';

/** Takes the rows of a run back, the last one first, batch by batch. */
export async function takeBack(run: Carried): Promise<void> {
  await carryOn(run, () => takeBackBatch(run), { state: 'done', action: 'import_undo_stopped' });
}

/** Whether something hangs on a row is asked of the whole house; whether the actor may touch it, of his own reach. */
async function takeBackBatch(run: Carried): Promise<boolean> {
  const actor = await run.refresh(run.ctx);
  may(actor, run.doer.permission);
  const house: Ctx = { ...actor, scope: await reachOfHouse(actor.stores.pool, today(actor)) };
  return inTransaction(house, async (tx) => {
    const rows = await tx
      .select()
      .from(importRows)
      .where(and(eq(importRows.import, run.id), isNotNull(importRows.undo), isNull(importRows.outcome)))
      .orderBy(desc(importRows.row))
      .limit(run.doer.batch);
    if (rows.length === 0) {
      const after = await outcomes(tx, run.id);
      await endIn(tx, actor, run, { state: 'undone', action: 'import_undone', after });
      return true;
    }
    const done = rows.map((row): DoneRow => ({ row: row.row, name: row.name, subject: row.subject!, undo: row.undo! }));
    const kept = await run.doer.undo(tx, actor, done);
    await note(tx, run, done, kept);
    await progress(tx, run, {});
    return false;
  });
}

async function note(tx: Tx, run: Carried, rows: readonly DoneRow[], kept: ReadonlyMap<number, Text>): Promise<void> {
  const undone = rows.filter(({ row }) => !kept.has(row)).map(({ row }) => row);
  if (undone.length > 0)
    await tx
      .update(importRows)
      .set({ outcome: 'undone' })
      .where(and(eq(importRows.import, run.id), inArray(importRows.row, undone)));
  for (const [row, why] of kept)
    await tx
      .update(importRows)
      .set({ outcome: 'kept', why })
      .where(and(eq(importRows.import, run.id), eq(importRows.row, row)));
}

async function outcomes(tx: Tx, id: string): Promise<Record<string, number>> {
  const rows = await tx
    .select({ outcome: importRows.outcome, rows: count() })
    .from(importRows)
    .where(and(eq(importRows.import, id), isNotNull(importRows.outcome)))
    .groupBy(importRows.outcome);
  return Object.fromEntries(rows.map((row) => [row.outcome!, row.rows]));
}
