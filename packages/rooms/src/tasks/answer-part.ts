import { actorKey, conflict, isoInstant, newId, notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { and, eq, inArray } from 'drizzle-orm';
import { may, reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { mustNotBeSecret } from './evidence-secrecy.ts';
import { evidenceTypeOf, EVIDENCE_LIMIT } from './evidence-type.ts';
import type { Evidence } from './evidence.ts';
import { mustBeOwn } from './internal.ts';
import { evidence, parts, partTexts } from './tables.ts';

export type PartRow = typeof parts.$inferSelect;

/** @throws DomainError `part.not_found`, also to whoever only follows the directive */
export async function partById(tx: Tx, ctx: Ctx, id: string): Promise<PartRow> {
  const [row] = await tx.select().from(parts).where(eq(parts.id, id));
  if (row === undefined || !(reaches(ctx, row.organisation) || reaches(ctx, row.giver))) throw notFound('part');
  return row;
}

export function takenBack() {
  return conflict('part.taken_back', {
    vi: 'Đơn vị giao đã thu lại nội dung này; không cần thực hiện tiếp.',
    en: 'The organisation that gave this part has taken it back; nothing more is to be done.',
  });
}

/**
 * The unit answers its part, and again until the giver takes it back; what it says goes to the giver alone.
 * @throws DomainError `part.not_found` | `part.taken_back` | `work.not_own`
 */
export async function answerPart(ctx: Ctx, input: { part: string; answer: string }): Promise<{ answeredAt: string }> {
  may(ctx, 'tasks:work');
  return inTransaction(ctx, async (tx) => {
    const row = await partById(tx, ctx, input.part);
    mustBeOwn(ctx, row);
    const answeredAt = isoInstant(ctx.clock.now());
    const [moved] = await tx
      .update(parts)
      .set({ state: 'answered', answeredAt })
      .where(and(eq(parts.id, row.id), inArray(parts.state, ['given', 'answered'])))
      .returning({ id: parts.id });
    if (moved === undefined) throw takenBack();
    const [before] = await tx.select({ answer: partTexts.answer }).from(partTexts).where(eq(partTexts.part, row.id));
    await tx.update(partTexts).set({ answer: input.answer, answeredByName: ctx.actor.name }).where(eq(partTexts.part, row.id));
    await record(tx, ctx, {
      action: 'parts.answered',
      subject: { kind: 'part', id: row.id },
      concerns: row.giver,
      before: { answer: before?.answer ?? null },
      after: { answer: input.answer },
    });
    return { answeredAt };
  });
}

/**
 * A file that proves a part: kept and judged as all evidence, seen by the unit and the giver alone.
 * @throws DomainError `part.not_found` | `part.taken_back` | `work.not_own` and those of `addEvidence`
 */
export async function addPartEvidence(ctx: Ctx, input: { part: string; name: string; content: Uint8Array }): Promise<Evidence> {
  may(ctx, 'tasks:work');
  await inTransaction(ctx, (tx) => mayProve(tx, ctx, input.part));
  const { type, name } = await evidenceTypeOf(input.content, input.name);
  await mustNotBeSecret(input.content, { name, type });
  const { sha256, size } = await ctx.stores.files.put(input.content, EVIDENCE_LIMIT);
  return inTransaction(ctx, async (tx) => {
    const part = await mayProve(tx, ctx, input.part);
    const [known] = await tx
      .select()
      .from(evidence)
      .where(and(eq(evidence.part, part.id), eq(evidence.sha256, sha256), eq(evidence.name, name)));
    if (known) return known;
    const row: Evidence = {
      id: newId(),
      directive: part.directive,
      organisation: part.organisation,
      overseer: part.giver,
      task: null,
      part: part.id,
      report: null,
      sha256,
      name,
      type,
      size,
      scan: 'not-scanned',
      addedAt: isoInstant(ctx.clock.now()),
      addedBy: actorKey(ctx.actor),
      addedByName: ctx.actor.name,
      held: false,
      period: null,
    };
    await tx.insert(evidence).values(row);
    await record(tx, ctx, {
      action: 'parts.evidence_added',
      subject: { kind: 'part', id: part.id },
      concerns: part.giver,
      after: { name, sha256, size, type },
    });
    return row;
  });
}

async function mayProve(tx: Tx, ctx: Ctx, id: string): Promise<PartRow> {
  const row = await partById(tx, ctx, id);
  mustBeOwn(ctx, row);
  if (row.state === 'taken-back') throw takenBack();
  return row;
}
