import { conflict, type DomainError, notFound } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { eq } from 'drizzle-orm';
import { reaches } from '../access/index.ts';
import { exercises } from './tables.ts';

export type ExerciseRow = typeof exercises.$inferSelect;

/** An exercise of one's own subtree. @throws DomainError as if it did not exist */
export async function fetchExercise(tx: Tx, ctx: Ctx, id: string): Promise<ExerciseRow> {
  const [row] = await tx.select().from(exercises).where(eq(exercises.id, id));
  if (!row || !reaches(ctx, row.organisation)) throw notFound('exercise');
  return row;
}

export function changedMeanwhile(version: number): DomainError {
  return conflict(
    'exercises.changed_meanwhile',
    {
      vi: 'Cuộc diễn tập vừa được người khác thay đổi. Tải lại để xem bản mới nhất rồi sửa tiếp.',
      en: 'The exercise was changed by somebody else. Reload to see it as it stands, then change it.',
    },
    { version },
  );
}
