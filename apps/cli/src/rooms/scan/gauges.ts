/** What is counted while it runs, over all threads: read by the progress bar, without messages. */
export class Gauges {
  readonly shared: SharedArrayBuffer;
  readonly #cells: BigInt64Array;

  constructor(shared = new SharedArrayBuffer(3 * BigInt64Array.BYTES_PER_ELEMENT)) {
    this.shared = shared;
    this.#cells = new BigInt64Array(shared);
  }

  get events(): number {
    return Number(Atomics.load(this.#cells, 0));
  }

  /** Bytes of the files that have been read. */
  get bytes(): number {
    return Number(Atomics.load(this.#cells, 1));
  }

  /** Whether all threads are to end where they are. */
  get isStopped(): boolean {
    return Atomics.load(this.#cells, 2) === 1n;
  }

  addEvents(count: number): void {
    Atomics.add(this.#cells, 0, BigInt(count));
  }

  addBytes(count: number): void {
    Atomics.add(this.#cells, 1, BigInt(count));
  }

  stop(): void {
    Atomics.store(this.#cells, 2, 1n);
  }
}
