/**
 * A Sigma rule after reading: what the specification 2.1 says in YAML, with every modifier worked out into what is compared.
 * The naive evaluator and the engine both start from it.
 */

/** `*`: any characters, also none; `?`: one character. */
export type Piece = string | { readonly wild: '*' | '?' };

/** Where a compared text stands in the value. */
export type Place = 'whole' | 'start' | 'end' | 'inside';

/** One comparison with one value of an event; `cased` is false unless the rule says `cased`. */
export type Test =
  /** The whole value is covered by the pieces: `contains` begins and ends with `*`. */
  | { readonly kind: 'text'; readonly pieces: readonly Piece[]; readonly cased: boolean }
  /** RE2 syntax, found anywhere in the value; flags are of `ims`. */
  | { readonly kind: 'regex'; readonly source: string; readonly flags: string }
  /** Network address as bytes (4 or 16), and how many leading bits count. */
  | { readonly kind: 'cidr'; readonly network: readonly number[]; readonly bits: number }
  /** A number or a text that says it. */
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'compare'; readonly by: Comparison; readonly value: number }
  /** No such field, or its value is null. */
  | { readonly kind: 'null' }
  | { readonly kind: 'exists'; readonly value: boolean }
  /** Compared with the value of another field of the event. */
  | { readonly kind: 'fieldref'; readonly field: string; readonly place: Place; readonly cased: boolean }
  /** A part of a time, in UTC unless the value says an offset; ISO 8601 week. */
  | { readonly kind: 'time'; readonly part: TimePart; readonly by: Comparison | 'eq'; readonly value: number };

export type Comparison = 'lt' | 'lte' | 'gt' | 'gte';
export type TimePart = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** `field` null: the tests are tried on every value of the event (keywords). */
export type Item = {
  readonly op: 'item';
  readonly field: string | null;
  readonly tests: readonly Test[];
  /** All tests must hold, not one of them. */
  readonly all: boolean;
  /** `neq`: holds where the tests do not. */
  readonly negated: boolean;
};

export type Node =
  | Item
  | { readonly op: 'and' | 'or'; readonly nodes: readonly Node[] }
  | { readonly op: 'not'; readonly node: Node }
  /** At least `count` of the nodes hold. */
  | { readonly op: 'atLeast'; readonly count: number; readonly nodes: readonly Node[] }
  | { readonly op: 'selection'; readonly name: string };

export type Level = 'informational' | 'low' | 'medium' | 'high' | 'critical';

export type Logsource = { readonly category: string | null; readonly product: string | null; readonly service: string | null };

/** Where a document stands: `document` counts from 0 within its file, `line` from 1. */
export type Origin = { readonly file: string; readonly document: number; readonly line: number };

export type About = {
  /** The rule's own id; its name or title where it has none. */
  readonly id: string;
  readonly name: string | null;
  readonly title: string;
  readonly level: Level;
  readonly status: string | null;
  readonly author: string | null;
  readonly license: string | null;
  readonly description: string | null;
  readonly references: readonly string[];
  readonly falsepositives: readonly string[];
  readonly tags: readonly string[];
  readonly origin: Origin;
};

export type Rule = About & {
  readonly kind: 'rule';
  readonly logsource: Logsource;
  readonly selections: ReadonlyMap<string, Node>;
  /** One of them holds: a list of conditions is one rule per condition. */
  readonly conditions: readonly Node[];
};

export type CorrelationType =
  | 'event_count'
  | 'value_count'
  | 'temporal'
  | 'temporal_ordered'
  | 'value_sum'
  | 'value_avg'
  | 'value_percentile'
  | 'value_median';

export type CorrelationCondition = {
  /** All of them hold: `gte: 10` with `lt: 100` is a range. */
  readonly bounds: readonly { readonly by: Comparison | 'eq' | 'neq'; readonly value: number }[];
  /** The fields whose values are counted or summed. */
  readonly fields: readonly string[];
  /** Which percentile, 0 to 100; only of `value_percentile`. */
  readonly percentile: number | null;
};

/** A boolean expression over rules that must have fired within the time span (extended temporal condition). */
export type Fired =
  | { readonly op: 'rule'; readonly rule: string }
  | { readonly op: 'and' | 'or'; readonly nodes: readonly Fired[] }
  | { readonly op: 'not'; readonly node: Fired };

export type Correlation = About & {
  readonly kind: 'correlation';
  readonly type: CorrelationType;
  /** Ids of rules or of other correlations, in the order written; names are resolved. */
  readonly rules: readonly string[];
  readonly groupBy: readonly string[];
  /** @unit milliseconds */
  readonly timespan: number;
  /** Null where a temporal one says nothing: every rule has fired. */
  readonly condition: CorrelationCondition | null;
  readonly fired: Fired | null;
  /** Alias → rule → the field of the rule's events that it stands for. */
  readonly aliases: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Whether hits of the rules it refers to are shown as well. */
  readonly generate: boolean;
};

/** A document that could not be used. */
export type RuleError = {
  readonly file: string;
  readonly line: number;
  readonly rule: string | null;
  readonly code: string;
  readonly message: string;
};

export type RuleSet = {
  readonly rules: readonly Rule[];
  readonly correlations: readonly Correlation[];
  readonly errors: readonly RuleError[];
  /** What was used all the same: a placeholder without values, null among other values … */
  readonly warnings: readonly RuleError[];
};
