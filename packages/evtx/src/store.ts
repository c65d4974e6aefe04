import type { EvtxField, EvtxShape } from './model.ts';
import type { Layout } from './layout.ts';
import type { SourceElement, SourceNode } from './syntax.ts';
import { Damage } from './model.ts';

/** What is kept of the templates of all chunks and files, before it is forgotten and learnt anew: hostile files make many. */
const MOST_NODES = 262_144;
const MOST_NAMES = 32_768;

/** A state on the way from a template and what its values are like to the layout of the record. */
export class Step {
  /** Its number: a record that embeds this one goes on from it. */
  readonly id: number;
  /** The layout of records whose way ends here. */
  layout: Layout | null = null;
  #others: Map<number, Step> | null = null;
  #lastKey = -1;
  #last: Step | null = null;
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
    this.id = store.stepId();
  }

  /** @param key a small whole number, not negative */
  to(key: number): Step {
    if (key === this.#lastKey) return this.#last as Step;
    let step = this.#others?.get(key);
    if (!step) {
      step = new Step(this.#store);
      // Most steps have one successor, and need no map.
      if (this.#last) (this.#others ??= new Map([[this.#lastKey, this.#last]])).set(key, step);
    }
    this.#lastKey = key;
    this.#last = step;
    return step;
  }
}

/** A template: its elements, and which of its substitutions decide what a record looks like. */
export class Template {
  readonly root: SourceElement;
  /** Whether the root only holds what is the template: a stream that stands in a record itself, with any number of elements. */
  readonly fragment: boolean;
  readonly start: Step;
  /** Substitutions whose null leaves elements out. */
  readonly dependencies: readonly number[];
  /** Substitutions in attributes, which are left out where these are empty. */
  readonly attributes: readonly number[];
  /** Whether it names its `Data` by values: then no two records are sure to have one layout. */
  readonly namesByValue: boolean;
  readonly #used: Set<number>;

  constructor(nodes: SourceNode[], fragment: boolean, store: Store) {
    const [first] = nodes;
    if (!fragment && (nodes.length !== 1 || first?.kind !== 'element')) throw new Damage('a template has not one root');
    const root: SourceElement =
      !fragment && first?.kind === 'element' ? first : { kind: 'element', name: '', dependency: -1, attributes: [], content: nodes };
    this.fragment = fragment;
    const found = { used: new Set<number>(), dependencies: new Set<number>(), attributes: new Set<number>(), namesByValue: false };
    this.root = root;
    this.start = new Step(store);
    store.spend(collect(root, found));
    this.#used = found.used;
    this.dependencies = [...found.dependencies];
    this.attributes = [...found.attributes];
    this.namesByValue = found.namesByValue;
  }

  /** Whether a substitution is anywhere in it. */
  uses(substitution: number): boolean {
    return this.#used.has(substitution);
  }
}

type Found = { used: Set<number>; dependencies: Set<number>; attributes: Set<number>; namesByValue: boolean };

/** @returns how many nodes there are */
function collect(element: SourceElement, found: Found): number {
  let nodes = 1;
  if (element.dependency >= 0) found.dependencies.add(element.dependency);
  for (const attribute of element.attributes) {
    nodes += 1 + attribute.parts.length;
    for (const { substitution } of attribute.parts) {
      if (substitution < 0) continue;
      found.used.add(substitution);
      found.attributes.add(substitution);
      if (element.name === 'Data' && attribute.name === 'Name') found.namesByValue = true;
    }
  }
  for (const node of element.content) {
    nodes += node.kind === 'element' ? collect(node, found) : 1;
    if (node.kind === 'part' && node.substitution >= 0) found.used.add(node.substitution);
  }
  return nodes;
}

/** Names, templates and shapes, each once, so that what is worked out for one chunk holds for the next. */
export class Store {
  readonly #names = new Map<string, number>();
  readonly #nameList: string[] = [];
  readonly #templates = new Map<string, Template>();
  readonly #fragments = new Map<string, Template>();
  readonly #shapes = new Map<string, EvtxShape>();
  #nodes = 0;
  #steps = 0;

  get full(): boolean {
    return this.#nodes > MOST_NODES || this.#nameList.length > MOST_NAMES;
  }

  spend(nodes: number): void {
    this.#nodes += nodes;
  }

  stepId(): number {
    this.#nodes += 1;
    this.#steps += 1;
    return this.#steps;
  }

  /** @returns the number of a name */
  nameId(name: string): number {
    let id = this.#names.get(name);
    if (id === undefined) {
      id = this.#nameList.length;
      this.#names.set(name, id);
      this.#nameList.push(name);
    }
    return id;
  }

  name(id: number): string {
    return this.#nameList[id] ?? '';
  }

  /**
   * @param tokens what the template was rewritten to
   * @param form its nodes, which are asked for if it is new, and whether it is a fragment
   */
  template(tokens: Uint16Array, form: { fragment: boolean; nodes: () => SourceNode[] }): Template {
    const text = Buffer.from(tokens.buffer, tokens.byteOffset, tokens.byteLength).toString('utf16le');
    const templates = form.fragment ? this.#fragments : this.#templates;
    let template = templates.get(text);
    if (!template) {
      template = new Template(form.nodes(), form.fragment, this);
      templates.set(text, template);
      this.spend(text.length >> 5);
    }
    return template;
  }

  /** @param key what makes two shapes the same @param fields makes its fields, if it is new */
  shape(key: string, fields: () => EvtxField[]): EvtxShape {
    let shape = this.#shapes.get(key);
    if (!shape) {
      shape = { fields: fields() };
      this.#shapes.set(key, shape);
      this.spend(shape.fields.length);
    }
    return shape;
  }
}

let current = new Store();

/** The store of all readers of this process; to be asked for at the start of a chunk, for a full one is replaced. */
export function currentStore(): Store {
  if (current.full) current = new Store();
  return current;
}
