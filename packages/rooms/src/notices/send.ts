import { isoInstant, newId, notFound } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction } from '@vonggac/store';
import { and, count, eq, gte, sum } from 'drizzle-orm';
import { may, mustReach } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { namesOf } from '../organisations/index.ts';
import type { Why } from './decide.ts';
import { listsSince, organisationsWith, today } from './facts.ts';
import { freezeOne } from './freeze.ts';
import { intervalOf, periodOf } from './interval.ts';
import type { Rule } from './model.ts';
import { noticeRules, noticeRuns, notices as noticeTable } from './tables.ts';

type Named = { id: string; name: string };
export type Sent = { notices: number; findings: number; held: { organisation: string; why: Why }[]; ticketFrom: string | null };

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
 * Sends by a rule at once, before its hour: each organisation for itself, so that what one has keeps none of the others waiting. A rule in
 * test mode may be tried as often as one likes.
 * @throws DomainError `access.role`, `notice_rule.not_found`
 */
export async function sendNow(ctx: Ctx, id: string): Promise<Omit<Sent, 'held'> & { held: { organisation: Named; why: Why }[] }> {
  may(ctx, 'findings:decide');
  const rule = await ruleWithin(ctx, id);
  if (rule.organisation !== ctx.actor.organisation) throw notFound('notice_rule');
  const interval = rule.test ? intervalOf(rule, newId()) : await intervalNow(ctx, rule);
  const sent = await runRule(ctx, rule, { interval, onlyAgain: false, trigger: 'person' });
  const ids = sent.held.map(({ organisation }) => organisation);
  const names = await inSnapshot(ctx, (tx) => namesOf(tx, ids, today(ctx)));
  const held = sent.held.map(({ organisation, why }) => ({
    why,
    organisation: { id: organisation, name: names.get(organisation)?.qualifiedName ?? '' },
  }));
  return { ...sent, held };
}

export type Run = { interval: string; onlyAgain: boolean; trigger: 'schedule' | 'person' };

/** One run of a rule. One that was begun by its hour and broke off is gone on with: whoever has the notice gets no second one. */
export async function runRule(ctx: Ctx, rule: Rule, { interval, onlyAgain, trigger }: Run): Promise<Sent> {
  may(ctx, 'findings:decide');
  const run = newId();
  const begun = { id: run, organisation: rule.organisation, rule: rule.id, interval, trigger, test: rule.test, by: ctx.actor.name };
  await inTransaction(ctx, async (tx) => {
    await tx
      .insert(noticeRuns)
      .values({ ...begun, at: isoInstant(ctx.clock.now()) })
      .onConflictDoNothing();
  });
  const sent: Sent = { notices: 0, findings: 0, held: [], ticketFrom: null };
  for (const organisation of await inSnapshot(ctx, (tx) => organisationsWith(tx, rule))) {
    const frozen = await inTransaction(ctx, (tx) => freezeOne(tx, ctx, { rule, organisation, interval, onlyAgain }));
    if ('notice' in frozen) {
      sent.notices++;
      sent.findings += frozen.findings;
      sent.ticketFrom ??= frozen.ticket;
    } else if (frozen.why !== null) sent.held.push({ organisation, why: frozen.why });
  }
  await finishRun(ctx, { rule, interval, trigger, run }, sent.held);
  return sent;
}

type Finishing = { rule: Rule; interval: string; trigger: Run['trigger']; run: string };

async function finishRun(ctx: Ctx, { rule, interval, trigger, run }: Finishing, held: Sent['held']): Promise<void> {
  const { id, test } = rule;
  await inTransaction(ctx, async (tx) => {
    const which =
      trigger === 'person'
        ? eq(noticeRuns.id, run)
        : and(eq(noticeRuns.rule, id), eq(noticeRuns.interval, interval), eq(noticeRuns.trigger, 'schedule'));
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
