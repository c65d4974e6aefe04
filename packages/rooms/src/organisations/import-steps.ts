import { DomainError, isoInstant, newId, type Text } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import type { Doer, ImportCounts, Made, PlannedRow, SourceRow } from './import-model.ts';
import { counted, type Import } from './import-source.ts';
import { importRows, imports } from './tables.ts';

/** A run in the hands of this process. */
export type Carried = {
  id: string;
  runner: string;
  ctx: Ctx;
  doer: Doer;
  refresh(ctx: Ctx): Promise<Ctx>;
  stopping(): boolean;
};

export const STOPPED: Text = {
  vi: 'Máy chủ dừng khi đang nhập. Những dòng đã nhập vẫn được giữ.',
  en: 'The server was stopped during the import. The rows taken in so far are kept.',
};
const FAILED: Text = {
  vi: 'Máy chủ gặp lỗi khi nhập. Những dòng đã nhập vẫn được giữ; có thể nhập tiếp.',
  en: 'The server failed during the import. The rows taken in so far are kept; you can go on.',
};

/** The code of PostgreSQL behind an error (SQLSTATE). */
export function pgCode(error: unknown): string | undefined {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  const found = code ?? cause?.code;
  return typeof found === 'string' ? found : undefined;
}

/** Somebody else has taken the run over. */
class LostError extends Error {}

const mineOf = (run: Carried) =>
  and(eq(imports.id, run.id), eq(imports.runner, run.runner), inArray(imports.state, ['running', 'undoing']));

/** A sign of life. */
export async function goesOn(run: Carried): Promise<void> {
  await inTransaction(run.ctx, (tx) =>
    tx
      .update(imports)
      .set({ beatAt: sql`clock_timestamp()` })
      .where(mineOf(run)),
  );
}

/** Writes how far the run is, in the batch's own transaction. @returns whether it is asked to end */
export async function progress(tx: Tx, run: Carried, set: Partial<typeof imports.$inferInsert>): Promise<boolean> {
  const [row] = await tx
    .update(imports)
    .set({ ...set, beatAt: sql`clock_timestamp()` })
    .where(mineOf(run))
    .returning({ cancelAsked: imports.cancelAsked });
  if (!row) throw new LostError('another process runs this import');
  return row.cancelAsked;
}

/** Ends a run in a state, with its audit row. */
export async function endIn(
  tx: Tx,
  ctx: Ctx,
  run: Carried,
  { state, action, fault, after }: { state: Import['state']; action: string; fault?: Text; after?: unknown },
): Promise<void> {
  const finished = state === 'done' || state === 'cancelled';
  const at = isoInstant(ctx.clock.now());
  await progress(tx, run, { state, fault: fault ?? null });
  if (finished)
    await tx
      .update(imports)
      .set({ finishedAt: at })
      .where(and(eq(imports.id, run.id), isNull(imports.finishedAt)));
  await record(tx, ctx, { action: `${run.doer.room}.${action}`, subject: { kind: 'import', id: run.id }, after });
}

/** Does the batches until the last; whatever ends it early leaves a state that says so. */
export async function carryOn(
  run: Carried,
  step: () => Promise<boolean>,
  stopped: { state: Import['state']; action: string },
): Promise<void> {
  try {
    while (!run.stopping()) if (await step()) return;
    await inTransaction(run.ctx, (tx) => endIn(tx, run.ctx, run, { ...stopped, fault: STOPPED }));
  } catch (error) {
    if (error instanceof LostError) return;
    const fault = error instanceof DomainError ? error.text : FAILED;
    // Where even this cannot be written, the missing sign of life says it.
    await inTransaction(run.ctx, (tx) => endIn(tx, run.ctx, run, { ...stopped, fault })).catch(() => undefined);
  }
}

/** Takes the rest of the rows in, batch by batch, each in a transaction of its own. */
export async function takeIn(run: Carried, found: Import, rows: readonly SourceRow[]): Promise<void> {
  const at: Position = { done: found.done, counts: { ...found.counts }, made: [] };
  await carryOn(run, () => takeBatch(run, at, rows), { state: 'stopped', action: 'import_stopped' });
}

/** `made`: what is not yet in the actor's reach because it begins later. */
type Position = { done: number; counts: ImportCounts; made: string[] };

async function takeBatch(run: Carried, at: Position, rows: readonly SourceRow[]): Promise<boolean> {
  const batch = rows.slice(at.done, at.done + run.doer.batch);
  const fresh = batch.map(() => newId());
  const ctx = await run.refresh(run.ctx);
  may(ctx, run.doer.permission);
  const { scope } = ctx;
  const wider: Ctx = {
    ...ctx,
    scope: {
      ...scope,
      organisations: [...new Set([...scope.organisations, ...at.made, ...fresh])],
      directory: [...new Set([...scope.directory, ...at.made, ...fresh])],
    },
  };
  const { next, ended } = await inTransaction(wider, async (tx) => {
    const planned = await run.doer.plan(tx, wider, batch, nextOf(fresh));
    const written = await act(tx, wider, run, planned);
    const counts = sum(at.counts, counted(written));
    const done = at.done + batch.length;
    const isAsked = await progress(tx, run, { done, counts });
    const isLast = done >= rows.length;
    if (isLast) await endIn(tx, ctx, run, { state: 'done', action: 'imported', after: { counts } });
    else if (isAsked)
      await endIn(tx, ctx, run, { state: 'cancelled', action: 'import_cancelled', after: { counts, done, total: rows.length } });
    return { next: { done, counts, made: [...at.made, ...fresh] }, ended: isLast || isAsked };
  });
  Object.assign(at, next);
  return ended;
}

function nextOf(ids: readonly string[]): () => string {
  const left = [...ids];
  return () => left.shift()!;
}

function sum(a: ImportCounts, b: ImportCounts): ImportCounts {
  return { new: a.new + b.new, changed: a.changed + b.changed, same: a.same + b.same, refused: a.refused + b.refused };
}

/** Acts row by row; what the database or a verb refuses is refused alone. */
async function act(tx: Tx, ctx: Ctx, run: Carried, planned: readonly PlannedRow[]): Promise<PlannedRow[]> {
  const written: PlannedRow[] = [];
  const kept: (typeof importRows.$inferInsert)[] = [];
  for (const row of planned) {
    const [result, made] = await actOn(tx, ctx, row);
    written.push(result);
    const { state } = result;
    if (state === 'same') continue;
    kept.push({
      import: run.id,
      organisation: ctx.actor.organisation,
      row: row.row,
      state,
      name: result.name.slice(0, 500),
      changes: result.changes,
      reason: result.reason,
      subject: made?.subject ?? null,
      undo: made?.undo ?? null,
    });
  }
  if (kept.length > 0) await tx.insert(importRows).values(kept);
  return written;
}

async function actOn(tx: Tx, ctx: Ctx, row: PlannedRow): Promise<[PlannedRow, Made | null]> {
  if (row.state === 'same' || row.state === 'refused') return [row, null];
  await tx.execute(sql`savepoint import_row`);
  try {
    const made = await row.act(tx, ctx);
    await tx.execute(sql`release savepoint import_row`);
    return [row, made];
  } catch (error) {
    await tx.execute(sql`rollback to savepoint import_row`);
    const reason = error instanceof DomainError ? error.text : REFUSALS[pgCode(error) ?? ''];
    if (!reason) throw error;
    return [{ ...row, state: 'refused', changes: [], reason }, null];
  }
}

const REFUSALS: Readonly<Record<string, Text>> = {
  '23505': { vi: 'Mã hoặc tên tài khoản này đã được dùng ở nơi khác.', en: 'This code or account name is in use elsewhere.' },
  '23503': { vi: 'Dòng này dựa vào một dòng chưa nhập được.', en: 'This row depends on a row that was not taken in.' },
  '42501': { vi: 'Nội dung này nằm ngoài phạm vi của đơn vị.', en: 'This is outside the scope of your organisation.' },
};
