import type { Ctx, Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { EXERCISE_SERIES, yearOf } from '../notifications/index.ts';
import type { Rule } from './model.ts';
import { notices } from './tables.ts';

/** Before the number of a test: a series of its own, so that the real one has no gaps. */
const TEST_SERIES = 'THỬ-';

/** Notices of one authority are made one after the other: the lock is held until the transaction ends. */
export async function lockNotices(tx: Tx, overseer: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`notices:${overseer}`}, 0))`);
}

/** `TB-2024-0001`: the next number of the year, in exercises and tests of series of their own; call `lockNotices` before. */
export async function nextTicket(
  tx: Tx,
  ctx: Ctx,
  { organisation, exercise, test }: Pick<Rule, 'organisation' | 'exercise' | 'test'>,
): Promise<string> {
  const series = `${test ? TEST_SERIES : ''}${exercise === null ? '' : EXERCISE_SERIES}TB-${yearOf(ctx.clock.now())}-`;
  const { rows } = await tx.execute<{ last: number | null }>(sql`
    select max(split_part(ticket, '-', -1)::int) as last from ${notices} where overseer = ${organisation}::uuid and ticket like ${`${series}%`}`);
  return `${series}${String((rows[0]?.last ?? 0) + 1).padStart(4, '0')}`;
}
