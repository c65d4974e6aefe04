import { isoInstant } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';

/** What of a directive still waits for an organisation. `next`: its earliest date, `overdue`: how many dates have passed. */
export type OpenWork = { organisation: string; name: string; open: number; overdue: number; next: string | null };

/** The open work of a directive by organisation, of those within the scope that have any; refused receipts are left out. */
export async function openWorkOf(tx: Tx, ctx: Ctx, directive: string): Promise<OpenWork[]> {
  const now = isoInstant(ctx.clock.now());
  const { rows } = await tx.execute<Omit<OpenWork, 'next'> & { next: string | Date | null }>(sql`
    select r.organisation, r.organisation_name as name, count(*)::int as open,
      (count(*) filter (where t.answered_at is null and t.due < ${now}::timestamptz))::int as overdue, min(t.due) as next
    from receipts r join tasks t on t.directive = r.directive and t.organisation = r.organisation
    where r.directive = ${directive} and r.state <> '02' and t.state in ('assigned', 'in-progress', 'more-asked')
    group by r.organisation, r.organisation_name order by overdue desc, next nulls last, name`);
  return rows.map((row) => ({ ...row, next: row.next === null ? null : new Date(row.next).toISOString() }));
}
