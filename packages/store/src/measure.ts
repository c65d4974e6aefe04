import type { Text } from '@vonggac/kernel';
import type { Ctx, Tx } from './transaction.ts';

/** How a thing stands: lit by a measure of the thing itself, never by paperwork. `no-data` is never "no problem". */
export type MeasureState = 'met' | 'at-risk' | 'missed' | 'no-data';

/** One organisation's figure: `value` of `of` (the denominator), in `unit`s. */
export type MeasureValue = {
  organisation: string;
  state: MeasureState;
  value: number | null;
  of: number | null;
  /** 0: the fewer the better. */
  target: number;
  /** Why it stands so, as a sentence. */
  text: Text;
  /** Where its rows are opened as a list. */
  list?: CountedList;
};

/** A list as a screen opens it: whose, what narrows it, and how many rows it has then. */
export type CountedList = { of: 'findings'; query: Readonly<Record<string, string>>; total: number };

/** A row that a figure was counted from. */
export type MeasureRow = { id: string; subject: { kind: string; id: string }; at: string | null; text: Text };

/** Days; what was done in an exercise counts in that exercise and nowhere else. */
export type MeasureWindow = { from: string | null; to: string | null; exercise?: string | null };

/**
 * A live measure, offered by the room whose rows it counts and bound to requirements by `directives`.
 * `proposes` says whether a requirement's text (folded) speaks of what it measures; the officer decides.
 */
export type Measure = {
  id: string;
  name: Text;
  unit: Text;
  proposes(foldedText: string): boolean;
  compute(tx: Tx, ctx: Ctx, organisations: readonly string[], window: MeasureWindow): Promise<MeasureValue[]>;
  rows(tx: Tx, ctx: Ctx, organisation: string, window: MeasureWindow): Promise<MeasureRow[]>;
  /** The figure over all of them, where it is not the sum of theirs. */
  overall?(tx: Tx, ctx: Ctx, organisations: readonly string[], window: MeasureWindow): Promise<Pick<MeasureValue, 'value' | 'of'>>;
};

const registry = new Map<string, Measure>();

/** Filled by `wiring.ts` alone. */
export function offer(measure: Measure): void {
  registry.set(measure.id, measure);
}

export function measures(): Measure[] {
  return [...registry.values()];
}

export function measureOf(id: string): Measure | undefined {
  return registry.get(id);
}
