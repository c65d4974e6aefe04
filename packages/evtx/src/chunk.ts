import { crc32 } from 'node:zlib';
import type { ChunkMemory } from './memory.ts';
import { CHUNK_SIZE } from './memory.ts';
import { uint32 } from './format.ts';

export const CHUNK_HEADER = 512;
const RECORD_HEADER = 24;
const SMALLEST_RECORD = RECORD_HEADER + 4;
const RECORD_MAGIC = 0x2a2a;
const NO_CHECKSUM = 4;

/** Tells of damage. @param at where in the chunk */
export type Tell = (code: string, at: number, message: string) => void;

/** Whether bytes start as a chunk does. */
export function isChunk(bytes: Uint8Array): boolean {
  return uint32(bytes, 0) === 0x43_66_6c_45 && uint32(bytes, 4) === 0x00_6b_6e_68;
}

/** Unsigned 64 bits as a number; past 2^53 the lowest bits are lost. */
export function uint64(bytes: Uint8Array, at: number): number {
  return uint32(bytes, at + 4) * 4_294_967_296 + uint32(bytes, at);
}

/** Walks the records of a chunk: from its header on, past what cannot be read to the next record, up to the last. */
export class ChunkWalk {
  id = 0;
  /** Of the record's header and of its content. */
  at = 0;
  contentAt = 0;
  contentEnd = 0;
  readonly #memory: ChunkMemory;
  #tell: Tell = () => {};
  #next = 0;
  /** Up to where there is surely no other record: one whose size is damaged may reach into the next. */
  #trusted = 0;
  /** Where the records end, by what the chunk says and by how much of it there is. */
  #end = 0;
  #limit = CHUNK_SIZE;
  #firstId = 0;
  #lastId = 0;
  #lastAt = 0;
  #beyond = false;

  constructor(memory: ChunkMemory) {
    this.#memory = memory;
  }

  /**
   * To be called once the memory holds another chunk.
   * @param size how many of its bytes there are; the others are 0
   * @returns false where it has no records
   */
  start(size: number, tell: Tell): boolean {
    const bytes = this.#memory.bytes;
    this.#tell = tell;
    this.#next = this.#trusted = CHUNK_HEADER;
    this.#limit = size;
    this.#beyond = false;
    this.id = -1;
    if (!isChunk(bytes)) return this.#withoutHeader();
    this.#firstId = uint64(bytes, 24);
    this.#lastId = uint64(bytes, 32);
    this.#lastAt = uint32(bytes, 44);
    const free = uint32(bytes, 48);
    const sound = free >= CHUNK_HEADER && free <= CHUNK_SIZE;
    if (!sound) tell('chunk-header', 0, `the free space of the chunk is said to start at ${free}: all of the chunk is read`);
    this.#end = Math.min(sound ? free : CHUNK_SIZE, size);
    if (sound) this.#check(free);
    return true;
  }

  /** A chunk whose header is lost is read where its records start as those of every chunk do. */
  #withoutHeader(): boolean {
    if (this.#memory.isZero) return false;
    this.#tell('chunk-magic', 0, 'the chunk has no header: its records are read as far as they follow one another');
    this.#firstId = 0;
    this.#lastId = this.#lastAt = Number.MAX_SAFE_INTEGER;
    this.#end = this.#limit;
    return this.#header(CHUNK_HEADER) && this.#endsWithSize(CHUNK_HEADER);
  }

  #check(free: number): void {
    const bytes = this.#memory.bytes;
    if ((uint32(bytes, 120) & NO_CHECKSUM) !== 0) return;
    if (crc32(bytes.subarray(128, CHUNK_HEADER), crc32(bytes.subarray(0, 120))) !== uint32(bytes, 124))
      this.#tell('chunk-header', 0, 'the checksum of the chunk header is wrong: the chunk is read all the same');
    if (crc32(bytes.subarray(CHUNK_HEADER, free)) !== uint32(bytes, 52))
      this.#tell('chunk-checksum', CHUNK_HEADER, 'the checksum of the records is wrong: they are read all the same');
  }

  /** Moves on to the next record. @returns false after the last */
  next(): boolean {
    while (this.#next < this.#end) {
      const at = this.#next;
      if (this.#header(at)) {
        this.#next = at + uint32(this.#memory.bytes, at + 4);
        this.#trusted = this.#endsWithSize(at) ? this.#next : this.contentAt;
        if (this.id === this.#lastId) this.#end = this.#next;
        return true;
      }
      const found = this.#find(Math.min(this.#trusted, at) + 1);
      // Zeros are where the records really end, unless others follow.
      if (found >= 0 || uint32(this.#memory.bytes, at) !== 0)
        this.#tell(
          'record-header',
          at,
          found < 0 ? 'no record can be read from here on' : `no record can be read here; the next is at ${found} of the chunk`,
        );
      if (found < 0) return false;
      this.#next = found;
    }
    return this.#nextBeyond();
  }

  /** A log that was not closed may hold records that the header of its chunk does not yet know. */
  #nextBeyond(): boolean {
    const [at, last] = [this.#next, this.id];
    if (last < 0 || !this.#header(at) || this.id !== last + 1 || !this.#endsWithSize(at)) return false;
    if (!this.#beyond) this.#tell('records-beyond-header', at, 'records follow that the header of the chunk does not know');
    this.#beyond = true;
    this.#next = at + uint32(this.#memory.bytes, at + 4);
    return true;
  }

  /** Reads the header of a record. @returns false where there is none */
  #header(at: number): boolean {
    const bytes = this.#memory.bytes;
    if (at + SMALLEST_RECORD > this.#limit || uint32(bytes, at) !== RECORD_MAGIC) return false;
    const size = uint32(bytes, at + 4);
    if (size < SMALLEST_RECORD || at + size > this.#limit) return false;
    this.at = at;
    this.id = uint64(bytes, at + 8);
    this.contentAt = at + RECORD_HEADER;
    this.contentEnd = at + size - 4;
    return true;
  }

  /** A record ends with its size once more. */
  #endsWithSize(at: number): boolean {
    const size = uint32(this.#memory.bytes, at + 4);
    return uint32(this.#memory.bytes, at + size - 4) === size;
  }

  /** @returns where the next record is that is whole and one of this chunk's; -1 for none */
  #find(from: number): number {
    const bytes = this.#memory.bytes;
    const until = Math.min(this.#end - SMALLEST_RECORD, this.#lastAt);
    for (let at = bytes.indexOf(0x2a, from); at >= 0 && at <= until; at = bytes.indexOf(0x2a, at + 1)) {
      if (!this.#header(at) || !this.#endsWithSize(at) || this.contentEnd + 4 > this.#end) continue;
      if (this.id >= this.#firstId && this.id <= this.#lastId) return at;
    }
    return -1;
  }
}
