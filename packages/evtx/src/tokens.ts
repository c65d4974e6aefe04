import type { Cells } from './cells.ts';
import type { ChunkMemory } from './memory.ts';
import { uint16, uint32 } from './format.ts';
import { BINARY_XML, STRING } from './cells.ts';
import { CHUNK_SIZE } from './memory.ts';
import { Damage } from './model.ts';

/** What a stream of binary XML is rewritten to: the same for the same XML, wherever in whichever chunk it lies. */
export const TOKEN = {
  /** then the substitution it depends on (0xffff for none) and a name */
  open: 1,
  /** the end of a start tag: content follows */
  content: 2,
  close: 3,
  /** then a name */
  attribute: 4,
  /** then the number of code units and these */
  text: 5,
  /** then the type, the number of bytes and these */
  value: 6,
  /** then its number */
  substitution: 7,
  /** then the number of a substitution that is an instance of a template */
  embedded: 8,
} as const;

export const NO_DEPENDENCY = 0xffff;
const DEEPEST_FRAGMENT = 64;
const ENTITIES: Readonly<Record<string, string>> = { quot: '"', apos: "'", amp: '&', lt: '<', gt: '>' };
/** Bytes of the literal values that have no length of their own before them, by type. */
const LITERAL_SIZE: readonly number[] = [0, 0, 0, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8, 4, 0, 16, 0, 8, 16, 0, 4, 8];

/** Where a template instance has its template and its values. */
export class InstanceHead {
  /** Where in the chunk the template is defined. */
  definition = 0;
  count = 0;
  /** Where the first of `count` descriptors (size, type) is; the values follow them. */
  descriptors = 0;

  /** @param at of what follows the token @throws Damage */
  read(bytes: Uint8Array, at: number): void {
    this.definition = uint32(bytes, at + 5);
    let next = at + 9;
    // A template's first use in a chunk carries its definition.
    if (next === this.definition) next += 24 + uint32(bytes, next + 20);
    this.count = next + 4 <= CHUNK_SIZE ? uint32(bytes, next) : 0;
    this.descriptors = next + 4;
    if (this.descriptors + this.count * 4 > CHUNK_SIZE) throw new Damage('the values of a template end outside the chunk');
  }

  /** Where the last value ends. @throws Damage */
  end(bytes: Uint8Array): number {
    let end = this.descriptors + this.count * 4;
    for (let index = 0; index < this.count; index += 1) end += uint16(bytes, this.descriptors + index * 4);
    if (end > CHUNK_SIZE) throw new Damage('the values of a template end outside the chunk');
    return end;
  }
}

export type NamesOfChunk = {
  /** @returns the number of the name at an offset of the chunk */
  id(offset: number): number;
  /** @returns the name itself */
  text(offset: number): string;
};

/** Rewrites streams of binary XML; the names become their numbers. */
export class Tokens {
  /** What the last stream was rewritten to: the first `length` of it. */
  readonly units = new Uint16Array(CHUNK_SIZE + 1024);
  length = 0;
  readonly #memory: ChunkMemory;
  readonly #names: NamesOfChunk;
  readonly #head = new InstanceHead();
  /** Where the values of a stream that is no template go, from `#base` on; null in a template. */
  #cells: Cells | null = null;
  #base = 0;
  /** Whether it is in an attribute `Name`, which is a part of the layout. */
  #inName = false;

  constructor(memory: ChunkMemory, names: NamesOfChunk) {
    this.#memory = memory;
    this.#names = names;
  }

  /**
   * Rewrites the stream up to its end token, or `end`.
   * @param cells null for the body of a template: its elements say what they depend on, and its values are literal. Else the values are
   * added to these, and the stream becomes what a template would be that has them as its substitutions
   * @throws Damage
   */
  read(at: number, end: number, cells: Cells | null): void {
    this.length = 0;
    this.#cells = cells;
    this.#base = cells?.count ?? 0;
    this.#inName = false;
    this.#read(at, end, cells ? 1 : 0);
  }

  /** @param depth 0 for the body of a template, else how deep the fragment is */
  #read(at: number, end: number, depth: number): void {
    if (depth > DEEPEST_FRAGMENT) throw new Damage('its XML is nested too deeply');
    const bytes = this.#memory.bytes;
    let next = at;
    while (next < end) {
      const token = bytes[next] as number;
      next += 1;
      if (token === 0x00) return;
      next = this.#token(token, next, depth);
      if (next > CHUNK_SIZE) throw new Damage('its XML ends outside the chunk');
    }
  }

  /** @returns where the next token is */
  #token(token: number, at: number, depth: number): number {
    switch (token) {
      case 0x01:
      case 0x41:
        return this.#open(at, token === 0x41, depth === 0);
      case 0x02:
        this.#inName = false;
        return this.#put(at, TOKEN.content);
      case 0x03:
        this.#inName = false;
        this.#put(at, TOKEN.content);
        return this.#put(at, TOKEN.close);
      case 0x04:
        return this.#put(at, TOKEN.close);
      case 0x05:
      case 0x45:
        return this.#value(at, depth);
      case 0x06:
      case 0x46:
        this.#put(at, TOKEN.attribute);
        this.#inName = this.#names.text(uint32(this.#memory.bytes, at)) === 'Name';
        return this.#nameAt(at);
      case 0x0d:
      case 0x0e:
        if (this.#cells) throw new Damage('a substitution is outside every template');
        this.#put(at, TOKEN.substitution);
        this.#put(at, uint16(this.#memory.bytes, at));
        return at + 3;
      case 0x0c:
        return this.#instance(at);
      case 0x0f:
        return at + 3;
      default:
        return this.#rare(token, at);
    }
  }

  #rare(token: number, at: number): number {
    switch (token) {
      case 0x07:
      case 0x47:
        return this.#text(at + 2, uint16(this.#memory.bytes, at));
      case 0x08:
      case 0x48:
        return this.#text(at, 1);
      case 0x09:
      case 0x49: {
        const name = this.#names.text(uint32(this.#memory.bytes, at));
        this.#literal(ENTITIES[name] ?? `&${name};`);
        return this.#afterName(at);
      }
      case 0x0a:
        return this.#afterName(at);
      case 0x0b:
        return at + 2 + uint16(this.#memory.bytes, at) * 2;
      default:
        throw new Damage(`0x${token.toString(16)} is no token of binary XML`);
    }
  }

  #put(at: number, unit: number): number {
    if (this.length >= this.units.length) throw new Damage('its XML is too long');
    this.units[this.length] = unit;
    this.length += 1;
    return at;
  }

  #open(at: number, attributes: boolean, definition: boolean): number {
    this.#put(at, TOKEN.open);
    this.#put(at, definition ? uint16(this.#memory.bytes, at) : NO_DEPENDENCY);
    const next = this.#nameAt(at + (definition ? 6 : 4));
    return attributes ? next + 4 : next;
  }

  #nameAt(at: number): number {
    this.#put(at, this.#names.id(uint32(this.#memory.bytes, at)));
    return this.#afterName(at);
  }

  /** A name's first use in a chunk carries the name: link, hash, length, text, NUL. */
  #afterName(at: number): number {
    const bytes = this.#memory.bytes;
    const next = at + 4;
    return uint32(bytes, at) === next ? next + 10 + uint16(bytes, next + 6) * 2 : next;
  }

  #text(at: number, length: number): number {
    const next = at + length * 2;
    if (next > CHUNK_SIZE) throw new Damage('a text ends outside the chunk');
    if (this.#cells && !this.#inName) this.#cell(TOKEN.substitution, STRING, { size: length * 2, at });
    else this.#literal(this.#memory.string(at, length));
    return next;
  }

  #cell(token: number, type: number, value: { size: number; at: number }): void {
    const cells = this.#cells as Cells;
    this.#put(0, token);
    this.#put(0, cells.count - this.#base);
    cells.add(type, value.size, value.at);
  }

  #literal(text: string): void {
    this.#put(0, TOKEN.text);
    this.#put(0, text.length);
    for (let index = 0; index < text.length; index += 1) this.#put(0, text.charCodeAt(index));
  }

  #value(at: number, depth: number): number {
    const bytes = this.#memory.bytes;
    const type = bytes[at] as number;
    if (type === 0x01) return this.#text(at + 3, uint16(bytes, at + 1));
    if (type === 0x00) return at + 1;
    if (type === 0x21) {
      const end = at + 3 + uint16(bytes, at + 1);
      if (end > CHUNK_SIZE) throw new Damage('embedded XML ends outside the chunk');
      this.#read(at + 3, end, depth + 1);
      return end;
    }
    const size = type === 0x13 ? 8 + (bytes[at + 2] as number) * 4 : (LITERAL_SIZE[type] ?? 0);
    if (size === 0 || at + 1 + size > CHUNK_SIZE) throw new Damage(`a literal value has the type 0x${type.toString(16)}`);
    if (this.#cells && !this.#inName) this.#cell(TOKEN.substitution, type, { size, at: at + 1 });
    else {
      this.#put(at, TOKEN.value);
      this.#put(at, type);
      this.#put(at, size);
      for (let index = at + 1; index <= at + size; index += 1) this.#put(at, bytes[index] as number);
    }
    return at + 1 + size;
  }

  #instance(at: number): number {
    if (!this.#cells) throw new Damage('a template holds an instance of a template');
    this.#head.read(this.#memory.bytes, at);
    const end = this.#head.end(this.#memory.bytes);
    this.#cell(TOKEN.embedded, BINARY_XML, { size: end - at + 1, at: at - 1 });
    return end;
  }
}
