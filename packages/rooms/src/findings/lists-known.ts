import { isoInstant } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import type { ListFacts } from '../intelligence/index.ts';
import { uuids } from './internal.ts';
import { findingLists, listShares } from './tables.ts';

/** When a list is of: the end of what it covers, else when it was taken in. */
const order = sql`coalesce(l.covers_to, l.taken_at) desc, l.taken_at desc, l.id desc`;

/** Keeps what a list covers; said again, what was corrected meanwhile counts. */
export async function knowList(tx: Tx, ctx: Ctx, list: ListFacts, finished: boolean): Promise<void> {
  const now = isoInstant(ctx.clock.now());
  const facts = {
    title: list.title,
    senderName: list.senderName,
    families: list.families === null ? null : [...list.families],
    coversFrom: list.coversFrom,
    coversTo: list.coversTo,
  };
  await tx
    .insert(findingLists)
    .values({
      id: list.id,
      organisation: list.organisation,
      sender: list.sender,
      ...facts,
      takenAt: now,
      finishedAt: finished ? now : null,
      exercise: list.exercise,
    })
    .onConflictDoUpdate({
      target: findingLists.id,
      set: finished ? { ...facts, finishedAt: sql`coalesce(${findingLists.finishedAt}, ${now})` } : facts,
    });
}

/** The newest list of each sender of an authority, in and outside of each exercise. */
export async function newestLists(tx: Tx, organisation: string): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select distinct on (l.sender, l.exercise) l.id from ${findingLists} l
    where l.organisation = ${organisation} and l.finished_at is not null and l.withdrawn_at is null
    order by l.sender, l.exercise, ${order}`);
  return rows.map(({ id }) => id);
}

/**
 * Whether a list that is being taken in is at least as new as every finished one of its sender; and whether it is finished itself.
 * Null where it is not known.
 */
export async function standingOf(tx: Tx, list: ListFacts): Promise<{ isNewest: boolean; isFinished: boolean } | null> {
  const { rows } = await tx.execute<{ id: string; finished: boolean }>(sql`
    select l.id, l.finished_at is not null as finished from ${findingLists} l
    where l.organisation = ${list.organisation} and l.sender = ${list.sender} and l.withdrawn_at is null
      and l.exercise is not distinct from ${list.exercise}::uuid and (l.finished_at is not null or l.id = ${list.id})
    order by ${order}`);
  const own = rows.find(({ id }) => id === list.id);
  return own === undefined ? null : { isNewest: rows[0] === own, isFinished: own.finished };
}

/** Keeps what lists have of all organisations together, by their shares; one without any keeps what it has. */
export async function countTotals(tx: Tx, lists: readonly string[]): Promise<void> {
  await tx.execute(sql`
    update ${findingLists} x set totals = jsonb_build_object('organisations', t.organisations, 'families', t.families)
    from (
      select f.list, (select count(distinct s.organisation) from ${listShares} s where s.list = f.list)::int as organisations, jsonb_object_agg(f.family, f.n) as families
      from (select list, family, sum(findings)::int as n from ${listShares} where list = any(${uuids(lists)}) group by list, family) f group by f.list) t
    where x.id = t.list`);
}
