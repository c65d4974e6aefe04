import { conflict, fold, isoInstant, notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { and, eq } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { closed, type SavedAnswer } from './answer.ts';
import { mustBeFree } from './approval/lock.ts';
import { isHeld } from './approval/setting.ts';
import { replaceDeclared } from './declare/put-declared.ts';
import { mayWorkFor, mustBeInForce, note, type Part, permissionOn, receiptOf, refusedAlready } from './internal.ts';
import { statesBefore } from './model.ts';
import { mustBeInPeriod } from './periods/find.ts';
import { other, partOf } from './receipt.ts';
import { tasks } from './tables.ts';

export const NOTHING = 'Không phát sinh trong kỳ.';

/** Whether an answer is *không phát sinh*, however it came: by one tap, typed, from a sheet or put in by the desk. */
export function saysNothing(answer: string | null): boolean {
  return answer !== null && /^khong phat sinh(?: trong ky)?(?:\.|$)/.test(fold(answer).trim());
}

export type NothingSaid = Part & {
  task: string;
  /** False takes it back, as long as it is not submitted. */
  nothing: boolean;
  note?: string | undefined;
  /** The reporting period that the screen showed. */
  period?: number | undefined;
  source?: string | undefined;
};

/**
 * Không phát sinh: answers an item in one tap, with a note where there is one. What somebody wrote before is never written over.
 * @throws DomainError `work.answer_there` with the text in `details.answer` | `work.closed`
 */
export async function sayNothing(ctx: Ctx, input: NothingSaid): Promise<SavedAnswer & { answer: string | null }> {
  may(ctx, permissionOn(ctx, input));
  return inTransaction(ctx, async (tx) => {
    const receipt = await receiptOf(tx, input);
    const data = mayWorkFor(ctx, receipt, input.source);
    await mustBeInForce(tx, input.directive);
    if (receipt.state === '02') throw refusedAlready();
    await mustBeFree(tx, ctx, { ...input, tasks: [input.task] });
    if (input.period !== undefined) await mustBeInPeriod(tx, { [input.task]: input.period });
    const held = await isHeld(tx, ctx, input.organisation);
    const mine = and(eq(tasks.id, input.task), eq(tasks.directive, input.directive), eq(tasks.organisation, input.organisation));
    const [before] = await tx.select({ state: tasks.state, answer: tasks.answer }).from(tasks).where(mine).for('update');
    if (before === undefined) throw notFound('work');
    if (!statesBefore('answer').includes(before.state)) throw closed(before.state, 'task');
    const isFree = (before.answer ?? '') === '' || saysNothing(before.answer);
    if (!isFree) throw answerThere(before.answer);
    const answer = input.nothing ? [NOTHING, input.note].filter(Boolean).join(' ') : null;
    const [saved] = await tx
      .update(tasks)
      .set({
        answer,
        state: before.state === 'assigned' ? 'in-progress' : before.state,
        declared: ctx.actor.organisation === input.organisation || answer === null ? null : 'desk',
        changedAt: isoInstant(ctx.clock.now()),
      })
      .where(mine)
      .returning({ task: tasks.id, state: tasks.state, changedAt: tasks.changedAt });
    await replaceDeclared(tx, [input.task]);
    const act = input.nothing ? ('nothing' as const) : ('nothing-undone' as const);
    await note(tx, ctx, [{ ...partOf(receipt), task: input.task, act, note: input.note ?? null, data, held }]);
    await record(tx, ctx, {
      action: input.nothing ? 'tasks.nothing' : 'tasks.nothing_undone',
      subject: { kind: 'receipt', id: receipt.id },
      concerns: held ? undefined : other(ctx, receipt),
      before: { answer: before.answer },
      after: { task: input.task, answer, ...data },
    });
    return { ...saved!, answer };
  });
}

function answerThere(answer: string | null) {
  return conflict(
    'work.answer_there',
    {
      vi: 'Nội dung này đã có kết quả thực hiện. Xóa kết quả đó trước nếu đúng là không phát sinh.',
      en: 'This item already has an answer. Delete it first if there really was nothing.',
    },
    { answer },
  );
}
