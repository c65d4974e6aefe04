import { expect, test } from 'vitest';
import { periodDays } from './words.ts';

test.each([
  [{ from: '2024-04-26', to: '2024-04-26' }, '26/4/2024'],
  [{ from: '2024-05-26', to: '2024-06-25' }, '26/5 – 25/6/2024'],
  [{ from: '2024-12-26', to: '2025-01-25' }, '26/12/2024 – 25/1/2025'],
])('a period is shown by its days', (period, said) => {
  expect(periodDays(period)).toBe(said);
});
