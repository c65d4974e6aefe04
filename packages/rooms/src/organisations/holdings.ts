import type { Text } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';

/** One thing that hangs on an organisation, as the person who assigns it reads it. */
export type HoldingRow = { id: string; text: Text };

export type Move = { from: string; to: string | null; on: string };

/**
 * What of a room hangs on an organisation (live tasks, accounts …) and must go somewhere when the organisation ends.
 * `to` null means that the row goes to the desk. Rows that can be assigned one by one are told by `rows` and moved by
 * `moveRow`; where these are missing, all go the same way.
 */
export type Holding = {
  kind: string;
  name: Text;
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
