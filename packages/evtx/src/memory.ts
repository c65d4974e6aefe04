export const CHUNK_SIZE = 65_536;

const ZEROS = Buffer.alloc(CHUNK_SIZE);

/** The bytes of one chunk at a time, and its UTF-16 code units at even and at odd offsets. */
export class ChunkMemory {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Code units that start at an even offset: unit n is at byte 2n. */
  readonly even: Uint16Array<ArrayBuffer>;
  readonly #buffer: Buffer<ArrayBuffer>;
  readonly #odd = new Uint16Array(CHUNK_SIZE / 2);
  #oddFilled = false;

  constructor() {
    const memory = new ArrayBuffer(CHUNK_SIZE);
    this.bytes = new Uint8Array(memory);
    this.even = new Uint16Array(memory);
    this.#buffer = Buffer.from(memory);
  }

  /** Whether there is nothing in it. */
  get isZero(): boolean {
    return this.#buffer.equals(ZEROS);
  }

  /** To be called once `bytes` hold another chunk. */
  changed(): void {
    this.#oddFilled = false;
  }

  /** Code units that start at an odd offset: unit n is at byte 2n + 1. Copied at the first use in a chunk. */
  get odd(): Uint16Array<ArrayBuffer> {
    if (!this.#oddFilled) {
      new Uint8Array(this.#odd.buffer).set(this.bytes.subarray(1));
      this.#oddFilled = true;
    }
    return this.#odd;
  }

  /** The string of `units` code units at a byte offset, up to its first NUL. Lone surrogates stay what they are. */
  string(at: number, units: number): string {
    const end = this.end(at, units);
    return end === at ? '' : this.#buffer.toString('utf16le', at, end);
  }

  /** Where the string of at most `units` code units at a byte offset ends: before its first NUL. */
  end(at: number, units: number): number {
    const view = (at & 1) === 0 ? this.even : this.odd;
    let index = at >> 1;
    const last = Math.min(index + units, view.length);
    while (index < last && view[index] !== 0) index += 1;
    return index * 2 + (at & 1);
  }
}
