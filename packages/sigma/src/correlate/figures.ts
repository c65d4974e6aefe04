import type { Correlation } from '../model.ts';
import { firedHolds, meets, type Entry } from './entry.ts';

/** What a correlation's type makes of the entries in a window that slides over them. */
export interface Figure {
  add(entry: Entry<unknown>): void;
  remove(entry: Entry<unknown>): void;
  /** Whether the correlation's condition holds in the window of these entries, from `from` to before `to`. */
  holds(entries: readonly Entry<unknown>[], from: number, to: number): boolean;
}

/** A figure of an empty window, for this correlation. */
export function figureOf(correlation: Correlation): Figure {
  switch (correlation.type) {
    case 'event_count':
      return new Count(correlation);
    case 'value_count':
      return new Distinct(correlation);
    case 'value_sum':
    case 'value_avg':
      return new Sum(correlation);
    case 'value_percentile':
    case 'value_median':
      return new Percentile(correlation);
    case 'temporal':
    case 'temporal_ordered':
      return new Rules(correlation);
  }
}

class Count implements Figure {
  readonly #correlation: Correlation;
  #count = 0;
  constructor(correlation: Correlation) {
    this.#correlation = correlation;
  }
  add(): void {
    this.#count++;
  }
  remove(): void {
    this.#count--;
  }
  holds(): boolean {
    return meets(this.#correlation, this.#count);
  }
}

class Distinct implements Figure {
  readonly #correlation: Correlation;
  readonly #times = new Map<Entry<unknown>['value'], number>();
  constructor(correlation: Correlation) {
    this.#correlation = correlation;
  }
  add({ value }: Entry<unknown>): void {
    this.#times.set(value, (this.#times.get(value) ?? 0) + 1);
  }
  remove({ value }: Entry<unknown>): void {
    const times = (this.#times.get(value) ?? 0) - 1;
    if (times > 0) this.#times.set(value, times);
    else this.#times.delete(value);
  }
  holds(): boolean {
    return meets(this.#correlation, this.#times.size);
  }
}

/** Adds up anew each time: taking values off a running sum again would let errors of rounding grow. */
class Sum implements Figure {
  readonly #correlation: Correlation;
  constructor(correlation: Correlation) {
    this.#correlation = correlation;
  }
  add(): void {}
  remove(): void {}
  holds(entries: readonly Entry<unknown>[], from: number, to: number): boolean {
    let sum = 0;
    for (let i = from; i < to; i++) sum += Number(entries[i]?.value);
    return meets(this.#correlation, this.#correlation.type === 'value_sum' ? sum : sum / (to - from));
  }
}

/** Between two values the percentile lies on the line between them, so that the 50th of an even number of values is the median. */
class Percentile implements Figure {
  readonly #correlation: Correlation;
  readonly #sorted: number[] = [];
  constructor(correlation: Correlation) {
    this.#correlation = correlation;
  }
  add({ value }: Entry<unknown>): void {
    this.#sorted.splice(this.#place(Number(value)), 0, Number(value));
  }
  remove({ value }: Entry<unknown>): void {
    this.#sorted.splice(this.#place(Number(value)), 1);
  }
  holds(): boolean {
    const share = (this.#correlation.type === 'value_median' ? 50 : (this.#correlation.condition?.percentile ?? 50)) / 100;
    const at = share * (this.#sorted.length - 1);
    const below = this.#sorted[Math.floor(at)] ?? 0;
    const above = this.#sorted[Math.ceil(at)] ?? 0;
    return meets(this.#correlation, below + (above - below) * (at - Math.floor(at)));
  }
  /** Where the first value not below this one is. */
  #place(value: number): number {
    let from = 0;
    let to = this.#sorted.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#sorted[middle] as number) < value) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

class Rules implements Figure {
  readonly #correlation: Correlation;
  readonly #hits: number[];
  #distinct = 0;
  constructor(correlation: Correlation) {
    this.#correlation = correlation;
    this.#hits = correlation.rules.map(() => 0);
  }
  add({ rule }: Entry<unknown>): void {
    const hits = this.#hits[rule] ?? 0;
    if (hits === 0) this.#distinct++;
    this.#hits[rule] = hits + 1;
  }
  remove({ rule }: Entry<unknown>): void {
    const hits = (this.#hits[rule] ?? 1) - 1;
    if (hits === 0) this.#distinct--;
    this.#hits[rule] = hits;
  }
  holds(entries: readonly Entry<unknown>[], from: number, to: number): boolean {
    const { fired, rules, type } = this.#correlation;
    if (fired !== null) return firedHolds(fired, (rule) => (this.#hits[rules.indexOf(rule)] ?? 0) > 0);
    if (type === 'temporal') return meets(this.#correlation, this.#distinct);
    return meets(this.#correlation, this.#distinct < 2 ? this.#distinct : this.#inOrder(entries, from, to));
  }
  /** How many rules have fired one after the other in the order of the correlation, at most. */
  #inOrder(entries: readonly Entry<unknown>[], from: number, to: number): number {
    const longest = this.#hits.map(() => 0);
    for (let at = from; at < to; at++) {
      const rule = entries[at]?.rule ?? 0;
      let before = 0;
      for (let i = 0; i < rule; i++) before = Math.max(before, longest[i] ?? 0);
      longest[rule] = Math.max(longest[rule] ?? 0, before + 1);
    }
    return Math.max(...longest);
  }
}
