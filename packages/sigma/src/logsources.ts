import type { EventClass, Shape, Value } from './event.ts';
import { fieldOf } from './mapping/clauses.ts';
import type { Clause, Condition, Mapping } from './mapping/clauses.ts';
import type { Logsource } from './model.ts';

/** What is known of an event once its log is: the class, and the shape whose names fit that log. */
export type Recognised = {
  readonly class: EventClass;
  readonly shape: Shape;
  /** The slots of the shape that come after those of the layout. */
  readonly made: readonly Made[];
};

/** What the value of a slot is made of: texts, and the values of other slots. */
export type Made = readonly (string | readonly number[])[];

/** An event whose deciding fields had these values. */
export type Case = Recognised & { readonly values: readonly Value[] };

/** Events with the same fields in the same order. */
export type Layout = {
  /** Per slot its names, whatever the log. */
  readonly names: readonly (readonly string[])[];
  readonly slots: ReadonlyMap<string, readonly number[]>;
  /** Those clauses that events of this layout can meet. */
  readonly clauses: readonly Clause[];
  /** The slots on whose values it depends which. */
  readonly deciding: readonly number[];
  /** Values seen lately. */
  readonly cases: Case[];
  readonly byClauses: Map<string, Recognised>;
  /** Slots that say a time, best first. */
  readonly timeSlots: readonly number[];
};

const MAX_CASES = 24;
const MAX_CLASSES = 5_000;
/** So much of a value decides which log it is. */
const LONGEST = 4_096;
const PART = /^[a-z0-9_.-]{1,64}$/;

/** Finds out from which log an event comes. Classes and shapes are shared: equal ones are the same object. */
export class Recogniser {
  readonly mapping: Mapping;
  readonly #declared: readonly Logsource[];
  readonly #classes = new Map<string, EventClass>();

  /** @param declared log sources that every event belongs to besides those it is recognised as, because the user says so */
  constructor(mapping: Mapping, declared: readonly Logsource[] = []) {
    this.mapping = mapping;
    this.#declared = declared;
  }

  /** @param names per slot its names; events of one form should ask once */
  layout(names: readonly (readonly string[])[]): Layout {
    const slots = new Map<string, number[]>();
    names.forEach((each, slot) => {
      for (const name of new Set(each)) {
        const known = slots.get(name);
        if (known === undefined) slots.set(name, [slot]);
        else known.push(slot);
      }
    });
    const clauses = ['', ...slots.keys()]
      .flatMap((field) => this.mapping.clauses.get(field) ?? [])
      .filter((clause) => clause.conditions.every((one) => possible(one, slots)))
      .sort((one, other) => one.order - other.order);
    const read = new Set(clauses.flatMap(({ reads }) => reads));
    const deciding = new Set([...read].flatMap((field) => slots.get(field) ?? []));
    const timeSlots = this.mapping.times.flatMap((name) => slots.get(name) ?? []);
    return { names, slots, clauses, deciding: [...deciding], cases: [], byClauses: new Map(), timeSlots };
  }

  /** The slow way: asks every clause, and keeps the answer as a case. @param value of a slot of this event */
  recognise(layout: Layout, value: (slot: number) => Value): Recognised {
    const texts = new Map<string, readonly string[]>();
    const textsOf = (field: string) => {
      let known = texts.get(field);
      if (known === undefined) texts.set(field, (known = textsIn(layout.slots.get(field) ?? [], value)));
      return known;
    };
    const all = (conditions: readonly Condition[]) => conditions.every((condition) => holds(condition, layout, textsOf));
    const met = layout.clauses.filter((clause) => all(clause.conditions) && !clause.exceptions.some(all));
    const sources = met.flatMap((clause) => clause.sources.map((source) => filled(source, layout, value)));
    const key = `${met.map((clause) => clause.order).join()}|${keyOf(sources)}`;
    let recognised = layout.byClauses.get(key);
    if (recognised === undefined) {
      recognised = { class: this.#classOf(sources), ...shapeOf(layout, met) };
      if (layout.byClauses.size < MAX_CLASSES) layout.byClauses.set(key, recognised);
    }
    this.#keep(
      layout,
      layout.deciding.map((slot) => probe(value(slot))),
      recognised,
    );
    return recognised;
  }

  #keep(layout: Layout, values: readonly Value[], recognised: Recognised): void {
    if (layout.cases.length >= MAX_CASES) layout.cases.pop();
    layout.cases.unshift({ ...recognised, values });
  }

  #classOf(found: readonly (Logsource | null)[]): EventClass {
    const sources = [...found.filter((source) => source !== null), ...this.#declared];
    const key = keyOf(sources);
    const known = this.#classes.get(key);
    if (known !== undefined) return known;
    const made: EventClass = { key, sources: distinct(sources) };
    if (this.#classes.size < MAX_CLASSES) this.#classes.set(key, made);
    return made;
  }
}

/** What is compared of a deciding field. */
export function probe(value: Value): Value {
  return typeof value === 'object' && value !== null ? value.join('\n').slice(0, LONGEST) : value;
}

function possible(condition: Condition, slots: ReadonlyMap<string, unknown>): boolean {
  return slots.has(condition.field) ? condition.any || condition.exact.size > 0 || condition.patterns.length > 0 : condition.absent;
}

function holds(condition: Condition, layout: Layout, textsOf: (field: string) => readonly string[]): boolean {
  if (!layout.slots.has(condition.field)) return condition.absent;
  if (condition.any) return true;
  const texts = textsOf(condition.field);
  if (texts.length === 0) return condition.absent;
  return texts.some((text) => condition.exact.has(text) || condition.patterns.some((pattern) => pattern.test(text)));
}

/** The values of some slots, as conditions compare them. */
function textsIn(slots: readonly number[], value: (slot: number) => Value): string[] {
  const values = slots.flatMap((slot) => value(slot)).filter((one) => one !== null);
  return values.map((one) => String(one).slice(0, LONGEST).toLowerCase());
}

/** Null where a part is to be taken from the event and what stands there is no name. */
function filled(source: Clause['sources'][number], layout: Layout, value: (slot: number) => Value): Logsource | null {
  const made: Record<'category' | 'product' | 'service', string | null> = { category: null, product: null, service: null };
  for (const part of ['category', 'product', 'service'] as const) {
    const text = source[part];
    if (text === undefined) continue;
    const field = fieldOf(text);
    if (field === null) {
      made[part] = text;
      continue;
    }
    const slot = layout.slots.get(field)?.[0];
    const said = slot === undefined ? '' : String(value(slot)).toLowerCase();
    if (!PART.test(said)) return null;
    made[part] = said;
  }
  return made;
}

function namesOf(layout: Layout, met: readonly Clause[]): readonly (readonly string[])[] {
  const names = layout.names.map((each) => new Set(each));
  for (const clause of met) {
    for (const [name, fields] of Object.entries(clause.names)) {
      for (const field of fields) for (const slot of layout.slots.get(field) ?? []) names[slot]?.add(name);
    }
  }
  return names.map((each) => [...each]);
}

function shapeOf(layout: Layout, met: readonly Clause[]): Omit<Recognised, 'class'> {
  const names = [...namesOf(layout, met)];
  const made: Made[] = [];
  for (const clause of met) {
    for (const [name, templates] of Object.entries(clause.made)) {
      const first = templates.map((template) => madeOf(layout, template)).find((one) => one !== null);
      if (first === undefined || first === null || names.slice(layout.names.length).flat().includes(name)) continue;
      names.push([name]);
      made.push(first);
    }
  }
  return { shape: { names }, made };
}

/** Null where the layout has not all the fields of the template. */
function madeOf(layout: Layout, template: string): Made | null {
  const made = template.split('%').map((part, index) => (index % 2 === 0 ? part : slotsOf(layout, part)));
  return made.some((part) => part.length === 0 && typeof part !== 'string') ? null : made;
}

function slotsOf({ slots }: Layout, field: string): readonly number[] {
  if (!field.endsWith('#')) return slots.get(field) ?? [];
  const found: number[] = [];
  for (let i = 0; slots.has(field.slice(0, -1) + i); i++) found.push(...(slots.get(field.slice(0, -1) + i) ?? []));
  return found;
}

/** The value of a made slot; null where one of its fields says nothing. */
export function madeText(made: Made, value: (slot: number) => Value): string | null {
  let text = '';
  for (const part of made) {
    const said = typeof part === 'string' ? [part] : part.flatMap((slot) => value(slot)).filter((one) => one !== null);
    if (said.length === 0) return null;
    text += said.join(' ');
  }
  return text;
}

function keyOf(sources: readonly (Logsource | null)[]): string {
  return [...new Set(sources.flatMap((source) => (source === null ? [] : textOf(source))))].sort().join(' ');
}

function textOf(source: Logsource): string {
  return `${source.product ?? ''}/${source.category ?? ''}/${source.service ?? ''}`;
}

function distinct(sources: readonly Logsource[]): Logsource[] {
  return [...new Map(sources.map((source) => [textOf(source), source])).values()];
}
