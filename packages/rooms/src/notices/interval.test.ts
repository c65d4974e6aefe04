import { describe, expect, it } from 'vitest';
import { dueOf, nextOf, periodOf, type Schedule } from './interval.ts';

const at = (local: string): Temporal.Instant => Temporal.Instant.from(`${local}+07:00`);
const WEEKLY: Schedule = { interval: 'weekly', hour: 8, minute: 30, weekday: 5, monthday: 31 };
const LONG_AGO = at('2020-01-01T00:00:00');

describe('a rule is due', () => {
  it('from its moment to the end of its period, and once in it', () => {
    expect(dueOf(WEEKLY, at('2024-04-26T08:29:59'), LONG_AGO)).toBeNull();
    expect(dueOf(WEEKLY, at('2024-04-26T08:30:00'), LONG_AGO)).toBe('2024-W17');
    expect(dueOf(WEEKLY, at('2024-04-28T23:59:00'), LONG_AGO)).toBe('2024-W17');
    expect(dueOf(WEEKLY, at('2024-04-29T00:00:00'), LONG_AGO)).toBeNull();
    expect(dueOf({ ...WEEKLY, interval: 'daily' }, at('2024-04-29T09:00:00'), LONG_AGO)).toBe('2024-04-29');
    expect(dueOf({ ...WEEKLY, interval: 'list' }, at('2024-04-29T09:00:00'), LONG_AGO)).toBeNull();
  });
  it('in a short month on its last day', () => {
    const monthly: Schedule = { ...WEEKLY, interval: 'monthly' };
    expect(dueOf(monthly, at('2024-02-28T09:00:00'), LONG_AGO)).toBeNull();
    expect(dueOf(monthly, at('2024-02-29T08:30:00'), LONG_AGO)).toBe('2024-02');
    expect(nextOf(monthly, at('2024-01-31T08:30:00'))?.toString()).toBe('2024-02-29T01:30:00Z');
  });
  it('not for a moment before it was made or switched on', () => {
    expect(dueOf(WEEKLY, at('2024-04-26T10:00:00'), at('2024-04-26T09:00:00'))).toBeNull();
    expect(dueOf(WEEKLY, at('2024-05-03T10:00:00'), at('2024-04-26T09:00:00'))).toBe('2024-W18');
  });
  it('by weeks of the year in Vietnam', () => {
    expect(periodOf('weekly', at('2024-12-30T00:10:00'))).toBe('2025-W01');
    expect(periodOf('daily', Temporal.Instant.from('2024-04-25T17:00:00Z'))).toBe('2024-04-26');
    expect(nextOf(WEEKLY, at('2024-04-26T08:30:00'))?.toString()).toBe('2024-05-03T01:30:00Z');
  });
});
