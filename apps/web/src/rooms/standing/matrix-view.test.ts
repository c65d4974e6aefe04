import type { TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import type { Matrix } from './api.ts';
import { columnsOf, lateText, rowsOf } from './matrix-view.ts';
import { queryOf } from './useStandingState.ts';

const t = ((key: string, values?: { count?: number }) =>
  values?.count === undefined ? key : `${key} ${values.count}`) as unknown as TFunction<'standing'>;
const text = (word: string) => ({ vi: word, en: word });
const matrix: Matrix = {
  total: 1,
  of: 1,
  at: '2024-04-26T01:00:00Z',
  groups: [{ position: 0, label: 'Các Sở', organisations: 1 }],
  columns: [
    {
      id: 'a',
      path: '1.a',
      text: 'ứng trực',
      due: null,
      recurs: false,
      measures: [
        { id: 'm1', name: text('một'), unit: text('đầu mối') },
        { id: 'm2', name: text('hai'), unit: text('cuộc gọi') },
      ],
    },
    { id: 'b', path: '1.b', text: 'tuyên truyền', due: null, recurs: true, measures: [] },
    { id: 'c', path: '2.a', text: 'doanh nghiệp', due: null, recurs: false, measures: [] },
  ],
  rows: [
    {
      id: 'o',
      name: 'Sở Y tế',
      context: null,
      group: 0,
      cells: 'xavrci---',
      values: [[0, 1, 2, 1]],
      opened: null,
      receipt: 'later',
      number: '7',
      day: '2024-04-23',
      answered: [1, 2],
      inTime: [0, 0],
      overdue: 1,
      next: '2024-04-25T16:59:59.999Z',
      followUp: null,
      declared: [],
      toReview: 0,
      reminded: null,
      periods: [{ column: 1, number: 3, from: '2024-04-26', to: '2024-05-25', ended: 2, reported: 1, toReview: 0, missed: '2' }],
    },
  ],
};

describe('the matrix as it is drawn', () => {
  const [row] = rowsOf(matrix, { t, language: 'vi', today: '2024-04-26' });
  it('takes number and unit from the measure that decided', () => {
    expect(row?.cells['a']).toEqual({ state: 'missed', value: { kind: 'share', count: 1, of: 2, noun: 'cuộc gọi' } });
  });
  it('shows an accepted answer as reported with a sign, never as met', () => {
    expect(row?.cells['b']).toMatchObject({ state: 'reported', mark: { sign: '▪', label: 'task.c' } });
    expect(row?.cells['c']).toEqual({ state: 'not-concerned' });
  });
  it('says beside the state how many past reporting periods were reported', () => {
    expect(row?.cells['b']?.past?.sign).toBe('1/2');
    expect(row?.cells['a']).not.toHaveProperty('past');
  });
  it('keeps the paperwork apart and without a state of its own', () => {
    expect(columnsOf(matrix, t, 'vi').map(({ id, kind }) => [id, kind])).toEqual([
      ['a', undefined],
      ['b', undefined],
      ['c', undefined],
      ['opened', 'paper'],
      ['received', 'paper'],
      ['answered', 'paper'],
      ['in-time', 'paper'],
      ['late', 'paper'],
    ]);
    expect([row?.cells['opened']?.text, row?.cells['received']?.text, row?.cells['answered']?.text, row?.cells['in-time']?.text]).toEqual([
      'matrix.notOpened',
      '23/4',
      '1/2',
      '–',
    ]);
  });
  it('counts no days where the document sets no date', () => {
    expect(lateText({ overdue: 0, next: null }, '2024-04-26', t)).toBe('–');
    expect(lateText({ overdue: 1, next: '2024-04-25T16:59:59.999Z' }, '2024-04-26', t)).toBe('late.overdue 1');
    expect(lateText({ overdue: 0, next: '2024-04-28T16:59:59.999Z' }, '2024-04-26', t)).toBe('late.left 2');
    expect(lateText({ overdue: 0, next: '2024-04-25T16:59:59.999Z' }, '2024-04-26', t)).toBe('25/4/2024');
  });
});

describe('the question to the server', () => {
  const empty = { q: '', group: '', state: '', paper: '', sort: '', item: '', org: '', fig: '' } as const;
  it('looks for a state in the chosen item, and leaves the item out where no state is asked', () => {
    expect(queryOf({ ...empty, item: 'a' })).toEqual({});
    expect(queryOf({ ...empty, item: 'a', state: 'missed', group: '0' })).toEqual({ group: 0, state: 'missed', requirement: 'a' });
  });
});
