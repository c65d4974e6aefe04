import { dayOf } from '@vonggac/kernel';
import { type Ctx, inSnapshot } from '@vonggac/store';
import { and, asc, eq, sql } from 'drizzle-orm';
import { reaches } from '../access/index.ts';
import { namesOf } from '../organisations/index.ts';
import type { OpenTask } from './open-tasks.ts';
import { parts } from './tables.ts';

export type OpenPart = Omit<OpenTask, 'state'> & { giver: { id: string; name: string } };

/**
 * Parts that units have not answered yet, exercises apart, by date: of those that the actor reaches or whose givers it reaches. Whoever
 * only follows the directive is not told who has them.
 */
export async function openParts(ctx: Ctx): Promise<OpenPart[]> {
  return inSnapshot(ctx, async (tx) => {
    const found = await tx
      .select()
      .from(parts)
      .where(and(eq(parts.state, 'given'), eq(parts.exercise, false)))
      .orderBy(sql`${parts.due} asc nulls last`, asc(parts.directive), asc(parts.path));
    const rows = found.filter(({ organisation, giver }) => reaches(ctx, organisation) || reaches(ctx, giver));
    const ids = [...new Set(rows.flatMap(({ organisation, giver }) => [organisation, giver]))];
    const names = await namesOf(tx, ids, dayOf(ctx.clock.now()).toString());
    const nameOf = (id: string, kept: string | null) => ({ id, name: names.get(id)?.qualifiedName ?? kept ?? id });
    return rows.map(({ organisation, organisationName, giver, giverName, code, subject, path, text, due }) => ({
      organisation: nameOf(organisation, organisationName),
      giver: nameOf(giver, giverName),
      directive: { code, day: null, subject },
      path,
      text,
      due,
    }));
  });
}
