import type { ListLimits, RefusalCode } from './model.ts';
import { listTooBig } from './refusals.ts';

/** A line as it was written, before anything is made of it. `cells` align with the columns of the list. */
export type RawRow = { readonly row: number; readonly cells: readonly string[]; readonly broken: RefusalCode | null };

/** Counts text and rows against the limits while they stream by. */
export class Budget {
  readonly #limits: ListLimits;
  #bytes = 0;
  #rows = 0;

  constructor(limits: ListLimits) {
    this.#limits = limits;
  }

  /** @throws DomainError `feeds.list_too_big` */
  take(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#limits.textBytes) throw listTooBig(`${Math.round(this.#limits.textBytes / 2 ** 20)} MB`);
  }

  /** The number of the next row. @throws DomainError `feeds.list_too_big` */
  next(): number {
    return this.skip(1);
  }

  /** Counts rows that nobody looks at. @returns the number of the last. @throws DomainError `feeds.list_too_big` */
  skip(rows: number): number {
    this.#rows += rows;
    if (this.#rows > this.#limits.rows) throw listTooBig(`${this.#limits.rows} dòng / rows`);
    return this.#rows;
  }
}
