import { compareVietnamese } from '@vonggac/kernel';
import { type Ctx, inSnapshot, isoOf, type Tx } from '@vonggac/store';
import { type SQL, sql } from 'drizzle-orm';
import { silentOrganisations } from '../assets/index.ts';
import { medianOf, timesOf } from './cleaning-times.ts';
import { sumsOf } from './measure-sums.ts';
import { sidesOf, type Side } from './query.ts';
import { findingCounts, findingFamilies, findingLists, findingSums, listShares } from './tables.ts';
import { unitNamesOf } from '../organisations/index.ts';

type Sums = { open: number; answered: number; closed: number; newest: number; unverified: number; notSeen: number; seenAgain: number };

export type Overview = {
  side: 'overseer' | 'own';
  total: Sums;
  /** By organisation, most open ones first; `families` are the open ones of the overview's families, in their order. */
  units: (Sums & { organisation: { id: string; name: string }; families: number[] })[];
  /** Families with open findings, most of them first, at most eight. */
  families: { family: string; open: number }[];
  /** What the last lists had, oldest first. */
  trend: {
    list: string;
    title: string;
    sender: string;
    coversTo: string | null;
    finishedAt: string;
    findings: number;
    organisations: number;
    families: number[];
  }[];
  /** Overseen without any address in the register: nothing can be matched to them. Null for whoever oversees nobody. */
  silent: { organisations: number; of: number } | null;
  /** The median of working days until cleaned, of how many; null for exercises and where there are too many to read each time. */
  cleaning: { days: number | null; of: number } | null;
};

type CountRow = {
  organisation: string;
  family: string;
  state: 'open' | 'answered' | 'closed';
  newest: boolean;
  verdict: string;
  n: number;
};

const none = (): Sums => ({ open: 0, answered: 0, closed: 0, newest: 0, unverified: 0, notSeen: 0, seenAgain: 0 });

function add(sums: Sums, { state, newest, verdict, n }: CountRow): void {
  sums[state] += n;
  if (state === 'open' && newest) sums.newest += n;
  if (verdict === 'unverified') sums.unverified += n;
  if (verdict === 'not-seen') sums.notSeen += n;
  if (verdict === 'seen-again') sums.seenAgain += n;
}

/** Findings by organisation and family with the trend by list; of one organisation where it is given. */
export async function findingsOverview(
  ctx: Ctx,
  query: { organisation?: string | undefined; side?: 'overseer' | 'own' | undefined; exercise?: boolean | undefined },
): Promise<Overview> {
  return inSnapshot(ctx, async (tx) => {
    const side = await sidesOf(tx, ctx, query);
    const rows = await countsOf(tx, side, query);
    const families = await openFamilies(tx, side, query);
    const names = await unitNamesOf(
      tx,
      rows.map(({ organisation }) => organisation),
      side.day,
    );
    const total = none();
    const units = new Map<string, Overview['units'][number]>();
    for (const row of rows) {
      add(total, row);
      const { organisation: id } = row;
      const unit = units.get(id) ?? {
        ...none(),
        organisation: { id, name: names.get(id) ?? '' },
        families: families.map(() => 0),
      };
      units.set(id, unit);
      add(unit, row);
    }
    for (const { organisation: id, family, n } of await openBy(tx, side, { ...query, families: families.map((one) => one.family) }))
      units.get(id)!.families[families.findIndex((one) => one.family === family)] = n;
    const sorted = [...units.values()].toSorted((a, b) => b.open - a.open || compareVietnamese(a.organisation.name, b.organisation.name));
    const silent = side.of === 'overseer' && query.organisation === undefined ? await silentOrganisations(tx, ctx) : null;
    return {
      side: side.of,
      total,
      units: sorted,
      families,
      trend: await trendOf(tx, side, { ...query, families }),
      silent: silent === null ? null : { organisations: silent.organisations.length, of: silent.of },
      cleaning: await cleaningOf(tx, ctx, total, { side, exercise: query.exercise === true }),
    };
  });
}

/** Findings of which the times are read at once. */
const MOST_TIMED = 10_000;

async function cleaningOf(
  tx: Tx,
  ctx: Ctx,
  { unverified, notSeen }: Sums,
  { side, exercise }: { side: Side; exercise: boolean },
): Promise<Overview['cleaning']> {
  const of = unverified + notSeen;
  if (exercise || of > MOST_TIMED) return null;
  const times =
    of === 0
      ? []
      : [
          ...(await timesOf(tx, ctx, await sumsOf(tx, ctx, side.units, { from: null, to: null }), { from: null, to: null })).values(),
        ].flat();
  return { days: medianOf(times), of };
}

type Exercise = { exercise?: boolean | undefined };

const within = (side: Side, { exercise }: Exercise): SQL =>
  sql`${sql.raw(side.column)} = any(${sql.param(side.keys)}::uuid[]) ${side.overseers === null ? sql`` : sql`and overseer = any(${sql.param(side.overseers)}::uuid[])`}
    and state <> 'void' and ${exercise ? sql`exercise <> ''` : sql`exercise = ''`}`;

async function countsOf(tx: Tx, side: Side, query: Exercise): Promise<CountRow[]> {
  const { rows } = await tx.execute<CountRow>(sql`
    select organisation, state, in_newest as newest, verdict, sum(n)::int as n from ${findingSums} where ${within(side, query)}
    group by 1, 2, 3, 4 having sum(n) > 0`);
  return rows;
}

async function openFamilies(tx: Tx, side: Side, query: Exercise): Promise<Overview['families']> {
  const { rows } = await tx.execute<{ family: string; open: number }>(sql`
    select family, sum(n)::int as open from ${side.column === 'overseer' ? findingFamilies : findingCounts} where ${within(side, query)} and state = 'open'
    group by family having sum(n) > 0 order by 2 desc, 1 limit 8`);
  return rows;
}

/** The open ones of these families by organisation. */
async function openBy(
  tx: Tx,
  side: Side,
  query: Exercise & { families: readonly string[] },
): Promise<{ organisation: string; family: string; n: number }[]> {
  const { rows } = await tx.execute<{ organisation: string; family: string; n: number }>(sql`
    select organisation, family, sum(n)::int as n from ${findingCounts}
    where ${within(side, query)} and state = 'open' and family = any(${sql.param(query.families)}::text[]) group by 1, 2 having sum(n) > 0`);
  return rows;
}

type Narrow = { exercise?: boolean | undefined; families: Overview['families'] };

/** Lists that the trend shows. */
const LISTS = 12;

type Share = {
  list: string;
  title: string;
  sender: string;
  covers: string | null;
  finished: string;
  organisations: number;
  of: Record<string, number>;
};

/** The last lists, oldest first, with what they have of these organisations. */
async function trendOf(tx: Tx, side: Side, narrow: Narrow): Promise<Overview['trend']> {
  const rows = side.column === 'overseer' ? await totalsOf(tx, side, narrow) : await sharesOf(tx, side, narrow);
  return rows.toReversed().map(({ list, title, sender, covers, finished, organisations, of }) => ({
    list,
    title,
    sender,
    coversTo: covers === null ? null : isoOf(covers),
    finishedAt: isoOf(finished),
    findings: Object.values(of).reduce((sum, n) => sum + n, 0),
    organisations,
    families: narrow.families.map(({ family }) => of[family] ?? 0),
  }));
}

async function totalsOf(tx: Tx, side: Side, { exercise }: Narrow): Promise<Share[]> {
  const { rows } = await tx.execute<Share>(sql`
    select id as list, title, sender_name as sender, covers_to::text as covers, finished_at::text as finished,
      (totals ->> 'organisations')::int as organisations, totals -> 'families' as of
    from ${findingLists} where organisation = any(${sql.param(side.keys)}::uuid[]) and totals is not null and withdrawn_at is null
      and ${exercise ? sql`exercise is not null` : sql`exercise is null`}
    order by coalesce(covers_to, finished_at) desc, id desc limit ${LISTS}`);
  return rows;
}

async function sharesOf(tx: Tx, side: Side, { exercise }: Narrow): Promise<Share[]> {
  const overseers = side.overseers === null ? sql`` : sql`and overseer = any(${sql.param(side.overseers)}::uuid[])`;
  const { rows } = await tx.execute<Share>(sql`
    select list, min(title) as title, min(sender) as sender, min(covers)::text as covers, min(finished)::text as finished, max(organisations) as organisations,
      jsonb_object_agg(family, n) as of
    from (
      select list, family, min(title) as title, min(sender_name) as sender, min(covers_to) as covers, min(finished_at) as finished,
        count(distinct organisation)::int as organisations, sum(findings)::int as n
      from ${listShares} where ${sql.raw(side.column)} = any(${sql.param(side.keys)}::uuid[]) ${overseers} and ${exercise ? sql`exercise is not null` : sql`exercise is null`}
      group by list, family) s
    group by list order by coalesce(min(covers), min(finished)) desc, list desc limit ${LISTS}`);
  return rows;
}
