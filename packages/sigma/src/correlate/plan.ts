import type { Value } from '../event.ts';
import type { Correlation } from '../model.ts';
import { numberOf, textOf } from '../values.ts';
import type { Entry } from './entry.ts';

/** A hit of a rule or of a correlation, as correlations are fed with it. */
export type RuleHit<Reference> = {
  /** The id of the rule. */
  readonly rule: string;
  /** @unit milliseconds since 1970-01-01 UTC */
  readonly time: number;
  /** The value of a field of the event, by the names that rules use. It is asked at once and not kept. */
  field(name: string): Value;
  /** Where the event is found again: the same for all hits of one event, and of no other. To be saved it must be JSON. */
  readonly reference: Reference;
};

/** A place of a rule in a correlation. */
export type Use = { readonly correlation: Correlation; readonly rule: number };

/** Rule id → where it is used. A rule that a correlation names twice is used twice. */
export function usesOf(correlations: readonly Correlation[]): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>();
  for (const correlation of correlations) {
    correlation.rules.forEach((id, rule) => uses.set(id, [...(uses.get(id) ?? []), { correlation, rule }]));
  }
  return uses;
}

/** The values that an event is grouped by; null where it has not all of them: then it belongs to no group. */
export function groupValues({ correlation, rule }: Use, hit: Pick<RuleHit<unknown>, 'field'>): readonly string[] | null {
  const values: string[] = [];
  for (const name of correlation.groupBy) {
    const text = comparable(hit.field(aliased(correlation, rule, name)));
    if (text === null) return null;
    values.push(text);
  }
  return values;
}

/** What the correlation counts or sums of an event; undefined where the event has nothing of it and so does not count. */
export function countedValue({ correlation, rule }: Use, hit: Pick<RuleHit<unknown>, 'field'>): Entry<unknown>['value'] | undefined {
  const { type, condition } = correlation;
  if (type === 'event_count' || type === 'temporal' || type === 'temporal_ordered') return null;
  const values = (condition?.fields ?? []).map((name) => hit.field(aliased(correlation, rule, name)));
  if (type !== 'value_count') {
    const number = values.length === 0 ? null : numberOf(values[0] ?? null);
    return number === null || !Number.isFinite(number) ? undefined : number;
  }
  const texts = values.map(comparable);
  return texts.includes(null) ? undefined : texts.length === 1 ? texts[0] : JSON.stringify(texts);
}

function aliased(correlation: Correlation, rule: number, name: string): string {
  return correlation.aliases.get(name)?.get(correlation.rules[rule] ?? '') ?? name;
}

/** A list counts as the text of its elements together. */
function comparable(value: Value): string | null {
  return Array.isArray(value) ? JSON.stringify(value.map((one: Value) => comparable(one))) : textOf(value);
}
