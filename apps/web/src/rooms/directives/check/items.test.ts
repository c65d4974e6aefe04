import { describe, expect, it } from 'vitest';
import type { Requirement } from '../api.ts';
import { requirementInput } from './changes.ts';
import { joined, lastPath, shifted, split, takenBack } from './items.ts';

const item = (id: string, path: string, text: string, more: Partial<Requirement> = {}): Requirement => ({
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
  measures: [],
  proposed: [],
  span: null,
  withdrawnAt: null,
  ...more,
});
const shown = (list: { path: string; text: string }[]): string[] => list.map(({ path, text }) => `${path} ${text}`);

describe('the list of items', () => {
  const document = '1. Trực 24/7;\n   gửi danh sách.\n2. Khác';
  const one = item('x', '1', 'Trực 24/7; gửi danh sách.', { span: { start: 3, end: 32 }, measures: ['m'] });
  const two = item('y', '2', 'Khác', { due: '2024-04-29T16:59:59.999Z', measures: ['n'], span: { start: 36, end: 40 } });

  it('is split at the cursor, each part with its own place', () => {
    const parts = split([one, two], 'x', 10, document);
    expect(parts.map(({ id, path }) => [id, path])).toEqual([
      ['x', '1'],
      [undefined, '1.2'],
      ['y', '2'],
    ]);
    expect(parts.slice(0, 2).map(({ span }) => document.slice(span!.start, span!.end))).toEqual(['Trực 24/7;', 'gửi danh sách.']);
  });
  it('is joined with the one before: text, deadline, measures, place', () => {
    expect(joined([one, two], 'y')).toEqual([
      expect.objectContaining({
        id: 'x',
        path: '1',
        text: 'Trực 24/7; gửi danh sách.\nKhác',
        due: two.due,
        measures: ['m', 'n'],
        span: { start: 3, end: 40 },
      }),
    ]);
    expect(joined([one, { ...two, span: { start: 300, end: 310 } }], 'y')[0]!.span).toEqual(one.span);
    expect(shown(joined([one, two], 'x'))).toEqual(shown([one, two]));
  });
  it('is moved within its bounds', () => {
    expect(shown(shifted([one, two], 'y', -1))).toEqual(shown([two, one]));
    expect(shown(shifted([one, two], 'y', 1))).toEqual(shown([one, two]));
  });
  it('counts on at its end', () => {
    expect(lastPath([])).toBe('1');
    expect(lastPath([{ path: '3' }, { path: '2' }])).toBe('4');
    expect(lastPath([{ path: '2.b' }])).toBe('2.b2');
  });
});

describe('a step taken back', () => {
  const items = [item('a', '1', 'một'), item('b', '2', 'hai'), item('c', '3', 'ba')];
  const before = items.map(requirementInput);
  it('brings a removed item back where it was, with what was typed since', () => {
    const now = [item('a', '1', 'một, sửa sau'), item('c', '3', 'ba'), item('d', '4', 'bốn')];
    expect(shown(takenBack(now, { before, touched: ['b'], made: [] }))).toEqual(['1 một, sửa sau', '2 hai', '3 ba', '4 bốn']);
  });
  it('puts two parts together again', () => {
    const now = [item('a', '1', 'm'), item('n', '1.2', 'ột'), item('b', '2', 'hai'), item('c', '3', 'ba')];
    expect(shown(takenBack(now, { before, touched: ['a'], made: ['1.2'] }))).toEqual(['1 một', '2 hai', '3 ba']);
  });
  it('works again after the item came back under another id', () => {
    const now = [item('a', '1', 'một'), item('z', '2', 'hai'), item('c', '3', 'ba')];
    expect(shown(takenBack(now, { before, touched: [], made: [] }))).toEqual(['1 một', '2 hai', '3 ba']);
  });
});
