import type { Cells } from './cells.ts';
import type { EvtxValue } from './model.ts';
import type { Member } from './object.ts';
import type { SourceElement, SourcePart } from './syntax.ts';
import type { Template } from './store.ts';
import { ARRAY, BINARY_XML, NULL } from './cells.ts';
import { Damage } from './model.ts';

/** A piece of text of a record: the value in a cell, or (where that is -1) always the same. */
export type Part = { readonly cell: number; readonly constant: EvtxValue };
export type Attribute = { readonly name: string; readonly parts: readonly Part[] };

/** An element of a record after its templates are filled in. */
export class Element {
  readonly name: string;
  readonly attributes: readonly Attribute[];
  readonly parts: readonly Part[];
  readonly elements: readonly Element[];
  /** How its elements are named in an object, once one was made (see object.ts). */
  members: readonly Member[] | null = null;

  constructor(name: string, attributes: readonly Attribute[], parts: readonly Part[], elements: readonly Element[]) {
    this.name = name;
    // Most elements lack two of the three, and layouts are kept.
    this.attributes = attributes.length > 0 ? attributes : NO_ATTRIBUTES;
    this.parts = parts.length > 0 ? parts : NO_PARTS;
    this.elements = elements.length > 0 ? elements : NO_ELEMENTS;
  }
}

/** A template of the record with the cells of its values. */
export type Instance = { readonly template: Template; readonly base: number; readonly count: number };

/** More than this is no event; a chunk that holds many such is given up. */
const MOST_NODES = 65_536;
const DEEPEST = 512;
const NOTHING: Part = { cell: -1, constant: null };
const NO_ATTRIBUTES: readonly Attribute[] = [];
const NO_PARTS: readonly Part[] = [];
const NO_ELEMENTS: readonly Element[] = [];

/** Fills a record's templates in: repeats the elements that hold arrays, leaves out those that depend on a null. */
export class Resolver {
  readonly #cells: Cells;
  readonly #instances: readonly Instance[];
  /** How many nodes it made. */
  nodes = 0;

  /** @param instances the record's templates, the first its own; cells of binary XML link to the others */
  constructor(cells: Cells, instances: readonly Instance[]) {
    this.#cells = cells;
    this.#instances = instances;
  }

  /** @throws Damage where it grows beyond all measure */
  root(): Element {
    const elements: Element[] = [];
    this.#instance(0, elements, 0);
    return elements[0] ?? new Element('Event', [], [], []);
  }

  #instance(index: number, into: Element[], depth: number): void {
    const instance = this.#instances[index] as Instance;
    const element = this.#element(instance.template.root, instance, depth);
    if (!instance.template.fragment) into.push(element);
    else for (const inner of element.elements) into.push(inner);
  }

  #spend(nodes: number): void {
    this.nodes += nodes;
    if (this.nodes > MOST_NODES) throw new Damage('it has more than 65,536 elements and texts');
  }

  #element(source: SourceElement, instance: Instance, depth: number): Element {
    if (depth >= DEEPEST) throw new Damage('its elements are nested too deeply');
    this.#spend(1 + source.attributes.length);
    const attributes = source.attributes.map(({ name, parts }) => ({ name, parts: parts.map((part) => this.#part(part, instance)) }));
    const parts: Part[] = [];
    const elements: Element[] = [];
    for (const node of source.content) {
      if (node.kind === 'part') this.#partOrXml(node, instance, { parts, elements, depth });
      else this.#append(node, instance, elements, depth + 1);
    }
    return new Element(source.name, attributes, parts, elements);
  }

  #append(node: SourceElement, instance: Instance, into: Element[], depth: number): void {
    if (node.dependency >= 0 && node.dependency < instance.count && this.#cells.types[instance.base + node.dependency] === NULL) return;
    const element = this.#element(node, instance, depth);
    if (this.#repeats(element)) for (const copy of this.#copies(element)) into.push(copy);
    else into.push(element);
  }

  #part(part: SourcePart, instance: Instance): Part {
    this.#spend(1);
    if (part.substitution < 0) return { cell: -1, constant: part.constant };
    return part.substitution < instance.count ? { cell: instance.base + part.substitution, constant: null } : NOTHING;
  }

  #partOrXml(source: SourcePart, instance: Instance, into: { parts: Part[]; elements: Element[]; depth: number }): void {
    const part = this.#part(source, instance);
    const cells = this.#cells;
    if (part.cell < 0 || cells.types[part.cell] !== BINARY_XML) into.parts.push(part);
    else if (cells.sizes[part.cell] !== 0) this.#instance(cells.link[part.cell] as number, into.elements, into.depth + 1);
  }

  #isList(part: Part): boolean {
    const { types, items } = this.#cells;
    return part.cell >= 0 && ((types[part.cell] as number) & ARRAY) !== 0 && (items[part.cell] as number) > 1;
  }

  #repeats(element: Element): boolean {
    return (
      element.parts.some((part) => this.#isList(part)) || element.attributes.some(({ parts }) => parts.some((part) => this.#isList(part)))
    );
  }

  /** One copy of an element per item of its array; of several arrays, the first turns slowest, content before attributes. */
  #copies(element: Element): Element[] {
    let copies = [element];
    element.parts.forEach((part, at) => {
      if (!this.#isList(part)) return;
      copies = copies.flatMap((copy) =>
        this.#each(part, (item) => new Element(copy.name, copy.attributes, copy.parts.with(at, item), copy.elements)),
      );
    });
    element.attributes.forEach(({ name, parts }, index) =>
      parts.forEach((part, at) => {
        if (!this.#isList(part)) return;
        copies = copies.flatMap((copy) =>
          this.#each(part, (item) => {
            const changed = { name, parts: (copy.attributes[index] as Attribute).parts.with(at, item) };
            return new Element(copy.name, copy.attributes.with(index, changed), copy.parts, copy.elements);
          }),
        );
      }),
    );
    return copies;
  }

  #each(list: Part, copy: (item: Part) => Element): Element[] {
    const first = this.#cells.link[list.cell] as number;
    return Array.from({ length: this.#cells.items[list.cell] as number }, (_, index) => {
      const made = copy({ cell: first + index, constant: null });
      this.#spend(1 + made.parts.length + made.attributes.length + made.elements.length);
      return made;
    });
  }
}
