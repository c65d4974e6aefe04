import type { Batch } from './scanner.ts';

/** How much one thread's batches may hold while they wait to be taken. @unit characters */
const MOST_WAITING = 8 * 2 ** 20;

/** Keeps count of what a thread has found and nobody has taken yet. */
export class Room {
  #waiting = 0;
  #wake: () => void = () => undefined;

  /** @returns the size of the batch, to be cleared when it is taken */
  fill({ text, rows, bases }: Batch): number {
    const size = text.length + rows.length + 500 * bases.length;
    this.#waiting += size;
    return size;
  }

  clear(size: number): void {
    this.#waiting -= size;
    if (this.#waiting <= MOST_WAITING) this.#wake();
  }

  /** Ends when there is room for more. */
  async free(): Promise<void> {
    if (this.#waiting > MOST_WAITING) await new Promise<void>((resolve) => (this.#wake = resolve));
  }
}
