import type { Logsource } from './model.ts';

/** What an event says in a field. A list is tried value by value: one of them is enough. */
export type Value = string | number | bigint | boolean | null | readonly Value[];

/** The fields of an event in their order, by the names that rules use. Events of one form share one shape: what is worked out for it once holds for all. */
export type Shape = {
  /** Per slot every name it answers to: its own first, then those of the taxonomy (`NewProcessName`, `Image`). */
  readonly names: readonly (readonly string[])[];
};

/** Which log an event comes from: the same object for all events of that log and kind. */
export type EventClass = {
  readonly key: string;
  /** Every log source it belongs to: a rule applies where one of them has all that the rule's log source says. */
  readonly sources: readonly Logsource[];
};

/** An event as the engine reads it; it may be a view that is moved on to the next record. */
export interface SigmaEvent {
  readonly class: EventClass;
  readonly shape: Shape;
  /** The value of a slot of the shape; absent is null. */
  value(slot: number): Value;
  /**
   * The text of a slot as UTF-16 code units, without making a string of it: sets `units`, `from` and `to`. @returns false where there is
   * no such short way, and `value` is to be asked
   */
  text?(slot: number): boolean;
  readonly units?: Uint16Array;
  readonly from?: number;
  readonly to?: number;
  /** When it happened, for correlations. @unit milliseconds since 1970-01-01 UTC; null where it says no time */
  time(): number | null;
}
