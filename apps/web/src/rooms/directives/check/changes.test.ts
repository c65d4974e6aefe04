import { describe, expect, it } from 'vitest';
import type { Directive, Requirement } from '../api.ts';
import { applied, isEmpty, merged, nextPath } from './changes.ts';

const item = (id: string, path: string, text: string): Requirement => ({
  id,
  position: 0,
  path,
  text,
  heading: false,
  audience: [],
  audienceText: [],
  phrase: null,
  due: null,
  recurrence: null,
  measures: ['m'],
  proposed: [],
  span: { start: 1, end: 2 },
  withdrawnAt: null,
});

describe('changes of a draft', () => {
  it('merge heads field by field and take the later list', () => {
    expect(merged({ head: { subject: 'a', place: 'b' }, bases: [] }, { head: { subject: 'c' } })).toEqual({
      head: { subject: 'c', place: 'b' },
      bases: [],
    });
    expect(isEmpty({})).toBe(true);
    expect(isEmpty({ requirements: [] })).toBe(false);
  });
  it('show at once what will be saved, keeping spans', () => {
    const view = {
      subject: 'a',
      overseer: { id: 'o', name: 'O' },
      requirements: [item('1', '1', 'x')],
      recipients: [],
      bases: [],
    } as unknown as Directive;
    const next = applied(view, { head: { subject: 'b', overseer: 'p' }, requirements: [{ ...item('1', '2', 'y') }] });
    expect(next).toMatchObject({
      subject: 'b',
      overseer: { id: 'o' },
      requirements: [{ path: '2', text: 'y', span: { start: 1, end: 2 } }],
    });
  });
  it('number the new part', () => {
    expect(nextPath([{ path: '1.a2' }], '1.a')).toBe('1.a3');
    expect(nextPath([], '3')).toBe('3.2');
    expect(nextPath([], 'III.2')).toBe('III.2.2');
  });
});
