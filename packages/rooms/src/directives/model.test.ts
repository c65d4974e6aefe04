import { describe, expect, it } from 'vitest';
import { markOf } from './compose.ts';
import { deadlineOf, windowOf } from './deadlines.ts';
import { treeOf } from './docx.ts';
import { sameAudience } from './draft.ts';
import { assignmentsOf, codeOf, symbolOf } from './model.ts';
import { asOf } from './resolve.ts';

describe('who gets what', () => {
  const recipients = [
    { position: 0, text: 'Các Sở', organisations: ['issuer', 'a', 'b'], narrows: false },
    { position: 1, text: 'Doanh nghiệp', organisations: ['t', 'b'], narrows: false },
    { position: 2, text: 'Sở B', organisations: ['b', 'stranger'], narrows: true },
  ];
  const item = (id: string, audience: number[], more = {}) => ({ id, heading: false, audience, ...more });

  it('leaves out the issuer, names nobody twice, and gives narrowed items only to those addressed', () => {
    const { receivers, assignments } = assignmentsOf(
      [
        item('all', []),
        item('one', [1]),
        item('narrow', [2]),
        item('title', [], { heading: true }),
        item('gone', [], { withdrawnAt: 'x' }),
      ],
      recipients,
      'issuer',
    );
    expect(receivers).toEqual(['a', 'b', 't']);
    expect(assignments.map((one) => `${one.requirement} ${one.organisation}`)).toEqual([
      'all a',
      'all b',
      'all t',
      'one b',
      'one t',
      'narrow b',
    ]);
  });
});

describe('number and symbol', () => {
  it.each([
    ['342', '/UBND-VP6', '342/UBND-VP6'],
    ['57', '-NQ/TW', '57-NQ/TW'],
    ['12', 'KH-UBND', '12/KH-UBND'],
    [null, '/STTTT-CNTT', null],
    ['5', null, null],
  ])('%s + %s = %s', (number, symbol, code) => {
    expect(codeOf(number, symbol)).toBe(code);
    if (code && symbol?.match(/^[/-]/)) expect(symbolOf(code, number)).toBe(symbol);
  });
});

describe('deadlines', () => {
  const before = [{ phrase: 'trước ngày 10 tháng 5 năm 2026', due: '2026-05-10', recurrence: null }];
  it('"trước ngày X" is in time until the end of X in Vietnam, or of the day before where so set', () => {
    expect(deadlineOf(before, 'on-day').due).toBe('2026-05-10T16:59:59.999Z');
    expect(deadlineOf(before, 'day-before').due).toBe('2026-05-09T16:59:59.999Z');
    expect(deadlineOf([{ phrase: 'chậm nhất ngày 10/5/2026', due: '2026-05-10', recurrence: null }], 'day-before').due).toBe(
      '2026-05-10T16:59:59.999Z',
    );
  });
  it('a minute is that minute, a recurrence has no date, and what has a date comes first', () => {
    expect(deadlineOf([{ phrase: 'trước 17h00 ngày 25/9/2026', due: '2026-09-25T17:00', recurrence: null }], 'on-day').due).toBe(
      '2026-09-25T10:00:00.000Z',
    );
    expect(deadlineOf([{ phrase: 'hằng tháng', due: null, recurrence: 'monthly' }], 'on-day')).toEqual({
      phrase: 'hằng tháng',
      due: null,
      recurrence: 'monthly',
    });
    expect(deadlineOf([{ phrase: 'hằng tháng', due: null, recurrence: 'monthly' }, ...before], 'on-day').due).toBe(
      '2026-05-10T16:59:59.999Z',
    );
    expect(deadlineOf([], 'on-day').due).toBeNull();
  });
  it('the holiday window comes from the subject', () => {
    expect(windowOf('trực bảo đảm an toàn dịp Lễ 30/4, 01/5 và 70 năm chiến thắng', 2024)).toEqual({
      from: '2024-04-30',
      to: '2024-05-01',
    });
    expect(windowOf('rà soát theo Công văn 15/UBND ngày 18/4', 2024)).toBeNull();
    expect(windowOf('dịp Lễ 31/4', 2024)).toBeNull();
    expect(windowOf('dịp Lễ 30/4', null)).toBeNull();
  });
});

describe('the day as of which recipients are resolved', () => {
  const clock = { now: () => Temporal.Instant.from('2024-04-26T01:00:00Z') };
  const ctx = { clock };
  it.each([
    ['2024-04-20', { year: 2024, month: 4, day: 20 }, '2024-04-20'],
    [null, { year: 2024, month: 4, day: null }, '2024-04-26'],
    [null, { year: 2024, month: 2, day: null }, '2024-02-29'],
    [null, { year: 2024, month: 6, day: null }, '2024-06-30'],
    [null, { year: null, month: null, day: null }, '2024-04-26'],
  ])('%s %j → %s', (day, date, expected) => expect(asOf(ctx, day, date)).toBe(expected));
});

describe('audiences', () => {
  it.each([
    ['Các doanh nghiệp cung cấp dịch vụ viễn thông, Internet', 'Các doanh nghiệp viễn thông, Internet', true],
    ['UBND các huyện, thành phố', 'UBND các huyện', true],
    ['Sở Y tế', 'Sở Giáo dục và Đào tạo', false],
    ['Các Sở, ban, ngành của tỉnh', 'Sở Y tế', false],
    ['Các doanh nghiệp viễn thông', '', false],
  ])('%s / %s: %s', (recipient, audience, same) => expect(sameAudience(recipient, audience)).toBe(same));
});

describe('the .docx', () => {
  it('gets a tree with marks as printed', () => {
    expect(
      treeOf([
        { path: '1', text: 'x' },
        { path: '1.a', text: 'y' },
        { path: '1.đ', text: 'z' },
        { path: 'II.3', text: 'w' },
      ]),
    ).toMatchObject([{ label: '1.', children: [{ label: 'a)' }, { label: 'đ)' }] }, { label: '3.' }]);
    expect(markOf('II')).toBe('II.');
  });
});
