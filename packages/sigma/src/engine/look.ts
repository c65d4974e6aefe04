import type { SigmaEvent, Value } from '../event.ts';
import { folded } from '../fold.ts';
import { textOf } from '../values.ts';

const NO_SLOTS: readonly number[] = [];
const UNREAD = Symbol('unread');

/** One event at a time as rules look at it: each value is read, and folded, once at most. One object serves all events. */
export class Look {
  #event!: SigmaEvent;
  #slotsOf!: readonly (readonly number[] | undefined)[];
  readonly #values: (Value | typeof UNREAD)[] = [];
  readonly #folds: (string | null | undefined)[] = [];

  /** @param slotsOf by the number of a field the slots that answer to its name */
  at(event: SigmaEvent, slotsOf: readonly (readonly number[] | undefined)[]): void {
    this.#event = event;
    this.#slotsOf = slotsOf;
    const count = event.shape.names.length;
    for (let slot = 0; slot < count; slot++) {
      this.#values[slot] = UNREAD;
      this.#folds[slot] = undefined;
    }
  }

  get event(): SigmaEvent {
    return this.#event;
  }

  slots(field: number): readonly number[] {
    return this.#slotsOf[field] ?? NO_SLOTS;
  }

  value(slot: number): Value {
    const known = this.#values[slot]!;
    return known === UNREAD ? (this.#values[slot] = this.#event.value(slot)) : known;
  }

  /** The text of a single value without its case; null for a list and where there is no value. */
  folded(slot: number): string | null {
    const known = this.#folds[slot];
    if (known !== undefined) return known;
    const text = textOf(this.value(slot));
    return (this.#folds[slot] = text === null ? null : folded(text));
  }
}
