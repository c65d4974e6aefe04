import type { EventClass, Shape, SigmaEvent, Value } from '../event.ts';
import { madeText, probe, type Layout, type Recognised, type Recogniser } from '../logsources.ts';
import { timeOf } from './time.ts';

/** An event decoded from JSON. It stands by itself: it may be kept. */
export class JsonEvent implements SigmaEvent {
  readonly class: EventClass;
  readonly shape: Shape;
  readonly #values: readonly Value[];
  readonly #timeSlots: readonly number[];

  constructor(recognised: Recognised, values: readonly Value[], timeSlots: readonly number[]) {
    const { made } = recognised;
    this.class = recognised.class;
    this.shape = recognised.shape;
    this.#values = made.length === 0 ? values : [...values, ...made.map((one) => madeText(one, (slot) => values[slot] ?? null))];
    this.#timeSlots = timeSlots;
  }

  value(slot: number): Value {
    return this.#values[slot] ?? null;
  }

  time(): number | null {
    for (const slot of this.#timeSlots) {
      const time = timeOf(this.#values[slot] ?? null);
      if (time !== null) return time;
    }
    return null;
  }
}

/** The class and shape of an event by its deciding fields, without work where such an event was seen lately. */
export function recognisedOf(recogniser: Recogniser, layout: Layout, values: readonly Value[]): Recognised {
  const { cases, deciding } = layout;
  next: for (const one of cases) {
    for (let i = 0; i < deciding.length; i++) {
      if (probe(values[deciding[i] as number] ?? null) !== one.values[i]) continue next;
    }
    return one;
  }
  return recogniser.recognise(layout, (slot) => values[slot] ?? null);
}
