import { describe, expect, it } from 'vitest';
import { dueOf, partsOf } from './deadline.ts';

describe('a deadline as day and time', () => {
  it.each([
    ['2024-04-29', null, '2024-04-29T16:59:59.999Z'],
    ['2024-05-01', '00:30', '2024-04-30T17:30:00.000Z'],
    [null, '10:00', null],
  ])('%s %s → %s and back', (day, time, due) => {
    expect(dueOf(day, time)).toBe(due);
    if (due !== null) expect(partsOf(due)).toEqual({ day, time });
  });
});
