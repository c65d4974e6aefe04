import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from './flatten.ts';
import { EventReader } from './reader.ts';
import { timeOf } from './time.ts';

describe('what comes from outside', () => {
  it('is read as far as the limits go, and counted', () => {
    const reader = new EventReader();
    let deep: object = { end: 1 };
    for (let i = 0; i < 5_000; i++) deep = { a: deep };
    expect(reader.of({ Channel: 'Security', deep })?.shape.names).toHaveLength(1);
    expect(reader.cut).toBe(1);
    const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`f${i}`, i]));
    expect(reader.of(wide)?.shape.names).toHaveLength(LIMITS.fields);
    expect(reader.of({ list: Array.from({ length: 5_000 }, (_, i) => i) })?.value(0)).toHaveLength(LIMITS.list);
    let nested: unknown = 1;
    for (let i = 0; i < 5_000; i++) nested = [nested];
    expect(reader.of({ a: 1, nested })).not.toBe(null);
    expect(reader.cut).toBe(4);
    expect(reader.of({ requestParameters: { big: 1n } })?.value(0)).toBe(null);
    expect(reader.cut).toBe(5);
    expect(reader.of({ Channel: 'Security', EventID: 1 })).not.toBe(null);
    expect(reader.cut).toBe(5);
  });

  it('never makes it throw, and every slot has a value', () => {
    const reader = new EventReader();
    const keys = fc.constantFrom('Event', 'System', 'EventData', 'Data', '#text', '#attributes', 'Name', '@Name', 'Channel', 'EventID', 'winlog', 'event_data', 'type', '__proto__', 'constructor', '', '.', 'a_1', 'a'); // prettier-ignore
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom<unknown>('Security', 4688, null, true, 'x'),
        fc.array(tie('tree')),
        fc.dictionary(keys, tie('tree')),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(keys, tree), (decoded) => {
        const event = reader.of(decoded);
        for (const [slot, names] of (event?.shape.names ?? []).entries()) {
          expect(names.length).toBeGreaterThan(0);
          expect(event?.value(slot)).not.toBe(undefined);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is forgotten where forms come once and never again, so that they do not fill the memory', () => {
    const reader = new EventReader();
    const first = reader.of({ a: 1 })?.shape;
    expect(reader.of({ a: 1 })?.shape).toBe(first);
    for (let i = 0; i < 40; i++) reader.of(Object.fromEntries(Array.from({ length: 1_000 }, (_, k) => [`f${i * 1_000 + k}`, 1])));
    expect(reader.of({ a: 1 })?.shape).not.toBe(first);
  });
});

describe('timeOf', () => {
  const at = Date.UTC(2024, 0, 2, 3, 4, 5, 678);
  it.each([
    ['2024-01-02T03:04:05.678Z', at],
    ['2024-01-02T03:04:05.678901Z', at],
    ['2024-01-02T10:04:05.678+07:00', at],
    ['2024-01-02 03:04:05.678', at],
    ['2024-01-02 03:04:05,678', at],
    ['2024-01-02T03:04:05.6789012', at],
    [at, at],
    [at / 1000, at],
    [`${at}000`, at],
    [BigInt(at) * 1_000_000n, at],
    ['audit(1704164645.678:99)', at],
    ['Tue, 02 Jan 2024 03:04:05 GMT', at - 678],
    ['2024-13-45', null],
    ['soon', null],
    ['4624', null],
    [7, null],
    [Number.NaN, null],
    [null, null],
    [true, null],
  ])('%s', (value, time) => {
    expect(timeOf(value)).toBe(time);
  });

  it('is taken from the field that the form says', () => {
    const reader = new EventReader();
    const SystemTime = '2024-01-02T03:04:05.678Z';
    const events = [
      { Event: { System: { Channel: 'Security', EventID: 1, TimeCreated: { '#attributes': { SystemTime } } }, EventData: { time: 'x' } } },
      { '@timestamp': SystemTime, winlog: { channel: 'Security', event_id: 1 } },
      { eventSource: 'iam.amazonaws.com', eventName: 'x', eventTime: SystemTime },
      { _path: 'dns', ts: at / 1000 },
      { __REALTIME_TIMESTAMP: String(at * 1000), _HOSTNAME: 'h', MESSAGE: 'x' },
      { type: 'SYSCALL', msg: `audit(${at / 1000}:1)` },
    ];
    for (const event of events) expect(reader.of(event)?.time(), JSON.stringify(event)).toBe(at);
    expect(reader.of({ a: 1 })?.time()).toBe(null);
  });
});
