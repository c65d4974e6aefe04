import { isoInstant } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { type SQL, sql } from 'drizzle-orm';
import { reaches } from '../access/index.ts';
import { assets } from '../assets/index.ts';
import { lockAuthority, note, uuids } from './internal.ts';
import { judge } from './judge.ts';
import { countTotals } from './lists-known.ts';
import { findingEvents, findingFiles, findingLists, findings, listShares, sightings } from './tables.ts';

/** Where findings go: to another organisation, or to another authority. `told` stands in their history. */
export type Carrying = { which: SQL; organisation?: string; overseer?: string; told: Record<string, unknown> };

type Row = {
  id: string;
  state: string;
  organisation: string;
  overseer: string;
  /** Where it goes. */
  toOrganisation: string;
  toOverseer: string;
  asset: string | null;
  key: string;
  newest: boolean;
  twin: string | null;
  twinState: string | null;
  twinNewest: boolean | null;
};

/** Two findings of the same machine: `goes` becomes a part of `stays`. */
type Fold = { stays: string; goes: string; newest: boolean };

/** What goes, and where the same machine with the same family is already. A machine known by its entry in the register is known by the entry that goes on. */
async function going(tx: Tx, { which, organisation, overseer }: Carrying): Promise<Row[]> {
  const { rows } = await tx.execute<Row>(sql`
    with g as (
      select f.*, coalesce(${organisation ?? null}::uuid, f.organisation) as to_organisation, coalesce(${overseer ?? null}::uuid, f.overseer) as to_overseer,
        coalesce((select a.id from ${assets} a where a.continues = f.asset and a.organisation = ${organisation ?? null}::uuid and a.state = 'approved'
          order by a.valid_from desc nulls last limit 1), f.asset) as to_asset
      from ${findings} f where ${which} and f.state <> 'void'),
    k as (select *, case when machine_key = 'asset:' || asset then 'asset:' || to_asset else machine_key end as to_key from g)
    select k.id, k.state, k.organisation, k.overseer, k.to_organisation as "toOrganisation", k.to_overseer as "toOverseer", k.to_asset as asset, k.to_key as key, k.in_newest as newest,
      t.id as twin, t.state as "twinState", t.in_newest as "twinNewest"
    from k left join ${findings} t on t.identity = vg_finding_identity(k.to_organisation, k.to_overseer, k.exercise, k.kind, k.family, k.to_key) and t.state <> 'void' and t.id <> k.id
    order by k.id`);
  return rows;
}

/** Of two findings of the same machine the open one goes on; the other stays readable as what went into it. */
const foldOf = ({ id, state, newest, twin, twinState, twinNewest }: Row): Fold =>
  state === 'open' && twinState !== 'open' ? { stays: id, goes: twin!, newest: twinNewest === true } : { stays: twin!, goes: id, newest };

/**
 * Carries findings with their sightings, history and proof to another organisation or authority. Where the same machine and family stands
 * already, both become one with all sightings. Counters follow by themselves. @returns how many went, and how many of them became one
 */
export async function carryFindings(tx: Tx, ctx: Ctx, carrying: Carrying): Promise<{ moved: number; folded: number }> {
  const { rows: whose } = await tx.execute<{ overseer: string }>(
    sql`select distinct overseer from ${findings} f where ${carrying.which} order by overseer`,
  );
  if (whose.length === 0) return { moved: 0, folded: 0 };
  const authorities = new Set([...whose.map(({ overseer }) => overseer), ...(carrying.overseer === undefined ? [] : [carrying.overseer])]);
  for (const overseer of [...authorities].toSorted()) await lockAuthority(tx, overseer);
  const rows = await going(tx, carrying);
  if (rows.length === 0) return { moved: 0, folded: 0 };
  const folds = rows.filter(({ twin }) => twin !== null).map(foldOf);
  await lay(tx, folds);
  await moveRows(tx, ctx, rows);
  await join(tx, ctx, folds);
  await note(
    tx,
    ctx,
    rows.map(({ id, toOrganisation, toOverseer }) => ({ id, organisation: toOrganisation, overseer: toOverseer })),
    { act: 'moved', data: carrying.told },
  );
  await recountShares(tx, rows, folds);
  for (const overseer of new Set(rows.map(({ toOverseer }) => toOverseer)))
    // Whoever does not see the authority's lists would judge by none.
    if (folds.length > 0 && reaches(ctx, overseer))
      await judge(tx, ctx, overseer, sql`f.id = any(${uuids(folds.map(({ stays }) => stays))})`);
  return { moved: rows.length, folded: folds.length };
}

/** Makes room before anything moves: what went into another one counts no more. */
async function lay(tx: Tx, folds: readonly Fold[]): Promise<void> {
  if (folds.length === 0) return;
  await tx.execute(sql`
    update ${findings} f set state = 'void', parent = g.stays, in_newest = false, version = f.version + 1
    from unnest(${uuids(folds.map(({ goes }) => goes))}, ${uuids(folds.map(({ stays }) => stays))}) as g(goes, stays) where f.id = g.goes`);
}

async function moveRows(tx: Tx, ctx: Ctx, rows: readonly Row[]): Promise<void> {
  const of = (pick: (row: Row) => unknown, type: string): SQL => sql`${sql.param(rows.map(pick))}::${sql.raw(type)}[]`;
  const places = sql`unnest(${of(({ id }) => id, 'uuid')}, ${of((row) => row.toOrganisation, 'uuid')}, ${of((row) => row.toOverseer, 'uuid')},
    ${of(({ asset }) => asset, 'uuid')}, ${of(({ key }) => key, 'text')}) as g(id, organisation, overseer, asset, machine_key)`;
  await tx.execute(sql`
    update ${findings} f set organisation = g.organisation, overseer = g.overseer, asset = g.asset, machine_key = g.machine_key, version = f.version + 1,
      changed_at = ${isoInstant(ctx.clock.now())}::timestamptz
    from ${places} where f.id = g.id`);
  for (const table of [sightings, findingEvents, findingFiles])
    await tx.execute(sql`update ${table} s set organisation = g.organisation, overseer = g.overseer from ${places} where s.finding = g.id`);
}

/** What two knew of the machine becomes one: every sighting, the earliest and the latest, the nearest deadline. */
async function join(tx: Tx, ctx: Ctx, folds: readonly Fold[]): Promise<void> {
  if (folds.length === 0) return;
  const pairs = sql`unnest(${uuids(folds.map(({ stays }) => stays))}, ${uuids(folds.map(({ goes }) => goes))},
    ${sql.param(folds.map(({ newest }) => newest))}::boolean[]) as g(stays, goes, newest)`;
  await tx.execute(sql`update ${sightings} s set finding = g.stays from ${pairs} where s.finding = g.goes`);
  await tx.execute(sql`
    update ${findings} f set first_seen = least(f.first_seen, o.first_seen), last_seen = greatest(f.last_seen, o.last_seen), sightings = c.sightings, lists = c.lists,
      relapses = greatest(f.relapses, o.relapses), in_newest = f.in_newest or g.newest, list = case when g.newest and not f.in_newest then o.list else f.list end,
      sender = case when g.newest and not f.in_newest then o.sender else f.sender end, due = least(f.due, o.due), level = greatest(f.level, o.level),
      directive = coalesce(f.directive, o.directive), requirement = coalesce(f.requirement, o.requirement),
      version = f.version + 1, changed_at = ${isoInstant(ctx.clock.now())}::timestamptz
    from ${pairs} join ${findings} o on o.id = g.goes
      cross join lateral (select count(distinct s.key)::int as sightings, count(distinct s.list)::int as lists from ${sightings} s where s.finding = g.stays) c
    where f.id = g.stays`);
}

/** What lists have of those who gave and those who took, counted anew from the sightings. */
async function recountShares(tx: Tx, rows: readonly Row[], folds: readonly Fold[]): Promise<void> {
  const places = [...new Set(rows.flatMap(({ organisation, toOrganisation }) => [organisation, toOrganisation]))];
  const seen = [...rows.map(({ id }) => id), ...folds.map(({ stays }) => stays)];
  type Share = Pick<
    typeof listShares.$inferSelect,
    'list' | 'title' | 'senderName' | 'coversFrom' | 'coversTo' | 'finishedAt' | 'exercise'
  >;
  const { rows: lists } = await tx.execute<Share>(sql`
    select distinct on (l.list) l.list, l.title, l.sender_name as "senderName", l.covers_from::text as "coversFrom", l.covers_to::text as "coversTo",
      l.finished_at::text as "finishedAt", l.exercise
    from ${listShares} l where l.organisation = any(${uuids(places)}) and l.list in (select s.list from ${sightings} s where s.finding = any(${uuids(seen)}))`);
  if (lists.length === 0) return;
  const of = (pick: (share: Share) => unknown, type: string): SQL => sql`${sql.param(lists.map(pick))}::${sql.raw(type)}[]`;
  await tx.execute(
    sql`delete from ${listShares} where list = any(${of(({ list }) => list, 'uuid')}) and organisation = any(${uuids(places)})`,
  );
  await tx.execute(sql`
    insert into ${listShares} (list, organisation, overseer, family, title, sender_name, covers_from, covers_to, finished_at, findings, sightings, exercise)
    select l.list, s.organisation, coalesce((select x.organisation from ${findingLists} x where x.id = l.list), min(s.overseer::text)::uuid), f.family, l.title, l.sender_name, l.covers_from, l.covers_to, l.finished_at, count(distinct s.finding), count(*), l.exercise
    from unnest(${of(({ list }) => list, 'uuid')}, ${of(({ title }) => title, 'text')}, ${of(({ senderName }) => senderName, 'text')},
      ${of(({ coversFrom }) => coversFrom, 'timestamptz')}, ${of(({ coversTo }) => coversTo, 'timestamptz')}, ${of(({ finishedAt }) => finishedAt, 'timestamptz')},
      ${of(({ exercise }) => exercise, 'uuid')}) as l(list, title, sender_name, covers_from, covers_to, finished_at, exercise)
      join ${sightings} s on s.list = l.list and s.organisation = any(${uuids(places)}) join ${findings} f on f.id = s.finding
    group by l.list, s.organisation, f.family, l.title, l.sender_name, l.covers_from, l.covers_to, l.finished_at, l.exercise`);
  await countTotals(
    tx,
    lists.map(({ list }) => list),
  );
}
