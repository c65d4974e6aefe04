import type { ListRefusal } from '@vonggac/feeds';
import type { Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import type { Placed } from './placed.ts';
import { listRefusals, listRows } from './tables.ts';

type Cell = string | number | boolean | null;

/** Never inside of JSON, where it is escaped; so the longest column needs no other escaping. */
const BETWEEN = '\u001e';

const SPECIAL = /["\\]/u;
// oxlint-disable-next-line no-control-regex -- PostgreSQL keeps no NUL in a text.
const NUL = /\u0000/gu;

/** A text of PostgreSQL's array syntax; much cheaper than a parameter a cell. */
function literal(rows: readonly Placed[], of: (row: Placed) => Cell): string {
  let out = '{';
  for (let at = 0; at < rows.length; at++) {
    if (at > 0) out += ',';
    const cell = of(rows[at]!);
    if (cell === null) out += 'NULL';
    else if (typeof cell === 'string') out += `"${SPECIAL.test(cell) ? cell.replace(/["\\]/gu, '\\$&') : cell}"`;
    else out += String(cell);
  }
  return `${out}}`.replace(NUL, '');
}

/** Which of these keys living lists hold already, 32 hexadecimal digits each. */
export async function knownKeys(tx: Tx, keys: readonly string[], living: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0 || living.length === 0) return new Set();
  // Nothing is known yet of a list that is being written: without the lateral and the cast the planner reads all of it for each batch.
  const { rows } = await tx.execute<{ key: string }>(sql`
    select replace(k.key::text, '-', '') as key from unnest(${`{${keys.join(',')}}`}::uuid[]) as k(key)
    cross join lateral (select 1 from ${listRows} o where o.key = k.key and o.list::text::uuid = any(${`{${living.join(',')}}`}::uuid[]) limit 1) o`);
  return new Set(rows.map(({ key }) => key));
}

/** Writes the rows of a batch in one statement. */
export async function writeRows(tx: Tx, of: { list: string; organisation: string }, rows: readonly Placed[]): Promise<void> {
  if (rows.length === 0) return;
  const { list, organisation } = of;
  const ints = (cell: (row: Placed) => Cell) => sql`${literal(rows, cell)}::int[]`;
  const texts = (cell: (row: Placed) => Cell) => sql`${literal(rows, cell)}::text[]`;
  const uuids = (cell: (row: Placed) => Cell) => sql`${literal(rows, cell)}::uuid[]`;
  await tx.execute(sql`
    insert into ${listRows} (list, organisation, row, key, is_same, seen_at, is_timed, address, port, family, domain, machine, private_address,
      mac, unit, extra, target, asset, network, usage, level, machine_key, matched_by, why)
    select ${list}::uuid, ${organisation}::uuid, * from unnest(
      ${ints((row) => row.row)}, ${uuids((row) => row.key)}, ${literal(rows, (row) => row.isSame)}::bool[],
      ${literal(rows, (row) => row.seenAt)}::timestamptz[], ${literal(rows, (row) => row.isTimed)}::bool[],
      ${literal(rows, (row) => row.address)}::inet[], ${ints((row) => row.port)}, ${texts((row) => row.family)}, ${texts((row) => row.domain)},
      ${texts((row) => row.machine)}, ${literal(rows, (row) => row.privateAddress)}::inet[], ${texts((row) => row.mac)},
      ${texts((row) => row.unit)}, string_to_array(${rows.map(({ extra }) => extra ?? '').join(BETWEEN)}, ${BETWEEN}, ''), ${uuids((row) => row.target)}, ${uuids((row) => row.asset)},
      ${literal(rows, (row) => row.network)}::cidr[], ${texts((row) => row.usage)}, ${literal(rows, (row) => row.level)}::smallint[],
      ${texts((row) => row.machineKey)}, ${texts((row) => row.matchedBy)}, ${texts((row) => row.why)})`);
}

export async function writeRefusals(tx: Tx, of: { list: string; organisation: string }, refusals: readonly ListRefusal[]): Promise<void> {
  if (refusals.length === 0) return;
  const values = refusals.map(({ row, column, code, reason, cells }) => ({ ...of, row, column, code, reason, cells: [...cells] }));
  for (let at = 0; at < values.length; at += 1000) await tx.insert(listRefusals).values(values.slice(at, at + 1000));
}
