import { conflict, DomainError, isoInstant, notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { mustBeFree } from './approval/lock.ts';
import { replaceDeclared } from './declare/put-declared.ts';
import { mayWorkFor, mustBeInForce, note, type Part, permissionOn, receiptOf, refusedAlready } from './internal.ts';
import { statesBefore, type TaskState } from './model.ts';
import { periodEnded } from './periods/find.ts';
import { other, partOf } from './receipt.ts';
import { tasks } from './tables.ts';

export type Answers = Part & {
  /** `seen`: the `changedAt` that the writer last saw; another one means that somebody else wrote meanwhile. */
  items: readonly { task: string; answer: string; seen?: string | undefined }[];
  source?: string | undefined;
};

export type SavedAnswer = { task: string; state: TaskState; changedAt: string };

/**
 * Keeps the text of one or more items as a draft; the first text of an item begins it. All or nothing.
 * @throws DomainError `work.changed_meanwhile` with the other text in `details.answer` | `work.closed`, each with place `items.<n>` |
 * `work.period_ended`
 */
export async function answerTasks(ctx: Ctx, input: Answers): Promise<SavedAnswer[]> {
  may(ctx, permissionOn(ctx, input));
  return inTransaction(ctx, async (tx) => {
    const receipt = await receiptOf(tx, input);
    const data = mayWorkFor(ctx, receipt, input.source);
    await mustBeInForce(tx, input.directive);
    if (receipt.state === '02') throw refusedAlready();
    await mustBeFree(tx, ctx, { ...input, tasks: input.items.map(({ task }) => task) });
    const begun = await statesOf(tx, input);
    const saved: SavedAnswer[] = [];
    for (const [at, item] of input.items.entries()) saved.push(await saveOne(tx, ctx, { ...input, item, at }));
    await replaceDeclared(
      tx,
      saved.map(({ task }) => task),
    );
    const fresh = saved.filter(({ task }) => begun.get(task) === 'assigned');
    await note(
      tx,
      ctx,
      fresh.map(({ task }) => ({ ...partOf(receipt), task, act: 'answered' as const, data })),
    );
    await record(tx, ctx, {
      action: 'tasks.answered',
      subject: { kind: 'receipt', id: receipt.id },
      concerns: other(ctx, receipt),
      after: { tasks: saved.map(({ task }) => task), ...data },
    });
    return saved;
  });
}

async function statesOf(tx: Tx, { directive, organisation, items }: Answers): Promise<Map<string, TaskState>> {
  const ids = items.map(({ task }) => task);
  const rows = await tx
    .select({ id: tasks.id, state: tasks.state })
    .from(tasks)
    .where(and(eq(tasks.directive, directive), eq(tasks.organisation, organisation), inArray(tasks.id, ids)));
  return new Map(rows.map(({ id, state }) => [id, state]));
}

type One = Part & { item: Answers['items'][number]; at: number };

async function saveOne(tx: Tx, ctx: Ctx, { directive, organisation, item, at }: One): Promise<SavedAnswer> {
  const mine = and(eq(tasks.id, item.task), eq(tasks.directive, directive), eq(tasks.organisation, organisation));
  const [row] = await tx
    .update(tasks)
    .set({
      answer: item.answer,
      state: sql`case when ${tasks.state} = 'assigned' then 'in-progress' else ${tasks.state} end`,
      declared: ctx.actor.organisation === organisation ? null : 'desk',
      changedAt: isoInstant(ctx.clock.now()),
    })
    .where(
      and(mine, inArray(tasks.state, [...statesBefore('answer')]), item.seen === undefined ? undefined : eq(tasks.changedAt, item.seen)),
    )
    .returning({ task: tasks.id, state: tasks.state, changedAt: tasks.changedAt });
  if (row) return row;
  const [now] = await tx.select().from(tasks).where(mine);
  if (!now) throw notFound('work');
  // What was typed for a reporting period that has ended is not offered to the next.
  if (item.seen !== undefined && now.periodOpenedAt !== null && new Date(item.seen) < new Date(now.periodOpenedAt))
    throw periodEnded({ period: now.period, to: now.periodTo });
  if (!statesBefore('answer').includes(now.state)) throw closed(now.state, `items.${at}`);
  // Written twice with the same text, after an answer that was lost on the way.
  if (now.answer === item.answer) return { task: item.task, state: now.state, changedAt: now.changedAt };
  throw new DomainError(
    'conflict',
    'work.changed_meanwhile',
    {
      vi: 'Người khác trong đơn vị vừa sửa nội dung này. Xem bản của họ rồi chọn giữ bản nào.',
      en: 'Somebody else of your organisation has just changed this item. Look at their text, then choose which one to keep.',
    },
    { place: `items.${at}`, details: { answer: now.answer, changedAt: now.changedAt } },
  );
}

/** What stands in the way of an act, in words. */
export function closed(state: TaskState, place?: string): DomainError {
  const text = {
    submitted: {
      vi: 'Nội dung này đã gửi báo cáo và đang chờ ghi nhận. Rút lại báo cáo nếu cần sửa.',
      en: 'This item has been reported and awaits acceptance. Take the report back to change it.',
    },
    accepted: { vi: 'Kết quả của nội dung này đã được ghi nhận.', en: 'The result of this item has been accepted.' },
    withdrawn: { vi: 'Nội dung này không còn yêu cầu thực hiện.', en: 'This item is no longer required.' },
    assigned: { vi: 'Nội dung này chưa được gửi báo cáo.', en: 'This item has not been reported yet.' },
    'in-progress': { vi: 'Nội dung này chưa được gửi báo cáo.', en: 'This item has not been reported yet.' },
    'more-asked': { vi: 'Nội dung này đang chờ đơn vị bổ sung.', en: 'This item waits for more from the organisation.' },
  }[state];
  return place === undefined ? conflict('work.closed', text) : new DomainError('conflict', 'work.closed', text, { place });
}
