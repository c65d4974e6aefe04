import { describe, expect, it } from 'vitest';
import type { CorrelationCondition, CorrelationType, Fired } from '../model.ts';
import { Correlator } from './correlator.ts';
import { bound, correlation, feed, hit } from './made.ts';

describe('the types of correlation', () => {
  it('event_count: counts events of a group within the time span, its ends included', () => {
    const rule = correlation('many', 'event_count', { condition: bound('gte', 3) });
    expect(feed([rule], [hit('a', 0), hit('a', 5), hit('a', 10)])).toEqual([[2, 'many']]);
    expect(feed([rule], [hit('a', 0), hit('a', 5), hit('a', 10.001)])).toEqual([]);
    expect(feed([rule], [hit('a', 0), hit('a', 5, { User: 'v' }), hit('a', 6)])).toEqual([]);
    expect(feed([rule], [hit('a', 0), hit('b', 5), hit('a', 6)])).toEqual([]);
  });

  it('event_count: is said when it begins to hold, and anew after it has not', () => {
    const rule = correlation('many', 'event_count', { condition: bound('gte', 2) });
    expect(
      feed(
        [rule],
        [0, 1, 2, 3, 60, 61].map((at) => hit('a', at)),
      ),
    ).toEqual([
      [1, 'many'],
      [5, 'many'],
    ]);
    const one = correlation('one', 'event_count', { condition: bound('gte', 1) });
    expect(
      feed(
        [one],
        [0, 1, 60].map((at) => hit('a', at)),
      ).map(([at]) => at),
    ).toEqual([0, 2]);
  });

  it('event_count: a range holds between its bounds only', () => {
    const bounds = [
      { by: 'gt', value: 1 },
      { by: 'lt', value: 3 },
    ] as const;
    const rule = correlation('range', 'event_count', { condition: { bounds, fields: [], percentile: null } });
    expect(feed([rule], [hit('a', 0), hit('a', 1), hit('a', 2), hit('a', 11.5)])).toEqual([
      [1, 'range'],
      [3, 'range'],
    ]);
  });

  it('event_count: an event that two of its rules meet counts once', () => {
    const rule = correlation('many', 'event_count', { rules: ['a', 'b'], condition: bound('gte', 2) });
    const event = hit('a', 0);
    expect(feed([rule], [event, { ...event, rule: 'b' }])).toEqual([]);
    expect(feed([rule], [event, hit('b', 0)])).toEqual([[1, 'many']]);
  });

  it('value_count: counts different values; several fields are one value together, and events without them do not count', () => {
    const one = correlation('users', 'value_count', { groupBy: [], condition: bound('gte', 2, ['User']) });
    expect(feed([one], [hit('a', 0), hit('a', 1), hit('a', 2, { User: null }), hit('a', 3, { User: 'v' })])).toEqual([[3, 'users']]);
    const two = correlation('pairs', 'value_count', { groupBy: [], condition: bound('gte', 3, ['User', 'Port']) });
    const hits = [hit('a', 0, { Port: 1 }), hit('a', 1, { Port: 2 }), hit('a', 2, { Port: 1 }), hit('a', 3, { User: 'v', Port: 1 })];
    expect(feed([two], hits)).toEqual([[3, 'pairs']]);
  });

  it('temporal: every rule has fired, in any order; with a condition, so many of them', () => {
    const all = correlation('all', 'temporal', { rules: ['a', 'b', 'c'] });
    expect(feed([all], [hit('c', 0), hit('a', 1), hit('a', 2), hit('b', 3)])).toEqual([[3, 'all']]);
    const two = correlation('two', 'temporal', { rules: ['a', 'b', 'c'], condition: bound('gte', 2) });
    expect(feed([two], [hit('c', 0), hit('c', 1), hit('b', 3)])).toEqual([[2, 'two']]);
  });

  it('temporal: an expression over rules', () => {
    const rule = (name: string): Fired => ({ op: 'rule', rule: name });
    const fired: Fired = { op: 'and', nodes: [rule('a'), { op: 'not', node: rule('b') }] };
    const made = correlation('a without b', 'temporal', { rules: ['a', 'b'], fired });
    expect(feed([made], [hit('b', 0), hit('a', 1), hit('a', 20)])).toEqual([[2, 'a without b']]);
  });

  it('temporal_ordered: in the order of the rules, at the same time counts as in order', () => {
    const rule = correlation('order', 'temporal_ordered', { rules: ['a', 'b', 'c'] });
    expect(feed([rule], [hit('a', 0), hit('b', 1), hit('c', 2)])).toEqual([[2, 'order']]);
    expect(feed([rule], [hit('a', 0), hit('c', 1), hit('b', 2)])).toEqual([]);
    expect(feed([rule], [hit('c', 0), hit('b', 0), hit('a', 0)])).toEqual([[2, 'order']]);
    expect(feed([rule], [hit('a', 0), hit('b', 1), hit('a', 8), hit('c', 11)])).toEqual([]);
  });

  it('value_sum, value_avg, value_percentile, value_median: of numbers, also as texts', () => {
    const bytes = (values: readonly (number | string)[]) => values.map((Bytes, at) => hit('a', at, { Bytes }));
    const of = (type: CorrelationType, condition: CorrelationCondition) => correlation(type, type, { condition });
    expect(feed([of('value_sum', bound('gt', 10, ['Bytes']))], bytes([4, 'none', '6', 1]))).toEqual([[3, 'value_sum']]);
    expect(feed([of('value_avg', bound('gte', 5, ['Bytes']))], bytes([2, 4, 9]))).toEqual([[2, 'value_avg']]);
    expect(feed([of('value_median', bound('eq', 2.5, ['Bytes']))], bytes([4, 1, 3, 2]))).toEqual([
      [1, 'value_median'],
      [3, 'value_median'],
    ]);
    const highest = { ...bound('gte', 90, ['Bytes']), percentile: 100 };
    expect(feed([of('value_percentile', highest)], bytes([1, 89, 90]))).toEqual([[2, 'value_percentile']]);
  });

  it('aliases: a field is called otherwise in the events of another rule', () => {
    const aliases = new Map([['ip', new Map([['a', 'source.ip'], ['b', 'destination.ip']])]]); // prettier-ignore
    const rule = correlation('alias', 'temporal', { rules: ['a', 'b'], groupBy: ['ip'], aliases });
    expect(feed([rule], [hit('a', 0, { 'source.ip': '::1' }), hit('b', 1, { 'destination.ip': '::1' })])).toEqual([[1, 'alias']]);
    expect(feed([rule], [hit('a', 0, { 'source.ip': '::1' }), hit('b', 1, { 'source.ip': '::1' })])).toEqual([]);
  });
});

describe('chains', () => {
  const failed = correlation('failed', 'event_count', { rules: ['fail'], groupBy: ['User', 'Computer'], condition: bound('gte', 3) });
  const broken = correlation('broken', 'temporal_ordered', { rules: ['failed', 'success'], groupBy: ['User'] });
  const on = { Computer: 'c' };

  it('a correlation is an event for those that stand upon it, whatever it grouped by itself', () => {
    const hits = [hit('success', 0), hit('fail', 1, on), hit('fail', 2, on), hit('fail', 3, on), hit('success', 4)];
    expect(feed([broken, failed], hits)).toEqual([
      [3, 'failed'],
      [4, 'broken'],
    ]);
  });

  it('one that goes on to hold still counts for a temporal one, though it is not said again', () => {
    const hits = [...Array.from({ length: 40 }, (_, at) => hit('fail', at, on)), hit('success', 41)];
    expect(feed([failed, broken], hits)).toEqual([
      [2, 'failed'],
      [40, 'broken'],
    ]);
    const thrice = correlation('thrice', 'event_count', { rules: ['failed'], condition: bound('gte', 2) });
    expect(feed([failed, thrice], hits)).toEqual([[2, 'failed']]);
  });

  it('says the hits it is made of, and which completed it', () => {
    const correlator = new Correlator<string>([failed]);
    const made = ['x', 'y', 'z'].map((reference, at) => correlator.feed({ ...hit('fail', at, on), reference }));
    expect(made[2]).toMatchObject([
      {
        reference: 'z',
        time: 2000,
        group: { User: 'u', Computer: 'c' },
        hits: [{ rule: 'fail', time: 0, reference: 'x' }, { reference: 'y' }, { reference: 'z' }],
      },
    ]);
  });
});

describe('bounds', () => {
  const rule = correlation('many', 'event_count', { condition: bound('gte', 3) });

  it('an event that comes late counts up to the lateness, and is counted as left out beyond it', () => {
    const hits = [hit('a', 100), hit('a', 101), hit('a', 95)];
    expect(feed([rule], hits)).toEqual([[2, 'many']]);
    const correlator = new Correlator<number>([rule], { lateness: 1000 });
    for (const one of [hit('a', 100), hit('a', 101), hit('a', 89)]) expect(correlator.feed(one)).toEqual([]);
    expect(correlator.dropped.late).toBe(1);
  });

  it('keeps so many groups, the ones fed last, and so many events', () => {
    const correlator = new Correlator<number>([rule], { maxGroups: 2 });
    for (const User of ['u', 'v', 'u', 'w']) correlator.feed(hit('a', 0, { User }));
    expect(correlator.save().groups.map(({ key }) => key)).toEqual(['["many","u"]', '["many","w"]']);
    expect(correlator.dropped.groups).toBe(1);
    const sums = new Correlator<number>([correlation('sum', 'value_sum', { condition: bound('gt', 5, ['n']) })], { maxEvents: 5 });
    const completed = Array.from({ length: 9 }, (_, at) => sums.feed(hit('a', at / 10, { n: 1 })));
    expect(completed.flat()).toHaveLength(1);
    expect(sums.dropped.events).toBeGreaterThan(0);
    expect(sums.save().groups[0]?.entries).toHaveLength(5);
  });

  it('counts up to what the condition asks for, though it is more than the limit', () => {
    const many = correlation('many', 'event_count', { condition: bound('gte', 50) });
    expect(
      feed(
        [many],
        Array.from({ length: 50 }, (_, at) => hit('a', at / 10)),
        { maxEvents: 5 },
      ),
    ).toEqual([[49, 'many']]);
  });

  it('refuses what is no saved state', () => {
    const correlator = new Correlator<number>([rule]);
    const group = (entries: unknown) => ({ version: 1, groups: [{ key: '["many","u"]', holding: false, entries }] });
    for (const wrong of [
      null,
      {},
      { version: 2, groups: [] },
      { version: 1, groups: [{ key: 'x' }] },
      group([[0, -1, null, 0]]),
      group([7]),
    ]) {
      expect(() => correlator.restore(wrong)).toThrow(TypeError);
    }
  });
});
