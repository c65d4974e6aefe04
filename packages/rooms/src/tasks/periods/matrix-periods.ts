import type { Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import type { Column } from '../matrix-model.ts';

/**
 * The reporting period that runs in a cell, and those of it that ended: how many, how many of them were reported, in time or later, how
 * many wait for review, and which were not (their numbers). What never opened counts once it is reported.
 */
export type CellPeriods = {
  column: number;
  number: number;
  from: string;
  to: string;
  ended: number;
  reported: number;
  toReview: number;
  missed: string;
};

/** The reporting periods of a directive by organisation; empty where nothing in it recurs. */
export async function cellPeriods(tx: Tx, directive: string, columns: readonly Column[]): Promise<Map<string, CellPeriods[]>> {
  const recurring = columns.flatMap(({ id, recurs }) => (recurs ? [id] : []));
  if (recurring.length === 0) return new Map();
  const { rows } = await tx.execute<Omit<CellPeriods, 'column'> & { organisation: string; requirement: string }>(sql`
    select t.organisation, t.requirement, t.period as number, t.period_from::text as from, t.period_to::text as to,
      coalesce(p.ended, 0)::int as ended, coalesce(p.reported, 0)::int as reported, coalesce(p.to_review, 0)::int as "toReview",
      coalesce(p.missed, '') as missed
    from tasks t left join (
      select organisation, requirement, count(*) filter (where state <> 'not-opened') as ended, count(answered_at) as reported,
        count(*) filter (where state = 'submitted') as to_review,
        string_agg(number::text, ', ' order by number) filter (where state = 'not-reported') as missed
      from periods where directive = ${directive} group by 1, 2
    ) p on p.organisation = t.organisation and p.requirement = t.requirement
    where t.directive = ${directive} and t.requirement = any(${sql.param(recurring)}::uuid[]) and t.period is not null and t.state <> 'withdrawn'`);
  const places = new Map(columns.map(({ id }, column) => [id, column]));
  const byOrganisation = new Map<string, CellPeriods[]>();
  for (const { organisation, requirement, ...row } of rows) {
    const known = byOrganisation.get(organisation) ?? [];
    known.push({ ...row, column: places.get(requirement)! });
    byOrganisation.set(organisation, known);
  }
  return byOrganisation;
}
