import type { MeasureWindow, Tx } from '@vonggac/store';
import { type SQL, sql } from 'drizzle-orm';
import type { CallCount, CallResult } from './model.ts';
import { holdersOf } from './numbers.ts';
import { dutyCalls } from './tables.ts';

export type CallRow = { id: string; result: CallResult; at: string; by: string; note: string | null };
export type CallsOf = CallCount & { rows: CallRow[] };

/** A window of days in Vietnam as a condition on an instant; both days count. */
export function withinWindow(column: SQL, window: MeasureWindow): SQL {
  const from = window.from === null ? sql`true` : sql`${column} >= (${window.from}::date)::timestamp at time zone 'Asia/Ho_Chi_Minh'`;
  const to = window.to === null ? sql`true` : sql`${column} < (${window.to}::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh'`;
  return sql`(${from} and ${to})`;
}

/**
 * The calls of each organisation within a window, newest first. A call to a company's hotline counts for its branches.
 * `day`: on which the tree is read.
 */
export async function callsOf(tx: Tx, organisations: readonly string[], asked: { window: MeasureWindow; day: string }): Promise<Map<string, CallsOf>> {
  const found = new Map<string, CallsOf>();
  if (organisations.length === 0) return found;
  const holders = await holdersOf(tx, organisations, asked.day);
  const { rows } = await tx.execute<{ id: string; organisation: string; result: CallResult; at: string | Date; by: string; note: string | null; hotline: boolean }>(sql`
    select c.id, c.organisation, c.result, c.called_at as at, c.called_by_name as by, c.note,
      exists (select from contacts h where h.id = c.contact and h.hotline) as hotline
    from ${dutyCalls} c
    where c.organisation = any(${sql.param([...new Set([...holders.values()].flat())])}::uuid[]) and ${withinWindow(sql`c.called_at`, asked.window)}
    order by c.called_at desc, c.id desc`);
  const byHolder = Map.groupBy(rows, ({ organisation }) => organisation);
  for (const [organisation, places] of holders) {
    const own = places
      .flatMap((holder) => (byHolder.get(holder) ?? []).filter((row) => holder === organisation || row.hotline))
      .map(({ id, result, at, by, note }) => ({ id, result, at: new Date(at).toISOString(), by, note }))
      .toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
    found.set(organisation, { calls: own.length, pickedUp: own.filter(({ result }) => result === 'picked-up').length, last: own[0]?.result ?? null, rows: own });
  }
  return found;
}
