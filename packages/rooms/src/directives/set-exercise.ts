import { conflict, marked, unmarked } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { and, eq, sql } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { openExercise } from '../exercises/index.ts';
import { type DirectiveView, viewDirective } from './get.ts';
import { changedMeanwhile, fetchDraft, mustHaveVersion } from './internal.ts';
import { directives } from './tables.ts';
import { keysOf } from './write-draft.ts';

/**
 * Puts a draft into an exercise, or takes it out: from now on its subject bears the mark. A document that carries out another
 * one stays on the side of that one; an issued one stays where it was issued.
 * @throws DomainError `exercise.not_found`, `exercises.over`, `directives.exercise_inherited`, `directives.not_draft`, `directives.changed_meanwhile`
 */
export async function setExercise(ctx: Ctx, id: string, input: { version: number; exercise: string | null }): Promise<DirectiveView> {
  may(ctx, 'directives:draft');
  return inTransaction(ctx, async (tx) => {
    const row = await fetchDraft(tx, ctx, id);
    mustHaveVersion(row, input.version);
    if (row.upstream !== null) throw inherited(row.exerciseName);
    const exercise = input.exercise === null ? null : await openExercise(tx, ctx, input.exercise);
    const subject = exercise ? marked(row.subject) : row.exercise ? unmarked(row.subject) : row.subject;
    const [changed] = await tx
      .update(directives)
      .set({
        subject,
        ...keysOf({ ...row, subject }),
        exercise: exercise?.id ?? null,
        exerciseName: exercise?.name ?? null,
        version: sql`${directives.version} + 1`,
      })
      .where(and(eq(directives.id, id), eq(directives.version, input.version), eq(directives.status, 'draft')))
      .returning({ id: directives.id });
    if (!changed) throw changedMeanwhile(row.version);
    await record(tx, ctx, {
      action: 'directives.exercise_set',
      subject: { kind: 'directive', id },
      before: { exercise: row.exercise },
      after: { exercise: exercise?.id ?? null, name: exercise?.name ?? null },
    });
    return viewDirective(tx, ctx, id);
  });
}

const inherited = (exercise: string | null) =>
  exercise === null
    ? conflict('directives.exercise_inherited', {
        vi: 'Văn bản này triển khai một văn bản thật nên không đưa vào diễn tập được. Soạn văn bản khác cho cuộc diễn tập.',
        en: 'This directive carries out a real one and cannot become part of an exercise. Draft another one for the exercise.',
      })
    : conflict('directives.exercise_inherited', {
        vi: `Văn bản này triển khai một văn bản của cuộc diễn tập “${exercise}” nên luôn thuộc cuộc diễn tập đó.`,
        en: `This directive carries out one of the exercise “${exercise}” and always belongs to it.`,
      });
