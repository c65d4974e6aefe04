import { conflict } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { eq } from 'drizzle-orm';
import { fetchExercise } from './internal.ts';
import { isNamed, stateOn } from './model.ts';
import { exercises } from './tables.ts';

/**
 * An exercise of the own subtree that is not over, for what is to belong to it.
 * @throws DomainError `exercise.not_found`, `exercises.over`
 */
export async function openExercise(tx: Tx, ctx: Ctx, id: string): Promise<{ id: string; name: string }> {
  const row = await fetchExercise(tx, ctx, id);
  if (stateOn(row, ctx.scope.day) !== 'over') return { id: row.id, name: row.name };
  throw conflict('exercises.over', {
    vi: `Cuộc diễn tập “${row.name}” đã kết thúc. Chọn cuộc khác, hoặc gia hạn cuộc diễn tập này.`,
    en: `The exercise “${row.name}” is over. Choose another one, or move its last day.`,
  });
}

/**
 * Of some addresses those to which an exercise may send on a day; none when it does not run then or is not within the scope.
 */
export async function destinationsWithin(
  tx: Tx,
  exercise: string,
  asked: { addresses: readonly string[]; day: string },
): Promise<string[]> {
  const [row] = await tx.select().from(exercises).where(eq(exercises.id, exercise));
  if (!row || stateOn(row, asked.day) !== 'running') return [];
  return asked.addresses.filter((address) => isNamed(row.destinations, address));
}
