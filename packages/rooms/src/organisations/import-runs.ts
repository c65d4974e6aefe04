import { conflict, type DomainError, isoInstant, newId, type Text } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, type Tx } from '@vonggac/store';
import { and, eq, inArray, not, or, sql } from 'drizzle-orm';
import { may, reachOf } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { DOER_RIGHTS, LIST_DOERS } from './import-doers.ts';
import type { Doer, ImportKind, ImportPlace } from './import-model.ts';
import { fetchImport, type Import, sourceOf } from './import-source.ts';
import { type Carried, goesOn, pgCode, takeIn } from './import-steps.ts';
import { takeBack } from './import-take-back.ts';
import { getImportRun, type ImportRun, isStale, undoUntilOf } from './import-view.ts';
import { today } from './internal.ts';
import { imports } from './tables.ts';

/** What a run needs besides its rows. */
export type Hands = {
  doers: Readonly<Partial<Record<ImportKind, Doer>>>;
  /** The actor as of now, asked before every batch. @throws DomainError when he may no longer act */
  refresh(ctx: Ctx): Promise<Ctx>;
  /** How long an answer waits for a short run to end. @unit milliseconds */
  wait: number;
};

const WAIT = 1500;
const BEAT = 5000;

/** The reach as of now: what has been made meanwhile is in it, what was taken away is not. */
async function newReach(ctx: Ctx): Promise<Ctx> {
  return { ...ctx, scope: await reachOf(ctx.stores.pool, ctx.actor.organisation, today(ctx)) };
}

const handsOf = (more: Partial<Hands> | undefined): Hands => ({ doers: LIST_DOERS, refresh: newReach, wait: WAIT, ...more });

type Live = { pool: Ctx['stores']['pool']; stopping: boolean; work: Promise<void> };
const live = new Map<string, Live>();

function busy(): DomainError {
  return conflict('import.busy', {
    vi: 'Đang có một lần nhập cùng loại của đơn vị chưa xong. Chờ lần đó xong hoặc dừng lần đó rồi nhập.',
    en: 'Another import of this kind is still running for your organisation. Wait for it or cancel it first.',
  });
}

function notNow(state: Import['state']): DomainError {
  if (state === 'running' || state === 'undoing')
    return conflict('import.running', { vi: 'Lần nhập này đang chạy.', en: 'This import is running already.' });
  return conflict('import.done', {
    vi: 'Tệp này đã được nhập. Tải tệp lên lại nếu muốn nhập lần nữa.',
    en: 'This upload was already imported. Upload the file again to repeat it.',
  });
}

type Claim = {
  from: readonly Import['state'][];
  /** A state that its runner left without a sign of life counts as `from` too. */
  stale: 'running' | 'undoing';
  set: Partial<typeof imports.$inferInsert>;
  action: string;
};

/** Makes this process the only one that works on it. @throws DomainError `import.busy`, `import.running`, `import.done` */
async function claim(ctx: Ctx, found: Import, doer: Doer, { from, stale, set, action }: Claim): Promise<Import> {
  may(ctx, doer.permission);
  return inTransaction(ctx, async (tx) => {
    await endStale(tx, found);
    const [mine] = await tx
      .update(imports)
      .set({ ...set, runner: newId(), beatAt: sql`clock_timestamp()`, cancelAsked: false, fault: null })
      .where(and(eq(imports.id, found.id), or(inArray(imports.state, [...from]), and(eq(imports.state, stale), isStale))))
      .returning();
    if (!mine) throw notNow((await fetchImport(tx, ctx, found.id)).state);
    await record(tx, ctx, {
      action: `${doer.room}.${action}`,
      subject: { kind: 'import', id: found.id },
      after: { kind: mine.kind, total: mine.total, done: mine.done },
    });
    return mine;
  }).catch((error: unknown) => {
    throw pgCode(error) === '23505' ? busy() : error;
  });
}

/** Other runs that were left without a sign of life make room; they can be gone on with later. */
async function endStale(tx: Tx, found: Import): Promise<void> {
  const others = and(
    eq(imports.organisation, found.organisation),
    eq(imports.kind, found.kind),
    sql`${imports.id} <> ${found.id}`,
    isStale,
  );
  await tx
    .update(imports)
    .set({ state: sql`case ${imports.state} when 'undoing' then 'done' else 'stopped' end`, runner: null })
    .where(others);
}

function doerOf(hands: Hands, kind: ImportKind): Doer {
  const doer = hands.doers[kind];
  if (!doer) throw new Error(`no doer for imports of ${kind}`);
  return doer;
}

/** Sets off the work in the background, shows signs of life meanwhile, and waits a little for its end. */
async function setOff(ctx: Ctx, run: Carried, hands: Hands, work: (carried: Carried) => Promise<void>): Promise<ImportRun> {
  const beat = setInterval(() => void goesOn(run).catch(() => undefined), BEAT).unref();
  const entry: Live = { pool: ctx.stores.pool, stopping: false, work: Promise.resolve() };
  run.stopping = () => entry.stopping;
  entry.work = work(run).finally(() => {
    clearInterval(beat);
    if (live.get(run.id) === entry) live.delete(run.id);
  });
  live.set(run.id, entry);
  await Promise.race([entry.work, new Promise((done) => setTimeout(done, hands.wait).unref())]);
  return getImportRun(ctx, run.id);
}

const carried = (ctx: Ctx, mine: Import, doer: Doer, hands: Hands): Carried => ({
  id: mine.id,
  runner: mine.runner!,
  ctx,
  doer,
  refresh: hands.refresh,
  stopping: () => false,
});

/**
 * Starts taking the rows of an upload in, batch by batch; short lists are done when this answers. Taking the same list in
 * again changes nothing.
 * @throws DomainError `import.done`, `import.running`, `import.busy`
 */
export async function runImport(ctx: Ctx, id: string, place: ImportPlace, more?: Partial<Hands>): Promise<ImportRun> {
  const hands = handsOf(more);
  const found = await inSnapshot(ctx, (tx) => fetchImport(tx, ctx, id));
  const doer = doerOf(hands, found.kind);
  const source = await sourceOf(ctx, { ...found, place }, doer);
  const startedAt = isoInstant(ctx.clock.now());
  const mine = await claim(ctx, found, doer, {
    from: ['read'],
    stale: 'running',
    set: { state: 'running', place, total: source.rows.length, startedAt },
    action: 'import_started',
  });
  return setOff(ctx, carried(ctx, mine, doer, hands), hands, (run) => takeIn(run, mine, source.rows));
}

/** Goes on where a run stopped or was cancelled. @throws DomainError `import.done`, `import.running`, `import.busy` */
export async function continueImport(ctx: Ctx, id: string, more?: Partial<Hands>): Promise<ImportRun> {
  const hands = handsOf(more);
  const found = await inSnapshot(ctx, (tx) => fetchImport(tx, ctx, id));
  const doer = doerOf(hands, found.kind);
  const source = await sourceOf(ctx, found, doer);
  const mine = await claim(ctx, found, doer, {
    from: ['stopped', 'cancelled'],
    stale: 'running',
    set: { state: 'running', finishedAt: null },
    action: 'import_continued',
  });
  return setOff(ctx, carried(ctx, mine, doer, hands), hands, (run) => takeIn(run, mine, source.rows));
}

/** Asks a run to end after the batch at hand; what is taken in stays. */
export async function cancelImport(ctx: Ctx, id: string): Promise<ImportRun> {
  await inTransaction(ctx, async (tx) => {
    const found = await fetchImport(tx, ctx, id);
    const asked = await tx
      .update(imports)
      .set({ cancelAsked: true })
      .where(and(eq(imports.id, id), eq(imports.state, 'running'), not(isStale)))
      .returning({ id: imports.id });
    if (asked.length === 0)
      throw conflict('import.not_running', { vi: 'Lần nhập này không còn chạy.', en: 'This import is not running any more.' });
    const { room } = DOER_RIGHTS[found.kind];
    await record(tx, ctx, { action: `${room}.import_cancel_asked`, subject: { kind: 'import', id } });
  });
  return getImportRun(ctx, id);
}

const OVER: Text = {
  vi: 'Đã quá thời hạn hoàn tác, hoặc không còn gì để hoàn tác.',
  en: 'The time for undoing is over, or there is nothing left to undo.',
};

/**
 * Takes back what a run made or changed, the last row first; what something hangs on stays, with the reason.
 * @throws DomainError `import.not_undoable` after `UNDO_DAYS`
 */
export async function undoImport(ctx: Ctx, id: string, more?: Partial<Hands>): Promise<ImportRun> {
  const hands = handsOf(more);
  const found = await inSnapshot(ctx, (tx) => fetchImport(tx, ctx, id));
  const doer = doerOf(hands, found.kind);
  const { undoUntil, state } = await getImportRun(ctx, id);
  if (undoUntil === null && state !== 'running' && state !== 'undoing') throw conflict('import.not_undoable', OVER);
  const finishedAt = undoUntilOf(found) === null ? { finishedAt: isoInstant(ctx.clock.now()) } : {};
  const from = ['done', 'cancelled', 'stopped'] as const;
  // A run that died is ended here first, so that its rows can be taken back.
  await inTransaction(ctx, async (tx) => {
    await fetchImport(tx, ctx, id);
    await tx
      .update(imports)
      .set({ state: 'stopped' })
      .where(and(eq(imports.id, id), eq(imports.state, 'running'), isStale));
  });
  const mine = await claim(ctx, found, doer, {
    from,
    stale: 'undoing',
    set: { state: 'undoing', ...finishedAt },
    action: 'import_undo_started',
  });
  return setOff(ctx, carried(ctx, mine, doer, hands), hands, takeBack);
}

/** Ends what runs in this process at its next batch, before the stores close; it can be gone on with. */
export async function stopImports(pool: Ctx['stores']['pool']): Promise<void> {
  const mine = [...live.values()].filter((one) => one.pool === pool);
  for (const one of mine) one.stopping = true;
  await Promise.allSettled(mine.map((one) => one.work));
}
