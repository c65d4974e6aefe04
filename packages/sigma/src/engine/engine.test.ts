import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate } from '../naive.ts';
import { compile } from './engine.ts';
import { eventWith, randomFields, randomRule } from './random-rules.ts';

test('the index never changes a verdict: the same rules hold as one by one', () => {
  let held = 0;
  let not = 0;
  fc.assert(
    fc.property(
      fc.array(randomRule, { minLength: 1, maxLength: 8 }),
      fc.array(randomFields, { maxLength: 6 }),
      fc.boolean(),
      (rules, events, asUnits) => {
        const engine = compile(rules);
        for (const fields of events) {
          const expected = rules.filter((rule) => evaluate(rule, fields).verdict);
          const hits = engine.match(eventWith(fields, asUnits));
          expect(hits.map(({ rule }) => rules.indexOf(rule))).toEqual(expected.map((rule) => rules.indexOf(rule)));
          held += hits.length;
          not += rules.length - hits.length;
        }
      },
    ),
    { numRuns: 3000 },
  );
  // Rules that always or never hold would prove nothing.
  expect(held).toBeGreaterThan(5000);
  expect(not).toBeGreaterThan(5000);
});
