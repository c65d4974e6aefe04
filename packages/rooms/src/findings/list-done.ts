import { isoInstant } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { record } from '../audit/index.ts';
import type { ListFinished, ListSuperseded, ListWithdrawn } from '../intelligence/index.ts';
import { type Finding, lockAuthority, note, uuids } from './internal.ts';
import { judge } from './judge.ts';
import { countTotals, knowList, newestLists } from './lists-known.ts';
import { CLEANING } from './model.ts';
import { findingEvents, findingLists, findings, listShares, sightings } from './tables.ts';

/** A list is in: it is the newest of its sender or not, it has its shares, and it judges the answers to earlier ones. */
export async function finishList(tx: Tx, ctx: Ctx, { list }: ListFinished): Promise<void> {
  await lockAuthority(tx, list.organisation);
  await knowList(tx, ctx, list, true);
  const newest = await newestLists(tx, list.organisation);
  await markNewest(tx, list.organisation, list.sender, newest);
  await tx.execute(sql`delete from ${listShares} where list = ${list.id}`);
  await tx.execute(sql`
    insert into ${listShares} (list, organisation, overseer, family, title, sender_name, covers_from, covers_to, finished_at, findings, sightings, exercise)
    select l.id, s.organisation, s.overseer, f.family, l.title, l.sender_name, l.covers_from, l.covers_to, l.finished_at, count(distinct s.finding), count(*), l.exercise
    from ${sightings} s join ${findings} f on f.id = s.finding join ${findingLists} l on l.id = s.list
    where s.list = ${list.id} group by l.id, s.organisation, s.overseer, f.family`);
  await countTotals(tx, [list.id]);
  const changed = await judge(
    tx,
    ctx,
    list.organisation,
    sql`(f.answered_at < coalesce(${list.coversTo}::timestamptz, '-infinity') or f.id in (select s.finding from ${sightings} s where s.list = ${list.id}))`,
  );
  await reopen(tx, ctx, list.organisation, list.id);
  await record(tx, ctx, { action: 'findings.judged', subject: { kind: 'list', id: list.id }, after: changed });
}

/** What was closed for another reason than that it is clean, and is seen again afterwards, has to be looked at again. */
async function reopen(tx: Tx, ctx: Ctx, overseer: string, list: string): Promise<void> {
  const { rows } = await tx.execute<Pick<Finding, 'id' | 'organisation' | 'overseer'>>(sql`
    update ${findings} f set state = 'open', approval = null, version = f.version + 1
    where f.overseer = ${overseer} and f.state = 'closed' and not (f.answer = any(${sql.param(CLEANING)}::text[]))
      and exists (select 1 from ${sightings} s where s.finding = f.id and s.list = ${list} and s.is_timed and s.seen_at > f.answered_at)
    returning f.id, f.organisation, f.overseer`);
  await note(tx, ctx, rows, { act: 'reopened', data: { list } });
}

/** What stands in a newest list of some sender, and nothing else, comes first. */
async function markNewest(tx: Tx, overseer: string, sender: string, newest: readonly string[]): Promise<void> {
  await tx.execute(sql`
    update ${findings} f set in_newest = false, version = f.version + 1
    where f.overseer = ${overseer} and f.sender = ${sender} and f.in_newest and not (f.list = any(${uuids(newest)}))
      and not exists (select 1 from ${sightings} s where s.finding = f.id and s.list = any(${uuids(newest)}))`);
  await tx.execute(sql`
    update ${findings} f set in_newest = true, list = l.id, sender = l.sender, version = f.version + 1
    from ${findingLists} l join ${sightings} s on s.list = l.id
    where l.id = any(${uuids(newest)}) and l.sender = ${sender} and f.id = s.finding and not f.in_newest`);
}

/** A corrected list took the place of a former one; sightings in both are in the new one by now. */
export async function supersedeList(tx: Tx, ctx: Ctx, { list, former, counts }: ListSuperseded): Promise<void> {
  await takeBack(tx, ctx, { overseer: list.organisation, sender: list.sender, list: former, counts });
}

/** A list was withdrawn: its sightings go, with the findings that only it made; what was answered stays, marked. */
export async function withdrawList(tx: Tx, ctx: Ctx, { list, counts }: ListWithdrawn): Promise<void> {
  await takeBack(tx, ctx, { overseer: list.organisation, sender: list.sender, list: list.id, counts });
}

type TakenBack = { overseer: string; sender: string; list: string; counts: { removed: number; kept: number } };

async function takeBack(tx: Tx, ctx: Ctx, { overseer, sender, list, counts }: TakenBack): Promise<void> {
  await lockAuthority(tx, overseer);
  await tx.execute(sql`update ${findingLists} set withdrawn_at = ${isoInstant(ctx.clock.now())}::timestamptz where id = ${list}`);
  await tx.execute(sql`delete from ${listShares} where list = ${list}`);
  const { rows } = await tx.execute<{ finding: string }>(sql`
    with gone as (delete from ${sightings} where list = ${list} returning finding) select distinct finding from gone`);
  const touched = rows.map(({ finding }) => finding);
  const newest = await newestLists(tx, overseer);
  const removed = await dropUnseen(tx, touched);
  const left = touched.filter((id) => !removed.has(id));
  await recount(tx, ctx, left, newest);
  const marked = await markUnseen(tx, ctx, left);
  await markNewest(tx, overseer, sender, newest);
  counts.removed += removed.size;
  counts.kept += marked;
  await judge(tx, ctx, overseer, sql`(f.id = any(${uuids(left)}) or f.verdict_list = ${list}::uuid)`);
}

/** Findings that no list shows and nobody ever touched. */
async function dropUnseen(tx: Tx, touched: readonly string[]): Promise<Set<string>> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    delete from ${findings} f where f.id = any(${uuids(touched)}) and f.answer is null and f.parent is null
      and not exists (select 1 from ${sightings} s where s.finding = f.id) and not exists (select 1 from ${findingEvents} e where e.finding = f.id)
    returning f.id`);
  return new Set(rows.map(({ id }) => id));
}

/** What the sightings say that are left, in which list a finding stands last, and whether that is a newest one of its sender. */
export async function recount(tx: Tx, ctx: Ctx, ids: readonly string[], newest: readonly string[]): Promise<void> {
  await tx.execute(sql`
    update ${findings} f set first_seen = a.first_seen, last_seen = a.last_seen, sightings = a.n, lists = a.lists, list = a.newest[1], sender = a.newest[2],
      in_newest = a.in_newest, version = f.version + 1, changed_at = ${isoInstant(ctx.clock.now())}::timestamptz
    from (
      select s.finding, min(s.seen_at) as first_seen, max(s.seen_at) as last_seen, count(distinct s.key)::int as n, count(distinct s.list)::int as lists,
        (select array[x.id, x.sender] from ${findingLists} x join ${sightings} y on y.list = x.id where y.finding = s.finding
          order by coalesce(x.covers_to, x.taken_at) desc, x.taken_at desc, x.id desc limit 1) as newest,
        bool_or(s.list = any(${uuids(newest)})) as in_newest
      from ${sightings} s where s.finding = any(${uuids(ids)}) group by s.finding) a
    where f.id = a.finding`);
}

/** What was answered although no list shows it any more stays, and says so. */
async function markUnseen(tx: Tx, ctx: Ctx, ids: readonly string[]): Promise<number> {
  const { rows } = await tx.execute<Pick<Finding, 'id' | 'organisation' | 'overseer'>>(sql`
    update ${findings} f set sightings = 0, lists = 0, in_newest = false, version = f.version + 1
    where f.id = any(${uuids(ids)}) and not exists (select 1 from ${sightings} s where s.finding = f.id)
    returning f.id, f.organisation, f.overseer`);
  await note(tx, ctx, rows, { act: 'removed' });
  return rows.length;
}
