import { notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction, raise } from '@vonggac/store';
import { and, eq } from 'drizzle-orm';
import { may, reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import type { QuestionAsked } from './events.ts';
import { note, type Part, permissionOn, receiptOf } from './internal.ts';
import { other, partOf } from './receipt.ts';
import { tasks } from './tables.ts';

/** A question of the agency to its overseer, or the overseer's reply; both stand in the history. `task` names the item that it is about. */
export async function ask(ctx: Ctx, input: Part & { task?: string | undefined; text: string }): Promise<void> {
  may(ctx, permissionOn(ctx, input));
  await inTransaction(ctx, async (tx) => {
    const receipt = await receiptOf(tx, input);
    const own = ctx.actor.organisation === input.organisation;
    if (!own && !reaches(ctx, receipt.overseer)) throw notFound('work');
    if (input.task !== undefined) {
      const [task] = await tx
        .select({ id: tasks.id })
        .from(tasks)
        .where(and(eq(tasks.id, input.task), eq(tasks.directive, input.directive), eq(tasks.organisation, input.organisation)));
      if (!task) throw notFound('work');
    }
    const act = own ? ('asked' as const) : ('replied' as const);
    await note(tx, ctx, [{ ...partOf(receipt), task: input.task ?? null, act, note: input.text }]);
    await record(tx, ctx, { action: `tasks.${act}`, subject: { kind: 'receipt', id: receipt.id }, concerns: other(ctx, receipt) });
    await raise<QuestionAsked>(tx, ctx, { name: `tasks.${act}`, ...partOf(receipt), text: input.text });
  });
}
