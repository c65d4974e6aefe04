import type { ChunkMemory } from './memory.ts';
import type { Definitions } from './definitions.ts';
import type { Element, Instance } from './resolve.ts';
import type { Layout } from './layout.ts';
import type { Step, Template } from './store.ts';
import { ARRAY, BINARY_XML, Cells, NULL } from './cells.ts';
import { CHUNK_SIZE } from './memory.ts';
import { Damage } from './model.ts';
import { InstanceHead } from './tokens.ts';
import { Resolver } from './resolve.ts';
import { layoutOf } from './layout.ts';
import { uint16 } from './format.ts';

const DEEPEST = 64;
/** The last type that is one plain value. */
const LAST_PLAIN = 0x15;
/** Longer arrays make a layout of their own each time. */
const LONGEST_LIST = 64;
/** What the records of one chunk may grow to together; of 1,415 real chunks the largest took 18,190. @unit nodes and values */
const MOST_IN_CHUNK = 262_144;

/** Cells `base` to `base + count`; `special` where there may be arrays or XML among them. */
type Values = { readonly base: number; readonly count: number; readonly depth: number; readonly special: boolean };

/** Reads what records say: their values into `cells`, and which layout these fill. */
export class Content {
  readonly cells: Cells;
  readonly #memory: ChunkMemory;
  readonly #definitions: Definitions;
  readonly #head = new InstanceHead();
  readonly #instances: Instance[] = [];
  /** Where the values of the last instance end. */
  #end = 0;
  /** How many nodes and values the records of this chunk took. */
  #spent = 0;

  constructor(memory: ChunkMemory, definitions: Definitions) {
    this.#memory = memory;
    this.#definitions = definitions;
    this.cells = new Cells(memory);
  }

  /** To be called once the memory holds another chunk. */
  changed(): void {
    this.#spent = 0;
  }

  /** Reads the binary XML of a record. @throws Damage */
  read(at: number, end: number): Layout {
    this.cells.clear();
    this.#instances.length = 0;
    if (this.#spent > MOST_IN_CHUNK) throw new Damage('the records of its chunk have grown beyond all measure');
    const step = this.#stream(at, end, 0);
    const layout = step?.layout ?? this.#layout(step);
    this.#spent += layout.nodes + this.cells.count;
    return layout;
  }

  /** The elements of the record that was read last. */
  root(): Element {
    return new Resolver(this.cells, this.#instances).root();
  }

  #layout(step: Step | null): Layout {
    const resolver = new Resolver(this.cells, this.#instances);
    const { store } = this.#definitions;
    try {
      const layout = layoutOf(resolver.root(), resolver.nodes, { cells: this.cells, store });
      if (step) {
        step.layout = layout;
        store.spend(layout.nodes);
      }
      return layout;
    } catch (error) {
      this.#spent += resolver.nodes;
      throw error;
    }
  }

  /** Reads a stream: the one instance of a template it is, or else what stands there. @returns as `#filled` does */
  #stream(at: number, end: number, depth: number): Step | null {
    if (depth > DEEPEST) throw new Damage('its XML is nested too deeply');
    const bytes = this.#memory.bytes;
    const start = bytes[at] === 0x0c ? at + 1 : bytes[at] === 0x0f && bytes[at + 4] === 0x0c && at + 5 < end ? at + 5 : -1;
    if (start >= 0) {
      const values = this.#instance(start, depth);
      const next = this.#end;
      if (next >= end || bytes[next] === 0) return this.#filled(this.#definitions.template(this.#head.definition), values);
      this.cells.count = values.base;
    }
    return this.#fragment(at, end, depth);
  }

  #fragment(at: number, end: number, depth: number): Step | null {
    const base = this.cells.count;
    const template = this.#definitions.fragment(at, end, this.cells);
    // An instance that stands in it is on its level.
    return this.#filled(template, { base, count: this.cells.count - base, depth: depth - 1, special: true });
  }

  /** Adds the values of an instance; they end at `#end`. */
  #instance(at: number, depth: number): Values {
    const bytes = this.#memory.bytes;
    this.#head.read(bytes, at);
    const { count, descriptors } = this.#head;
    const cells = this.cells;
    const base = cells.count;
    let next = descriptors + count * 4;
    let special = false;
    for (let index = 0, from = descriptors; index < count; index += 1, from += 4) {
      const type = bytes[from + 2] as number;
      if (type > LAST_PLAIN) special = true;
      next = cells.add(type, uint16(bytes, from), next);
    }
    if (next > CHUNK_SIZE) throw new Damage('its values end outside the chunk');
    this.#end = next;
    return { base, count, depth, special };
  }

  /** @returns the step that a template and its values lead to; null where the layout holds for this record alone */
  #filled(template: Template, values: Values): Step | null {
    this.#instances.push({ template, base: values.base, count: values.count });
    const step = this.#states(template, values.base, values.count);
    const last = values.special ? this.#specials(template, values, step) : step;
    return template.namesByValue ? null : last;
  }

  /** Goes on by what decides whether elements and attributes are there. */
  #states(template: Template, base: number, count: number): Step {
    const cells = this.cells;
    let step = template.start.to(count);
    let bits = 1;
    for (const substitution of template.dependencies) {
      bits = (bits << 1) | (substitution < count && cells.types[base + substitution] === NULL ? 1 : 0);
      if (bits > 0xff_ffff) [step, bits] = [step.to(bits), 1];
    }
    for (const substitution of template.attributes) {
      bits = (bits << 1) | (substitution >= count || cells.isEmpty(base + substitution) ? 1 : 0);
      if (bits > 0xff_ffff) [step, bits] = [step.to(bits), 1];
    }
    return step.to(bits);
  }

  /** Goes on by the arrays and the embedded XML. */
  #specials(template: Template, values: Values, from: Step): Step | null {
    const cells = this.cells;
    let step: Step | null = from;
    for (let index = 0; index < values.count; index += 1) {
      const cell = values.base + index;
      const type = cells.types[cell] as number;
      const size = cells.sizes[cell] as number;
      if (type <= LAST_PLAIN || size === 0 || !template.uses(index)) continue;
      if (type === BINARY_XML) {
        const at = cells.at[cell] as number;
        cells.link[cell] = this.#instances.length;
        const inner = this.#stream(at, at + size, values.depth + 1);
        step = step && inner ? step.to(index * 2).to(inner.id) : null;
      } else if ((type & ARRAY) !== 0) {
        const before = cells.count;
        const items = cells.addItems(cell);
        if (items <= 1) cells.count = before;
        else step = step && items <= LONGEST_LIST ? step.to(index * 2 + 1).to(items) : null;
      }
    }
    return step;
  }
}
