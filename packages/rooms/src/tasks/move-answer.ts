import { isoInstant } from '@vonggac/kernel';
import { type Ctx, inTransaction, raise, type Tx } from '@vonggac/store';
import { and, eq, inArray } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { replaceDeclared } from './declare/put-declared.ts';
import type { TasksSubmitted } from './events.ts';
import { note, type Receipt } from './internal.ts';
import { type AnswerMove, type Pair, type Planned, planMove, receiveFor, restored } from './move-answer-plan.ts';
import { moveDeclared, moveFiles } from './move-answer-proof.ts';
import { statesBefore } from './model.ts';
import { partOf } from './receipt.ts';
import { tasks } from './tables.ts';

/**
 * Trả lời nhầm đơn vị: an answer that stands with the wrong organisation goes to the task of the right one, with when it was answered,
 * who declared it, its signed report and what proves it; the wrong one's task waits for its own answer again. What happened stays in both
 * histories. Moving it back is the same act.
 * @throws DomainError `work.move_same` | `work.move_no_task` | `work.move_nothing` | `work.move_answered` | `work.move_draft` |
 * `work.move_report_only` | `work.move_exercise` | `work.move_period` | `work.receipt_missing` | `work.withdrawn` | `work.not_overseer` | `work.not_found`
 */
export async function moveAnswer(ctx: Ctx, input: AnswerMove): Promise<{ organisation: string; tasks: string[] }> {
  may(ctx, 'directives:follow');
  return inTransaction(ctx, async (tx) => {
    const plan = await planMove(tx, ctx, input);
    await receiveFor(tx, ctx, { input, receipt: plan.to });
    const at = isoInstant(ctx.clock.now());
    const proofs = await moveFiles(tx, plan);
    for (const pair of plan.pairs) await put(tx, ctx, { pair, plan, at, proofs });
    await tell(tx, ctx, { input, plan });
    await log(tx, ctx, { input, plan });
    const submitted = plan.pairs.filter(({ source }) => stateOf(source.state) === 'submitted').map(({ target }) => target.id);
    if (submitted.length > 0)
      await raise<TasksSubmitted>(tx, ctx, {
        name: 'tasks.submitted',
        ...partOf(plan.to),
        tasks: submitted,
        report: plan.withReport ? (plan.report?.id ?? null) : null,
      });
    return { organisation: plan.to.organisation, tasks: plan.pairs.map(({ target }) => target.id) };
  });
}

/** What was accepted of the wrong organisation is reviewed again; a draft stays one. */
const stateOf = (state: Pair['source']['state']) => (state === 'in-progress' ? ('in-progress' as const) : ('submitted' as const));

type Putting = { pair: Pair; plan: Planned; at: string; proofs: ReadonlyMap<string, string> };

async function put(tx: Tx, ctx: Ctx, { pair, plan, at, proofs }: Putting): Promise<void> {
  const { source, target } = pair;
  await replaceDeclared(tx, [target.id]);
  const declared = await moveDeclared(tx, ctx, { pair, plan, at, proofs });
  const state = stateOf(source.state);
  await tx
    .update(tasks)
    .set({
      state,
      answer: source.answer,
      answeredAt: source.answeredAt,
      acceptedAt: null,
      report: plan.withReport ? source.report : null,
      declared,
      requestedDue: state === 'submitted' ? null : target.requestedDue,
      changedAt: at,
    })
    .where(and(eq(tasks.id, target.id), inArray(tasks.state, [...statesBefore('answer')])));
  await tx
    .update(tasks)
    .set({ ...restored(pair), acceptedAt: null, report: null, changedAt: at })
    .where(eq(tasks.id, source.id));
}

type Told = { input: AnswerMove; plan: Planned };

/** The other organisation is kept for whoever follows the directive; neither agency is told which one it was. */
async function tell(tx: Tx, ctx: Ctx, { input, plan }: Told): Promise<void> {
  const of = ({ organisation, organisationName }: Receipt) => ({ organisation, organisationName });
  const code = plan.withReport && plan.report !== null ? { code: plan.report.code } : {};
  await note(tx, ctx, [
    ...plan.pairs.map(({ source }) => ({
      ...partOf(plan.from),
      task: source.id,
      act: 'answer-moved-out' as const,
      note: input.reason,
      data: { ...of(plan.to), ...code },
    })),
    ...plan.pairs.map(({ target }) => ({
      ...partOf(plan.to),
      task: target.id,
      act: 'answer-moved-in' as const,
      note: input.reason,
      data: { ...of(plan.from), ...code },
    })),
  ]);
}

/** Three lines: the act as a whole for the desk, and one for each side that names itself alone. */
async function log(tx: Tx, ctx: Ctx, { input: { reason }, plan }: Told): Promise<void> {
  const { from, to, pairs, report, withReport } = plan;
  const sources = pairs.map(({ source }) => source.id);
  const targets = pairs.map(({ target }) => target.id);
  await record(tx, ctx, {
    action: 'tasks.answer_moved',
    subject: { kind: 'directive', id: from.directive },
    reason,
    before: {
      organisation: from.organisation,
      tasks: pairs.map(({ source: { id, state, answer, declared } }) => ({ id, state, answer, declared })),
      replaced: pairs.map(({ target: { id, state, answer } }) => ({ id, state, answer })),
    },
    after: { organisation: to.organisation, tasks: targets, report: withReport ? (report?.id ?? null) : null },
  });
  await record(tx, ctx, {
    action: 'tasks.answer_moved_out',
    subject: { kind: 'receipt', id: from.id },
    concerns: from.organisation,
    reason,
    after: { tasks: sources },
  });
  await record(tx, ctx, {
    action: 'tasks.answer_moved_in',
    subject: { kind: 'receipt', id: to.id },
    concerns: to.organisation,
    reason,
    after: { tasks: targets },
  });
}
