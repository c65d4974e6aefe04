import type { Cells } from './cells.ts';
import type { ChunkMemory } from './memory.ts';
import type { Content } from './content.ts';
import type { EvtxObject, EvtxRecord, EvtxShape, EvtxValue } from './model.ts';
import type { Layout } from './layout.ts';
import { STRING } from './cells.ts';
import { objectOf } from './object.ts';
import { valueOf } from './layout.ts';

const NO_UNITS = new Uint16Array(0);

/** The view that is moved from record to record. */
export class RecordView implements EvtxRecord {
  id = 0;
  writtenAt = 0;
  shape: EvtxShape = { fields: [] };
  units: Uint16Array = NO_UNITS;
  from = 0;
  to = 0;
  readonly #memory: ChunkMemory;
  readonly #cells: Cells;
  readonly #content: Content;
  #layout: Layout | null = null;

  constructor(memory: ChunkMemory, content: Content) {
    this.#memory = memory;
    this.#content = content;
    this.#cells = content.cells;
  }

  show(layout: Layout): void {
    this.#layout = layout;
    this.shape = layout.shape;
  }

  value(slot: number): EvtxValue {
    const layout = this.#layout as Layout;
    const cell = layout.cells[slot];
    if (cell === undefined) return null;
    const value = cell >= 0 ? this.#cells.value(cell) : valueOf(layout.parts[slot] ?? [], this.#cells);
    return value === null && layout.emptyText[slot] ? '' : value;
  }

  text(slot: number): boolean {
    const cell = (this.#layout as Layout).cells[slot];
    if (cell === undefined || cell < 0 || this.#cells.types[cell] !== STRING) return false;
    const at = this.#cells.at[cell] as number;
    const units = (at & 1) === 0 ? this.#memory.even : this.#memory.odd;
    const from = at >> 1;
    const last = from + ((this.#cells.sizes[cell] as number) >> 1);
    let to = from;
    while (to < last && units[to] !== 0) to += 1;
    this.units = units;
    this.from = from;
    this.to = to;
    return to > from;
  }

  toObject(): EvtxObject {
    const layout = this.#layout as Layout;
    layout.root ??= this.#content.root();
    return objectOf(layout.root, this.#cells);
  }
}
