import { compareVietnamese, invalid } from '@vonggac/kernel';
import { type Ctx, inIndexOrder, inSnapshot, type Tx } from '@vonggac/store';
import { inArray, type SQL, sql } from 'drizzle-orm';
import { namesOf } from '../organisations/index.ts';
import { type Finding, has } from './internal.ts';
import { DEEPEST, type FindingQuery, filtersOf, isCounted, type Side, sidesOf } from './query.ts';
import { findingCounts, findingFamilies, findings, findingSums } from './tables.ts';
import { type FindingView, viewsOf } from './view.ts';

export type { FindingQuery } from './query.ts';

export const FINDING_SORTS = ['work', 'seen', '-seen', 'due', '-due', 'organisation', '-organisation'] as const;
export type FindingSort = (typeof FINDING_SORTS)[number];

const WORK = 'rank, last_seen desc nulls last, id';

/** Of one key and state, as the indexes are written, down to where a null would stand: otherwise they are sorted anew. */
const ORDERS: Readonly<Record<FindingSort, string>> = {
  work: WORK,
  seen: 'last_seen nulls first, id desc',
  '-seen': 'last_seen desc nulls last, id',
  due: 'due, id',
  '-due': 'due desc, id desc',
  organisation: WORK,
  '-organisation': WORK,
};

/** Of what these give together; by due day what has none comes last in either direction, in the order of work. */
const WITHIN: Readonly<Record<FindingSort, string>> = {
  ...ORDERS,
  due: `due is null, due, case when due is null then rank end, case when due is null then last_seen end desc, id`,
  '-due': `due is null, due desc, case when due is null then rank end, case when due is null then last_seen end desc, case when due is null then id end, id desc`,
};

const merged = (sort: FindingSort): string => (sort.endsWith('organisation') ? `place, ${WORK}` : WITHIN[sort]);

type Asked = { query: FindingQuery; states: readonly string[]; isFew: boolean };

/** The rows of a page. */
async function pageOf(tx: Tx, side: Side, asked: Asked): Promise<Finding[]> {
  const ids = await idsOfPage(tx, side, asked);
  if (ids.length === 0) return [];
  const found = new Map((await tx.select().from(findings).where(inArray(findings.id, ids))).map((row) => [row.id, row]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** Units of which the rows are looked for at a time: most often the first ones fill a page. */
const UNITS = 30;

async function idsOfPage(tx: Tx, side: Side, asked: Asked): Promise<string[]> {
  const { query, states, isFew } = asked;
  const { sort, page, size } = query;
  const skip = (page - 1) * size;
  if (isFew && !isCounted(query)) return fewOf(tx, side, asked);
  if (!sort.endsWith('organisation')) return inOrder(tx, side, { ...asked, keys: side.keys, column: side.column, skip, most: size });
  const units = await unitsFrom(tx, side, query, states);
  const found: string[] = [];
  for (let at = 0; at < units.keys.length && found.length < units.skip + size; at += UNITS) {
    const keys = units.keys.slice(at, at + UNITS);
    found.push(...(await inOrder(tx, side, { ...asked, keys, column: 'organisation', skip: 0, most: units.skip + size - found.length })));
  }
  return found.slice(units.skip);
}

const besides = (side: Side): SQL => (side.overseers === null ? sql`` : sql`and f.overseer = any(${sql.param(side.overseers)}::uuid[])`);

/** What a list is narrowed to when that is little: found by what narrows it, behind a fence, and sorted. */
async function fewOf(tx: Tx, side: Side, { query, states }: Asked): Promise<string[]> {
  const { sort, page, size } = query;
  const units = sort.endsWith('organisation') ? (await unitsFrom(tx, side, query, states)).keys : [];
  const { rows } = await tx.execute<{ id: string }>(sql`
    select x.id from (
      select f.id, f.rank, f.last_seen, f.due, f.organisation from ${findings} f
      where f.${sql.raw(side.column)} = any(${sql.param(side.keys)}::uuid[]) ${besides(side)} and f.state = any(${sql.param(states)}::text[])
        and ${filtersOf(query, side.day)} offset 0) x
    left join unnest(${sql.param(units)}::uuid[]) with ordinality as k(key, place) on k.key = x.organisation
    order by ${sql.raw(merged(sort))} limit ${size} offset ${(page - 1) * size}`);
  return rows.map(({ id }) => id);
}

type InOrder = Asked & { keys: readonly string[]; column: Side['column']; skip: number; most: number };

/**
 * Every order has an index that begins with whose rows they are and their state, so each pair of these gives its first rows in order
 * and the few are merged: the policy's “one's own or overseen” alone would sort everything.
 */
async function inOrder(tx: Tx, side: Side, { query, states, isFew, keys, column, skip, most }: InOrder): Promise<string[]> {
  const { sort, list } = query;
  const mine = sql`f.${sql.raw(column)} = k.key`;
  // Older lists come behind all newest ones in the order of work: the index of the list itself has its rows together (`is true` hides the others).
  const whose = list !== undefined && sort === 'work' ? sql`(${mine}) is true` : mine;
  const first = (narrowed: SQL, order: string): SQL => sql`(
      select f.id, f.rank, f.last_seen, f.due from ${findings} f
      where ${whose} and f.state = t.state ${besides(side)} and ${filtersOf(query, side.day)} ${narrowed}
      order by ${sql.raw(order)} limit ${skip + most})`;
  const parts = sql.join(
    wayOf(query, isFew).map(({ narrowed, order }) => first(narrowed, order)),
    sql` union all `,
  );
  const page = sql`
    select x.id from unnest(${sql.param(keys)}::uuid[]) with ordinality as k(key, place) cross join unnest(${sql.param(states)}::text[]) as t(state)
    cross join lateral (${parts}) x
    order by ${sql.raw(merged(sort))} limit ${most} offset ${skip}`;
  const ask = () => tx.execute<{ id: string }>(page);
  const { rows } = await (isFew ? ask() : inIndexOrder(tx, ask));
  return rows.map(({ id }) => id);
}

/** Where each kind of address begins in the order of work (`rank`), for the levels of systems behind it; older lists come 100 later. */
const RANKS = { own: 0, exit: 10, dynamic: 20, carrier: 30 } as const;
const LEVELS = 5;

/**
 * The parts of which the first rows come in order from an index each, to be merged: by due day what has one and what has none; in
 * the order of work one kind of address, which would else be found only behind all others. Of few rows one part is sorted.
 */
function wayOf({ sort, due, usage }: FindingQuery, isFew: boolean): { narrowed: SQL; order: string }[] {
  if (isFew) return [{ narrowed: sql``, order: WITHIN[sort] }];
  if (sort.endsWith('due')) {
    const dated = { narrowed: sql`and f.due is not null`, order: ORDERS[sort] };
    const undated = { narrowed: sql`and f.due is null`, order: WORK };
    return due === undefined ? [dated, undated] : due === 'none' ? [undated] : [dated];
  }
  if (usage === undefined || ORDERS[sort] !== WORK) return [{ narrowed: sql``, order: ORDERS[sort] }];
  return [0, 100].map((age) => {
    const from = RANKS[usage] + age;
    return { narrowed: sql`and f.rank between ${from} and ${from + LEVELS}`, order: WORK };
  });
}

/** The organisations from which a page by organisation is cut: where counters know how many each has, the ones before it are skipped. */
async function unitsFrom(tx: Tx, side: Side, query: FindingQuery, states: readonly string[]): Promise<{ keys: string[]; skip: number }> {
  const names = await namesOf(tx, side.units, side.day);
  const named = (id: string): string => names.get(id)?.name ?? '';
  const sorted = side.units.toSorted((a, b) => compareVietnamese(named(a), named(b)) || (a < b ? -1 : 1));
  const units = query.sort.startsWith('-') ? sorted.toReversed() : sorted;
  const before = (query.page - 1) * query.size;
  if (!isCounted(query)) return { keys: units, skip: before };
  const { rows } = await tx.execute<{ organisation: string; n: number }>(
    sql`select organisation, sum(n)::int as n from ${query.family === undefined ? findingSums : findingCounts} c where ${countedBy(side, query, states)} group by organisation`,
  );
  const counts = new Map(rows.map((row) => [row.organisation, row.n]));
  let passed = 0;
  let first = 0;
  while (first < units.length && passed + (counts.get(units[first]!) ?? 0) <= before) passed += counts.get(units[first++]!) ?? 0;
  let last = first;
  for (let sum = passed; last < units.length && sum < before + query.size; last++) sum += counts.get(units[last]!) ?? 0;
  return { keys: units.slice(first, last), skip: before - passed };
}

/** The smallest counters that know a query's answer. */
function countersFor(
  side: Side,
  { family, organisation }: Pick<FindingQuery, 'family' | 'organisation'>,
): typeof findingSums | typeof findingFamilies | typeof findingCounts {
  if (family === undefined) return findingSums;
  return side.column === 'overseer' && organisation === undefined ? findingFamilies : findingCounts;
}

/** A condition on the counters `c` that says the same as the query's on findings. */
function countedBy(side: Side, query: Omit<FindingQuery, 'sort' | 'page' | 'size'>, states: readonly string[]): SQL {
  const parts = [
    sql`c.${sql.raw(side.column)} = any(${sql.param(side.keys)}::uuid[])`,
    sql`c.state = any(${sql.param(states)}::text[])`,
    query.exercise ? sql`c.exercise <> ''` : sql`c.exercise = ''`,
    side.overseers === null ? undefined : sql`c.overseer = any(${sql.param(side.overseers)}::uuid[])`,
    query.organisation === undefined ? undefined : sql`c.organisation = ${query.organisation}`,
    query.family === undefined ? undefined : sql`c.family = ${query.family}`,
    query.newest === undefined ? undefined : sql`c.in_newest = ${query.newest}`,
    query.verdict === undefined ? undefined : sql`c.verdict = ${query.verdict}`,
  ];
  return sql.join(
    parts.filter((part) => part !== undefined),
    sql` and `,
  );
}

/** How many there are: exactly where counters are kept, else up to 10,000. */
async function totalOf(tx: Tx, side: Side, query: FindingQuery, states: readonly string[]): Promise<{ total: number; more: boolean }> {
  if (isCounted(query)) {
    const { rows } = await tx.execute<{ n: number }>(
      sql`select coalesce(sum(n), 0)::int as n from ${countersFor(side, query)} c where ${countedBy(side, query, states)}`,
    );
    return { total: rows[0]!.n, more: false };
  }
  const overseers = side.overseers === null ? sql`` : sql`and f.overseer = any(${sql.param(side.overseers)}::uuid[])`;
  const { rows } = await tx.execute<{ n: number }>(sql`
    select count(*)::int as n from (
      select 1 from ${findings} f where f.${sql.raw(side.column)} = any(${sql.param(side.keys)}::uuid[]) ${overseers}
        and f.state = any(${sql.param(states)}::text[]) and ${filtersOf(query, side.day)} limit ${DEEPEST + 1}) x`);
  const n = rows[0]!.n;
  return { total: Math.min(n, DEEPEST), more: n > DEEPEST };
}

/** How many stand in each state, whatever state the list shows. */
async function statesOf(tx: Tx, side: Side, query: FindingQuery): Promise<Record<'open' | 'answered' | 'closed', number>> {
  const { rows } = await tx.execute<{ state: 'open' | 'answered' | 'closed'; n: number }>(
    sql`select state, sum(n)::int as n from ${countersFor(side, query)} c where ${countedBy(side, query, ['open', 'answered', 'closed'])} group by state`,
  );
  return { open: 0, answered: 0, closed: 0, ...Object.fromEntries(rows.map(({ state, n }) => [state, n])) };
}

export type FindingList = {
  items: FindingView[];
  total: number;
  /** There are more than `total` says. */
  more: boolean;
  /** Counted by unit, family, kind, verdict and newest list, whatever else narrows the list. */
  states: Record<'open' | 'answered' | 'closed', number>;
  /** Whose rows: those that the actor's authority oversees, or one's own; `both` where one has both. */
  side: 'overseer' | 'own';
  both: boolean;
  families: string[];
  can: { answer: boolean; decide: boolean };
};

/**
 * Findings, page by page.
 * @throws DomainError `findings.too_deep` beyond the 10,000th row
 */
export async function listFindings(ctx: Ctx, query: FindingQuery): Promise<FindingList> {
  if (query.page * query.size > DEEPEST)
    throw invalid('findings.too_deep', 'page', {
      vi: 'Danh sách chỉ mở đến dòng thứ 10.000. Lọc hẹp lại, hoặc tải tệp.',
      en: 'A list opens up to its 10,000th row. Narrow it, or download it.',
    });
  return inSnapshot(ctx, async (tx) => {
    const side = await sidesOf(tx, ctx, query);
    const states = query.state === 'all' ? ['open', 'answered', 'closed'] : [query.state];
    const { total, more } = side.keys.length === 0 ? { total: 0, more: false } : await totalOf(tx, side, query, states);
    const rows = total === 0 ? [] : await pageOf(tx, side, { query, states, isFew: !more && total <= DEEPEST });
    return {
      items: await viewsOf(tx, ctx, rows),
      total,
      more,
      states: await statesOf(tx, side, query),
      side: side.of,
      both: side.both,
      families: await familiesOf(tx, side),
      can: { answer: has(ctx, 'findings:answer'), decide: has(ctx, 'findings:decide') && side.of === 'overseer' },
    };
  });
}

async function familiesOf(tx: Tx, side: Side): Promise<string[]> {
  const { rows } = await tx.execute<{ family: string }>(sql`
    select family from ${countersFor(side, { family: '' })} c where c.${sql.raw(side.column)} = any(${sql.param(side.keys)}::uuid[])
    group by family having sum(n) > 0 order by sum(n) desc, family limit 200`);
  return rows.map(({ family }) => family);
}

/** The findings that a query finds, by id, at most `limit`: for acts on everything that is shown. */
export async function idsOf(tx: Tx, ctx: Ctx, query: FindingQuery, limit: number): Promise<string[]> {
  const side = await sidesOf(tx, ctx, query);
  const states = query.state === 'all' ? ['open', 'answered', 'closed'] : [query.state];
  return idsOfPage(tx, side, { query: { ...query, page: 1, size: limit }, states, isFew: false });
}

/** The rows of a query in its order, all pages up to `limit`. */
export async function rowsOf(tx: Tx, ctx: Ctx, query: FindingQuery, limit: number): Promise<FindingView[]> {
  const side = await sidesOf(tx, ctx, query);
  const states = query.state === 'all' ? ['open', 'answered', 'closed'] : [query.state];
  return viewsOf(tx, ctx, await pageOf(tx, side, { query: { ...query, page: 1, size: limit }, states, isFew: false }));
}
