import type { Correlation, CorrelationCondition, CorrelationType } from '../model.ts';
import { Correlator, type CorrelatorOptions } from './correlator.ts';
import type { RuleHit } from './plan.ts';

const ABOUT = {
  name: null,
  title: 'test',
  level: 'high',
  status: null,
  author: null,
  license: null,
  description: null,
  references: [],
  falsepositives: [],
  tags: [],
  origin: { file: 'test.yml', document: 0, line: 1 },
} as const;

/** A correlation of rule `a` by user within ten seconds, for tests. */
export function correlation(id: string, type: CorrelationType, parts: Partial<Correlation> = {}): Correlation {
  const made: Correlation = {
    ...ABOUT,
    kind: 'correlation',
    id,
    type,
    rules: ['a'],
    groupBy: ['User'],
    timespan: 10_000,
    condition: null,
    fired: null,
    aliases: new Map(),
    generate: false,
  };
  return { ...made, ...parts };
}

export function bound(by: CorrelationCondition['bounds'][number]['by'], value: number, fields: string[] = []): CorrelationCondition {
  return { bounds: [{ by, value }], fields, percentile: null };
}

let serial = 0;
export type Fields = Readonly<Record<string, string | number | null | readonly string[]>>;
export function hit(rule: string, seconds: number, fields: Fields = {}): RuleHit<number> {
  const all: Fields = { User: 'u', ...fields };
  return { rule, time: seconds * 1000, field: (name) => all[name] ?? null, reference: serial++ };
}

/** The positions of those hits that complete something, with what. */
export function feed(
  correlations: readonly Correlation[],
  hits: readonly RuleHit<number>[],
  options?: CorrelatorOptions,
): [number, string][] {
  const correlator = new Correlator<number>(correlations, options);
  return hits.flatMap((one, at) => correlator.feed(one).map((done): [number, string] => [at, done.correlation.id]));
}
