import { actorKey, conflict, type DomainError, isoInstant, newId, shownInstant } from '@vonggac/kernel';
import { breaksIndex, type Ctx, inSnapshot, inTransaction } from '@vonggac/store';
import { and, eq, inArray, not, or, sql } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { stillActing } from '../identity/index.ts';
import { getList, type ListView } from './get.ts';
import { changed, fetchOwn, fetchSender, isStale, type List, matcherOf } from './internal.ts';
import { beat, type Carried, takeIn } from './run-steps.ts';
import { checkSettings, columnsOf, type ListSettings } from './settings.ts';
import { lists, senderMappings } from './tables.ts';
import { dropAhead } from './write-rows.ts';
import { fingerprintOf, type Former, formerOf } from './upload.ts';

/** `wait`: how long an answer waits for a short run to end, in milliseconds. */
export type ListHands = { refresh(ctx: Ctx): Promise<Ctx>; wait: number };
const HANDS: ListHands = { refresh: stillActing, wait: 1500 };
const BEAT = 5000;

type Live = { pool: Ctx['stores']['pool']; stopping: boolean; work: Promise<void> };
const live = new Map<string, Live>();

function sameFile(former: Former): DomainError {
  const on = former.finishedAt === null ? '' : shownInstant(Temporal.Instant.from(former.finishedAt));
  return conflict(
    'intelligence.same_file',
    {
      vi: `Tệp này đã được nhập${on && ` lúc ${on}`} (“${former.title}”). Nhập lại không thay đổi gì.`,
      en: `This file was taken in${on && ` at ${on}`} already (“${former.title}”). Taking it in again changes nothing.`,
    },
    { list: former.id },
  );
}

/** Sets off the work in the background, shows signs of life meanwhile, and waits a little for its end. */
async function setOff(ctx: Ctx, list: List, more: Partial<ListHands> | undefined): Promise<ListView> {
  const { refresh, wait } = { ...HANDS, ...more };
  const { sender, matcher } = await inSnapshot(ctx, async (tx) => ({
    sender: await fetchSender(tx, ctx, list.sender),
    matcher: await matcherOf(tx, list.sender),
  }));
  const entry: Live = { pool: ctx.stores.pool, stopping: false, work: Promise.resolve() };
  const run: Carried = { list, sender, matcher, ctx, refresh, stopping: () => entry.stopping };
  const timer = setInterval(() => void beat(run).catch(() => undefined), BEAT).unref();
  entry.work = takeIn(run).finally(() => {
    clearInterval(timer);
    if (live.get(list.id) === entry) live.delete(list.id);
  });
  live.set(list.id, entry);
  await Promise.race([entry.work, new Promise((done) => setTimeout(done, wait).unref())]);
  return getList(ctx, list.id);
}

const started = (): { runner: string; beatAt: ReturnType<typeof sql>; cancelAsked: boolean; fault: null } => ({
  runner: newId(),
  beatAt: sql`clock_timestamp()`,
  cancelAsked: false,
  fault: null,
});

/**
 * Takes a list in, batch by batch in the background; short ones are done when this answers. The mapping is kept for the next
 * list of the sender in this form.
 * @throws DomainError `intelligence.same_file` for a file that is in already, `intelligence.changed`, those of `tryList`
 */
export async function runList(ctx: Ctx, id: string, settings: ListSettings, hands?: Partial<ListHands>): Promise<ListView> {
  may(ctx, 'lists:write');
  const list = await inTransaction(ctx, async (tx) => {
    const found = await fetchOwn(tx, ctx, id);
    await checkSettings(tx, ctx, found, settings);
    const former = await formerOf(tx, { ...found, exercise: settings.exercise ?? null });
    if (former) throw sameFile(former);
    const [mine] = await tx
      .update(lists)
      .set({ ...columnsOf(settings), ...started(), state: 'running', startedAt: isoInstant(ctx.clock.now()) })
      .where(and(eq(lists.id, id), eq(lists.state, 'draft')))
      .returning();
    if (!mine) changed();
    const kept = {
      sender: mine.sender,
      organisation: mine.organisation,
      fingerprint: fingerprintOf(settings.mapping),
      mapping: settings.mapping,
      writtenBy: actorKey(ctx.actor),
      writtenByName: ctx.actor.name,
    };
    await tx
      .insert(senderMappings)
      .values(kept)
      .onConflictDoUpdate({ target: [senderMappings.sender, senderMappings.fingerprint], set: kept });
    const after = { title: settings.title, families: settings.families, coversFrom: settings.coversFrom, coversTo: settings.coversTo };
    await record(tx, ctx, { action: 'intelligence.list_started', subject: { kind: 'list', id }, after });
    return mine;
  }).catch((error: unknown) => {
    throw breaksIndex(error, 'lists_one_file') ? sameFile({ id, title: settings.title, finishedAt: null }) : error;
  });
  return setOff(ctx, list, hands);
}

/** Goes on behind the last row that is in. @throws DomainError `intelligence.changed` where nothing is to be gone on with */
export async function continueList(ctx: Ctx, id: string, hands?: Partial<ListHands>): Promise<ListView> {
  may(ctx, 'lists:write');
  const list = await inTransaction(ctx, async (tx) => {
    await fetchOwn(tx, ctx, id);
    const [mine] = await tx
      .update(lists)
      .set({ ...started(), state: 'running' })
      .where(and(eq(lists.id, id), or(inArray(lists.state, ['stopped', 'cancelled']), isStale)))
      .returning();
    if (!mine) changed();
    await dropAhead(tx, id, mine.done);
    await record(tx, ctx, { action: 'intelligence.list_continued', subject: { kind: 'list', id }, after: { done: mine.done } });
    return mine;
  });
  return setOff(ctx, list, hands);
}

/** Asks a run to end after the batch in hand; what is in stays, and can be gone on with or withdrawn. */
export async function cancelList(ctx: Ctx, id: string): Promise<ListView> {
  may(ctx, 'lists:write');
  await inTransaction(ctx, async (tx) => {
    await fetchOwn(tx, ctx, id);
    const asked = await tx
      .update(lists)
      .set({ cancelAsked: true })
      .where(and(eq(lists.id, id), eq(lists.state, 'running'), not(isStale)))
      .returning({ id: lists.id });
    if (asked.length === 0) changed();
    await record(tx, ctx, { action: 'intelligence.list_cancel_asked', subject: { kind: 'list', id } });
  });
  return getList(ctx, id);
}

/** Ends what runs in this process at its next batch, before the stores close; it can be gone on with. */
export async function stopLists(pool: Ctx['stores']['pool']): Promise<void> {
  const mine = [...live.values()].filter((one) => one.pool === pool);
  for (const one of mine) one.stopping = true;
  await Promise.allSettled(mine.map((one) => one.work));
}
