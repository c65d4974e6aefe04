import { type Ctx, type Tx, inSnapshot } from '@vonggac/store';
import { and, asc, eq, inArray, isNull, or, gt, lte } from 'drizzle-orm';
import { may, memberships, mustReach } from '../access/index.ts';
import { contactsOf } from '../organisations/index.ts';
import { type DirectiveRow, fetchDirective } from './internal.ts';
import { assignmentsOf } from './model.ts';
import { problemsOf } from './preview-problems.ts';
import { asOf, qualifiedNames } from './resolve.ts';
import { recipients, requirements } from './tables.ts';

/** Who gets what, before anybody gets it: requirement × organisation, with what is missing. */
export async function previewIssue(ctx: Ctx, id: string) {
  may(ctx, 'directives:draft');
  return inSnapshot(ctx, async (tx) => {
    const row = await fetchDirective(tx, id);
    mustReach(ctx, row.organisation);
    const plan = await planOf(tx, row);
    const day = asOf(ctx, row.day, row.reading.date);
    const names = await qualifiedNames(tx, plan.receivers, day);
    const signedUp = await withAccount(tx, plan.receivers, ctx.scope.day);
    const reachable = new Set((await contactsOf(tx, plan.receivers, { day: ctx.scope.day })).map((contact) => contact.organisation));
    const demanding = plan.requirements.filter((one) => !one.heading && one.withdrawnAt === null);
    const given = new Set(plan.assignments.map((one) => one.requirement + one.organisation));
    const organisations = plan.receivers.map((org) => ({
      id: org,
      name: names.get(org) ?? org,
      contact: reachable.has(org),
      account: signedUp.has(org),
      concerned: demanding.map((item) => (given.has(item.id + org) ? '1' : '0')).join(''),
    }));
    return {
      version: row.version,
      day,
      organisations,
      requirements: demanding.map(({ id: item, path, text }) => ({
        id: item,
        path,
        text,
        organisations: plan.assignments.filter((one) => one.requirement === item).length,
      })),
      tasks: plan.assignments.length,
      receivers: plan.receivers.length,
      withoutAccount: organisations.filter((org) => !org.account).length,
      withoutContact: organisations.filter((org) => !org.contact).length,
      unresolved: plan.unresolved,
      outside: outsideOf(ctx, plan.receivers).map((org) => ({ id: org, name: names.get(org) ?? org })),
      problems: problemsOf(row, plan),
    };
  });
}

/** The rows of a directive with every receiver and assignment that follows from them. */
export async function planOf(tx: Tx, row: Pick<DirectiveRow, 'id' | 'organisation'>) {
  const addressed = await tx.select().from(recipients).where(eq(recipients.directive, row.id)).orderBy(asc(recipients.position));
  const items = await tx.select().from(requirements).where(eq(requirements.directive, row.id)).orderBy(asc(requirements.position));
  const unresolved = addressed
    .filter((one) => !one.narrows)
    .flatMap((one) => [
      ...(one.resolution === 'none' ? [{ recipient: one.id, text: one.text, why: one.why }] : []),
      ...one.unresolved.map((text) => ({ recipient: one.id, text, why: null })),
    ]);
  return { recipients: addressed, requirements: items, unresolved, ...assignmentsOf(items, addressed, row.organisation) };
}

/** Receivers to whom the actor's organisation may not issue: neither below it nor supervised. */
export function outsideOf(ctx: Ctx, receivers: readonly string[]): string[] {
  const reach = new Set([...ctx.scope.organisations, ...ctx.scope.supervised]);
  return receivers.filter((organisation) => !reach.has(organisation));
}

async function withAccount(tx: Tx, organisations: readonly string[], day: string): Promise<Set<string>> {
  if (organisations.length === 0) return new Set();
  const rows = await tx
    .selectDistinct({ organisation: memberships.organisation })
    .from(memberships)
    .where(
      and(
        inArray(memberships.organisation, [...organisations]),
        lte(memberships.validFrom, day),
        or(isNull(memberships.validTo), gt(memberships.validTo, day)),
      ),
    );
  return new Set(rows.map((row) => row.organisation));
}
