import { type Ctx, type Tx, inSnapshot } from '@vonggac/store';
import { asc, desc, eq } from 'drizzle-orm';
import { grants, reaches } from '../access/index.ts';
import { composedOf } from './compose.ts';
import { proposedFor } from './draft.ts';
import { edxmlViewOf } from './edxml-view.ts';
import { type DirectiveRow, fetchDirective } from './internal.ts';
import type { Span } from './model.ts';
import { asOf, qualifiedNames } from './resolve.ts';
import { acts, bases, bindings, directives, recipients, requirements } from './tables.ts';

/** A directive with everything that was understood of it; those who only receive it see no other receiver. */
export async function getDirective(ctx: Ctx, id: string) {
  return inSnapshot(ctx, (tx) => viewDirective(tx, ctx, id));
}

export type DirectiveView = Awaited<ReturnType<typeof viewDirective>>;

const spanOf = (row: { spanStart: number | null; spanEnd: number | null }): Span | null =>
  row.spanStart === null || row.spanEnd === null ? null : { start: row.spanStart, end: row.spanEnd };

export async function viewDirective(tx: Tx, ctx: Ctx, id: string) {
  const row = await fetchDirective(tx, id);
  const side = reaches(ctx, row.organisation) || reaches(ctx, row.overseer);
  const parts = await partsOf(tx, id);
  const addressed = parts.recipients.map((one) => ({
    ...one,
    span: spanOf(one),
    organisations: side ? one.organisations : one.organisations.filter((org) => reaches(ctx, org)),
    unresolved: side ? one.unresolved : [],
  }));
  const names = await qualifiedNames(
    tx,
    [row.organisation, row.overseer, ...addressed.flatMap((one) => one.organisations)],
    asOf(ctx, row.day, row.reading.date),
  );
  const named = (org: string) => ({ id: org, name: names.get(org) ?? org });
  const items = parts.requirements.map((one) => ({
    ...one,
    span: spanOf(one),
    due: one.due,
    withdrawnAt: one.withdrawnAt,
    measures: parts.bindings.filter((bound) => bound.requirement === one.id).map((bound) => bound.measure),
    proposed: one.heading || row.status !== 'draft' ? [] : proposedFor(one.text),
  }));
  const composed = row.text === '' ? composedOf(row, { bases: parts.bases, recipients: addressed, requirements: items }) : null;
  return {
    ...headOf(row),
    organisation: named(row.organisation),
    overseer: named(row.overseer),
    text: composed?.text ?? row.text,
    spans: composed?.spans ?? row.reading.spans.map(({ field, span }) => ({ field, ...span })),
    warnings: row.status === 'draft' ? row.reading.warnings : [],
    attachments: row.reading.attachments,
    copies: row.reading.copies,
    contacts: row.reading.contacts,
    partialDate: row.reading.date,
    edxml: await edxmlViewOf(tx, row, reaches(ctx, row.organisation)),
    upstream: await upstreamOf(tx, row.upstream),
    bases: parts.bases.map((one) => ({ ...one, span: composed?.of(one.id) ?? spanOf(one) })),
    recipients: addressed.map((one) => ({ ...one, span: composed?.of(one.id) ?? one.span })),
    requirements: items.map((one) => ({ ...one, span: composed?.of(one.id) ?? one.span })),
    acts: parts.acts.map((act) => ({
      ...act,
      proposedAt: act.proposedAt,
      decidedAt: act.decidedAt,
      own: ctx.actor.kind === 'person' && act.proposedBy === ctx.actor.id,
    })),
    organisations: [...new Set(addressed.flatMap((one) => one.organisations))].map(named),
    can: canOf(ctx, row),
  };
}

async function partsOf(tx: Tx, id: string) {
  return {
    bases: await tx.select().from(bases).where(eq(bases.directive, id)).orderBy(asc(bases.position)),
    recipients: await tx.select().from(recipients).where(eq(recipients.directive, id)).orderBy(asc(recipients.position)),
    requirements: await tx.select().from(requirements).where(eq(requirements.directive, id)).orderBy(asc(requirements.position)),
    bindings: await tx.select().from(bindings).where(eq(bindings.directive, id)),
    acts: await tx.select().from(acts).where(eq(acts.directive, id)).orderBy(desc(acts.proposedAt)),
  };
}

const HEAD = [
  'id',
  'status',
  'version',
  'kind',
  'number',
  'symbol',
  'code',
  'day',
  'place',
  'subject',
  'urgency',
  'issuerName',
  'issuerParent',
  'signer',
  'windowFrom',
  'windowTo',
  'sourceName',
  'signedName',
  'urgentReason',
  'withdrawReason',
  'issuedAt',
  'withdrawnAt',
  'writtenAt',
  'exercise',
  'exerciseName',
] as const satisfies (keyof DirectiveRow)[];

function headOf(row: DirectiveRow): Pick<DirectiveRow, (typeof HEAD)[number]> {
  return Object.fromEntries(HEAD.map((name) => [name, row[name]])) as Pick<DirectiveRow, (typeof HEAD)[number]>;
}

async function upstreamOf(tx: Tx, upstream: string | null) {
  if (!upstream) return null;
  const [row] = await tx
    .select({ id: directives.id, code: directives.code, subject: directives.subject })
    .from(directives)
    .where(eq(directives.id, upstream));
  return row ?? null;
}

/** What the actor may do with it now; the verbs decide themselves. */
function canOf(ctx: Ctx, row: DirectiveRow) {
  const granted = ctx.actor.kind === 'system' ? [] : grants(ctx.actor.role);
  const own = reaches(ctx, row.organisation);
  return {
    correct: own && row.status === 'draft' && granted.includes('directives:draft'),
    issue: own && granted.includes('directives:issue'),
    follow: (own || reaches(ctx, row.overseer)) && granted.includes('directives:follow'),
  };
}
