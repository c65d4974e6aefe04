import fc from 'fast-check';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { SortedHits } from './sorted-hits.ts';

const folder = mkdtempSync(join(tmpdir(), 'vonggac-sorted-'));
vi.stubEnv('TMPDIR', folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('in the order of time, equal times as they came, however many are held in memory', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 }), fc.integer({ min: 1, max: 50 }), async (times, most) => {
      const all = times.map((time, came) => ({ time, came }));
      const sorted = new SortedHits<(typeof all)[number]>(most);
      for (const one of all) await sorted.add(one);
      expect(await Array.fromAsync(sorted.drain())).toEqual(all.toSorted((a, b) => a.time - b.time || a.came - b.came));
    }),
    { numRuns: 60 },
  );
  expect(readdirSync(folder)).toEqual([]);
});

test('temporary files are gone when the reader stops early', async () => {
  const sorted = new SortedHits<{ time: number }>(2);
  for (const time of [3, 1, 2]) await sorted.add({ time });
  for await (const { time } of sorted.drain()) {
    expect(time).toBe(1);
    break;
  }
  expect(readdirSync(folder)).toEqual([]);
});
