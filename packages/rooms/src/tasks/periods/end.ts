import type { Ctx, Tx } from '@vonggac/store';
import { and, eq, ne } from 'drizzle-orm';
import type { RecurrenceEnded } from '../../directives/index.ts';
import { note } from '../internal.ts';
import { tasks } from '../tables.ts';

/** Reaction to the end of a recurrence: everybody who has the requirement reads until when and why. */
export async function tellRecurrenceEnd(tx: Tx, ctx: Ctx, { requirement, until, reason }: RecurrenceEnded): Promise<void> {
  const rows = await tx
    .select({ task: tasks.id, directive: tasks.directive, organisation: tasks.organisation, overseer: tasks.overseer })
    .from(tasks)
    .where(and(eq(tasks.requirement, requirement), ne(tasks.state, 'withdrawn')));
  await note(
    tx,
    ctx,
    rows.map((row) => ({
      ...row,
      act: until === null ? ('recurrence-resumed' as const) : ('recurrence-ended' as const),
      note: reason,
      ...(until === null ? {} : { data: { until } }),
    })),
  );
}
