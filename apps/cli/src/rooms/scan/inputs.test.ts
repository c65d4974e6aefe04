import { expect, test } from 'vitest';
import { inParts, jobsFor } from './inputs.ts';

test('large event logs are shared out in parts of whole bytes, in the order of the inputs; nothing else is', () => {
  const of = (path: string, size: number) => ({ path, name: path, size });
  const parts = inParts([of('a.evtx', 1000), of('b.EVTX', 100_000_001), of('c.jsonl', 100_000_000), of('d.evtx', 33_554_432)]);
  expect(parts.map(({ name, part }) => (part === undefined ? name : `${name} ${part.index + 1}/${part.of}`))).toEqual([
    'a.evtx',
    ...Array.from({ length: 5 }, (_, at) => `b.EVTX ${at + 1}/5`),
    'c.jsonl',
    'd.evtx 1/2',
    'd.evtx 2/2',
  ]);
  expect(parts.every(({ size }) => Number.isInteger(size))).toBe(true);
});

test('a thread is started for as much as it pays for, and never more of them than the machine has', () => {
  const logs = (...sizes: number[]) => sizes.map((size) => ({ path: 'a.evtx', name: 'a.evtx', size }));
  const mib = 2 ** 20;
  expect([jobsFor([], 8), jobsFor(logs(0), 8), jobsFor(logs(255 * mib), 8)]).toEqual([1, 1, 1]);
  expect([jobsFor(logs(200 * mib, 56 * mib), 8), jobsFor(logs(8000 * mib), 2), jobsFor(logs(8000 * mib), 1)]).toEqual([2, 2, 1]);
});
