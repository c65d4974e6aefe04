import { newId } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { finishList, foldRows, supersedeList, withdrawList } from './index.ts';
import type { ListFacts, MatchedRow } from '../intelligence/index.ts';

/** A list of one sender as the room below hands it over. */
export function listOf(organisation: string, more: Partial<ListFacts> = {}): ListFacts {
  return {
    id: newId(),
    organisation,
    sender: '01900000-0000-7000-8000-00000000000a',
    senderName: 'Cục An toàn thông tin',
    title: 'Danh sách tháng 4',
    families: null,
    coversFrom: '2024-04-01T00:00:00.000Z',
    coversTo: '2024-04-20T00:00:00.000Z',
    directive: null,
    requirement: null,
    due: null,
    exercise: null,
    ...more,
  };
}

let keys = 0;

/** A row that leads to a unit by its address. */
export function row(target: string, address: string, seenAt: string, more: Partial<MatchedRow> = {}): MatchedRow {
  keys++;
  return {
    row: keys,
    key: String(keys).padStart(32, '0'),
    isSame: false,
    seenAt,
    isTimed: true,
    machineKey: `ip:${address}`,
    family: 'Andromeda',
    address,
    port: 51000,
    domain: null,
    machine: null,
    privateAddress: null,
    mac: null,
    target,
    asset: null,
    network: null,
    usage: 'own',
    level: null,
    matchedBy: 'address',
    ...more,
  };
}

/** Takes a list in as its run does: batches, then its end. */
export const takeIn = async (
  ctx: Ctx,
  list: ListFacts,
  rows: readonly MatchedRow[],
): Promise<{ findingsNew: number; findingsAgain: number }> => {
  const counts = { findingsNew: 0, findingsAgain: 0 };
  await inTransaction(ctx, (tx) => foldRows(tx, ctx, { name: 'intelligence.rows-matched', list, rows, counts }));
  await inTransaction(ctx, (tx) => finishList(tx, ctx, { name: 'intelligence.list-finished', list }));
  return counts;
};

export const withdraw = async (ctx: Ctx, list: ListFacts): Promise<{ removed: number; kept: number }> => {
  const counts = { removed: 0, kept: 0 };
  await inTransaction(ctx, (tx) => withdrawList(tx, ctx, { name: 'intelligence.list-withdrawn', list, counts }));
  return counts;
};

/** A corrected list in the place of a former one. */
export const correct = async (
  ctx: Ctx,
  former: ListFacts,
  list: ListFacts,
  rows: readonly MatchedRow[],
): Promise<{ removed: number; kept: number }> => {
  const counts = { removed: 0, kept: 0 };
  await inTransaction(ctx, (tx) =>
    foldRows(tx, ctx, { name: 'intelligence.rows-matched', list, rows, counts: { findingsNew: 0, findingsAgain: 0 } }),
  );
  await inTransaction(ctx, async (tx) => {
    await supersedeList(tx, ctx, { name: 'intelligence.list-superseded', list, former: former.id, counts });
    await finishList(tx, ctx, { name: 'intelligence.list-finished', list });
  });
  return counts;
};

/** What the times of cleaning say and what is there, where they differ. */
export const TIMES_APART = `
  with there as (
    select overseer, organisation, coalesce(exercise::text, '') as exercise, (coalesce(assigned_at, first_seen) at time zone 'Asia/Ho_Chi_Minh')::date as a,
      (answered_at at time zone 'Asia/Ho_Chi_Minh')::date as b, count(*)::int as n
    from findings where state <> 'void' and answer in ('cleaned', 'patched') and answered_at is not null and verdict <> 'seen-again' group by 1, 2, 3, 4, 5),
  kept as (select overseer, organisation, exercise, from_day as a, to_day as b, n from finding_times where n <> 0)
  (select * from there except select * from kept) union all (select * from kept except select * from there)`;
