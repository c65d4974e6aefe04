import type { DirectiveHead } from '../directives/index.ts';
import type { Ctx, Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { reminders } from '../tasks/index.ts';
import { EXERCISE_SERIES, ticketOf, yearOf } from './model.ts';

/** Reminders of one authority are numbered one after the other: the lock is held until the transaction ends. */
export async function lockReminders(tx: Tx, overseer: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`reminders:${overseer}`}, 0))`);
}

/** The next number of the year, of its own series in an exercise; call `lockReminders` before. */
export async function nextTicket(tx: Tx, ctx: Ctx, { overseer, exercise }: Pick<DirectiveHead, 'overseer' | 'exercise'>): Promise<string> {
  const year = yearOf(ctx.clock.now());
  const series = `${exercise === null ? '' : EXERCISE_SERIES}ĐĐ-${year}-`;
  const { rows } = await tx.execute<{ last: number | null }>(sql`
    select max(split_part(ticket, '-', -1)::int) as last from ${reminders} where overseer = ${overseer} and ticket like ${`${series}%`}`);
  return ticketOf(year, (rows[0]?.last ?? 0) + 1, exercise !== null);
}
