import type { Ctx, Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import type { RowsTakenBack } from '../intelligence/index.ts';
import { lockAuthority, uuids } from './internal.ts';
import { recount } from './list-done.ts';
import { newestLists } from './lists-known.ts';
import { findingEvents, findingFiles, findings, sightings } from './tables.ts';

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
  await recount(tx, ctx, touched, await newestLists(tx, list.organisation));
}
