import type { Ctx, Tx } from '@vonggac/store';
import { and, inArray, sql } from 'drizzle-orm';
import { type DirectiveHandedOver, directiveHead } from '../directives/index.ts';
import { record } from '../audit/index.ts';
import { receipts } from '../tasks/index.ts';
import { withinWindow } from './calls-of.ts';
import { dutyCalls } from './tables.ts';

/** Reaction to a new overseer: the calls made in the time of the directive are its figures, so they go with it. */
export async function handOverCalls(tx: Tx, ctx: Ctx, { directive, from, to }: DirectiveHandedOver): Promise<void> {
  const head = (await directiveHead(tx, [directive])).get(directive);
  if (head === undefined) return;
  const told = tx
    .select({ organisation: receipts.organisation })
    .from(receipts)
    .where(sql`${receipts.directive} = ${directive}`);
  const window = { from: head.windowFrom ?? head.day, to: head.windowTo };
  const moved = await tx
    .update(dutyCalls)
    .set({ overseer: to })
    .where(
      and(
        sql`${dutyCalls.overseer} = ${from}`,
        sql`${dutyCalls.exercise} is not distinct from ${head.exercise}::uuid`,
        inArray(dutyCalls.organisation, told),
        withinWindow(sql`${dutyCalls.calledAt}`, window),
      ),
    )
    .returning({ id: dutyCalls.id });
  if (moved.length > 0)
    await record(tx, ctx, {
      action: 'duty.handed_over',
      subject: { kind: 'directive', id: directive },
      concerns: to,
      after: { calls: moved.length },
    });
}
