import { conflict, isoInstant, newId, notFound } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction } from '@vonggac/store';
import { and, count, eq, gte, isNull, type SQL, sql, sum } from 'drizzle-orm';
import { may, mustReach } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { stillActing } from '../identity/index.ts';
import { unitNamesOf } from '../organisations/index.ts';
import type { Why } from './decide.ts';
import { listsSince, organisationsWith, today } from './facts.ts';
import { freezeOne } from './freeze.ts';
import { intervalOf, periodOf } from './interval.ts';
import type { Rule } from './model.ts';
import { isAlive } from './runs-state.ts';
import { noticeRules, noticeRuns, notices as noticeTable } from './tables.ts';

type Named = { id: string; name: string };
type Tally = { notices: number; findings: number; held: { organisation: string; why: Why }[]; ticketFrom: string | null };
/** `running`: it goes on in the background, and the counts are those so far. */
export type Sent = Omit<Tally, 'held'> & { held: { organisation: Named; why: Why }[]; state: 'running' | 'done' | 'cancelled' };
/** `wait`: how long an answer waits for a short run to end, in milliseconds. */
export type SendHands = { refresh(ctx: Ctx): Promise<Ctx>; wait: number };

const HANDS: SendHands = { refresh: stillActing, wait: 1500 };
type Live = { pool: Ctx['stores']['pool']; stopping: boolean; work: Promise<unknown> };
const live = new Set<Live>();

/** Where a rule waits for a list, sending now means the newest one. @throws DomainError as if the rule did not exist */
export async function ruleWithin(ctx: Ctx, id: string): Promise<Rule> {
  const [rule] = await inSnapshot(ctx, (tx) => tx.select().from(noticeRules).where(eq(noticeRules.id, id)));
  if (!rule) throw notFound('notice_rule');
  mustReach(ctx, rule.organisation);
  return rule;
}

/** The interval that a notice sent now belongs to, so that its own hour does not bring a second one. */
export async function intervalNow(ctx: Ctx, rule: Rule): Promise<string> {
  if (rule.interval !== 'list') return intervalOf(rule, periodOf(rule.interval, ctx.clock.now()));
  const lists = await inSnapshot(ctx, (tx) => listsSince(tx, rule, '1970-01-01T00:00:00.000Z'));
  return intervalOf(rule, `list:${lists.at(-1) ?? 'none'}`);
}

/**
 * Sends by a rule at once, before its hour: each organisation for itself, so that what one has keeps none of the others waiting. What takes
 * longer goes on in the background (`listRuns` tells how far it is). A rule in test mode may be tried as often as one likes.
 * @throws DomainError `access.role`, `notice_rule.not_found`
 */
export async function sendNow(ctx: Ctx, id: string, hands?: Partial<SendHands>): Promise<Sent> {
  may(ctx, 'findings:decide');
  const { refresh, wait } = { ...HANDS, ...hands };
  const rule = await ruleWithin(ctx, id);
  if (rule.organisation !== ctx.actor.organisation) throw notFound('notice_rule');
  const interval = rule.test ? intervalOf(rule, newId()) : await intervalNow(ctx, rule);
  const entry: Live = { pool: ctx.stores.pool, stopping: false, work: Promise.resolve() };
  const tally = nothing();
  const run: Run = { interval, onlyAgain: false, trigger: 'person' };
  const work = runRule(ctx, rule, run, { refresh, stopping: () => entry.stopping, tally }).finally(() => live.delete(entry));
  entry.work = work;
  live.add(entry);
  // What goes wrong after the answer shows in the run, which gives no sign of life any more.
  work.catch(() => undefined);
  const over = await Promise.race([work, new Promise<null>((done) => setTimeout(done, wait, null).unref())]);
  const ids = tally.held.map(({ organisation }) => organisation);
  const names = await inSnapshot(ctx, (tx) => unitNamesOf(tx, ids, today(ctx)));
  const held = tally.held.map(({ organisation, why }) => ({
    why,
    organisation: { id: organisation, name: names.get(organisation) ?? '' },
  }));
  return { ...tally, held, state: over === null ? 'running' : over ? 'done' : 'cancelled' };
}

/** Asks what a rule is sending just now to end after the organisation in hand; who has a notice keeps it. */
export async function cancelSending(ctx: Ctx, id: string): Promise<void> {
  may(ctx, 'findings:decide');
  const rule = await ruleWithin(ctx, id);
  if (rule.organisation !== ctx.actor.organisation) throw notFound('notice_rule');
  await inTransaction(ctx, async (tx) => {
    const asked = await tx
      .update(noticeRuns)
      .set({ cancelAsked: true })
      .where(and(eq(noticeRuns.rule, id), isNull(noticeRuns.finishedAt), isAlive))
      .returning({ id: noticeRuns.id });
    if (asked.length === 0)
      throw conflict('notices.run_over', {
        vi: 'Quy tắc này không còn lần gửi nào đang chạy.',
        en: 'This rule has nothing that is being sent any more.',
      });
    await record(tx, ctx, { action: 'notices.cancel_asked', subject: { kind: 'notice-rule', id } });
  });
}

/** Ends what is being sent in this process behind the organisation in hand, before the stores close; sending again tells the others. */
export async function stopSending(pool: Ctx['stores']['pool']): Promise<void> {
  const mine = [...live].filter((one) => one.pool === pool);
  for (const one of mine) one.stopping = true;
  await Promise.allSettled(mine.map((one) => one.work));
}

export type Run = { interval: string; onlyAgain: boolean; trigger: 'schedule' | 'person' };
type Hold = { refresh(ctx: Ctx): Promise<Ctx>; stopping(): boolean; tally: Tally };

export const nothing = (): Tally => ({ notices: 0, findings: 0, held: [], ticketFrom: null });

/**
 * One run of a rule. One that was begun by its hour and broke off is gone on with: whoever has the notice gets no second one.
 * @returns whether every organisation was looked at
 */
export async function runRule(
  ctx: Ctx,
  rule: Rule,
  { interval, onlyAgain, trigger }: Run,
  { refresh, stopping, tally }: Hold,
): Promise<boolean> {
  may(ctx, 'findings:decide');
  const run = newId();
  const begun = { id: run, organisation: rule.organisation, rule: rule.id, interval, trigger, test: rule.test, by: ctx.actor.name };
  const which = isRun({ rule, interval, trigger, run });
  const organisations = await inTransaction(ctx, async (tx) => {
    const all = await organisationsWith(tx, rule);
    const row = { ...begun, at: isoInstant(ctx.clock.now()), organisations: all.length, beatAt: sql`clock_timestamp()` };
    await tx.insert(noticeRuns).values(row).onConflictDoNothing();
    return all;
  });
  let looked = 0;
  let isAsked = false;
  while (looked < organisations.length && !isAsked) {
    if (stopping()) return false;
    const acting = await refresh(ctx);
    may(acting, 'findings:decide');
    const organisation = organisations[looked++]!;
    const { frozen, asked } = await inTransaction(acting, async (tx) => {
      const made = await freezeOne(tx, acting, { rule, organisation, interval, onlyAgain });
      const [row] = await tx
        .update(noticeRuns)
        .set({ organisations: organisations.length, looked, beatAt: sql`clock_timestamp()` })
        .where(which)
        .returning({ cancelAsked: noticeRuns.cancelAsked });
      return { frozen: made, asked: row?.cancelAsked === true };
    });
    isAsked = asked;
    if ('notice' in frozen) {
      tally.notices++;
      tally.findings += frozen.findings;
      tally.ticketFrom ??= frozen.ticket;
    } else if (frozen.why !== null) tally.held.push({ organisation, why: frozen.why });
  }
  await finishRun(ctx, { rule, interval, trigger, run }, tally.held);
  return looked === organisations.length;
}

type Which = { rule: Rule; interval: string; trigger: Run['trigger']; run: string };

/** By its hour there is one run of an interval, whoever began it. */
const isRun = ({ rule, interval, trigger, run }: Which): SQL | undefined =>
  trigger === 'person'
    ? eq(noticeRuns.id, run)
    : and(eq(noticeRuns.rule, rule.id), eq(noticeRuns.interval, interval), eq(noticeRuns.trigger, 'schedule'));

async function finishRun(ctx: Ctx, of: Which, held: Tally['held']): Promise<void> {
  const { interval, trigger } = of;
  const { id, test } = of.rule;
  const which = isRun(of);
  await inTransaction(ctx, async (tx) => {
    const [begun] = await tx.select({ at: noticeRuns.at }).from(noticeRuns).where(which);
    if (begun === undefined) return;
    // By what there is, as a run that broke off had made some before.
    const [made] = await tx
      .select({ notices: count(), findings: sum(noticeTable.total).mapWith(Number) })
      .from(noticeTable)
      .where(and(eq(noticeTable.rule, id), eq(noticeTable.interval, interval), gte(noticeTable.frozenAt, begun.at)));
    const done = { notices: made?.notices ?? 0, findings: made?.findings ?? 0 };
    await tx
      .update(noticeRuns)
      .set({ ...done, held, finishedAt: isoInstant(ctx.clock.now()) })
      .where(which);
    await record(tx, ctx, {
      action: 'notices.rule_run',
      subject: { kind: 'notice-rule', id },
      after: { ...done, interval, trigger, test, held: held.length },
    });
  });
}
