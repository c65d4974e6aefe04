import type { Correlation } from '../model.ts';
import { isAfter, type Entry } from './entry.ts';
import { figureOf, type Figure } from './figures.ts';

/** The condition holds with an entry: `window` has the entries that it holds for where it did not hold before; null where it goes on. */
export type Completed<Reference> = { readonly window: readonly Entry<Reference>[] | null };

/** The entries of one group of a correlation (one user, one computer, ...), and the window that ends at the latest of them. */
export class Group<Reference> {
  readonly #correlation: Correlation;
  #entries: Entry<Reference>[] = [];
  /** Where the latest window begins. */
  #from = 0;
  #figure: Figure;
  /** The condition held when it was last looked at: what goes on is not said again. */
  holding = false;

  constructor(correlation: Correlation) {
    this.#correlation = correlation;
    this.#figure = figureOf(correlation);
  }

  get entries(): readonly Entry<Reference>[] {
    return this.#entries;
  }

  get latest(): number {
    return this.#entries.at(-1)?.time ?? Number.NEGATIVE_INFINITY;
  }

  /** Takes entries as they were saved. */
  restore(entries: readonly Entry<Reference>[], holding: boolean): void {
    const known = entries.filter(({ rule }) => rule < this.#correlation.rules.length);
    this.#entries = known.sort((one, other) => one.time - other.time || one.rule - other.rule);
    this.holding = holding;
    this.#rebuild();
  }

  /** Adds an entry. @returns what it completes; null where the condition does not hold */
  add(entry: Entry<Reference>): Completed<Reference> | null {
    const at = this.#placeOf(entry);
    if (at < this.#entries.length) return this.#late(entry, at);
    this.#entries.push(entry);
    this.#figure.add(entry);
    this.#from = this.#advance(this.#figure, this.#from, entry.time);
    const held = this.#figure.holds(this.#entries, this.#from, this.#entries.length);
    const begins = held && !(this.holding && this.#from < this.#entries.length - 1);
    this.holding = held;
    return held ? { window: begins ? this.#entries.slice(this.#from) : null } : null;
  }

  /** An entry between others is looked at in every window that it falls into. */
  #late(entry: Entry<Reference>, at: number): Completed<Reference> | null {
    this.#entries.splice(at, 0, entry);
    const figure = figureOf(this.#correlation);
    let from = this.#firstSince(entry.time - this.#correlation.timespan);
    for (let i = from; i < at; i++) figure.add(this.#entries[i] as Entry<Reference>);
    let completed: Completed<Reference> | null = null;
    for (let end = at; end < this.#entries.length && completed === null; end++) {
      const last = this.#entries[end] as Entry<Reference>;
      if (last.time > entry.time + this.#correlation.timespan) break;
      figure.add(last);
      from = this.#advance(figure, from, last.time);
      if (this.#entries[end + 1]?.time === last.time) continue;
      if (figure.holds(this.#entries, from, end + 1)) completed = { window: this.holding ? null : this.#entries.slice(from, end + 1) };
    }
    this.#rebuild();
    this.holding ||= completed !== null;
    return completed;
  }

  /** Forgets what is older than this, and the oldest beyond so many. @returns how many were lost to the latter */
  prune(oldest: number, most: number): number {
    const old = this.#firstSince(oldest);
    const excess = Math.max(0, this.#entries.length - old - most);
    const drop = old + excess;
    // Moving the rest each time would cost as much as there is: wait until it is worth it.
    if (drop === 0 || (excess === 0 && drop < this.#entries.length / 2)) return 0;
    for (let i = this.#from; i < drop; i++) this.#figure.remove(this.#entries[i] as Entry<Reference>);
    this.#entries.splice(0, drop);
    this.#from = Math.max(0, this.#from - drop);
    return excess;
  }

  /** Whether this very event is here already, through another rule. */
  has(time: number, reference: Reference): boolean {
    for (let i = this.#firstSince(time); this.#entries[i]?.time === time; i++) if (this.#entries[i]?.reference === reference) return true;
    return false;
  }

  #rebuild(): void {
    this.#figure = figureOf(this.#correlation);
    this.#from = this.#firstSince(this.latest - this.#correlation.timespan);
    for (let i = this.#from; i < this.#entries.length; i++) this.#figure.add(this.#entries[i] as Entry<Reference>);
  }

  /** Takes off what is too old for a window that ends at this time. */
  #advance(figure: Figure, from: number, end: number): number {
    let at = from;
    while ((this.#entries[at]?.time ?? end) < end - this.#correlation.timespan) figure.remove(this.#entries[at++] as Entry<Reference>);
    return at;
  }

  #placeOf(entry: Entry<Reference>): number {
    let at = this.#entries.length;
    while (at > 0 && isAfter(this.#entries[at - 1] as Entry<Reference>, entry)) at--;
    return at;
  }

  #firstSince(time: number): number {
    let from = 0;
    let to = this.#entries.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#entries[middle] as Entry<Reference>).time < time) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
