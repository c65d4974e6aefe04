import type { DECLARED_VIA } from '@vonggac/contract/work-views';
import { actorKey, isoInstant, newId } from '@vonggac/kernel';
import { type Ctx, raise, type Tx } from '@vonggac/store';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { DeclaredData, DoneState } from '../answer-sheet/model.ts';
import type { TasksSubmitted } from '../events.ts';
import { note, type Receipt } from '../internal.ts';
import type { ActData, TaskState } from '../model.ts';
import { list } from '../sql-list.ts';
import { statesBefore } from '../model.ts';
import { partOf } from '../receipt.ts';
import { declarations } from '../tables.ts';

/** By which way an answer came: who at the agency said it, when, and what proves it. */
export type Way = {
  via: (typeof DECLARED_VIA)[number];
  who: string | null;
  saidAt: string;
  note: string | null;
  proof: string | null;
  file: string | null;
};
/** `expected`: the answer that must still stand; null where any may. `submit`: counts as reported, else it is kept as a draft. */
export type DeclaredItem = {
  task: string;
  expected: string | null;
  answer: string;
  done: DoneState | null;
  day: string | null;
  code: string | null;
  remark: string | null;
  extra: Record<string, string>;
};

export const submits = (done: DoneState | null): boolean => done === 'done' || done === 'nothing';
const NOTHING = 'Không phát sinh';
/** What `saysNothing` knows again. */
const withNothing = (answer: string): string => (answer === '' || answer.startsWith(NOTHING) ? answer || NOTHING : `${NOTHING}. ${answer}`);

/**
 * Puts answers in that somebody else declares for the agency, each beside what stood before. An item that was answered or closed
 * meanwhile is left as it is. @returns which tasks were put in
 */
export async function putDeclared(
  tx: Tx,
  ctx: Ctx,
  { receipt, way, items }: { receipt: Receipt; way: Way; items: readonly DeclaredItem[] },
): Promise<string[]> {
  const given = items.map((item) => ({ ...item, answer: item.done === 'nothing' ? withNothing(item.answer) : item.answer }));
  const former = await change(tx, ctx, { receipt, via: way.via, items: given });
  const done = given.filter(({ task }) => former.has(task));
  if (done.length === 0) return [];
  const ids = done.map(({ task }) => task);
  await replaceDeclared(tx, ids);
  await keepDeclared(tx, ctx, {
    receipt,
    way,
    items: done.map(({ task, answer, done: state, day, code, remark, extra }) => ({
      task,
      answer,
      done: state,
      day,
      code,
      remark,
      extra,
      before: former.get(task)!,
    })),
  });
  await tell(tx, ctx, { receipt, way, done });
  return ids;
}

/** Whoever answers anew, the agency or the desk: what was declared before stays on record as replaced. */
export async function replaceDeclared(tx: Tx, taskIds: readonly string[]): Promise<void> {
  await tx
    .update(declarations)
    .set({ state: 'replaced' })
    .where(and(inArray(declarations.task, [...taskIds]), eq(declarations.state, 'open')));
}

/** Keeps what was declared for the agency to confirm or contest. */
export async function keepDeclared(
  tx: Tx,
  ctx: Ctx,
  { receipt, way, items }: { receipt: Receipt; way: Way; items: readonly (DeclaredData & { task: string })[] },
): Promise<void> {
  const enteredAt = isoInstant(ctx.clock.now());
  const by = { enteredBy: actorKey(ctx.actor), enteredByName: ctx.actor.name };
  await tx
    .insert(declarations)
    .values(items.map(({ task, ...data }) => ({ id: newId(), ...partOf(receipt), task, ...way, data, enteredAt, ...by })));
}

type Former = DeclaredData['before'];

async function change(
  tx: Tx,
  ctx: Ctx,
  { receipt, via, items }: { receipt: Receipt; via: Way['via']; items: readonly DeclaredItem[] },
): Promise<Map<string, Former>> {
  const at = isoInstant(ctx.clock.now());
  const { rows } = await tx.execute<{
    id: string;
    state: TaskState;
    answer: string | null;
    answered: string | null;
    declared: Former['declared'];
    requested: string | null;
  }>(sql`
    with given as (
      select * from unnest(
        ${sql.param(items.map(({ task }) => task))}::uuid[],
        ${sql.param(items.map(({ answer }) => answer))}::text[],
        ${sql.param(items.map(({ expected }) => expected))}::text[],
        ${sql.param(items.map(({ done }) => submits(done)))}::boolean[]
      ) g(id, answer, expected, submits)
    ), old as (
      select t.id, t.state, t.answer, t.answered_at, t.declared, t.requested_due from tasks t join given g on g.id = t.id
      where t.directive = ${receipt.directive} and t.organisation = ${receipt.organisation} and t.state in (${list(statesBefore('answer'))})
        and (g.expected is null or coalesce(t.answer, '') in (g.expected, g.answer))
      for update of t
    )
    update tasks t set
      answer = g.answer,
      state = case when g.submits then 'submitted' when t.state = 'assigned' then 'in-progress' else t.state end,
      answered_at = case when g.submits then coalesce(t.answered_at, ${at}::timestamptz) else t.answered_at end,
      requested_due = case when g.submits then null else t.requested_due end,
      declared = ${via === 'file' ? 'file' : 'desk'},
      changed_at = ${at}::timestamptz
    from given g join old o on o.id = g.id
    where t.id = g.id
    returning t.id, o.state, o.answer, o.answered_at::text as answered, o.declared, o.requested_due::text as requested`);
  return new Map(
    rows.map(({ id, state, answer, answered, declared, requested }) => [
      id,
      { state, answer, answeredAt: isoOrNull(answered), declared, requestedDue: isoOrNull(requested) },
    ]),
  );
}

const isoOrNull = (at: string | null) => (at === null ? null : new Date(at).toISOString());

async function tell(
  tx: Tx,
  ctx: Ctx,
  { receipt, way, done }: { receipt: Receipt; way: Way; done: readonly DeclaredItem[] },
): Promise<void> {
  const shared: ActData = {
    via: way.via,
    saidAt: way.saidAt,
    ...(way.who === null ? {} : { who: way.who }),
    ...(way.note === null ? {} : { source: way.note }),
    ...(way.proof === null ? {} : { proof: way.proof }),
  };
  await note(
    tx,
    ctx,
    done.map(({ task, answer, done: state, code, day }) => ({
      ...partOf(receipt),
      task,
      act: submits(state) ? ('submitted' as const) : ('answered' as const),
      note: answer,
      data: { ...shared, ...(code === null ? {} : { code }), ...(day === null ? {} : { day }) },
    })),
  );
  const submitted = done.filter((item) => submits(item.done)).map(({ task }) => task);
  if (submitted.length > 0)
    await raise<TasksSubmitted>(tx, ctx, { name: 'tasks.submitted', ...partOf(receipt), tasks: submitted, report: null });
}
