import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CorrelationCondition, CorrelationType } from '../model.ts';
import { Correlator } from './correlator.ts';
import { bound, correlation, feed } from './made.ts';
import type { RuleHit } from './plan.ts';
import { completing, type NaiveEvent } from './reference.ts';
import { shardOf } from './shard.ts';

const TYPES: readonly CorrelationType[] = ['event_count', 'value_count', 'temporal', 'temporal_ordered', 'value_sum', 'value_avg', 'value_percentile', 'value_median']; // prettier-ignore

const CASE = fc.record({
  type: fc.constantFrom(...TYPES),
  by: fc.constantFrom('lt', 'lte', 'gt', 'gte', 'eq', 'neq'),
  bound: fc.integer({ min: 0, max: 8 }),
  percentile: fc.integer({ min: 0, max: 100 }),
  bare: fc.boolean(),
  events: fc.array(
    fc.record({
      time: fc.integer({ min: 0, max: 40 }),
      rule: fc.constantFrom('a', 'b', 'c'),
      group: fc.constantFrom('u', 'v'),
      value: fc.integer({ min: 0, max: 6 }),
    }),
    { maxLength: 40 },
  ),
  inTime: fc.boolean(),
  at: fc.nat({ max: 40 }),
});

function made(from: {
  type: CorrelationType;
  by: CorrelationCondition['bounds'][number]['by'];
  bound: number;
  percentile: number;
  bare: boolean;
}) {
  const temporal = from.type.startsWith('temporal');
  const condition = { ...bound(from.by, from.bound, temporal ? [] : ['value']), percentile: from.percentile };
  return correlation('it', from.type, { rules: ['a', 'b', 'c'], timespan: 10, condition: temporal && from.bare ? null : condition });
}

function ordered(events: readonly NaiveEvent[], inTime: boolean): NaiveEvent[] {
  return inTime ? events.toSorted((one, other) => one.time - other.time) : [...events];
}

function hitFrom({ time, rule, group, value }: NaiveEvent, reference: number): RuleHit<number> {
  return { rule, time, reference, field: (name) => (name === 'User' ? group : value) };
}

describe('against working it out anew from all events', () => {
  it('completes with the same events, also where they come out of order', () => {
    fc.assert(
      fc.property(CASE, ({ events, inTime, ...from }) => {
        const rule = made(from);
        const all = ordered(events, inTime);
        const correlator = new Correlator<number>([rule]);
        const found = all.flatMap((event, at) => (correlator.feed(hitFrom(event, at)).length > 0 ? [at] : []));
        expect(found).toEqual(completing(rule, all));
      }),
      { numRuns: 2000 },
    );
  });

  it('goes on after it was saved and restored as if nothing had happened', () => {
    fc.assert(
      fc.property(CASE, ({ events, inTime, at, ...from }) => {
        const rule = made(from);
        const all = ordered(events, inTime);
        let correlator = new Correlator<number>([rule]);
        const found = all.flatMap((event, index) => {
          if (index === at) {
            const state: unknown = JSON.parse(JSON.stringify(correlator.save()));
            correlator = new Correlator<number>([rule]);
            correlator.restore(state);
          }
          return correlator.feed(hitFrom(event, index)).length > 0 ? [index] : [];
        });
        expect(found).toEqual(completing(rule, all));
      }),
      { numRuns: 500 },
    );
  });

  it('several processes that share the groups find together what one finds', () => {
    fc.assert(
      fc.property(CASE, fc.integer({ min: 1, max: 4 }), ({ events, ...from }, of) => {
        const rule = made(from);
        const above = correlation('above', 'temporal', { rules: ['it', 'a'], timespan: 10 });
        const apart = correlation('apart', 'event_count', { groupBy: [], condition: bound('gte', 2) });
        const whole = feed([rule, above, apart], events.map(hitFrom));
        const shares = Array.from({ length: of }, (_, index) => feed([rule, above, apart], events.map(hitFrom), { shard: { index, of } }));
        expect(shares.flat().toSorted()).toEqual(whole.toSorted());
      }),
      { numRuns: 300 },
    );
  });

  it('shardOf spreads keys over all processes', () => {
    const shares = new Set(Array.from({ length: 100 }, (_, at) => shardOf(`key ${at}`, 4)));
    expect([...shares].toSorted()).toEqual([0, 1, 2, 3]);
  });
});
