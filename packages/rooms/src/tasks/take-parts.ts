import { conflict, isoInstant, newId, notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { and, eq, inArray, or, isNull, lt, sql } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { namesOf } from '../organisations/index.ts';
import { mustBeFree } from './approval/lock.ts';
import { isHeld } from './approval/setting.ts';
import { closed } from './answer.ts';
import { partById, type PartRow } from './answer-part.ts';
import { mustBeInForce, mustBeOwn, note } from './internal.ts';
import { statesBefore } from './model.ts';
import { isCurrentPart } from './periods/current-part.ts';
import { evidence, parts, partTexts, tasks } from './tables.ts';

/**
 * Thu lại: the giver takes a part back with its reason; what the unit said stays on record.
 * @throws DomainError `part.not_found` | `part.taken_back_already` | `work.not_own`
 */
export async function takeBackPart(ctx: Ctx, input: { part: string; reason: string }): Promise<void> {
  may(ctx, 'tasks:work');
  await inTransaction(ctx, async (tx) => {
    const row = await partById(tx, ctx, input.part);
    mustBeOwn(ctx, { organisation: row.giver });
    if (row.kind === 'support') throw notFound('part');
    const [moved] = await tx
      .update(parts)
      .set({ state: 'taken-back', takenBackAt: isoInstant(ctx.clock.now()), takenBackReason: input.reason })
      .where(and(eq(parts.id, row.id), inArray(parts.state, ['given', 'answered'])))
      .returning({ id: parts.id });
    if (moved === undefined) {
      throw conflict('part.taken_back_already', {
        vi: 'Nội dung này đã được thu lại trước đó.',
        en: 'This part has been taken back already.',
      });
    }
    await note(tx, ctx, [{ ...ofGiver(row), act: 'part-taken-back' }]);
    await record(tx, ctx, {
      action: 'parts.taken_back',
      subject: { kind: 'part', id: row.id },
      concerns: row.organisation,
      reason: input.reason,
    });
  });
}

const ofGiver = ({ directive, giver, overseer, task }: PartRow) => ({ directive, organisation: giver, overseer, task });

/**
 * Takes what a unit answered over into the agency's own answer: its text below what stands there, under the unit's name, and its evidence
 * as the agency's. Once for each answer of the unit.
 * @throws DomainError `part.not_found` | `part.nothing_new` | `work.closed` | `work.not_own`
 */
export async function takeOverPart(ctx: Ctx, input: { part: string }): Promise<{ answer: string; files: number }> {
  may(ctx, 'tasks:work');
  return inTransaction(ctx, async (tx) => {
    const row = await partById(tx, ctx, input.part);
    mustBeOwn(ctx, { organisation: row.giver });
    await mustBeInForce(tx, row.directive);
    await mustBeFree(tx, ctx, { organisation: row.giver, tasks: [row.task] });
    const held = await isHeld(tx, ctx, row.giver);
    const at = isoInstant(ctx.clock.now());
    const [taken] = await tx
      .update(parts)
      .set({ takenOverAt: at })
      .where(
        and(
          eq(parts.id, row.id),
          isCurrentPart,
          eq(parts.state, 'answered'),
          or(isNull(parts.takenOverAt), lt(parts.takenOverAt, parts.answeredAt)),
        ),
      )
      .returning({ id: parts.id });
    if (taken === undefined) throw nothingNew();
    const answer = await appendAnswer(tx, ctx, { row, at });
    const files = await copyEvidence(tx, row, held);
    await note(tx, ctx, [{ ...ofGiver(row), act: 'part-taken-over', data: { number: String(files) }, held }]);
    await record(tx, ctx, {
      action: 'parts.taken_over',
      subject: { kind: 'part', id: row.id },
      concerns: row.organisation,
      after: { task: row.task, files },
    });
    return { answer, files };
  });
}

function nothingNew() {
  return conflict('part.nothing_new', {
    vi: 'Đơn vị chưa trả lời, hoặc câu trả lời này đã được đưa vào kết quả.',
    en: 'The unit has not answered, or this answer has been taken over already.',
  });
}

async function appendAnswer(tx: Tx, ctx: Ctx, { row, at }: { row: PartRow; at: string }): Promise<string> {
  const [said] = await tx.select({ answer: partTexts.answer }).from(partTexts).where(eq(partTexts.part, row.id));
  const name = row.organisationName ?? (await namesOf(tx, [row.organisation], ctx.scope.day)).get(row.organisation)?.name ?? '';
  const added = `${name}: ${said?.answer ?? ''}`;
  const [task] = await tx
    .update(tasks)
    .set({
      answer: sql`case when coalesce(${tasks.answer}, '') = '' then ${added} else ${tasks.answer} || E'\n' || ${added} end`,
      state: sql`case when ${tasks.state} = 'assigned' then 'in-progress' else ${tasks.state} end`,
      declared: null,
      changedAt: at,
    })
    .where(and(eq(tasks.id, row.task), eq(tasks.organisation, row.giver), inArray(tasks.state, [...statesBefore('answer')])))
    .returning({ answer: tasks.answer });
  if (task !== undefined) return task.answer ?? '';
  const [now] = await tx.select({ state: tasks.state }).from(tasks).where(eq(tasks.id, row.task));
  throw now === undefined ? notFound('work') : closed(now.state);
}

/** The same files as the agency's own evidence: they are named by their content, so nothing is stored twice. */
async function copyEvidence(tx: Tx, row: PartRow, held: boolean): Promise<number> {
  const files = await tx.select().from(evidence).where(eq(evidence.part, row.id));
  const there = await tx.select({ sha256: evidence.sha256 }).from(evidence).where(eq(evidence.task, row.task));
  const fresh = files.filter(({ sha256 }) => there.every((one) => one.sha256 !== sha256));
  if (fresh.length === 0) return 0;
  await tx.insert(evidence).values(
    fresh.map((file) => ({
      ...file,
      id: newId(),
      part: null,
      period: row.period === 0 ? null : row.period,
      task: row.task,
      organisation: row.giver,
      overseer: row.overseer,
      held,
    })),
  );
  return fresh.length;
}
