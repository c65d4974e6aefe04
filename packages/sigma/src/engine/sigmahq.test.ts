import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { evaluate } from '../naive.ts';
import { readRules } from '../read.ts';
import { compile } from './engine.ts';
import { exampleOf, nearMissesOf } from './examples.ts';
import { eventWith } from './random-rules.ts';

const RULES = path.join(import.meta.dirname, '../../../../../shared/data/sigma-rules');
const isThere = existsSync(RULES);
if (!isThere) console.warn('skipped: ../shared/data/sigma-rules is not there');

const read = () => {
  const names = readdirSync(RULES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yml'));
  return readRules(names.map((name) => ({ name, text: readFileSync(path.join(RULES, name), 'utf8') })));
};

test.skipIf(!isThere)(
  'every rule of SigmaHQ: an event made for it hits, one that nearly is does not, and the engine agrees with the naive evaluator',
  () => {
    const { rules, errors } = read();
    expect(errors).toEqual([]);
    const engine = compile(rules);
    const missing = new Set<string>();
    const never = new Set<string>();
    let near = 0;
    let nearHits = 0;
    for (const rule of rules) {
      const kind = { key: rule.id, sources: [rule.logsource] };
      const hitsOf = (fields: Parameters<typeof eventWith>[0]): boolean =>
        engine.match(eventWith(fields, near % 2 === 0, kind)).some((hit) => hit.rule === rule);
      const turns = Array.from({ length: rule.selections.size + 2 }, (_, turn) => exampleOf(rule, turn));
      const examples = turns.filter((fields) => evaluate(rule, fields).verdict);
      if (examples.length === 0) missing.add(rule.title);
      let missed = 0;
      for (const example of examples) {
        expect(hitsOf(example), rule.title).toBe(true);
        for (const fields of nearMissesOf(example)) {
          const { verdict } = evaluate(rule, fields);
          if (hitsOf(fields) !== verdict) expect.fail(`${rule.title} ${JSON.stringify([...fields])}`);
          near++;
          if (verdict) nearHits++;
          else missed++;
        }
      }
      if (examples.length > 0 && missed === 0) never.add(rule.title);
    }
    // Rules of regular expressions alone, of which no example was found, are counted, not passed over.
    expect(missing.size, [...missing].join('\n')).toBeLessThan(rules.length / 100);
    // Nor are those that ask only for what is not there.
    expect(never.size, [...never].join('\n')).toBeLessThan(rules.length / 100);
    expect(near).toBeGreaterThan(rules.length * 4);
    expect(nearHits).toBeLessThan(near * 0.7);
  },
);
