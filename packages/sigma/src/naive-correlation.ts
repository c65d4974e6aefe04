import type { Correlation, CorrelationCondition, Fired, RuleSet } from './model.ts';
import { compared, evaluate } from './naive.ts';
import type { Fields } from './naive.ts';
import { numberOf, textOf } from './values.ts';

/** @unit milliseconds */
export type TimedEvent = { readonly time: number; readonly fields: Fields };

/** That a rule or correlation held at an event. */
type Hit = { readonly rule: string; readonly event: TimedEvent; readonly place: number };

/**
 * At which events a correlation holds, looked up from scratch at each of them: the reference that the runtime is compared with. Log sources
 * are not looked at.
 *
 * @param events in the order of their times
 * @returns the places of the events, from 0; each event that finds the condition met counts
 */
export function completions(set: Pick<RuleSet, 'rules' | 'correlations'>, id: string, events: readonly TimedEvent[]): number[] {
  return hitsOf(id, set, events).map(({ place }) => place);
}

function hitsOf(id: string, set: Pick<RuleSet, 'rules' | 'correlations'>, events: readonly TimedEvent[]): Hit[] {
  const rule = set.rules.find((each) => each.id === id);
  if (rule) return events.flatMap((event, place) => (evaluate(rule, event.fields).verdict ? [{ rule: id, event, place }] : []));
  const correlation = set.correlations.find((each) => each.id === id);
  if (!correlation) return [];
  const beneath = correlation.rules.flatMap((each) => hitsOf(each, set, events)).sort((a, b) => a.place - b.place);
  return events.flatMap((event, place) => {
    const holds = beneath.some((hit) => {
      const group = groupOf(correlation, hit);
      if (hit.place !== place || group === null) return false;
      const window = beneath.filter((other) => other.place <= place && event.time - other.event.time <= correlation.timespan);
      return conditionHolds(
        correlation,
        window.filter((other) => groupOf(correlation, other) === group),
      );
    });
    return holds ? [{ rule: id, event, place }] : [];
  });
}

/** The values that an event is grouped by, each through its alias where it has one; null where it lacks one. */
function groupOf({ groupBy, aliases }: Correlation, { rule, event }: Hit): string | null {
  const values = groupBy.map((field) => textOf(event.fields.get(aliases.get(field)?.get(rule) ?? field) ?? null));
  return values.includes(null) ? null : JSON.stringify(values);
}

function conditionHolds(correlation: Correlation, window: readonly Hit[]): boolean {
  const { type, rules, condition, fired } = correlation;
  const seen = new Set(window.map(({ rule }) => rule));
  const order = type !== 'temporal_ordered' || inOrder(rules, window);
  if (fired) return order && firedHolds(fired, seen);
  if (!condition) return order && rules.every((rule) => seen.has(rule));
  const measure = measured(correlation, condition, window);
  return order && measure !== null && condition.bounds.every(({ by, value }) => compared(measure, by, value));
}

/** Whether the rules that were seen were seen in the order in which the correlation names them. */
function inOrder(rules: readonly string[], window: readonly Hit[]): boolean {
  let from = 0;
  for (const rule of rules) {
    if (!window.some((hit) => hit.rule === rule)) continue;
    const at = window.findIndex((hit, place) => place >= from && hit.rule === rule);
    if (at === -1) return false;
    from = at + 1;
  }
  return true;
}

function firedHolds(fired: Fired, seen: ReadonlySet<string>): boolean {
  switch (fired.op) {
    case 'rule':
      return seen.has(fired.rule);
    case 'not':
      return !firedHolds(fired.node, seen);
    case 'and':
      return fired.nodes.every((node) => firedHolds(node, seen));
    case 'or':
      return fired.nodes.some((node) => firedHolds(node, seen));
  }
}

function measured({ type, aliases }: Correlation, { fields, percentile }: CorrelationCondition, window: readonly Hit[]): number | null {
  const valueOf = ({ rule, event }: Hit, field: string) => event.fields.get(aliases.get(field)?.get(rule) ?? field) ?? null;
  const numbers = window.flatMap((hit) => numberOf(valueOf(hit, fields[0] ?? '')) ?? []).sort((a, b) => a - b);
  const sum = numbers.reduce((total, number) => total + number, 0);
  switch (type) {
    case 'event_count':
      return new Set(window.map(({ place }) => place)).size;
    case 'temporal':
    case 'temporal_ordered':
      return new Set(window.map(({ rule }) => rule)).size;
    case 'value_count': {
      const values = window.map((hit) => fields.map((field) => textOf(valueOf(hit, field))));
      return new Set(values.filter((each) => !each.includes(null)).map((each) => JSON.stringify(each))).size;
    }
    case 'value_sum':
      return numbers.length === 0 ? null : sum;
    case 'value_avg':
      return numbers.length === 0 ? null : sum / numbers.length;
    case 'value_percentile':
      return quantile(numbers, (percentile ?? 50) / 100);
    case 'value_median':
      return quantile(numbers, 0.5);
  }
}

/** Between two values in proportion, as spreadsheets do; null where there is none. */
function quantile(sorted: readonly number[], part: number): number | null {
  const at = (sorted.length - 1) * part;
  const low = sorted[Math.floor(at)];
  const high = sorted[Math.ceil(at)];
  return low === undefined || high === undefined ? null : low + (high - low) * (at - Math.floor(at));
}
