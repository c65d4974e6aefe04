import type { MeasureWindow, Tx } from '@vonggac/store';
import { type SQL, sql } from 'drizzle-orm';
import type { CallCount, CallResult } from './model.ts';
import { holdersOf } from './numbers.ts';
import { dutyCalls } from './tables.ts';

export type CallRow = { id: string; result: CallResult; at: string; by: string; note: string | null };

/** A window of days in Vietnam as a condition on an instant; both days count. */
export function withinWindow(column: SQL, window: MeasureWindow): SQL {
  const from = window.from === null ? sql`true` : sql`${column} >= (${window.from}::date)::timestamp at time zone 'Asia/Ho_Chi_Minh'`;
  const to = window.to === null ? sql`true` : sql`${column} < (${window.to}::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh'`;
  return sql`(${from} and ${to})`;
}

export type CallSum = CallCount & { lastAt: string | null };

type Counted = { organisation: string; hotline: boolean; calls: number; picked_up: number; last: CallResult; last_at: string | Date };
const NO_CALLS: CallSum = { calls: 0, pickedUp: 0, last: null, lastAt: null };
const isHotline = sql.raw('exists (select from contacts h where h.id = c.contact and h.hotline)');

/**
 * How the calls of each organisation within a window went, counted by the database. A call to a company's hotline counts for
 * its branches. `day`: on which the tree is read.
 */
export async function countCalls(
  tx: Tx,
  organisations: readonly string[],
  asked: { window: MeasureWindow; day: string },
): Promise<Map<string, CallSum>> {
  if (organisations.length === 0) return new Map();
  const holders = await holdersOf(tx, organisations, asked.day);
  const { rows } = await tx.execute<Counted>(sql`
    select c.organisation, ${isHotline} as hotline, count(*)::int as calls, (count(*) filter (where c.result = 'picked-up'))::int as picked_up,
      (array_agg(c.result order by c.called_at desc, c.id desc))[1] as last, max(c.called_at) as last_at
    from ${dutyCalls} c
    where c.organisation = any(${sql.param(placesOf(holders))}::uuid[]) and ${withinWindow(sql`c.called_at`, asked.window)}
        and c.exercise is not distinct from ${asked.window.exercise ?? null}::uuid
    group by 1, 2`);
  const byHolder = Map.groupBy(rows, ({ organisation }) => organisation);
  return new Map(
    [...holders].map(([organisation, places]) => [
      organisation,
      places
        .flatMap((holder) => (byHolder.get(holder) ?? []).filter((row) => holder === organisation || row.hotline))
        .reduce(added, NO_CALLS),
    ]),
  );
}

const placesOf = (holders: ReadonlyMap<string, readonly string[]>) => [...new Set([...holders.values()].flat())];

function added(sum: CallSum, row: Counted): CallSum {
  const at = new Date(row.last_at).toISOString();
  const isLater = sum.lastAt === null || at > sum.lastAt;
  return {
    calls: sum.calls + row.calls,
    pickedUp: sum.pickedUp + row.picked_up,
    last: isLater ? row.last : sum.last,
    lastAt: isLater ? at : sum.lastAt,
  };
}

/** The calls themselves, newest first, at most `limit` of each organisation. */
export async function callsOf(
  tx: Tx,
  organisations: readonly string[],
  asked: { window: MeasureWindow; day: string; limit: number },
): Promise<Map<string, CallRow[]>> {
  const found = new Map<string, CallRow[]>();
  if (organisations.length === 0) return found;
  const holders = await holdersOf(tx, organisations, asked.day);
  const { rows } = await tx.execute<{
    id: string;
    organisation: string;
    result: CallResult;
    at: string | Date;
    by: string;
    note: string | null;
    hotline: boolean;
  }>(sql`
    select * from (
      select c.id, c.organisation, c.result, c.called_at as at, c.called_by_name as by, c.note, ${isHotline} as hotline,
        row_number() over (partition by c.organisation, ${isHotline} order by c.called_at desc, c.id desc) as place
      from ${dutyCalls} c
      where c.organisation = any(${sql.param(placesOf(holders))}::uuid[]) and ${withinWindow(sql`c.called_at`, asked.window)}
        and c.exercise is not distinct from ${asked.window.exercise ?? null}::uuid
    ) ranked where place <= ${asked.limit}::int`);
  const byHolder = Map.groupBy(rows, ({ organisation }) => organisation);
  for (const [organisation, places] of holders) {
    const own = places
      .flatMap((holder) => (byHolder.get(holder) ?? []).filter((row) => holder === organisation || row.hotline))
      .map(({ id, result, at, by, note }) => ({ id, result, at: new Date(at).toISOString(), by, note }))
      .toSorted((a, b) => (a.at < b.at || (a.at === b.at && a.id < b.id) ? 1 : -1));
    found.set(organisation, own.slice(0, asked.limit));
  }
  return found;
}
