import { lastOf } from './prefix.ts';
import type { Prefix } from './prefix.ts';

/** A prefix that holds from a day (inclusive) to a day (exclusive). Days are numbered from 1970-01-01 in Vietnam. */
export type DatedPrefix = { readonly prefix: Prefix; readonly from: number; readonly to: number };

/** What stands for an open end. */
export const ALWAYS_FROM = -0x8000_0000;
export const ALWAYS_TO = 0x7fff_ffff;

/** No prefix holds the address at all; some do, but none on that day. */
export const NOWHERE = -1;
export const NOT_THEN = -2;

type Span<T> = { readonly start: T; readonly end: T; readonly node: number };
type Bounds<T> = { readonly at: T[]; readonly nodes: number[] };

/** Which node is innermost from each bound on; -1 for none. `spans` nest or are disjoint, outer before inner. */
function flatten<T extends number | bigint>(spans: readonly Span<T>[], parents: Int32Array, next: (value: T) => T): Bounds<T> {
  const at: T[] = [];
  const nodes: number[] = [];
  const open: Span<T>[] = [];
  const mark = (value: T, node: number): void => {
    if (at.at(-1) === value) nodes[nodes.length - 1] = node;
    else {
      at.push(value);
      nodes.push(node);
    }
  };
  const close = (): void => {
    const ended = open.pop()!;
    mark(next(ended.end), open.at(-1)?.node ?? -1);
  };
  for (const span of spans) {
    while (open.length > 0 && open.at(-1)!.end < span.start) close();
    parents[span.node] = open.at(-1)?.node ?? -1;
    mark(span.start, span.node);
    open.push(span);
  }
  while (open.length > 0) close();
  return { at, nodes };
}

/** Who holds one prefix when: on equal days the later `from` wins, then the later entry. */
class Timeline {
  readonly #days: number[] = [];
  readonly #entries: number[] = [];

  constructor(dated: readonly (DatedPrefix & { entry: number })[]) {
    const arrivals = dated.toSorted((a, b) => a.from - b.from || a.entry - b.entry);
    const days = [...new Set(dated.flatMap(({ from, to }) => [from, to]))].toSorted((a, b) => a - b);
    const held: (typeof arrivals)[number][] = [];
    let next = 0;
    for (const day of days) {
      while (next < arrivals.length && arrivals[next]!.from <= day) held.push(arrivals[next++]!);
      // The latest arrival is on top; those below that ended meanwhile are dropped when they come up.
      while (held.length > 0 && held.at(-1)!.to <= day) held.pop();
      this.#days.push(day);
      this.#entries.push(held.at(-1)?.entry ?? -1);
    }
  }

  at(day: number): number {
    let low = 0;
    let high = this.#days.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#days[middle]! <= day) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? -1 : this.#entries[low - 1]!;
  }
}

/**
 * Finds the entry that holds an address on a day: the longest prefix among those that hold then; on equal prefixes the one
 * with the later `from`, then the later entry. Cost: a binary search and the nesting above it.
 */
export class RangeIndex {
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  readonly #entry: Int32Array;
  readonly #parents: Int32Array;
  readonly #timelines = new Map<number, Timeline>();
  readonly #at4: Float64Array;
  readonly #nodes4: Int32Array;
  /** For each first half of an IPv4 address, the first bound that is not below it. */
  readonly #roots = new Int32Array(65_537);
  readonly #bounds6: Bounds<bigint>;

  constructor(entries: readonly DatedPrefix[]) {
    const groups = groupsOf(entries);
    const size = groups.length;
    this.#from = new Int32Array(size);
    this.#to = new Int32Array(size);
    this.#entry = new Int32Array(size);
    this.#parents = new Int32Array(size);
    for (const [node, group] of groups.entries()) this.#place(node, group, entries);
    const spans4: Span<number>[] = [];
    const spans6: Span<bigint>[] = [];
    for (const [node, group] of groups.entries()) {
      const { prefix } = entries[group[0]!]!;
      const { address } = prefix;
      if (address.family === 6) spans6.push({ start: address.value, end: lastOf(prefix), node });
      else spans4.push({ start: address.value, end: address.value + 2 ** (32 - prefix.length) - 1, node });
    }
    const four = flatten(spans4, this.#parents, (value) => value + 1);
    this.#at4 = Float64Array.from(four.at);
    this.#nodes4 = Int32Array.from(four.nodes);
    this.#bounds6 = flatten(spans6, this.#parents, (value) => value + 1n);
    let bound = 0;
    for (let half = 0; half <= 65_536; half++) {
      while (bound < four.at.length && four.at[bound]! < half * 65_536) bound++;
      this.#roots[half] = bound;
    }
  }

  #place(node: number, group: readonly number[], entries: readonly DatedPrefix[]): void {
    const only = entries[group[0]!]!;
    if (group.length > 1) {
      this.#entry[node] = -1;
      this.#timelines.set(node, new Timeline(group.map((entry) => ({ ...entries[entry]!, entry }))));
      return;
    }
    this.#from[node] = only.from;
    this.#to[node] = only.to;
    this.#entry[node] = group[0]!;
  }

  #up(node: number, day: number): number {
    if (node < 0) return NOWHERE;
    for (let at = node; at >= 0; at = this.#parents[at]!) {
      const entry = this.#entry[at]!;
      if (entry < 0) {
        const held = this.#timelines.get(at)!.at(day);
        if (held >= 0) return held;
      } else if (day >= this.#from[at]! && day < this.#to[at]!) return entry;
    }
    return NOT_THEN;
  }

  /** The entry that holds an IPv4 address, `NOWHERE` or `NOT_THEN`. */
  find4(value: number, day: number): number {
    let low = this.#roots[value >>> 16]!;
    let high = this.#roots[(value >>> 16) + 1]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#at4[middle]! <= value) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? NOWHERE : this.#up(this.#nodes4[low - 1]!, day);
  }

  /** The entry that holds an IPv6 address, `NOWHERE` or `NOT_THEN`. */
  find6(value: bigint, day: number): number {
    const { at, nodes } = this.#bounds6;
    let low = 0;
    let high = at.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (at[middle]! <= value) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? NOWHERE : this.#up(nodes[low - 1]!, day);
  }
}

/** Entries of the same prefix together, outer prefixes before inner ones. */
function groupsOf(entries: readonly DatedPrefix[]): number[][] {
  const order = entries
    .keys()
    .toArray()
    .toSorted((a, b) => comparePrefixes(entries[a]!.prefix, entries[b]!.prefix) || a - b);
  const groups: number[][] = [];
  for (const entry of order) {
    const last = groups.at(-1);
    if (last !== undefined && comparePrefixes(entries[last[0]!]!.prefix, entries[entry]!.prefix) === 0) last.push(entry);
    else groups.push([entry]);
  }
  return groups;
}

function comparePrefixes(a: Prefix, b: Prefix): number {
  if (a.address.family !== b.address.family) return a.address.family - b.address.family;
  if (a.address.value !== b.address.value) return a.address.value < b.address.value ? -1 : 1;
  return a.length - b.length;
}
