import type { ListRefusal } from '@vonggac/feeds';
import { rowsAs, type Tx } from '@vonggac/store';
import { and, eq, gt, sql } from 'drizzle-orm';
import type { Placed } from './placed.ts';
import { listRefusals, listRows } from './tables.ts';

/** Which of these keys living lists hold already, 32 hexadecimal digits each. */
export async function knownKeys(tx: Tx, keys: readonly string[], living: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0 || living.length === 0) return new Set();
  // The cast keeps the planner from reading a list that is being written as a whole, of which it knows nothing yet.
  const { rows } = await tx.execute<{ key: string }>(sql`
    select distinct replace(o.key::text, '-', '') as key from ${listRows} o
    where o.key = any(${`{${keys.join(',')}}`}::uuid[]) and o.list::text::uuid = any(${`{${living.join(',')}}`}::uuid[])`);
  return new Set(rows.map(({ key }) => key));
}

/** Writes the rows of a batch in one statement. */
export async function writeRows(tx: Tx, of: { list: string; organisation: string }, rows: readonly Placed[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`
    insert into ${listRows} (list, organisation, row, key, is_same, seen_at, is_timed, address, port, family, domain, machine, private_address,
      mac, unit, extra, target, asset, network, usage, level, machine_key, matched_by, why)
    select ${of.list}::uuid, ${of.organisation}::uuid, g.* from (${rowsAs(rows, {
      row: ['int', (row) => row.row],
      key: ['uuid', (row) => row.key],
      is_same: ['bool', (row) => row.isSame],
      seen_at: ['timestamptz', (row) => row.seenAt],
      is_timed: ['bool', (row) => row.isTimed],
      address: ['inet', (row) => row.address],
      port: ['int', (row) => row.port],
      family: ['text', (row) => row.family],
      domain: ['text', (row) => row.domain],
      machine: ['text', (row) => row.machine],
      private_address: ['inet', (row) => row.privateAddress],
      mac: ['text', (row) => row.mac],
      unit: ['text', (row) => row.unit],
      extra: ['packed', (row) => row.extra],
      target: ['uuid', (row) => row.target],
      asset: ['uuid', (row) => row.asset],
      network: ['cidr', (row) => row.network],
      usage: ['text', (row) => row.usage],
      level: ['smallint', (row) => row.level],
      machine_key: ['text', (row) => row.machineKey],
      matched_by: ['text', (row) => row.matchedBy],
      why: ['text', (row) => row.why],
    })}) g`);
}

export async function writeRefusals(tx: Tx, of: { list: string; organisation: string }, refusals: readonly ListRefusal[]): Promise<void> {
  if (refusals.length === 0) return;
  const values = refusals.map(({ row, column, code, reason, cells }) => ({ ...of, row, column, code, reason, cells: [...cells] }));
  for (let at = 0; at < values.length; at += 1000) await tx.insert(listRefusals).values(values.slice(at, at + 1000));
}

/** Takes back rows of a list that were written ahead of what they make: those behind the row `done`. */
export async function dropAhead(tx: Tx, list: string, done: number): Promise<void> {
  for (const table of [listRows, listRefusals]) await tx.delete(table).where(and(eq(table.list, list), gt(table.row, done)));
}
