import type { TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import { dueText, formatDue } from './deadline.ts';

const t = ((key: string, values: Record<string, unknown> = {}) =>
  [key.replace('work:due.', ''), values['count'], values['date'], values['time']]
    .filter((part) => part !== undefined)
    .join(' ')) as unknown as TFunction;
const END = '2024-04-30T16:59:59.999Z';

describe('a deadline in words', () => {
  it.each([
    [{ due: null, timeState: 'none' }, '2024-04-26', 'none'],
    [{ due: END, timeState: 'in-time' }, '2024-04-26', 'left 4 30/4/2024'],
    [{ due: END, timeState: 'at-risk' }, '2024-04-30', 'today'],
    [{ due: '2024-04-30T10:00:00Z', timeState: 'at-risk' }, '2024-04-30', 'todayAt 17:00'],
    [{ due: '2024-04-30T10:00:00Z', timeState: 'overdue' }, '2024-04-30', 'pastToday 17:00'],
    [{ due: END, timeState: 'overdue' }, '2024-05-02', 'overdue 2 30/4/2024'],
    [{ due: END, timeState: 'on-day', answeredAt: '2024-04-30T02:00:00Z' }, '2024-05-09', 'onDay 30/4/2024'],
    [{ due: END, timeState: 'overdue', answeredAt: '2024-05-01T02:00:00Z' }, '2024-05-09', 'answeredLate 1 30/4/2024'],
  ] as const)('%j on %s', (item, today, said) => {
    expect(dueText(item, today, t)).toBe(said);
  });
  it('names the hour only where the document does', () => {
    expect(formatDue(END)).toBe('30/4/2024');
    expect(formatDue('2024-04-30T10:00:00Z')).toBe('17:00 30/4/2024');
  });
});
