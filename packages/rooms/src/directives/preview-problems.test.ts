import { describe, expect, it } from 'vitest';
import { impossibleDates } from './preview-dates.ts';
import { problemsOf } from './preview-problems.ts';

describe('dates that do not exist', () => {
  it.each([
    ['báo cáo trước ngày 30/02/2024', ['30/02/2024']],
    ['trước ngày 30/02', ['30/02']],
    ['Hà Nội, ngày 31 tháng 4 năm 2024', ['ngày 31 tháng 4 năm 2024']],
    ['ngày 12 tháng 13', ['ngày 12 tháng 13']],
    ['hoàn thành trong tháng 13/2024', ['tháng 13/2024']],
    ['từ 28.4.2024 đến 31.4.2024', ['31.4.2024']],
    ['ngày 29/02/2023 và 29/02/2024', ['29/02/2023']],
    ['ngày 00/5/2024', ['00/5/2024']],
  ])('%s', (text, printed) => {
    const found = impossibleDates(text);
    expect(found.map((one) => one.printed)).toEqual(printed);
    for (const { start, end, printed: shown } of found) expect(text.slice(start, end)).toBe(shown);
  });

  it.each([
    'ứng trực 24/7 trước ngày 29/02',
    'Nghị định số 13/2023/NĐ-CP, Công văn số 99/31/2024/CV',
    'đạt 18/20 tiêu chí, địa chỉ 10.20.30.40, điện thoại 02.293.871.234',
    'ngày 28/4 đến hết ngày 05/5/2024, trong 6 tháng đầu năm 2024',
    'ngày tháng 4 năm 2024',
  ])('is quiet on %s', (text) => expect(impossibleDates(text)).toEqual([]));
});

const row = {
  text: 'Trước ngày 30/02/2024',
  subject: 'Trực lễ',
  issuerName: 'Sở',
  day: '2024-04-24',
  reading: { spans: [], date: { year: 2024, month: 4, day: 24 }, copies: [], contacts: [], attachments: [], warnings: [] },
};
const item = (id: string, path: string, due: string | null = null) => ({
  id,
  path,
  heading: false,
  due,
  withdrawnAt: null,
  spanStart: 3,
  spanEnd: 9,
});

describe('problems of a draft', () => {
  it('name the item and its place, errors first', () => {
    const plan = {
      receivers: ['x'],
      assignments: [{ requirement: 'a' }, { requirement: 'b' }],
      requirements: [item('a', '1', '2024-04-23T16:59:59.999Z'), item('b', '1', '2024-04-24T16:59:59.999Z'), item('c', '2')],
    };
    expect(problemsOf(row, plan).map(({ code, level, requirement }) => [code, level, requirement])).toEqual([
      ['path-twice', 'error', 'b'],
      ['due-early', 'warning', 'a'],
      ['nobody', 'warning', 'c'],
      ['date', 'warning', null],
    ]);
  });

  it('measure a deadline against the month where the day is blank', () => {
    const plan = { receivers: ['x'], assignments: [{ requirement: 'a' }], requirements: [item('a', '1', '2024-03-31T16:59:59.999Z')] };
    expect(problemsOf({ ...row, day: null, text: '' }, plan)).toMatchObject([{ code: 'due-early', field: 'requirements' }]);
    expect(
      problemsOf({ ...row, day: null, text: '', reading: { ...row.reading, date: { year: null, month: null, day: null } } }, plan),
    ).toEqual([]);
  });

  it('say what is missing altogether', () => {
    const none = { receivers: [], assignments: [], requirements: [] };
    expect(problemsOf({ ...row, subject: '', issuerName: null, text: '' }, none).map(({ code, field }) => [code, field])).toEqual([
      ['incomplete', 'subject'],
      ['incomplete', 'issuerName'],
      ['empty', 'requirements'],
    ]);
    expect(problemsOf({ ...row, text: '' }, { ...none, requirements: [item('a', '1')] })).toMatchObject([
      { code: 'nobody', field: 'recipients' },
    ]);
  });
});
