import { isoInstant, newId } from '@vonggac/kernel';
import { type Ctx, outbox, type Tx } from '@vonggac/store';
import { type SQL, sql } from 'drizzle-orm';
import { record } from '../audit/index.ts';
import { contactsOf } from '../organisations/index.ts';
import { decide, type Why } from './decide.ts';
import { choiceOf, factsOf, nowOf, toldIn } from './facts.ts';
import { contactsFor, type FindingFact, keyOf, MAIL_KIND, type NoticeMail, type Rule } from './model.ts';
import { notices, noticeFindings, noticesTold } from './tables.ts';
import { lockNotices, nextTicket } from './ticket.ts';

export type Freezing = { rule: Rule; organisation: string; interval: string; onlyAgain: boolean };
export type Frozen = { notice: string; ticket: string; findings: number } | { why: Why | null };

/** Rows of one insert. */
const PORTION = 5000;

const freshnessOf = (fact: FindingFact) => (fact.isAgain ? 'again' : fact.toldOn === null ? 'first' : 'before');

/**
 * Decides for one organisation and, where there is something to tell, freezes the rows, counts these rows and lets the mail go, all in
 * the transaction that it is given. The second one of an interval makes nothing: the authority's notices are made one after the other, and
 * the unique key has the last word.
 */
export async function freezeOne(tx: Tx, ctx: Ctx, { rule, organisation, interval, onlyAgain }: Freezing): Promise<Frozen> {
  await lockNotices(tx, rule.organisation);
  const told = await toldIn(tx, rule.organisation, interval);
  if (told.has(organisation)) return { why: 'interval' };
  const facts = await factsOf(tx, rule, organisation);
  const [decision] = decide(choiceOf(rule), facts, nowOf(ctx, told, onlyAgain));
  if (decision === undefined || decision.n === 0) return { why: decision?.why ?? null };
  const { tell } = decision;
  const person = ctx.actor.kind === 'person' ? ctx.actor.id : null;
  const notice = {
    id: newId(),
    organisation,
    overseer: rule.organisation,
    rule: rule.id,
    ruleName: rule.name,
    interval,
    ticket: await nextTicket(tx, ctx, rule),
    frozenAt: isoInstant(ctx.clock.now()),
    total: tell.length,
    newest: tell.filter(({ inNewest }) => inNewest).length,
    again: tell.filter((fact) => freshnessOf(fact) === 'again').length,
    fresh: tell.filter((fact) => freshnessOf(fact) === 'first').length,
    roles: rule.roles,
    test: rule.test,
    exercise: rule.exercise,
    person,
    byName: ctx.actor.name,
  };
  const made = await tx.insert(notices).values(notice).onConflictDoNothing().returning({ id: notices.id });
  if (made.length === 0) return { why: 'interval' };
  for (let at = 0; at < tell.length; at += PORTION) await keepRows(tx, notice, { rows: tell.slice(at, at + PORTION), from: at });
  const receiver = rule.test ? rule.organisation : organisation;
  const contact = contactsFor(rule.roles, await contactsOf(tx, [receiver], { day: ctx.scope.day, roles: rule.roles }));
  if (contact !== null) await queueMail(tx, ctx, { ...notice, person });
  await record(tx, ctx, {
    action: rule.test ? 'notices.tested' : 'notices.sent',
    subject: { kind: 'notice', id: notice.id },
    after: { ticket: notice.ticket, findings: notice.total, contact: contact?.role ?? null },
    ...(rule.test ? {} : { concerns: organisation }),
  });
  return { notice: notice.id, ticket: notice.ticket, findings: notice.total };
}

type Head = { id: string; organisation: string; overseer: string; test: boolean; frozenAt: string };

async function keepRows(tx: Tx, notice: Head, { rows, from }: { rows: readonly FindingFact[]; from: number }): Promise<void> {
  const column = (pick: (row: FindingFact, at: number) => unknown, type: string): SQL =>
    sql`${sql.param(rows.map(pick))}::${sql.raw(type)}[]`;
  const finding = column((row) => row.finding, 'uuid');
  const relapses = column((row) => row.relapses, 'int');
  await tx.execute(sql`
    insert into ${noticeFindings} (notice, finding, organisation, overseer, test, position, name, private_address, family, last_seen, relapses, in_newest, freshness)
    select ${notice.id}::uuid, g.finding, ${notice.organisation}::uuid, ${notice.overseer}::uuid, ${notice.test}::boolean, g.position, g.name, g.private_address, g.family,
      g.last_seen, g.relapses, g.in_newest, g.freshness
    from unnest(${finding}, ${column((_, at) => from + at + 1, 'int')}, ${column((row) => row.name, 'text')}, ${column((row) => row.privateAddress, 'text')},
      ${column((row) => row.family, 'text')}, ${column((row) => row.lastSeen, 'timestamptz')}, ${relapses}, ${column((row) => row.inNewest, 'boolean')},
      ${column(freshnessOf, 'text')}) as g(finding, position, name, private_address, family, last_seen, relapses, in_newest, freshness)`);
  if (notice.test) return;
  await tx.execute(sql`
    insert into ${noticesTold} (finding, overseer, organisation, notice, at, relapses)
    select g.finding, ${notice.overseer}::uuid, ${notice.organisation}::uuid, ${notice.id}::uuid, ${notice.frozenAt}::timestamptz, g.relapses
    from unnest(${finding}, ${relapses}) as g(finding, relapses)
    on conflict (finding, overseer) do update set organisation = excluded.organisation, notice = excluded.notice, at = excluded.at, relapses = excluded.relapses`);
}

type Mailed = { id: string; organisation: string; overseer: string; ticket: string; person: string | null };

/** Under a key that keeps it from going twice; where it is there already, it waits anew. */
export async function queueMail(tx: Tx, ctx: Ctx, { id, organisation, overseer, ticket, person }: Mailed): Promise<void> {
  const payload: NoticeMail = { notice: id, organisation, ticket, person };
  const dueAt = isoInstant(ctx.clock.now());
  await tx
    .insert(outbox)
    .values({ id: newId(), key: keyOf(id), kind: MAIL_KIND, organisation: overseer, payload, dueAt })
    .onConflictDoUpdate({ target: outbox.key, set: { payload, dueAt, attempts: 0, lastError: null, sentAt: null } });
}
