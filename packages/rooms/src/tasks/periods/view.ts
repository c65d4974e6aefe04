import type { Tx } from '@vonggac/store';
import { and, eq, sql } from 'drizzle-orm';
import { beforeRule, type RequirementView } from '../../directives/index.ts';
import type { Part } from '../internal.ts';
import { periods, type tasks } from '../tables.ts';
import { cycleOf } from './cycle.ts';

/** The reporting period that runs. `computed`: its day is not in the phrase; `until`: the recurrence ends; `past`: periods that ended. */
export type WorkPeriod = {
  number: number;
  from: string;
  to: string;
  computed: boolean;
  until: string | null;
  past: { total: number; reported: number; open: number };
};

type Task = Pick<typeof tasks.$inferSelect, 'id' | 'requirement' | 'period' | 'periodFrom' | 'periodTo'>;

/** The reporting periods of an agency's tasks, by task; none for those that do not recur. */
export async function periodsOf(
  tx: Tx,
  { part, rows, requirements }: { part: Part; rows: readonly Task[]; requirements: readonly RequirementView[] },
): Promise<Map<string, WorkPeriod>> {
  const recurring = rows.filter(({ period }) => period !== null);
  if (recurring.length === 0) return new Map();
  const counts = await tx
    .select({
      requirement: periods.requirement,
      total: sql<number>`count(*)::int`,
      reported: sql<number>`count(${periods.answeredAt})::int`,
      open: sql<number>`(count(*) filter (where ${periods.state} in ('not-reported', 'not-opened', 'more-asked')))::int`,
    })
    .from(periods)
    .where(and(eq(periods.directive, part.directive), eq(periods.organisation, part.organisation)))
    .groupBy(periods.requirement);
  const rule = await beforeRule(tx);
  return new Map(
    recurring.map(({ id, requirement, period, periodFrom, periodTo }) => {
      const item = requirements.find((one) => one.id === requirement);
      const { total = 0, reported = 0, open = 0 } = counts.find((one) => one.requirement === requirement) ?? {};
      return [
        id,
        {
          number: period!,
          from: periodFrom!,
          to: periodTo!,
          computed: item === undefined ? false : (cycleOf(item, rule)?.computed ?? false),
          until: item?.recurrenceUntil ?? null,
          past: { total, reported, open },
        },
      ];
    }),
  );
}
