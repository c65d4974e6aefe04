import type { Cells } from './cells.ts';
import type { ChunkMemory } from './memory.ts';
import type { Store, Template } from './store.ts';
import { CHUNK_SIZE } from './memory.ts';
import { Damage } from './model.ts';
import { Tokens } from './tokens.ts';
import { elementsOf } from './syntax.ts';
import { uint16, uint32 } from './format.ts';

const HEADER = 24;
/** Templates lie side by side in a chunk: more than twice its size is no chunk. */
const MOST_BYTES = 2 * CHUNK_SIZE;

/** The names and templates of one chunk, found by where they are in it. */
export class Definitions {
  readonly #tokens: Tokens;
  readonly #memory: ChunkMemory;
  #store: Store;
  /** Per offset the number of the name there, and for which chunk that holds. */
  readonly #nameIds = new Uint16Array(CHUNK_SIZE);
  readonly #nameChunk = new Uint32Array(CHUNK_SIZE);
  #chunk = 0;
  readonly #templates = new Map<number, Template | Damage>();
  /** How many bytes of templates were read. */
  #readBytes = 0;

  constructor(memory: ChunkMemory, store: Store) {
    this.#memory = memory;
    this.#store = store;
    this.#tokens = new Tokens(memory, { id: (offset) => this.#nameId(offset), text: (offset) => this.#store.name(this.#nameId(offset)) });
  }

  get store(): Store {
    return this.#store;
  }

  /** To be called once the memory holds another chunk. */
  changed(store: Store): void {
    this.#store = store;
    this.#chunk += 1;
    this.#templates.clear();
    this.#readBytes = 0;
  }

  /** @throws Damage where there is no template at an offset */
  template(offset: number): Template {
    const known = this.#templates.get(offset);
    if (known instanceof Damage) throw known;
    if (known) return known;
    try {
      const template = this.#read(offset);
      this.#templates.set(offset, template);
      return template;
    } catch (error) {
      if (error instanceof Damage) this.#templates.set(offset, error);
      throw error;
    }
  }

  #read(offset: number): Template {
    const body = offset + HEADER;
    if (body > CHUNK_SIZE) throw new Damage('a template is outside the chunk');
    if (this.#readBytes > MOST_BYTES) throw new Damage('the templates of its chunk overlap');
    // It ends with a token of its own, even where its size is damaged.
    const end = Math.min(body + uint32(this.#memory.bytes, offset + 20), CHUNK_SIZE);
    try {
      return this.#rewritten(body, end, null);
    } finally {
      this.#readBytes += this.#tokens.length;
    }
  }

  /** Reads a stream that stands in a record itself as a template of its own, whose values it adds to `cells`. @throws Damage */
  fragment(at: number, end: number, cells: Cells): Template {
    return this.#rewritten(at, end, cells);
  }

  #rewritten(at: number, end: number, cells: Cells | null): Template {
    this.#tokens.read(at, end, cells);
    const tokens = this.#tokens.units.subarray(0, this.#tokens.length);
    const store = this.#store;
    return store.template(tokens, { fragment: cells !== null, nodes: () => elementsOf(tokens, (id) => store.name(id)) });
  }

  #nameId(offset: number): number {
    if (this.#nameChunk[offset] === this.#chunk) return this.#nameIds[offset] as number;
    const id = this.#store.nameId(this.#name(offset));
    this.#nameIds[offset] = id;
    this.#nameChunk[offset] = this.#chunk;
    return id;
  }

  /** A name: link to the next, hash, length, text. */
  #name(offset: number): string {
    const length = offset + 8 <= CHUNK_SIZE ? uint16(this.#memory.bytes, offset + 6) : CHUNK_SIZE;
    if (offset + 8 + length * 2 > CHUNK_SIZE) throw new Damage('a name is outside the chunk');
    return this.#memory.string(offset + 8, length);
  }
}
