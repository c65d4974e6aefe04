import { type Ctx, inSnapshot } from '@vonggac/store';
import { count, desc } from 'drizzle-orm';
import { grants } from '../access/index.ts';
import { namesOf } from '../organisations/index.ts';
import type { ExerciseRow } from './internal.ts';
import { type ExerciseState, stateOn } from './model.ts';
import { exercises } from './tables.ts';

export type ExerciseView = {
  id: string;
  organisation: { id: string; name: string };
  name: string;
  from: string;
  to: string;
  state: ExerciseState;
  destinations: string[];
  version: number;
  writtenByName: string;
};

/** The exercises of the own subtree, the newest first. */
export async function listExercises(
  ctx: Ctx,
  query: { page: number; size: number },
): Promise<{ items: ExerciseView[]; total: number; can: { write: boolean } }> {
  return inSnapshot(ctx, async (tx) => {
    const [{ total } = { total: 0 }] = await tx.select({ total: count() }).from(exercises);
    const rows = await tx
      .select()
      .from(exercises)
      .orderBy(desc(exercises.validFrom), desc(exercises.id))
      .limit(query.size)
      .offset((query.page - 1) * query.size);
    const names = await namesOf(
      tx,
      rows.map(({ organisation }) => organisation),
      ctx.scope.day,
    );
    const write = ctx.actor.kind === 'system' || grants(ctx.actor.role).includes('directives:issue');
    return {
      total,
      can: { write },
      items: rows.map((row) => viewOf(row, names.get(row.organisation)?.qualifiedName ?? '', ctx.scope.day)),
    };
  });
}

function viewOf(row: ExerciseRow, name: string, day: string): ExerciseView {
  return {
    id: row.id,
    organisation: { id: row.organisation, name },
    name: row.name,
    from: row.validFrom,
    to: row.validTo,
    state: stateOn(row, day),
    destinations: row.destinations,
    version: row.version,
    writtenByName: row.writtenByName,
  };
}
