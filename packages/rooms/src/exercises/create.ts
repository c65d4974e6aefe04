import { actorKey, invalid, newId } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { and, eq, sql } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { changedMeanwhile, fetchExercise } from './internal.ts';
import { tidy } from './model.ts';
import { exercises } from './tables.ts';

export type NewExercise = { name: string; from: string; to: string; destinations: readonly string[] };
export type ExerciseChange = { version: number; to: string; destinations: readonly string[] };

/**
 * Opens an exercise of the actor's organisation.
 * @throws DomainError `access.role`, `exercises.days`
 */
export async function createExercise(ctx: Ctx, input: NewExercise): Promise<{ id: string }> {
  may(ctx, 'directives:issue');
  mustEndAfter(input.from, input.to);
  const id = newId();
  const destinations = tidy(input.destinations);
  await inTransaction(ctx, async (tx) => {
    await tx.insert(exercises).values({
      id,
      organisation: ctx.actor.organisation,
      name: input.name,
      validFrom: input.from,
      validTo: input.to,
      destinations,
      writtenBy: actorKey(ctx.actor),
      writtenByName: ctx.actor.name,
    });
    await record(tx, ctx, { action: 'exercises.created', subject: { kind: 'exercise', id }, after: { ...input, destinations } });
  });
  return { id };
}

/**
 * Names other destinations, or another last day: an earlier one ends it.
 * @throws DomainError `access.role`, `exercise.not_found`, `exercises.days`, `exercises.changed_meanwhile`
 */
export async function changeExercise(ctx: Ctx, id: string, input: ExerciseChange): Promise<void> {
  may(ctx, 'directives:issue');
  await inTransaction(ctx, async (tx) => {
    const before = await fetchExercise(tx, ctx, id);
    mustEndAfter(before.validFrom, input.to);
    const destinations = tidy(input.destinations);
    const [changed] = await tx
      .update(exercises)
      .set({ validTo: input.to, destinations, version: sql`${exercises.version} + 1` })
      .where(and(eq(exercises.id, id), eq(exercises.version, input.version)))
      .returning({ id: exercises.id });
    if (!changed) throw changedMeanwhile(before.version);
    await record(tx, ctx, {
      action: 'exercises.changed',
      subject: { kind: 'exercise', id },
      before: { to: before.validTo, destinations: before.destinations },
      after: { to: input.to, destinations },
    });
  });
}

function mustEndAfter(from: string, to: string): void {
  if (from <= to) return;
  throw invalid('exercises.days', 'to', {
    vi: 'Ngày cuối của cuộc diễn tập phải từ ngày đầu trở đi.',
    en: 'The exercise must not end before it begins.',
  });
}
