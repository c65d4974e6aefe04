import { expect, it } from 'vitest';
import { countFigures } from './figures.ts';

const row = (id: string, cells: string, periods: Parameters<typeof countFigures>[0]['rows'][number]['periods']) => ({
  id,
  name: id,
  context: null,
  group: 0,
  cells,
  values: [],
  declared: [],
  opened: null,
  receipt: 'in-day' as const,
  number: '1',
  day: '2024-04-22',
  answered: [1, 2] as [number, number],
  inTime: [0, 0] as [number, number],
  overdue: 0,
  next: null,
  followUp: null,
  toReview: 0,
  reminded: null,
  periods,
});
const column = (id: string, recurs: boolean) => ({ id, path: id, text: id, due: null, recurs, measures: [] });

it('a report freezes the reporting period of each row, and how many past ones were reported', () => {
  const period = { column: 1, number: 3, from: '2024-05-26', to: '2024-06-25', ended: 2, reported: 1, toReview: 0, missed: '2' };
  const figures = countFigures({
    columns: [column('1.a', false), column('1.b', true)],
    rows: [row('A', 'rsirsi', [period]), row('B', 'rsinan', [{ ...period, reported: 2, missed: '' }]), row('C', 'rsi---', [])],
  });
  const of = (id: string) => figures.find((one) => one.id === id);
  expect(of('item:1.a:answered')!.rows[0]!.text.vi).toBe('đã báo cáo, chờ xem xét');
  expect(of('item:1.b:answered')!.rows.map(({ text }) => text.vi)).toEqual(['đã báo cáo, chờ xem xét; kỳ 3 (26/5/2024–25/6/2024)']);
  expect(of('item:1.a:periods')).toBeUndefined();
  expect(of('item:1.b:periods')).toMatchObject({
    value: 3,
    of: 4,
    rows: [
      { organisation: { id: 'A' }, text: { vi: 'đã báo cáo 1/2 kỳ đã qua, không báo cáo kỳ 2' } },
      { organisation: { id: 'B' }, text: { vi: 'đã báo cáo 2/2 kỳ đã qua' } },
    ],
  });
});
