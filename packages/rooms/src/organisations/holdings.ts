import type { Text } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import type { SQL } from 'drizzle-orm';

/**
 * One thing that hangs on an organisation, as the person who assigns it reads it. `overseer` follows it where that is
 * not the one who reorganises; `until` is an end that it has of its own.
 */
export type HoldingRow = { id: string; text: Text; overseer?: string; until?: string | null };

/** `stays`: the organisation lives on, only a part of it goes. */
export type Move = { from: string; to: string | null; on: string; stays?: boolean };

/** What becomes of rows that nobody was assigned: they wait with the desk until they are handed on. */
export type Leaving = {
  /** Whether the row of `organisation` still waits for somebody; what is finished stays under the old name. */
  waits(row: SQL, organisation: SQL): SQL;
  /** Hands rows on that were left by `from`. */
  handOn(
    tx: Tx,
    ctx: Ctx,
    rows: readonly { row: string; until: string | null }[],
    move: { from: string; to: string; on: string },
  ): Promise<void>;
  /** Whether a row may also be let go for good. */
  lapses: boolean;
};

/**
 * What of a room hangs on an organisation (live tasks, accounts …) and must go somewhere when the organisation ends.
 * `to` null means that the row goes to the desk. Rows that can be assigned one by one are told by `rows` and moved by
 * `moveRow`; where these are missing, all go the same way. What is `shared` the new unit gets besides the old one when
 * only a part is separated.
 */
export type Holding = {
  kind: string;
  name: Text;
  shared?: true;
  leaving?: Leaving;
  count(tx: Tx, organisation: string, on: string): Promise<number>;
  move(tx: Tx, ctx: Ctx, from: string, to: string | null, on: string): Promise<void>;
  rows?(tx: Tx, organisation: string, on: string): Promise<HoldingRow[]>;
  moveRow?(tx: Tx, ctx: Ctx, row: string, move: Move): Promise<void>;
};

const registry = new Map<string, Holding>();

/** Filled by `wiring.ts` alone. */
export function offerHoldings(holding: Holding): void {
  registry.set(holding.kind, holding);
}

export function holdings(): Holding[] {
  return [...registry.values()];
}
