import type { EventClass, Shape, SigmaEvent, Value } from '../event.ts';
import { madeText, probe, type Case, type Layout, type Recognised, type Recogniser } from '../logsources.ts';
import { namesOfField, withoutClashes } from './paths.ts';
import { timeOf } from './time.ts';

export type RecordShape = {
  readonly fields: readonly { readonly section: string; readonly path: readonly string[]; readonly name: string }[];
};

/** A record of a Windows event log as a reader shows it: a view that moves on to the next record. */
export interface RecordView {
  readonly shape: RecordShape;
  value(slot: number): unknown;
  /** Sets `units`, `from` and `to` to the UTF-16 code units of a text; false where the value is none. */
  text(slot: number): boolean;
  readonly units: Uint16Array;
  readonly from: number;
  readonly to: number;
  /** @unit milliseconds since 1970-01-01 UTC */
  readonly writtenAt: number;
  readonly id: number;
}

/** A Windows event log record as the engine reads it: one object, moved on by `of`. */
export class EvtxEvent implements SigmaEvent {
  readonly #recogniser: Recogniser;
  readonly #layouts = new WeakMap<RecordShape, Layout>();
  #lastShape: RecordShape | null = null;
  #layout!: Layout;
  #record!: RecordView;
  #is!: Recognised;

  constructor(recogniser: Recogniser) {
    this.#recogniser = recogniser;
  }

  /** The event of this record, until the next call. */
  of(record: RecordView): this {
    this.#record = record;
    if (record.shape !== this.#lastShape) {
      this.#lastShape = record.shape;
      this.#layout = this.#layoutOf(record.shape);
    }
    this.#is = this.#known() ?? this.#recogniser.recognise(this.#layout, (slot) => this.value(slot));
    return this;
  }

  get class(): EventClass {
    return this.#is.class;
  }
  get shape(): Shape {
    return this.#is.shape;
  }
  get units(): Uint16Array {
    return this.#record.units;
  }
  get from(): number {
    return this.#record.from;
  }
  get to(): number {
    return this.#record.to;
  }

  value(slot: number): Value {
    const { length } = this.#layout.names;
    if (slot < length) return this.#record.value(slot) as Value;
    return madeText(this.#is.made[slot - length] ?? [], (one) => this.value(one));
  }

  text(slot: number): boolean {
    return slot < this.#layout.names.length && this.#record.text(slot);
  }

  time(): number | null {
    for (const slot of this.#layout.timeSlots) {
      const time = timeOf(this.value(slot));
      if (time !== null) return time;
    }
    return this.#record.writtenAt;
  }

  #layoutOf(shape: RecordShape): Layout {
    const known = this.#layouts.get(shape);
    if (known !== undefined) return known;
    const names = shape.fields.map(({ name }) => namesOfField(name));
    const places = shape.fields.map(({ section, name }) => `Event.${section}.${name}`);
    const layout = this.#recogniser.layout(withoutClashes(names, places));
    this.#layouts.set(shape, layout);
    return layout;
  }

  #known(): Recognised | null {
    for (const one of this.#layout.cases) if (this.#same(one)) return one;
    return null;
  }

  #same(one: Case): boolean {
    const { deciding } = this.#layout;
    for (let i = 0; i < deciding.length; i++) {
      const slot = deciding[i] as number;
      const value = one.values[i] as Value;
      if (typeof value === 'string' && this.#record.text(slot)) {
        if (!this.#says(value)) return false;
      } else if (probe(this.value(slot)) !== value) return false;
    }
    return true;
  }

  /** Whether the text just asked for is this one. */
  #says(text: string): boolean {
    const { units, from, to } = this.#record;
    if (to - from !== text.length) return false;
    for (let i = 0; i < text.length; i++) if (units[from + i] !== text.charCodeAt(i)) return false;
    return true;
  }
}
