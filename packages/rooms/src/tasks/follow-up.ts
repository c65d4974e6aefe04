import { actorKey, dayOf, endOfDay, isoInstant, newId, notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { may, reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { directiveHead, requirements } from '../directives/index.ts';
import { mustBeInForce } from './internal.ts';
import { followUps, tasks } from './tables.ts';

export type FollowUpSet = {
  directive: string;
  requirement: string;
  /** Whose task it is for; everybody's where left out. */
  organisation?: string | undefined;
  /** Null takes it away. */
  day: string | null;
  note?: string | undefined;
};

/**
 * Hạn theo dõi: the desk's own day for one task or for a requirement. It stands in no history, since agencies read those, and its audit
 * row concerns nobody else.
 * @throws DomainError `directive.not_found` unless the actor's side follows it | `requirement.not_found` | `organisation.not_found`
 */
export async function setFollowUp(ctx: Ctx, input: FollowUpSet): Promise<void> {
  may(ctx, 'directives:follow');
  await inTransaction(ctx, async (tx) => {
    const head = (await directiveHead(tx, [input.directive])).get(input.directive);
    if (head === undefined || head.status === 'draft' || !reaches(ctx, head.overseer)) throw notFound('directive');
    await mustBeInForce(tx, input.directive);
    const task = await placeOf(tx, input);
    const here = and(eq(followUps.requirement, input.requirement), task === null ? isNull(followUps.task) : eq(followUps.task, task));
    const [before] = await tx.select().from(followUps).where(here).for('update');
    if (input.day === null) await tx.delete(followUps).where(here);
    else await put(tx, ctx, { ...input, day: input.day, task, overseer: head.overseer });
    await record(tx, ctx, {
      action: input.day === null ? 'follow_up.removed' : 'follow_up.set',
      subject: { kind: 'directive', id: input.directive },
      before: before === undefined ? undefined : { day: before.day, note: before.note },
      after: { requirement: input.requirement, organisation: input.organisation ?? null, day: input.day, note: input.note ?? null },
    });
  });
}

async function placeOf(tx: Tx, { directive, requirement, organisation }: FollowUpSet): Promise<string | null> {
  const [item] = await tx
    .select({ id: requirements.id })
    .from(requirements)
    .where(and(eq(requirements.id, requirement), eq(requirements.directive, directive)));
  if (item === undefined) throw notFound('requirement');
  if (organisation === undefined) return null;
  const [task] = await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(eq(tasks.requirement, requirement), eq(tasks.organisation, organisation)));
  if (task === undefined) throw notFound('organisation');
  return task.id;
}

type Putting = FollowUpSet & { day: string; task: string | null; overseer: string };

async function put(tx: Tx, ctx: Ctx, { directive, requirement, task, overseer, day, note = undefined }: Putting): Promise<void> {
  const said = {
    day,
    note: note ?? null,
    setAt: isoInstant(ctx.clock.now()),
    setBy: actorKey(ctx.actor),
    setByName: ctx.actor.name,
  };
  await tx
    .insert(followUps)
    .values({ id: newId(), directive, requirement, task, overseer, ...said })
    .onConflictDoUpdate({ target: [followUps.requirement, followUps.task], set: said });
}

/** A day of the desk's own; `organisation` null: for everybody's task of the requirement. */
export type FollowUp = { requirement: string; organisation: string | null; day: string; note: string | null; by: string };

/** The follow-up days of a directive; outside the overseer's reach there are none. */
export async function followUpsOf(tx: Tx, directive: string): Promise<FollowUp[]> {
  return tx
    .select({
      requirement: followUps.requirement,
      organisation: sql<string | null>`${tasks.organisation}`,
      day: followUps.day,
      note: followUps.note,
      by: followUps.setByName,
    })
    .from(followUps)
    .leftJoin(tasks, eq(tasks.id, followUps.task))
    .where(eq(followUps.directive, directive));
}

/** The day that counts for a task: its own before that of its requirement. */
export function followUpAt(all: readonly FollowUp[], requirement: string, organisation: string): FollowUp | undefined {
  const here = all.filter((one) => one.requirement === requirement);
  return here.find((one) => one.organisation === organisation) ?? here.find((one) => one.organisation === null);
}

/** The last instant of a follow-up day, as deadlines are written. */
export function followUpDue({ day }: Pick<FollowUp, 'day'>): string {
  return isoInstant(endOfDay(Temporal.PlainDate.from(day)));
}

/** Days until a follow-up day; negative once it has passed. @unit calendar days */
export function daysLeft({ day }: Pick<FollowUp, 'day'>, now: Temporal.Instant): number {
  return dayOf(now).until(Temporal.PlainDate.from(day), { largestUnit: 'day' }).days;
}
