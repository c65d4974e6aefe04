import { DomainError, isoInstant, type Text } from '@vonggac/kernel';
import { type Ctx, inBatch, inTransaction, raise, readFreely, type Tx } from '@vonggac/store';
import { and, eq, sql } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import type { ListFinished, RowsMatched } from './events.ts';
import { factsOf, INTERRUPTED, type List, livingLists, type Sender } from './internal.ts';
import type { Matcher } from './matcher.ts';
import type { ListCounts } from './model.ts';
import { type Placed, placedBatches, type PlacedBatch } from './placed.ts';
import { untimedOf } from './settings.ts';
import { takePlaceOf } from './supersede.ts';
import { lists } from './tables.ts';
import { isMatched } from './try-list.ts';
import { dropAhead, knownKeys, writeRefusals, writeRows } from './write-rows.ts';

/** A run in the hands of this process. */
export type Carried = {
  list: List;
  sender: Sender;
  matcher: Matcher;
  ctx: Ctx;
  /** The actor as of now, asked before every batch. @throws DomainError when he may no longer act */
  refresh(ctx: Ctx): Promise<Ctx>;
  stopping(): boolean;
};

const FAILED: Text = {
  vi: 'Máy chủ gặp lỗi khi nhập. Những dòng đã nhập vẫn được giữ; có thể nhập tiếp.',
  en: 'The server failed during the import. The rows taken in so far are kept; you can go on.',
};

/** Somebody else has taken the run over. */
class LostError extends Error {}

/** Writes how far the run is, with a sign of life. @returns whether it is asked to end */
async function progress(tx: Tx, run: Carried, set: Partial<List>): Promise<boolean> {
  const [row] = await tx
    .update(lists)
    .set({ ...set, beatAt: sql`clock_timestamp()` })
    .where(and(eq(lists.id, run.list.id), eq(lists.runner, run.list.runner!), eq(lists.state, 'running')))
    .returning({ cancelAsked: lists.cancelAsked });
  if (!row) throw new LostError('another process runs this list');
  return row.cancelAsked;
}

/** A sign of life. */
export async function beat(run: Carried): Promise<void> {
  await inTransaction(run.ctx, (tx) => progress(tx, run, {}));
}

function added(counts: ListCounts, rows: readonly Placed[], refused: number): ListCounts {
  const sum = { ...counts, rows: counts.rows + rows.length, refused: counts.refused + refused };
  for (const { isSame, target } of rows) {
    if (isSame) sum.same++;
    if (target === null) sum.unmatched++;
    else sum.matched++;
  }
  return sum;
}

/**
 * Writes the rows of a batch, ahead of what they make: the next ones are written while these are folded into findings. A run that
 * breaks off leaves at most one batch of them behind (`dropAhead`).
 */
async function keepRows(run: Carried, batch: PlacedBatch): Promise<void> {
  const ctx = await run.refresh(run.ctx);
  may(ctx, 'lists:write');
  const { list } = run;
  await inBatch(ctx, async (tx) => {
    await mustBeMine(tx, run);
    const living = await livingLists(tx, list.sender, null, list.exercise);
    const known = await knownKeys(
      tx,
      batch.rows.map(({ key }) => key),
      living,
    );
    for (const row of batch.rows) {
      row.isSame = known.has(row.key);
      known.add(row.key);
    }
    await writeRows(tx, { list: list.id, organisation: list.organisation }, batch.rows);
    await writeRefusals(tx, { list: list.id, organisation: list.organisation }, batch.refusals);
  });
}

async function mustBeMine(tx: Tx, { list }: Carried): Promise<void> {
  const mine = await tx.$count(lists, and(eq(lists.id, list.id), eq(lists.runner, list.runner!)));
  if (mine === 0) throw new LostError('another process runs this list');
}

/** Takes back rows that were written ahead and are not folded. */
async function dropMine(run: Carried): Promise<void> {
  await inTransaction(run.ctx, async (tx) => {
    // The row is held meanwhile, so that nobody goes on with the list before they are gone.
    const [mine] = await tx
      .select({ done: lists.done })
      .from(lists)
      .where(and(eq(lists.id, run.list.id), eq(lists.runner, run.list.runner!)))
      .for('update');
    if (mine !== undefined) await dropAhead(tx, run.list.id, mine.done);
  });
}

/** Folds the rows of a batch, which stand there by now, into findings, and says how far the run is; all of it or nothing. */
async function foldBatch(run: Carried, batch: PlacedBatch, isLast: boolean): Promise<boolean> {
  const ctx = await run.refresh(run.ctx);
  may(ctx, 'lists:write');
  const { list } = run;
  const next = await inBatch(ctx, async (tx) => {
    const fact = matchedFact(run, batch.rows);
    if (fact.rows.length > 0) await raise(tx, ctx, fact);
    const sum = added(list.counts, batch.rows, batch.refusals.length);
    const counts = {
      ...sum,
      findingsNew: sum.findingsNew + fact.counts.findingsNew,
      findingsAgain: sum.findingsAgain + fact.counts.findingsAgain,
    };
    const isAsked = await progress(tx, run, { done: batch.last, counts, extraNames: [...batch.extraNames] });
    if (isLast) await readFreely(tx);
    if (isLast) await finish(tx, ctx, { ...run, list: { ...list, counts, done: batch.last } });
    else if (isAsked) await endIn(tx, ctx, run, { state: 'cancelled', action: 'list_cancelled', after: { counts } });
    return { counts, ended: isLast || isAsked };
  });
  list.counts = next.counts;
  return next.ended;
}

export function matchedFact(run: Pick<Carried, 'list' | 'sender'>, rows: readonly Placed[]): RowsMatched {
  return {
    name: 'intelligence.rows-matched',
    list: factsOf(run.list, run.sender),
    rows: rows.filter(isMatched),
    counts: { findingsNew: 0, findingsAgain: 0 },
  };
}

/** Every row is in: what it corrects gives way, then it may judge. */
async function finish(tx: Tx, ctx: Ctx, run: Carried): Promise<void> {
  const finishedAt = isoInstant(ctx.clock.now());
  const correction = run.list.supersedes === null ? null : await takePlaceOf(tx, ctx, run, run.list.supersedes);
  const after = { counts: run.list.counts, correction };
  await endIn(tx, ctx, run, { state: 'done', action: 'list_taken_in', after, set: { finishedAt, correction, total: run.list.done } });
  const fact: ListFinished = { name: 'intelligence.list-finished', list: factsOf(run.list, run.sender) };
  await raise(tx, ctx, fact);
}

type End = { state: List['state']; action: string; fault?: Text; after?: unknown; set?: Partial<List> };

async function endIn(tx: Tx, ctx: Ctx, run: Carried, { state, action, fault, after, set }: End): Promise<void> {
  await progress(tx, run, { ...set, state, fault: fault ?? null });
  await record(tx, ctx, { action: `intelligence.${action}`, subject: { kind: 'list', id: run.list.id }, after });
}

/** The batches until the last: while one is folded the next is written, and the one after it is read. */
async function takeAll(run: Carried): Promise<boolean> {
  const { list, ctx, matcher } = run;
  const mapping = list.mapping!;
  const untimed = untimedOf({ mapping, coversTo: list.coversTo });
  const path = ctx.stores.files.pathOf(list.sha256);
  const batches = placedBatches({ path, name: list.name, mapping, matcher, untimed, after: list.done });
  try {
    let held = (await batches.next()).value!;
    let coming = batches.next();
    await keepRows(run, held);
    for (let next = await coming; !next.done; next = await coming) {
      if (run.stopping()) return false;
      const folding = foldBatch(run, held, false);
      const keeping = keepRows(run, next.value);
      coming = batches.next();
      await Promise.allSettled([folding, keeping, coming]);
      if (await folding) return true;
      await keeping;
      held = next.value;
    }
    return await foldBatch(run, held, true);
  } finally {
    await batches.return(undefined);
  }
}

/** Takes the rest of the rows in; whatever ends it early leaves a state that says so. */
export async function takeIn(run: Carried): Promise<void> {
  const stop = async (fault: Text): Promise<void> => {
    await dropMine(run);
    await inTransaction(run.ctx, (tx) => endIn(tx, run.ctx, run, { state: 'stopped', action: 'list_stopped', fault }));
  };
  try {
    if (await takeAll(run)) await dropMine(run);
    else await stop(INTERRUPTED);
  } catch (error) {
    if (error instanceof LostError) return;
    // Where even this cannot be written, the missing sign of life says it, and whoever goes on drops what is ahead.
    await stop(error instanceof DomainError ? error.text : FAILED).catch(() => undefined);
  }
}
