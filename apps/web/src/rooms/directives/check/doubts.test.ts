import { describe, expect, it } from 'vitest';
import { doubtsOf } from './doubts.ts';
import type { Problem } from './doubts.ts';

const text = { vi: 'v', en: 'e' };
const warning = (code: string, start: number, end: number) => ({ code, message: text, start, end });
const problem = (part: Partial<Problem>): Problem => ({
  code: 'date',
  level: 'warning',
  field: null,
  requirement: null,
  message: text,
  start: null,
  end: null,
  ...part,
});
const view = {
  warnings: [
    warning('requirement-without-number', 10, 40),
    warning('requirement-without-number', 50, 60),
    warning('deadline-incomplete', 70, 80),
  ],
  requirements: [{ span: { start: 12, end: 30 } }],
  text: 'x'.repeat(100),
} as never;

describe('what is to be looked at', () => {
  it('leaves out passages that became requirements and dates told twice; errors come first', () => {
    const doubts = doubtsOf(view, [
      problem({ start: 72, end: 79 }),
      problem({ code: 'path-twice', level: 'error', requirement: 'q', start: 90, end: 95 }),
      problem({ code: 'incomplete', level: 'error', field: 'subject' }),
    ]);
    expect(doubts.map(({ start, mark, passage }) => [start, mark, passage])).toEqual([
      [0, 'subject', false],
      [90, 'requirement:q', false],
      [50, null, true],
      [72, null, false],
    ]);
    expect(doubts[2]!.quote).toBe('x'.repeat(10));
  });
});
