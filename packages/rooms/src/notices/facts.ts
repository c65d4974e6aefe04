import { dayOf } from '@vonggac/kernel';
import { type Ctx, isoOf, type Tx } from '@vonggac/store';
import { type SQL, sql } from 'drizzle-orm';
import { findingCounts, findings, listShares } from '../findings/index.ts';
import type { Choice, Fact, Now } from './decide.ts';
import type { FindingFact, Rule } from './model.ts';
import { notices, noticesTold } from './tables.ts';

type Whose = Pick<Rule, 'organisation' | 'exercise'>;

export const today = (ctx: Pick<Ctx, 'clock'>): string => dayOf(ctx.clock.now()).toString();

/** What a rule may tell of at all. */
const live = ({ organisation, exercise }: Whose): SQL =>
  sql`f.overseer = ${organisation}::uuid and f.state in ('open', 'answered') and f.exercise is not distinct from ${exercise}::uuid`;

const columns = sql`f.organisation, f.family, f.usage, f.state, case when f.answer = 'postponed' and f.approval in ('asked', 'given') then f.postponed_to end as postponed_to,
  f.relapses > coalesce(t.relapses, 0) as is_again, t.at as told_at`;

const from = (whose: Whose): SQL =>
  sql`${findings} f left join ${noticesTold} t on t.finding = f.id and t.overseer = f.overseer where ${live(whose)}`;

/** A fact of the columns above, as `x`. */
const fact = sql`x.organisation, x.family, coalesce(x.usage, 'own') as usage, x.state, x.postponed_to::text as "postponedTo", x.is_again as "isAgain",
  ((x.told_at at time zone 'Asia/Ho_Chi_Minh')::date)::text as "toldOn"`;

/** The findings of an authority, summed up as far as a rule is concerned; what is worked out of a row comes after the sums, for there are many rows. */
export async function summedFacts(tx: Tx, whose: Whose): Promise<Fact[]> {
  const { rows } = await tx.execute<Fact>(
    sql`select ${fact}, x.n from (select ${columns}, count(*)::int as n from ${from(whose)} group by 1, 2, 3, 4, 5, 6, 7) x order by 1`,
  );
  return rows;
}

/** The findings of one organisation one by one, in the order of work. */
export async function factsOf(tx: Tx, whose: Whose, organisation: string): Promise<FindingFact[]> {
  const { rows } = await tx.execute<FindingFact>(sql`
    select ${fact}, 1 as n, x.id as finding, x.name, x.private_address as "privateAddress", x.last_seen::text as "lastSeen", x.relapses, x.in_newest as "inNewest"
    from (
      select ${columns}, f.id, coalesce(host(f.address), f.domain, f.machine, f.machine_key) as name, host(f.private_address) as private_address, f.last_seen, f.relapses,
        f.in_newest, f.rank
      from ${from(whose)} and f.organisation = ${organisation}::uuid) x
    order by x.rank, x.last_seen desc, x.id`);
  return rows.map((row) => ({ ...row, lastSeen: isoOf(row.lastSeen) }));
}

/** Organisations that have any, by the counters. */
export async function organisationsWith(tx: Tx, { organisation, exercise }: Whose): Promise<string[]> {
  const { rows } = await tx.execute<{ organisation: string }>(sql`
    select organisation from ${findingCounts} where overseer = ${organisation}::uuid and state in ('open', 'answered') and exercise = ${exercise ?? ''}
    group by organisation having sum(n) > 0 order by organisation`);
  return rows.map((row) => row.organisation);
}

/** Organisations that have their notice of an interval. */
export async function toldIn(tx: Tx, overseer: string, interval: string): Promise<Set<string>> {
  const { rows } = await tx.execute<{ organisation: string }>(
    sql`select organisation from ${notices} where overseer = ${overseer}::uuid and interval = ${interval}`,
  );
  return new Set(rows.map((row) => row.organisation));
}

/** Lists of an authority that were finished after an instant, in their order. */
export async function listsSince(tx: Tx, { organisation, exercise }: Whose, since: string): Promise<string[]> {
  const { rows } = await tx.execute<{ list: string }>(sql`
    select list, min(finished_at) as finished from ${listShares}
    where overseer = ${organisation}::uuid and exercise is not distinct from ${exercise}::uuid and finished_at > ${since}::timestamptz
    group by list order by 2, 1`);
  return rows.map(({ list }) => list);
}

export const choiceOf = (rule: Rule): Choice => rule;

export const nowOf = (ctx: Pick<Ctx, 'clock'>, told: ReadonlySet<string>, onlyAgain: boolean): Now => ({
  day: today(ctx),
  told,
  onlyAgain,
});
