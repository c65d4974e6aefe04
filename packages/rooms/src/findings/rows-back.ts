import { isoInstant } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import type { RowsTakenBack } from '../intelligence/index.ts';
import { lockAuthority, uuids } from './internal.ts';
import { findingEvents, findingFiles, findingLists, findings, sightings } from './tables.ts';

/**
 * Rows of a list no longer lead anywhere: their sightings go, and findings that nothing else shows. A finding that was answered,
 * or that has any line in its history, stays as it is, with its rows.
 */
export async function takeRowsBack(tx: Tx, ctx: Ctx, { list, rows, kept, counts }: RowsTakenBack): Promise<void> {
  await lockAuthority(tx, list.organisation);
  const of = sql`s.list = ${list.id}::uuid and s.row = any(${sql.param(rows)}::int[])`;
  const worked = sql`(f.answer is not null or f.state <> 'open' or f.parent is not null or exists (select 1 from ${findingEvents} e where e.finding = f.id)
    or exists (select 1 from ${findingFiles} x where x.finding = f.id))`;
  const held = await tx.execute<{ row: number }>(
    sql`select s.row from ${sightings} s join ${findings} f on f.id = s.finding where ${of} and ${worked}`,
  );
  for (const { row } of held.rows) kept.add(row);
  const gone = await tx.execute<{ finding: string }>(sql`
    with back as (delete from ${sightings} s using ${findings} f where f.id = s.finding and ${of} and not ${worked} returning s.finding)
    select distinct finding from back`);
  const touched = gone.rows.map(({ finding }) => finding);
  if (touched.length === 0) return;
  const removed = await tx.execute(sql`
    delete from ${findings} f where f.id = any(${uuids(touched)}) and not exists (select 1 from ${sightings} s where s.finding = f.id)`);
  counts.removed += removed.rowCount ?? 0;
  await recount(tx, ctx, touched);
}

/** What the sightings say that are left, and in which list a finding stands last. */
async function recount(tx: Tx, ctx: Ctx, ids: readonly string[]): Promise<void> {
  await tx.execute(sql`
    update ${findings} f set first_seen = a.first_seen, last_seen = a.last_seen, sightings = a.n, lists = a.lists,
      list = coalesce(a.newest[1], f.list), sender = coalesce(a.newest[2], f.sender), version = f.version + 1, changed_at = ${isoInstant(ctx.clock.now())}::timestamptz
    from (
      select s.finding, min(s.seen_at) as first_seen, max(s.seen_at) as last_seen, count(distinct s.key)::int as n, count(distinct s.list)::int as lists,
        (select array[x.id, x.sender] from ${findingLists} x join ${sightings} y on y.list = x.id where y.finding = s.finding
          order by coalesce(x.covers_to, x.taken_at) desc, x.taken_at desc, x.id desc limit 1) as newest
      from ${sightings} s where s.finding = any(${uuids(ids)}) group by s.finding) a
    where f.id = a.finding`);
  // It stands in a newest list of its sender only while one of its sightings does.
  await tx.execute(sql`
    update ${findings} f set in_newest = false, version = f.version + 1
    where f.id = any(${uuids(ids)}) and f.in_newest and not exists (select 1 from ${sightings} s where s.finding = f.id and s.list = f.list)`);
}
