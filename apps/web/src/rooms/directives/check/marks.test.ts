import { describe, expect, it } from 'vitest';
import { markAt, marksOf } from './marks.ts';

const view = {
  spans: [
    { field: 'subject', start: 10, end: 40 },
    { field: 'contacts[0]', start: 90, end: 99 },
  ],
  bases: [{ id: 'b', span: { start: 50, end: 60 } }],
  recipients: [{ id: 'r', span: null }],
  requirements: [{ id: 'q', span: { start: 70, end: 100 } }],
};

describe('marks of a document', () => {
  const marks = marksOf(view as never);
  it('leaves out what has no place and names the rest by what it is', () => {
    expect(marks.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      'subject head',
      'contacts[0] contact',
      'basis:b basis',
      'requirement:q requirement',
    ]);
  });
  it('finds the innermost mark at a place, and none outside', () => {
    expect(markAt(marks, 92, 94)).toBe('contacts[0]');
    expect(markAt(marks, 75, 75)).toBe('requirement:q');
    expect(markAt(marks, 45, 48)).toBeNull();
  });
});
