import { dayOf, newId } from '@vonggac/kernel';
import { type Ctx, type Tx, inTransaction } from '@vonggac/store';
import { asc, eq } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { namesOf } from '../organisations/index.ts';
import { type DirectiveRow, fetchDirective } from './internal.ts';
import type { Reading } from './model.ts';
import { resolveRecipients } from './resolve.ts';
import { bases, bindings, directives, recipients, requirements } from './tables.ts';
import { type BasisToWrite, keysOf, writeBases, writeRecipients, writeRequirements } from './write-draft.ts';

/**
 * *Tạo văn bản triển khai*: a new draft of the actor's organisation that rests on the upstream document and on what
 * that one rested on, with its items and recipients carried over. Recipients are resolved for the new issuer, today.
 * @returns the id of the draft
 */
export async function deriveDirective(ctx: Ctx, id: string): Promise<string> {
  may(ctx, 'directives:draft');
  return inTransaction(ctx, async (tx) => {
    const above = await fetchDirective(tx, id);
    const draft = await insertBelow(tx, ctx, above);
    await carryBases(tx, above, draft);
    await carryRecipients(tx, ctx, above, draft);
    await carryRequirements(tx, above, draft);
    await record(tx, ctx, {
      action: 'directives.derived',
      subject: { kind: 'directive', id: draft },
      after: { upstream: id, code: above.code, subject: above.subject },
    });
    return draft;
  });
}

async function insertBelow(tx: Tx, ctx: Ctx, above: DirectiveRow): Promise<string> {
  const { organisation } = ctx.actor;
  const today = dayOf(ctx.clock.now());
  const own = (await namesOf(tx, [organisation], today.toString())).get(organisation);
  const issuerName = own?.name ?? null;
  const head = { code: null, symbol: null, subject: above.subject, issuerName };
  const reading: Reading = {
    spans: [],
    date: { year: today.year, month: today.month, day: null },
    copies: [],
    contacts: [],
    attachments: above.reading.attachments,
    warnings: [],
  };
  const id = newId();
  await tx.insert(directives).values({
    id,
    organisation,
    overseer: organisation,
    kind: 'cong-van',
    ...head,
    ...keysOf(head),
    year: today.year,
    place: above.place,
    urgency: above.urgency,
    signer: { authority: null, title: null, name: null },
    text: '',
    reading,
    windowFrom: above.windowFrom,
    windowTo: above.windowTo,
    upstream: above.id,
    exercise: above.exercise,
    exerciseName: above.exerciseName,
    writtenBy: ctx.actor.name,
  });
  return id;
}

async function carryBases(tx: Tx, above: DirectiveRow, draft: string): Promise<void> {
  const inherited = await tx.select().from(bases).where(eq(bases.directive, above.id)).orderBy(asc(bases.position));
  const first: BasisToWrite = {
    kind: above.kind,
    code: above.code ?? above.symbol,
    day: above.day,
    issuer: above.issuerName,
    subject: above.subject,
    span: null,
  };
  const rest = inherited.map(({ kind, code, day, issuer, subject }): BasisToWrite => ({ kind, code, day, issuer, subject, span: null }));
  await writeBases(tx, draft, [first, ...rest]);
}

async function carryRecipients(tx: Tx, ctx: Ctx, above: DirectiveRow, draft: string): Promise<void> {
  const before = await tx.select().from(recipients).where(eq(recipients.directive, above.id)).orderBy(asc(recipients.position));
  const at = { day: dayOf(ctx.clock.now()).toString(), lists: above.reading.attachments };
  const resolved = await resolveRecipients(
    tx,
    ctx,
    before.map((one) => one.text),
    at,
  );
  await writeRecipients(
    tx,
    draft,
    before.map((one, i) => ({ ...resolved[i]!, text: one.text, narrows: one.narrows, span: null })),
  );
}

async function carryRequirements(tx: Tx, above: DirectiveRow, draft: string): Promise<void> {
  const items = await tx.select().from(requirements).where(eq(requirements.directive, above.id)).orderBy(asc(requirements.position));
  const bound = await tx.select().from(bindings).where(eq(bindings.directive, above.id));
  await writeRequirements(
    tx,
    draft,
    items
      .filter((item) => item.withdrawnAt === null)
      .map(({ id, path, text, heading, audience, audienceText, phrase, due, recurrence }) => ({
        path,
        text,
        heading,
        audience,
        audienceText,
        phrase,
        due,
        recurrence,
        span: null,
        measures: bound.filter((one) => one.requirement === id).map((one) => one.measure),
      })),
  );
}
