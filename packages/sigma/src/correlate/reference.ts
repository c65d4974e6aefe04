import type { Correlation } from '../model.ts';
import { firedHolds, meets } from './entry.ts';

export type NaiveEvent = { readonly time: number; readonly rule: string; readonly group: string; readonly value: string | number };

/**
 * Which events, in the order in which they come, complete a correlation: worked out anew from the list of all events at each, as the
 * reference that Correlator is compared with.
 */
export function completing(correlation: Correlation, events: readonly NaiveEvent[]): number[] {
  const found: number[] = [];
  const holding = new Map<string, boolean>();
  events.forEach((event, index) => {
    const known = events.slice(0, index + 1).filter(({ group }) => group === event.group);
    const window = (end: number) => known.filter(({ time }) => time <= end && time >= end - correlation.timespan);
    const later = known.filter((one) => isLater(correlation, one, event));
    const ends = new Set([event, ...later].map(({ time }) => time).filter((time) => time <= event.time + correlation.timespan));
    const held = [...ends].some((end) => holds(correlation, window(end)));
    const before = holding.get(event.group) ?? false;
    const alone = later.length === 0 && window(event.time).length === 1;
    if (held && (!before || alone)) found.push(index);
    holding.set(event.group, held || (before && later.length > 0));
  });
  return found;
}

function isLater({ rules }: Correlation, one: NaiveEvent, than: NaiveEvent): boolean {
  return one.time > than.time || (one.time === than.time && rules.indexOf(one.rule) > rules.indexOf(than.rule));
}

function holds(correlation: Correlation, window: readonly NaiveEvent[]): boolean {
  const has = (rule: string) => window.some((event) => event.rule === rule);
  if (correlation.fired !== null) return firedHolds(correlation.fired, has);
  return meets(correlation, figure(correlation, window));
}

function figure({ type, rules, condition }: Correlation, window: readonly NaiveEvent[]): number {
  const numbers = window.map(({ value }) => Number(value)).sort((one, other) => one - other);
  const sum = numbers.reduce((total, number) => total + number, 0);
  switch (type) {
    case 'event_count':
      return window.length;
    case 'value_count':
      return new Set(window.map(({ value }) => value)).size;
    case 'value_sum':
      return sum;
    case 'value_avg':
      return sum / window.length;
    case 'value_median': {
      const half = numbers.length / 2;
      return Number.isInteger(half) ? ((numbers[half - 1] ?? 0) + (numbers[half] ?? 0)) / 2 : (numbers[Math.floor(half)] ?? 0);
    }
    case 'value_percentile': {
      const at = ((condition?.percentile ?? 50) / 100) * (numbers.length - 1);
      const below = numbers[Math.floor(at)] ?? 0;
      return below + ((numbers[Math.ceil(at)] ?? 0) - below) * (at - Math.floor(at));
    }
    case 'temporal':
      return rules.filter((rule) => window.some((event) => event.rule === rule)).length;
    case 'temporal_ordered':
      return inOrder(rules, window, Number.NEGATIVE_INFINITY);
  }
}

/** How many of the rules fire one after the other from this time on: each either fires as early as it can, or is passed over. */
function inOrder(rules: readonly string[], window: readonly NaiveEvent[], from: number): number {
  const [rule, ...rest] = rules;
  if (rule === undefined) return 0;
  const times = window.filter((event) => event.rule === rule && event.time >= from).map(({ time }) => time);
  const passed = inOrder(rest, window, from);
  return times.length === 0 ? passed : Math.max(passed, 1 + inOrder(rest, window, Math.min(...times)));
}
