import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Choice, decide, type Fact, type Now } from './decide.ts';

const RULE: Choice = {
  threshold: 1,
  quietDays: 7,
  relapse: 'as-others',
  relapseDays: 0,
  usages: [],
  families: [],
  units: [],
  whileAnswered: true,
  whilePostponed: true,
};
const FACT: Fact = {
  organisation: 'a',
  family: 'conficker',
  usage: 'own',
  state: 'open',
  postponedTo: null,
  isAgain: false,
  toldOn: null,
  n: 1,
};
const NOW: Now = { day: '2024-04-26', told: new Set(), onlyAgain: false };

const tells = (rule: Partial<Choice>, fact: Partial<Fact>, now: Partial<Now> = {}): boolean =>
  decide({ ...RULE, ...rule }, [{ ...FACT, ...fact }], { ...NOW, ...now })[0]!.n > 0;

describe('a rule', () => {
  it('tells what was never told, and again when its days are over', () => {
    expect(tells({}, {})).toBe(true);
    expect([6, 7].map((days) => tells({}, { toldOn: Temporal.PlainDate.from(NOW.day).subtract({ days }).toString() }))).toEqual([
      false,
      true,
    ]);
    expect(tells({ quietDays: 0 }, { toldOn: NOW.day })).toBe(true);
  });
  it('tells what was seen again sooner, at once or after days of its own', () => {
    const yesterday = { toldOn: '2024-04-25', isAgain: true };
    expect(tells({}, yesterday)).toBe(false);
    expect(tells({ relapse: 'after', relapseDays: 1 }, yesterday)).toBe(true);
    expect(tells({ relapse: 'after', relapseDays: 2 }, yesterday)).toBe(false);
    expect(tells({ relapse: 'at-once', threshold: 50 }, { ...yesterday, toldOn: NOW.day })).toBe(true);
    expect(tells({ relapse: 'at-once' }, {}, { onlyAgain: true })).toBe(false);
    expect(tells({ relapse: 'at-once' }, { isAgain: true }, { onlyAgain: true })).toBe(true);
  });
  it('leaves out by unit, usage, family, and while it is answered or put off', () => {
    expect(tells({ units: ['a'] }, {})).toBe(false);
    expect(tells({ usages: ['own'] }, {})).toBe(false);
    expect(tells({ families: ['Conficker'] }, {})).toBe(false);
    expect(tells({}, { state: 'answered' })).toBe(false);
    expect(tells({ whileAnswered: false }, { state: 'answered' })).toBe(true);
    expect(['2024-04-25', '2024-04-26'].map((postponedTo) => tells({}, { postponedTo }))).toEqual([true, false]);
    expect(tells({ whilePostponed: false }, { postponedTo: '2024-05-01' })).toBe(true);
  });
  it('gives no second notice of an interval', () => {
    expect(decide(RULE, [FACT], { ...NOW, told: new Set(['a']) })[0]).toMatchObject({ n: 0, why: 'interval', tell: [] });
  });
  it('says what holds most of them back', () => {
    const [one] = decide(
      { ...RULE, threshold: 3 },
      [
        { ...FACT, n: 2 },
        { ...FACT, usage: 'exit', toldOn: NOW.day, n: 0 },
      ],
      NOW,
    );
    expect([one!.why, one!.held.get('threshold')]).toEqual(['threshold', 2]);
  });
});

const days = fc.integer({ min: 0, max: 10 }).map((n) => Temporal.PlainDate.from(NOW.day).subtract({ days: n }).toString());
const fact = fc.record<Fact>({
  organisation: fc.constantFrom('a', 'b'),
  family: fc.constantFrom('x', 'y'),
  usage: fc.constantFrom('own', 'exit'),
  state: fc.constantFrom('open', 'answered'),
  postponedTo: fc.option(fc.constantFrom('2024-04-25', '2024-04-26', '2024-04-27')),
  isAgain: fc.boolean(),
  toldOn: fc.option(days),
  n: fc.integer({ min: 1, max: 4 }),
});
const some = <T>(...of: T[]) => fc.subarray(of);
const rule = fc.record<Choice>({
  threshold: fc.integer({ min: 1, max: 12 }),
  quietDays: fc.integer({ min: 0, max: 9 }),
  relapse: fc.constantFrom('as-others', 'after', 'at-once'),
  relapseDays: fc.integer({ min: 0, max: 9 }),
  usages: some('own', 'exit'),
  families: some('X', 'y'),
  units: some('a', 'b'),
  whileAnswered: fc.boolean(),
  whilePostponed: fc.boolean(),
});
const now = fc.record({ told: some('a', 'b'), onlyAgain: fc.boolean() }).map((one): Now => ({ ...NOW, ...one, told: new Set(one.told) }));

const age = (day: string): number => Temporal.PlainDate.from(day).until(NOW.day).days;

/** How many an organisation is told, said the long way: one finding after the other, no sums. */
function naive(r: Choice, facts: readonly Fact[], at: Now, organisation: string): number {
  const single = facts.filter((one) => one.organisation === organisation).flatMap((one) => Array.from({ length: one.n }, () => one));
  const concerned = single.filter((one) => {
    if (r.units.includes(organisation) || r.usages.includes(one.usage)) return false;
    if (r.families.some((family) => family.toLowerCase() === one.family)) return false;
    if (one.state === 'answered' && r.whileAnswered) return false;
    return !(r.whilePostponed && one.postponedTo !== null && one.postponedTo >= NOW.day);
  });
  const urgent = (one: Fact): boolean => r.relapse === 'at-once' && one.isAgain;
  const told = concerned.filter((one) => {
    if (urgent(one)) return true;
    if (at.onlyAgain) return false;
    if (one.toldOn === null || age(one.toldOn) >= r.quietDays) return true;
    return r.relapse === 'after' && one.isAgain && age(one.toldOn) >= r.relapseDays;
  });
  if (at.told.has(organisation)) return 0;
  return concerned.length >= r.threshold || told.some(urgent) ? told.length : 0;
}

describe('against a naive model', () => {
  it('tells the same numbers, and accounts for every finding', () => {
    fc.assert(
      fc.property(rule, fc.array(fact, { maxLength: 12 }), now, (r, facts, at) => {
        const decisions = decide(r, facts, at);
        expect(decisions.map(({ organisation }) => organisation)).toEqual([...new Set(facts.map((one) => one.organisation))]);
        for (const { organisation, tell, n, why, held } of decisions) {
          expect(n).toBe(naive(r, facts, at, organisation));
          expect(tell.reduce((sum, one) => sum + one.n, 0)).toBe(n);
          expect(tell.every((one) => one.organisation === organisation)).toBe(true);
          expect(why === null).toBe(n > 0);
          const all = facts.filter((one) => one.organisation === organisation).reduce((sum, one) => sum + one.n, 0);
          expect([...held.values()].reduce((sum, one) => sum + one, n)).toBe(all);
        }
      }),
      { numRuns: 2000 },
    );
  });
  it('does not depend on how findings are summed up', () => {
    fc.assert(
      fc.property(rule, fc.array(fact, { maxLength: 8 }), now, (r, facts, at) => {
        const single = facts.flatMap((one) => Array.from({ length: one.n }, () => ({ ...one, n: 1 })));
        const summed = (some: readonly Fact[]) =>
          decide(r, some, at).map(({ organisation, n, why, held }) => ({ organisation, n, why, held }));
        expect(summed(single)).toEqual(summed(facts));
      }),
      { numRuns: 500 },
    );
  });
});
