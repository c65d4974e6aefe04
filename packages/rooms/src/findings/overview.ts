import { compareVietnamese } from '@vonggac/kernel';
import { type Ctx, inSnapshot, isoOf, type Tx } from '@vonggac/store';
import { type SQL, sql } from 'drizzle-orm';
import { silentOrganisations } from '../assets/index.ts';
import { namesOf } from '../organisations/index.ts';
import { sidesOf, type Side } from './query.ts';
import { findingCounts, findingFamilies, findingSums, listShares } from './tables.ts';

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
    const names = await namesOf(tx, [...new Set(rows.map(({ organisation }) => organisation))], side.day);
    const total = none();
    const units = new Map<string, Overview['units'][number]>();
    for (const row of rows) {
      add(total, row);
      const { organisation: id } = row;
      const unit = units.get(id) ?? {
        ...none(),
        organisation: { id, name: names.get(id)?.qualifiedName ?? '' },
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
    };
  });
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

async function trendOf(tx: Tx, side: Side, { exercise, families }: Narrow): Promise<Overview['trend']> {
  const overseers = side.overseers === null ? sql`` : sql`and overseer = any(${sql.param(side.overseers)}::uuid[])`;
  const mine = sql`${sql.raw(side.column)} = any(${sql.param(side.keys)}::uuid[]) ${overseers} and ${exercise ? sql`exercise is not null` : sql`exercise is null`}`;
  type Row = {
    list: string;
    title: string;
    sender: string;
    covers: string | null;
    finished: string;
    family: string;
    findings: number;
    organisations: number;
  };
  const { rows } = await tx.execute<Row>(sql`
    with newest as (
      select list, max(coalesce(covers_to, finished_at)) as of from ${listShares} where ${mine} group by list order by 2 desc, list desc limit 12)
    select s.list, s.title, s.sender_name as sender, s.covers_to::text as covers, s.finished_at::text as finished, s.family, sum(s.findings)::int as findings, count(distinct s.organisation)::int as organisations
    from ${listShares} s join newest n on n.list = s.list where s.list in (select list from newest) and ${sql.raw(`s.${side.column}`)} = any(${sql.param(side.keys)}::uuid[])
    group by s.list, s.title, s.sender_name, s.covers_to, s.finished_at, s.family, n.of order by n.of, s.list`);
  const lists = new Map<string, Overview['trend'][number]>();
  for (const row of rows) {
    const { list, title, sender } = row;
    const one = lists.get(list) ?? {
      list,
      title,
      sender,
      findings: 0,
      organisations: 0,
      families: families.map(() => 0),
      coversTo: row.covers === null ? null : isoOf(row.covers),
      finishedAt: isoOf(row.finished),
    };
    lists.set(list, one);
    one.findings += row.findings;
    one.organisations = Math.max(one.organisations, row.organisations);
    const at = families.findIndex(({ family }) => family === row.family);
    if (at >= 0) one.families[at]! += row.findings;
  }
  return [...lists.values()];
}
