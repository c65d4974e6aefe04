import { type ListMapping, type ListRefusal, type ListRow, readBatches } from '@vonggac/feeds';
import type { Usage } from '../assets/index.ts';
import type { MatchedBy } from './events.ts';
import type { Matcher } from './matcher.ts';
import { packExtra } from './extra.ts';
import { machineKeyOf, type Why } from './model.ts';

/** Rows a transaction. */
export const BATCH = 5000;
/** Rows a list. */
export const MOST_ROWS = 2_000_000;

/** A row of a list with whom it leads to. */
export type Placed = {
  row: number;
  key: string;
  isSame: boolean;
  seenAt: string;
  isTimed: boolean;
  address: string | null;
  port: number | null;
  family: string;
  domain: string | null;
  machine: string | null;
  privateAddress: string | null;
  mac: string | null;
  unit: string | null;
  extra: string | null;
  target: string | null;
  asset: string | null;
  network: string | null;
  usage: Usage | null;
  level: number | null;
  machineKey: string;
  matchedBy: MatchedBy | null;
  why: Why;
};

/** `last`: the number of the last row of the file that is in it; `extraNames`: the headers of what its rows say besides. */
export type PlacedBatch = { rows: Placed[]; refusals: ListRefusal[]; last: number; extraNames: readonly string[] };

/** @param untimed when rows without a time were seen, ISO 8601 */
export function place(row: ListRow, matcher: Matcher, untimed: string | null): Placed {
  const seenAt = row.time ?? untimed!;
  const match = matcher.match(row, Date.parse(seenAt));
  const { address, port, domain, machine, privateAddress, mac, unit } = row;
  return {
    row: row.row,
    key: row.key,
    isSame: false,
    seenAt,
    isTimed: row.time !== null,
    address,
    port,
    family: row.family ?? '',
    domain,
    machine,
    privateAddress,
    mac,
    unit,
    extra: packExtra(row),
    target: match.target,
    asset: match.asset,
    network: match.network,
    usage: match.usage,
    level: match.level,
    machineKey: machineKeyOf({ asset: match.asset, isHost: match.isHost, address, privateAddress, domain, machine, mac }),
    matchedBy: match.matchedBy,
    why: match.why,
  };
}

type From = {
  path: string;
  name: string;
  mapping: ListMapping;
  matcher: Matcher;
  untimed: string | null;
  after: number;
  signal?: AbortSignal;
};

/** The rows of a file behind the row `after`, each with whom it leads to, in batches of `BATCH`; the last one may be empty. */
export async function* placedBatches({ path, name, mapping, matcher, untimed, after, signal }: From): AsyncGenerator<PlacedBatch> {
  let batch: PlacedBatch = { rows: [], refusals: [], last: after, extraNames: [] };
  const reading = { mapping, limits: { rows: MOST_ROWS }, ...(signal ? { signal } : {}) };
  for await (const lines of readBatches(path, name, reading)) {
    for (const line of lines) {
      if (line.kind === 'row') batch.extraNames = line.extraNames;
      if (line.row <= after) continue;
      if (line.kind === 'row') batch.rows.push(place(line, matcher, untimed));
      else batch.refusals.push(line);
      batch.last = line.row;
      if (batch.rows.length + batch.refusals.length < BATCH) continue;
      yield batch;
      batch = { ...batch, rows: [], refusals: [] };
    }
  }
  yield batch;
}
