import type { ChunkMemory } from './memory.ts';
import type { EvtxValue } from './model.ts';
import { ansi, fileTime, guid, hexBytes, sid, systemTime, uint16, uint32 } from './format.ts';
import { Damage } from './model.ts';

export const NULL = 0x00;
export const STRING = 0x01;
const ANSI_STRING = 0x02;
const INT32 = 0x07;
const BOOL = 0x0d;
const BINARY = 0x0e;
const SID = 0x13;
export const BINARY_XML = 0x21;
export const ARRAY = 0x80;

/** More values than this in one record are no event. */
const MOST = 65_536;
/** @unit bytes */
const LONG = 512;

/** Bytes of the value types that have one size; 0 for the others. */
const FIXED = new Uint8Array(256);
for (const [type, size] of [
  [0x03, 1],
  [0x04, 1],
  [0x05, 2],
  [0x06, 2],
  [0x07, 4],
  [0x08, 4],
  [0x09, 8],
  [0x0a, 8],
  [0x0b, 4],
  [0x0c, 8],
  [0x0d, 4],
  [0x0f, 16],
  [0x11, 8],
  [0x12, 16],
  [0x14, 4],
  [0x15, 8],
] as const)
  FIXED[type] = size;

const KNOWN = new Uint8Array(256);
for (let type = 0; type <= 0x15; type += 1) KNOWN[type] = KNOWN[type | ARRAY] = 1;
KNOWN[ARRAY] = 0;
for (const type of [0x20, 0x21, 0x23]) KNOWN[type] = 1;

/** The values of one record, where they lie in the chunk: its substitutions, and the items of its arrays. */
export class Cells {
  readonly types = new Uint8Array(MOST);
  readonly sizes = new Uint16Array(MOST);
  readonly at = new Uint32Array(MOST);
  /** Of an array: the cell of its first item. Of binary XML: what the reader of the record noted for it. */
  readonly link = new Int32Array(MOST);
  /** Of an array: how many items have a cell. */
  readonly items = new Uint32Array(MOST);
  count = 0;
  readonly #longTexts = new Map<number, string>();
  readonly #memory: ChunkMemory;

  constructor(memory: ChunkMemory) {
    this.#memory = memory;
  }

  /** Forgets the values of the record before. */
  clear(): void {
    this.count = 0;
    if (this.#longTexts.size > 0) this.#longTexts.clear();
  }

  /**
   * Adds the value at an offset; one whose type has a size has that, whatever it is said to have.
   * @returns where it ends
   * @throws Damage for a type that does not exist, and past 65,536 values
   */
  add(type: number, said: number, at: number): number {
    const cell = this.count;
    if (cell >= MOST) throw new Damage('it has more than 65,536 values');
    if (KNOWN[type] === 0) throw new Damage(`0x${type.toString(16)} is no type of value`);
    const size = Math.max(said, FIXED[type] as number);
    this.types[cell] = type;
    this.sizes[cell] = size;
    this.at[cell] = at;
    if ((type & ARRAY) !== 0) this.items[cell] = 0;
    this.count = cell + 1;
    return at + size;
  }

  /** Gives the items of an array cells of their own. @returns how many */
  addItems(array: number): number {
    const item = (this.types[array] as number) & ~ARRAY;
    const at = this.at[array] as number;
    const end = at + (this.sizes[array] as number);
    const first = this.count;
    if (item === STRING) this.#addStrings(at, end);
    else if (item === ANSI_STRING) this.#addAnsi(at, end);
    else if (item === SID) this.#addSids(at, end);
    else {
      const size = FIXED[item] as number;
      const kind = item === BOOL && !this.#allBools(at, end) ? INT32 : item;
      if (size > 0) for (let from = at; from + size <= end; from += size) this.add(kind, size, from);
    }
    this.link[array] = first;
    return (this.items[array] = this.count - first);
  }

  #addStrings(at: number, end: number): void {
    for (let from = at; from + 2 <= end;) {
      const until = this.#memory.end(from, (end - from) >> 1);
      this.add(STRING, until - from, from);
      from = until + 2;
    }
  }

  #addAnsi(at: number, end: number): void {
    for (let from = at; from < end;) {
      const nul = this.#memory.bytes.indexOf(0, from);
      const until = nul < 0 || nul > end ? end : nul;
      this.add(ANSI_STRING, until - from, from);
      from = until + 1;
    }
  }

  #addSids(at: number, end: number): void {
    for (let from = at; from + 8 <= end;) {
      const size = Math.min(8 + (this.#memory.bytes[from + 1] as number) * 4, end - from);
      this.add(SID, size, from);
      from += size;
    }
  }

  #allBools(at: number, end: number): boolean {
    for (let from = at; from + 4 <= end; from += 4) if (uint32(this.#memory.bytes, from) > 1) return false;
    return true;
  }

  /** Whether a cell says nothing: null, an empty string, list or binary. */
  isEmpty(cell: number): boolean {
    const type = this.types[cell] as number;
    const size = this.sizes[cell] as number;
    if (type === STRING) return size < 2 || uint16(this.#memory.bytes, this.at[cell] as number) === 0;
    if (type === ANSI_STRING) return ansi(this.#memory.bytes, this.at[cell] as number, size) === '';
    return type === NULL || type === BINARY_XML || size === 0;
  }

  /** @returns what `evtx_dump` prints; null for an empty cell */
  value(cell: number): EvtxValue {
    const bytes = this.#memory.bytes;
    const at = this.at[cell] as number;
    const size = this.sizes[cell] as number;
    const type = this.types[cell] as number;
    switch (type) {
      case STRING:
      case 0x23:
        return size > LONG ? this.#long(cell) : this.#memory.string(at, size >> 1) || null;
      case ANSI_STRING:
        return ansi(bytes, at, size) || null;
      case 0x03:
        return ((bytes[at] as number) << 24) >> 24;
      case 0x04:
        return bytes[at] as number;
      case 0x05:
        return (uint16(bytes, at) << 16) >> 16;
      case 0x06:
        return uint16(bytes, at);
      case INT32:
        return uint32(bytes, at) | 0;
      case 0x08:
        return uint32(bytes, at);
      case 0x09:
        return whole(uint32(bytes, at + 4) | 0, uint32(bytes, at));
      case 0x0a:
        return whole(uint32(bytes, at + 4), uint32(bytes, at));
      case BOOL: {
        const raw = uint32(bytes, at) | 0;
        return raw === 0 ? false : raw === 1 ? true : raw;
      }
      default:
        return this.#text(cell, type);
    }
  }

  /** A long string is made once, so that a record that repeats it a thousand times stays small. */
  #long(cell: number): EvtxValue {
    let text = this.#longTexts.get(cell);
    if (text === undefined) {
      text = this.#memory.string(this.at[cell] as number, (this.sizes[cell] as number) >> 1);
      this.#longTexts.set(cell, text);
    }
    return text || null;
  }

  /** The values that are written as text. */
  #text(cell: number, type: number): EvtxValue {
    const bytes = this.#memory.bytes;
    const at = this.at[cell] as number;
    const size = this.sizes[cell] as number;
    switch (type) {
      case 0x0b:
      case 0x0c: {
        const view = new DataView(bytes.buffer);
        return type === 0x0b ? decimal(view.getFloat32(at, true), true) : decimal(view.getFloat64(at, true), false);
      }
      case 0x0f:
        return guid(bytes, at);
      case 0x11:
        return fileTime(bytes, at);
      case 0x12:
        return systemTime(bytes, at);
      case SID:
        return size === 0 ? null : sid(bytes, at, size);
      case 0x14:
        return hex32(bytes, at);
      case 0x15:
        return hex64(bytes, at);
      case 0x10:
      case 0x20:
        return size === 8 ? hex64(bytes, at) : size === 4 ? hex32(bytes, at) : null;
      case NULL:
      case BINARY_XML:
        return null;
      default:
        return (type & ARRAY) !== 0 && type !== (BINARY | ARRAY) ? this.#list(cell) : hexBytes(bytes, at, size) || null;
    }
  }

  /** An array in one text, as it is where it does not repeat its element. */
  #list(cell: number): EvtxValue {
    const before = this.count;
    const items = this.addItems(cell);
    const texts = Array.from({ length: items }, (_, index) => String(this.value(before + index) ?? ''));
    this.count = before;
    return texts.join(',') || null;
  }
}

function hex32(bytes: Uint8Array, at: number): string {
  return `0x${uint32(bytes, at).toString(16)}`;
}

function hex64(bytes: Uint8Array, at: number): string {
  const high = uint32(bytes, at + 4);
  const low = uint32(bytes, at).toString(16);
  return high === 0 ? `0x${low}` : `0x${high.toString(16)}${low.padStart(8, '0')}`;
}

/** A 64-bit whole number from its halves: a number where that is exact. */
function whole(high: number, low: number): number | bigint {
  const value = high * 4_294_967_296 + low;
  return Number.isSafeInteger(value) ? value : (BigInt(high) << 32n) + BigInt(low);
}

/** The shortest digits that read back as the same number, with an exponent where there would be many zeros. */
function decimal(value: number, single: boolean): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const shortest = single ? shortestSingle(value) : value;
  const scientific = shortest.toExponential();
  const exponent = Number(scientific.slice(scientific.indexOf('e') + 1));
  if (exponent < (single ? -6 : -5) || exponent >= (single ? 13 : 16)) return scientific;
  return Number.isInteger(shortest) ? `${shortest}.0` : String(shortest);
}

/** The shortest decimal that is the same number in 32 bits. */
function shortestSingle(value: number): number {
  for (let digits = 1; digits < 9; digits += 1) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return shorter;
  }
  return value;
}
