import type { Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import type { Receipt } from '../internal.ts';

/**
 * What was kept to the organisation goes out with what it belongs to: its files and lines of history, and what is of the whole document.
 * The file of a report that was never sent stays.
 */
export async function releaseHeld(tx: Tx, receipt: Receipt, sent: { tasks: readonly string[]; report: string | null }): Promise<void> {
  const ids = sql.param([...sent.tasks]);
  const { directive, organisation, overseer } = receipt;
  const { rows } = await tx.execute<{ id: string }>(sql`
    update evidence set held = false, overseer = ${overseer}
    where held and directive = ${directive} and organisation = ${organisation}
      and (task is null or task = any(${ids}::uuid[])) and (report is null or report = ${sent.report}::uuid)
    returning id`);
  await tx.execute(sql`
    update history set held = false, overseer = ${overseer}
    where held and directive = ${directive} and organisation = ${organisation}
      and (task = any(${ids}::uuid[]) or data ->> 'file' = any(${sql.param(rows.map(({ id }) => id))}::text[]))`);
}
