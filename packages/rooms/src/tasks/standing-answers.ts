import { isoInstant } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { followUpAt, followUpDue, followUpsOf } from './follow-up.ts';

/**
 * What of a directive still waits for an organisation. `next`: its earliest date, `overdue`: how many dates have passed; `followUp`: the
 * earliest of the desk's own dates, for the desk's eyes only.
 */
export type OpenWork = {
  organisation: string;
  name: string;
  open: number;
  overdue: number;
  next: string | null;
  followUp: string | null;
};

/** The open work of a directive by organisation, of those within the scope that have any; refused receipts are left out. */
export async function openWorkOf(tx: Tx, ctx: Ctx, directive: string): Promise<OpenWork[]> {
  const now = isoInstant(ctx.clock.now());
  const { rows } = await tx.execute<Omit<OpenWork, 'next' | 'followUp'> & { next: string | Date | null; items: string[] }>(sql`
    select r.organisation, r.organisation_name as name, count(*)::int as open,
      (count(*) filter (where t.answered_at is null and t.due < ${now}::timestamptz))::int as overdue, min(t.due) as next, array_agg(t.requirement::text) as items
    from receipts r join tasks t on t.directive = r.directive and t.organisation = r.organisation
    where r.directive = ${directive} and r.state <> '02' and t.state in ('assigned', 'in-progress', 'more-asked')
    group by r.organisation, r.organisation_name order by overdue desc, next nulls last, name`);
  const followed = await followUpsOf(tx, directive);
  const work = rows.map(({ items, next, ...row }) => {
    const days = followed.length === 0 ? [] : items.flatMap((item) => followUpAt(followed, item, row.organisation) ?? []);
    return {
      ...row,
      next: next === null ? null : new Date(next).toISOString(),
      followUp: days.map((one) => followUpDue(one)).toSorted()[0] ?? null,
    };
  });
  return followed.length === 0 ? work : work.toSorted((a, b) => b.overdue - a.overdue || (soonest(a) < soonest(b) ? -1 : 1));
}

const soonest = ({ next, followUp }: OpenWork) => [next ?? '9999', followUp ?? '9999'].toSorted()[0]!;
