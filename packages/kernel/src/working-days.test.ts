import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWorkingDays, isWorkingDay, workingDaysBetween } from './working-days.ts';

/** The holiday of 30 April 2024: Monday 29 off, worked on Saturday 4 May. */
const swapped = { off: new Set(['2024-04-29']), work: new Set(['2024-05-04']) };
const plain = { off: new Set<string>(), work: new Set<string>() };

describe('working days', () => {
  it('knows weekends, fixed holidays, days off in exchange and days worked for them', () => {
    const worked = (day: string) => isWorkingDay(day, swapped);
    expect(['2024-04-26', '2024-04-27', '2024-04-29', '2024-04-30', '2024-05-01', '2024-05-02', '2024-05-04'].map(worked)).toEqual([
      true,
      false,
      false,
      false,
      false,
      true,
      true,
    ]);
    expect(isWorkingDay('2024-04-29', plain)).toBe(true);
  });

  it('counts on over the holidays', () => {
    expect(addWorkingDays('2024-04-26', 1, swapped)).toBe('2024-05-02');
    expect(addWorkingDays('2024-04-26', 3, swapped)).toBe('2024-05-04');
    expect(addWorkingDays('2024-04-27', 0, swapped)).toBe('2024-05-02');
    expect(workingDaysBetween('2024-04-26', '2024-05-06', swapped)).toBe(4);
    expect(workingDaysBetween('2024-05-06', '2024-04-26', swapped)).toBe(-4);
  });

  it('adding and counting agree', () => {
    const day = fc.integer({ min: 0, max: 4000 }).map((n) => Temporal.PlainDate.from('2020-01-01').add({ days: n }).toString());
    const days = fc.array(day, { maxLength: 40 }).map((all) => new Set(all));
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 60 }), days, days, (from, n, off, work) => {
        const to = addWorkingDays(from, n, { off, work });
        expect(isWorkingDay(to, { off, work })).toBe(true);
        expect(workingDaysBetween(from, to, { off, work })).toBe(n);
      }),
      { numRuns: 100 },
    );
  });
});
