import { forbidden, isoInstant, notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction, raise, type Tx } from '@vonggac/store';
import { and, inArray } from 'drizzle-orm';
import { may, reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { closed } from './answer.ts';
import type { TasksReviewed } from './events.ts';
import { note } from './internal.ts';
import { type Act, afterAct, statesBefore, type TaskAct, type TaskState } from './model.ts';
import { tasks } from './tables.ts';

/** `done`: the tasks that moved; `skipped`: those that were in another state by then. */
export type Reviewed = { done: string[]; skipped: string[] };

type Review = { act: Extract<TaskAct, 'accept' | 'ask-more' | 'reopen'>; history: Act; fact: TasksReviewed['name']; action: string };

/**
 * Ghi nhận kết quả: submitted → accepted, singly or in bulk, by the overseer's side.
 * @throws DomainError `work.closed` where none of them was submitted | `work.not_overseer`
 */
export async function acceptTasks(ctx: Ctx, input: { tasks: readonly string[]; note?: string | undefined }): Promise<Reviewed> {
  return review(
    ctx,
    { act: 'accept', history: 'accepted', fact: 'tasks.accepted', action: 'tasks.accepted' },
    { tasks: input.tasks, text: input.note ?? null },
  );
}

/** Đề nghị bổ sung: submitted → more asked, with the reason that the agency reads. */
export async function askForMore(ctx: Ctx, input: { tasks: readonly string[]; reason: string }): Promise<Reviewed> {
  return review(
    ctx,
    { act: 'ask-more', history: 'more-asked', fact: 'tasks.moreAsked', action: 'tasks.more_asked' },
    { tasks: input.tasks, text: input.reason },
  );
}

/** Takes an acceptance back: accepted → submitted. */
export async function reopenTasks(ctx: Ctx, input: { tasks: readonly string[]; reason: string }): Promise<Reviewed> {
  return review(
    ctx,
    { act: 'reopen', history: 'reopened', fact: 'tasks.reopened', action: 'tasks.reopened' },
    { tasks: input.tasks, text: input.reason },
  );
}

async function review(ctx: Ctx, how: Review, input: { tasks: readonly string[]; text: string | null }): Promise<Reviewed> {
  may(ctx, 'directives:follow');
  return inTransaction(ctx, async (tx) => {
    const asked = await reviewable(tx, ctx, input.tasks);
    const at = isoInstant(ctx.clock.now());
    const moved = await tx
      .update(tasks)
      .set({ state: afterAct(statesBefore(how.act)[0]!, how.act)!, acceptedAt: how.act === 'accept' ? at : null, changedAt: at })
      .where(
        and(
          inArray(
            tasks.id,
            asked.map(({ id }) => id),
          ),
          inArray(tasks.state, [...statesBefore(how.act)]),
        ),
      )
      .returning({ id: tasks.id, directive: tasks.directive, organisation: tasks.organisation, overseer: tasks.overseer });
    const done = moved.map(({ id }) => id);
    if (done.length === 0) throw closed(asked[0]!.state, `tasks.${asked[0]!.id}`);
    await note(
      tx,
      ctx,
      moved.map(({ id, ...part }) => ({ ...part, task: id, act: how.history, note: input.text })),
    );
    for (const part of byPart(moved)) {
      await record(tx, ctx, {
        action: how.action,
        subject: { kind: 'directive', id: part.directive },
        concerns: part.organisation,
        after: { tasks: part.tasks },
        reason: input.text ?? undefined,
      });
      await raise<TasksReviewed>(tx, ctx, { name: how.fact, ...part, reason: input.text });
    }
    return { done, skipped: asked.map(({ id }) => id).filter((id) => !done.includes(id)) };
  });
}

/** @throws DomainError `work.not_found` when none is in sight, `work.not_overseer` where one is seen but overseen by somebody else */
export async function reviewable(tx: Tx, ctx: Ctx, ids: readonly string[]): Promise<{ id: string; state: TaskState }[]> {
  const rows = await tx
    .select({ id: tasks.id, state: tasks.state, overseer: tasks.overseer })
    .from(tasks)
    .where(inArray(tasks.id, [...ids]));
  if (rows.length < new Set(ids).size) throw notFound('work');
  if (rows.every(({ overseer }) => reaches(ctx, overseer))) return rows;
  throw forbidden('work.not_overseer', {
    vi: 'Chỉ đơn vị theo dõi, tổng hợp mới được ghi nhận kết quả hoặc đề nghị bổ sung.',
    en: 'Only the organisation that follows this directive may accept results or ask for more.',
  });
}

type Moved = { id: string; directive: string; organisation: string; overseer: string };

function byPart(rows: readonly Moved[]): (Omit<Moved, 'id'> & { tasks: string[] })[] {
  const parts = new Map<string, Omit<Moved, 'id'> & { tasks: string[] }>();
  for (const { id, ...part } of rows) {
    const key = `${part.directive}/${part.organisation}`;
    const known = parts.get(key);
    if (known) known.tasks.push(id);
    else parts.set(key, { ...part, tasks: [id] });
  }
  return [...parts.values()];
}
