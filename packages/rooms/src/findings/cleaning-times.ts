import { workingDaysBetween } from '@vonggac/kernel';
import type { Ctx, MeasureWindow, Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { workCalendar } from './calendar.ts';
import { own, type Sums, unitsOf } from './measure-sums.ts';
import { CLEANING } from './model.ts';
import { findingTimes } from './tables.ts';

/** How many took how many working days. */
export type Times = { days: number; n: number }[];

/** A condition on `f` (findings): said to be clean, and no later list says otherwise; as `vg_finding_is_clean` has it. */
export const cleaned = sql`f.answer = any(${sql.param(CLEANING)}::text[]) and f.answered_at is not null and f.verdict <> 'seen-again'`;

/** Working days from the day on which a finding reached the organisation to the day of an answer that no list disproved. */
export async function timesOf(tx: Tx, ctx: Ctx, sums: ReadonlyMap<string, Sums>, { exercise }: MeasureWindow): Promise<Map<string, Times>> {
  const asked = new Map([...sums].filter(([, { unverified, notSeen }]) => unverified + notSeen > 0));
  if (asked.size === 0) return new Map();
  const calendar = await workCalendar(tx);
  const { rows } = await tx.execute<{ organisation: string; from: string; to: string; n: number }>(sql`
    select t.organisation, t.from_day::text as "from", t.to_day::text as "to", sum(t.n)::int as n
    from ${unitsOf(asked)} join ${findingTimes} t on t.organisation = u.organisation and (not u.overseen or t.overseer = any(${own(ctx)}))
    where t.exercise = ${exercise ?? ''} group by 1, 2, 3 having sum(t.n) > 0`);
  const known = new Map<string, number>();
  const daysOf = (from: string, to: string): number => {
    const days = known.get(from + to) ?? (to <= from ? 0 : workingDaysBetween(from, to, calendar));
    known.set(from + to, days);
    return days;
  };
  const found = new Map<string, Times>();
  for (const { organisation, from, to, n } of rows) {
    const times = found.get(organisation) ?? [];
    times.push({ days: daysOf(from, to), n });
    found.set(organisation, times);
  }
  return found;
}

/** The middle one, of an even number the mean of the two in the middle; null of none. */
export function medianOf(times: Times): number | null {
  const sorted = times.toSorted((a, b) => a.days - b.days);
  const count = sorted.reduce((sum, { n }) => sum + n, 0);
  if (count === 0) return null;
  const at = (place: number): number => {
    let passed = 0;
    for (const { days, n } of sorted) if ((passed += n) > place) return days;
    return 0;
  };
  return (at(Math.floor((count - 1) / 2)) + at(Math.floor(count / 2))) / 2;
}
