import { expect, test } from 'vitest';
import { progressLine } from './progress.ts';

test('how far, how fast, how long still', () => {
  const line = progressLine({ events: 43_856, bytes: 25, of: 100, seconds: 14 });
  expect(line).toBe('[██████··················]  25 %  43.856 sự kiện / events  3.133/s  còn / left 0:42');
});

test('nothing is divided by zero, and the bar does not run over', () => {
  expect(progressLine({ events: 0, bytes: 0, of: 100, seconds: 0 })).toContain('còn / left –');
  expect(progressLine({ events: 9, bytes: 300, of: 100, seconds: 5 })).toContain('100 %');
  expect(progressLine({ events: 9, bytes: 0, of: 0, seconds: 3 })).toBe('9 sự kiện / events  3/s');
  expect(progressLine({ events: 1, bytes: 1, of: 7200, seconds: 1 })).toContain('1:59:59');
});
