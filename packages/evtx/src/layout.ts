import type { Element, Part } from './resolve.ts';
import type { Cells } from './cells.ts';
import type { EvtxField, EvtxShape, EvtxValue } from './model.ts';
import type { Store } from './store.ts';
import { Damage } from './model.ts';

/** What a record is like: its shape, and where the value of each slot comes from. */
export class Layout {
  readonly shape: EvtxShape;
  /** Per slot the cell that is its value; -1 where `parts` make it up. */
  readonly cells: Int32Array;
  readonly parts: readonly (readonly Part[] | null)[];
  /** Per slot whether no text is `''` rather than null. */
  readonly emptyText: readonly boolean[];
  /** How many nodes it is made of. */
  readonly nodes: number;
  /** Its elements, from when they were first asked for: most records are only looked at. */
  root: Element | null = null;

  constructor(nodes: number, leaves: { shape: EvtxShape; parts: readonly (readonly Part[])[]; emptyText: readonly boolean[] }) {
    this.shape = leaves.shape;
    this.nodes = nodes;
    this.emptyText = leaves.emptyText;
    this.cells = new Int32Array(leaves.parts.length);
    leaves.parts.forEach((parts, slot) => (this.cells[slot] = parts.length === 1 ? (parts[0] as Part).cell : -1));
    this.parts = leaves.parts.map((parts, slot) => ((this.cells[slot] as number) < 0 ? parts : null));
  }
}

/** Elements whose `Data` are named values. */
export function isContainer(name: string): boolean {
  return name === 'EventData' || name === 'UserData';
}

/** The text that parts make up: the one value where there is one, else their texts in a row; null where there is none. */
export function valueOf(parts: readonly Part[], cells: Cells): EvtxValue {
  let value: EvtxValue = null;
  for (const part of parts) {
    const piece = part.cell >= 0 ? cells.value(part.cell) : part.constant;
    if (piece === null || piece === '') continue;
    value = value === null ? piece : `${String(value)}${String(piece)}`;
  }
  return value;
}

export function isEmpty(parts: readonly Part[], cells: Cells): boolean {
  for (const { cell, constant } of parts) if (cell >= 0 ? !cells.isEmpty(cell) : constant !== null && constant !== '') return false;
  return true;
}

/** The name of a `Data`; null where it has none. */
export function dataName(element: Element, cells: Cells): string | null {
  const attribute = element.attributes.find(({ name }) => name === 'Name');
  const name = attribute ? valueOf(attribute.parts, cells) : null;
  return name === null ? null : String(name);
}

/** Lists the leaves below a record's root. @throws Damage where their names are beyond all measure */
export function layoutOf(root: Element, nodes: number, from: { cells: Cells; store: Store }): Layout {
  const leaves = new Leaves(from.cells);
  for (const child of root.elements) leaves.visit(child, child.name, false);
  const key = leaves.fields.join(',\0');
  const shape = from.store.shape(key, () => leaves.fields.map(field));
  return new Layout(nodes, { shape, parts: leaves.parts, emptyText: leaves.emptyText });
}

/** All the paths of a record together. @unit characters */
const HEAVIEST = 4_194_304;

class Leaves {
  /** Per leaf its path and its name: what makes two shapes the same. No name has a NUL in it. */
  readonly fields: string[] = [];
  readonly parts: (readonly Part[])[] = [];
  readonly emptyText: boolean[] = [];
  readonly #cells: Cells;
  #weight = 0;

  constructor(cells: Cells) {
    this.#cells = cells;
  }

  /** @param path down to the element */
  visit(element: Element, path: string, inContainer: boolean): void {
    const isData = element.name === 'Data';
    const named = isData ? dataName(element, this.#cells) : null;
    let attributes = 0;
    for (const { name, parts } of element.attributes) {
      if ((named !== null && name === 'Name') || isEmpty(parts, this.#cells)) continue;
      this.#add(`${path}/\0@${name}=\0${element.name}_${name}`, parts, false);
      attributes += 1;
    }
    // An element with content, or with nothing at all.
    if (element.parts.length > 0 || (element.elements.length === 0 && (attributes === 0 || named !== null)))
      this.#add(`${path}=\0${named ?? element.name}`, element.parts, inContainer && isData);
    const container = isContainer(element.name);
    for (const child of element.elements) this.visit(child, `${path}/\0${child.name}`, container);
  }

  #add(text: string, parts: readonly Part[], emptyText: boolean): void {
    this.#weight += text.length;
    if (this.#weight > HEAVIEST) throw new Damage('the names of its fields are too long');
    this.fields.push(text);
    this.parts.push(parts);
    this.emptyText.push(emptyText);
  }
}

function field(text: string): EvtxField {
  const [place = '', name = ''] = text.split('=\0');
  const path = place.split('/\0');
  return { section: path[0] ?? '', path, name };
}
