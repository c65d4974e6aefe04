import { dayOf } from '@vonggac/kernel';
import { type Ctx, inSnapshot } from '@vonggac/store';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { directives, requirements } from '../directives/index.ts';
import { namesOf } from '../organisations/index.ts';
import { LIVE_STATES, type TaskState } from './model.ts';
import { tasks } from './tables.ts';

export type OpenTask = {
  organisation: { id: string; name: string };
  directive: { code: string | null; day: string | null; subject: string };
  /** The requirement's place in the document, and its words. */
  path: string;
  text: string;
  due: string | null;
  state: TaskState;
};

/** Every task in reach that still asks something of somebody, exercises apart: by organisation, then by date. */
export async function openTasks(ctx: Ctx): Promise<OpenTask[]> {
  return inSnapshot(ctx, async (tx) => {
    const rows = await tx
      .select({
        organisation: tasks.organisation,
        code: directives.code,
        symbol: directives.symbol,
        day: directives.day,
        subject: directives.subject,
        path: requirements.path,
        text: requirements.text,
        due: tasks.due,
        state: tasks.state,
      })
      .from(tasks)
      .innerJoin(requirements, eq(requirements.id, tasks.requirement))
      .innerJoin(directives, eq(directives.id, tasks.directive))
      .where(and(inArray(tasks.state, [...LIVE_STATES]), eq(directives.status, 'issued'), isNull(directives.exercise)))
      .orderBy(sql`${tasks.due} asc nulls last`, asc(tasks.directive), asc(requirements.position));
    const ids = [...new Set(rows.map(({ organisation }) => organisation))];
    const names = await namesOf(tx, ids, dayOf(ctx.clock.now()).toString());
    const nameOf = (id: string) => names.get(id)?.qualifiedName ?? id;
    const order = new Map(ids.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b), 'vi')).map((id, at) => [id, at]));
    return rows
      .map(({ organisation, code, symbol, day, subject, path, text, due, state }) => ({
        organisation: { id: organisation, name: nameOf(organisation) },
        directive: { code: code ?? symbol, day, subject },
        path,
        text,
        due,
        state,
      }))
      .toSorted((a, b) => order.get(a.organisation.id)! - order.get(b.organisation.id)!);
  });
}
