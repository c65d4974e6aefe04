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

  it('counts what one by one gives', () => {
    const day = fc.integer({ min: -4000, max: 25_000 }).map((n) => Temporal.PlainDate.from('1970-01-01').add({ days: n }));
    const near = (from: Temporal.PlainDate) =>
      fc
        .array(fc.integer({ min: -5, max: 500 }), { maxLength: 60 })
        .map((all) => new Set(all.map((days) => from.add({ days }).toString())));
    const cases = day.chain((from) => fc.tuple(fc.constant(from), fc.integer({ min: 0, max: 500 }), near(from), near(from)));
    fc.assert(
      fc.property(cases, ([from, n, off, work]) => {
        const days = Array.from({ length: n }, (_, at) => from.add({ days: at + 1 }).toString());
        const worked = days.filter((one) => isWorkingDay(one, { off, work })).length;
        expect(workingDaysBetween(from.toString(), from.add({ days: n }).toString(), { off, work })).toBe(worked);
      }),
      { numRuns: 300 },
    );
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
