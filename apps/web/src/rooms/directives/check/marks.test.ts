import { describe, expect, it } from 'vitest';
import { doubtMark, marksOf } from './marks.ts';

const view = {
  spans: [
    { field: 'subject', start: 10, end: 40 },
    { field: 'contacts[0]', start: 90, end: 99 },
  ],
  bases: [{ id: 'b', span: { start: 50, end: 60 } }],
  recipients: [{ id: 'r', span: null }],
  requirements: [{ id: 'q', span: { start: 70, end: 100 } }],
};
const doubt = { key: '', level: 'warning' as const, message: { vi: '', en: '' }, passage: true, quote: null };

describe('marks of a document', () => {
  it('leave out what has no place and name the rest by what it is', () => {
    expect(marksOf(view as never).map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      'subject head',
      'contacts[0] contact',
      'basis:b basis',
      'requirement:q requirement',
    ]);
  });
  it('show each place of a doubt once, where it concerns nothing that is marked', () => {
    const marks = marksOf(view as never, [
      { ...doubt, start: 110, end: 120, mark: null },
      { ...doubt, start: 110, end: 120, mark: null },
      { ...doubt, start: 70, end: 80, mark: 'requirement:q' },
      { ...doubt, start: 0, end: 0, mark: null },
    ]);
    expect(marks.slice(4)).toEqual([{ id: doubtMark({ start: 110, end: 120 }), start: 110, end: 120, kind: 'doubt' }]);
  });
});
