import { describe, expect, it } from 'vitest';
import { Correlator } from '../correlate/correlator.ts';
import { compile } from '../engine/engine.ts';
import { eventWith } from '../engine/random-rules.ts';
import type { Rule, RuleSet } from '../model.ts';
import { completions } from '../naive-correlation.ts';
import type { TimedEvent } from '../naive-correlation.ts';
import { evaluate } from '../naive.ts';
import type { Fields } from '../naive.ts';
import { suite } from './suite.ts';

const files = suite();

/** Whoever says whether a rule holds has to agree with the suite. */
const matchers: Readonly<Record<string, (rule: Rule, fields: Fields) => boolean>> = {
  naive: (rule, fields) => evaluate(rule, fields).verdict,
  engine: (rule, fields) => indexed(rule, fields, false),
  'engine, texts as code units': (rule, fields) => indexed(rule, fields, true),
};

function indexed(rule: Rule, fields: Fields, asUnits: boolean): boolean {
  return compile([rule]).match(eventWith(fields, asUnits, { key: 'suite', sources: [rule.logsource] })).length > 0;
}

/** Whoever says at which events a correlation holds, likewise. */
const correlators: Readonly<Record<string, (set: RuleSet, id: string, events: readonly TimedEvent[]) => number | undefined>> = {
  naive: (set, id, events) => completions(set, id, events)[0],
  runtime: (set, id, events) => {
    const correlator = new Correlator<number>(set.correlations);
    return events.findIndex(({ time, fields }, reference) =>
      set.rules
        .filter((rule) => evaluate(rule, fields).verdict)
        .flatMap((rule) => correlator.feed({ rule: rule.id, time, field: (name) => fields.get(name) ?? null, reference }))
        .some(({ correlation }) => correlation.id === id),
    );
  },
};

describe.each(files)('$file', ({ documents, rules, errorsOf, warningsOf }) => {
  for (const [place, { title = `document ${place}`, refused, warns, cases = [], sequences = [] }] of documents.entries()) {
    if (refused)
      it(`${title}: is refused`, () => {
        const [error, ...more] = errorsOf(place);
        expect(more).toEqual([]);
        expect([error?.code, error?.message]).toEqual([refused[0], expect.stringContaining(refused[1])]);
      });
    else
      it(`${title}: is read`, () => {
        expect(errorsOf(place)).toEqual([]);
        expect(warningsOf(place).map(({ code }) => code)).toEqual(warns ? [warns] : []);
      });

    for (const [name, matches] of Object.entries(matchers))
      it.each(cases)(`${title}: %s %j, %s (${name})`, (verdict, event) => {
        const rule = rules.rules.find(({ origin }) => origin.document === place);
        if (!rule) throw new Error(`the rule "${title}" was not read`);
        expect(matches(rule, new Map(Object.entries(event))) ? 'hit' : 'miss').toBe(verdict);
      });

    for (const [name, first] of Object.entries(correlators))
      it.each(sequences)(`${title}: $why (${name})`, ({ events, completes }) => {
        const correlation = rules.correlations.find(({ origin }) => origin.document === place);
        if (!correlation) throw new Error(`the correlation "${title}" was not read`);
        const timed = events.map(([seconds, fields]) => ({ time: seconds * 1000, fields: new Map(Object.entries(fields)) }));
        const at = first(rules, correlation.id, timed) ?? -1;
        expect(at === -1 ? 'never' : at).toBe(completes);
      });
  }
});

it('holds more than 300 triples, both verdicts in good number', () => {
  const verdicts = files.flatMap(({ documents }) => documents.flatMap(({ cases }) => (cases ?? []).map(([verdict]) => verdict)));
  expect(verdicts.filter((verdict) => verdict === 'hit').length).toBeGreaterThan(150);
  expect(verdicts.filter((verdict) => verdict === 'miss').length).toBeGreaterThan(150);
});
