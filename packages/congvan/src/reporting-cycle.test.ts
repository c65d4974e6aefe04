import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lastMoment, periodAfter, periodAt, reportingCycle } from './reporting-cycle.ts';

const at = (moment: string) => Temporal.PlainDateTime.from(moment);
function period(recurrence: string, phrase: string, moment: string): string[] {
  const { from, to, due } = periodAt(reportingCycle(recurrence, phrase)!, at(moment));
  return [from, to, due];
}

test.each([
  ['monthly', 'định kỳ hằng tháng (trước ngày 25 hằng tháng)', '2024-05-26', ['2024-05-26', '2024-06-25', '2024-06-25']],
  ['monthly', 'trước ngày 25 hằng tháng', '2024-05-25T23:00', ['2024-04-26', '2024-05-25', '2024-05-25']],
  ['monthly+ad-hoc', 'định kỳ hàng tháng hoặc đột xuất', '2024-02-10', ['2024-02-01', '2024-02-29', '2024-02-29']],
  ['monthly', 'hằng tháng', '2023-02-10', ['2023-02-01', '2023-02-28', '2023-02-28']],
  ['monthly', 'trước ngày 30 hằng tháng', '2024-02-01', ['2024-01-31', '2024-02-29', '2024-02-29']],
  ['monthly', 'vào ngày 31 hằng tháng', '2024-05-01', ['2024-05-01', '2024-05-31', '2024-05-31']],
  ['monthly', 'vào ngày 15 và 30 hằng tháng', '2024-02-16', ['2024-02-16', '2024-02-29', '2024-02-29']],
  ['monthly', 'vào ngày 15 và 30 hằng tháng', '2024-03-01', ['2024-03-01', '2024-03-15', '2024-03-15']],
  ['monthly', 'trước ngày 05 của tháng kế tiếp', '2023-12-06', ['2023-12-06', '2024-01-05', '2024-01-05']],
  ['monthly', 'trước ngày cuối cùng của tháng', '2024-04-10', ['2024-04-01', '2024-04-30', '2024-04-30']],
  ['monthly', 'trước 16h00 ngày 20 hằng tháng', '2024-04-20T16:01', ['2024-04-21', '2024-05-20', '2024-05-20T16:00']],
  ['monthly', 'trước ngày mùng 5 hằng tháng', '2024-04-05', ['2024-03-06', '2024-04-05', '2024-04-05']],
  ['weekly', 'báo cáo vào thứ Sáu hằng tuần', '2024-04-24', ['2024-04-20', '2024-04-26', '2024-04-26']],
  ['weekly', 'chậm nhất 17h00 ngày thứ Sáu hằng tuần', '2024-04-26T17:00:01', ['2024-04-27', '2024-05-03', '2024-05-03T17:00']],
  ['weekly', 'vào chủ nhật hằng tuần', '2024-12-31', ['2024-12-30', '2025-01-05', '2025-01-05']],
  ['weekly', 'thứ Ba và thứ Sáu hằng tuần', '2024-04-24', ['2024-04-24', '2024-04-26', '2024-04-26']],
  ['weekly', 'trước 10h00 thứ 3 và 15h00 thứ 6 hằng tuần', '2024-04-24', ['2024-04-24', '2024-04-26', '2024-04-26T15:00']],
  ['weekly', 'hằng tuần', '2024-04-24', ['2024-04-22', '2024-04-28', '2024-04-28']],
  ['daily', 'trước 16h00 hằng ngày', '2024-04-24T16:00', ['2024-04-24', '2024-04-24', '2024-04-24T16:00']],
  ['daily', 'trước 16h00 hằng ngày', '2024-04-24T16:01', ['2024-04-25', '2024-04-25', '2024-04-25T16:00']],
  ['daily', 'hằng ngày trước 5 giờ chiều', '2024-04-24', ['2024-04-24', '2024-04-24', '2024-04-24T17:00']],
  ['daily', 'trước 07h00 và 15h00 hằng ngày', '2024-04-24T08:00', ['2024-04-24', '2024-04-24', '2024-04-24T15:00']],
  ['daily', 'trước 07h00 và 15h00 hằng ngày', '2024-12-31T15:30', ['2025-01-01', '2025-01-01', '2025-01-01T07:00']],
  ['daily', 'hằng ngày', '2024-02-29T23:59', ['2024-02-29', '2024-02-29', '2024-02-29']],
  ['daily', 'hằng ngày làm việc', '2024-04-26T23:59:59.9999', ['2024-04-27', '2024-04-29', '2024-04-29']],
  ['quarterly', 'định kỳ hằng quý, trước ngày 20 của tháng cuối quý', '2024-04-01', ['2024-03-21', '2024-06-20', '2024-06-20']],
  ['quarterly', 'ngày 10 tháng đầu quý', '2024-11-11', ['2024-10-11', '2025-01-10', '2025-01-10']],
  ['quarterly', 'trước ngày 05 của quý kế tiếp', '2024-04-06', ['2024-04-06', '2024-07-05', '2024-07-05']],
  ['quarterly', 'ngày 15 tháng thứ hai của quý', '2024-04-06', ['2024-02-16', '2024-05-15', '2024-05-15']],
  ['quarterly', 'định kỳ 03 tháng', '2024-12-31', ['2024-10-01', '2024-12-31', '2024-12-31']],
  ['half-yearly', 'định kỳ 06 tháng', '2024-06-30', ['2024-01-01', '2024-06-30', '2024-06-30']],
  ['half-yearly', 'định kỳ 06 tháng (trước ngày 20/6 và 15/12)', '2024-06-21', ['2024-06-21', '2024-12-15', '2024-12-15']],
  ['half-yearly', 'định kỳ 6 tháng/lần (trước ngày 15/6)', '2024-07-01', ['2024-06-16', '2024-12-15', '2024-12-15']],
  ['half-yearly', 'định kỳ 06 tháng, trước ngày 20 của tháng cuối', '2024-07-01', ['2024-06-21', '2024-12-20', '2024-12-20']],
  ['yearly', 'trước ngày 20/6 và 20/12 hằng năm', '2024-12-21', ['2024-12-21', '2025-06-20', '2025-06-20']],
  ['yearly', 'trước ngày 20 tháng 12 hằng năm', '2024-12-20', ['2023-12-21', '2024-12-20', '2024-12-20']],
  ['yearly', 'trước ngày 29/02 hằng năm', '2023-01-01', ['2022-03-01', '2023-02-28', '2023-02-28']],
  ['yearly', 'tháng 11 hằng năm', '2024-01-01', ['2023-12-01', '2024-11-30', '2024-11-30']],
  ['yearly', 'định kỳ hằng năm', '2024-04-01', ['2024-01-01', '2024-12-31', '2024-12-31']],
])('%s "%s" at %s', (recurrence, phrase, moment, expected) => {
  expect(period(recurrence, phrase, moment)).toEqual(expected);
});

test('what is not a recurrence has no cycle, and a phrase without a day is computed', () => {
  expect(reportingCycle(null, 'trước ngày 25')).toBeNull();
  expect(reportingCycle('ad-hoc', 'đột xuất')).toBeNull();
  expect(reportingCycle('weekly', 'hằng tuần')?.computed).toBe(true);
  expect(reportingCycle('monthly', 'định kỳ hằng tháng')?.computed).toBe(true);
  expect(reportingCycle('daily', 'hằng ngày')?.computed).toBe(false);
  expect(reportingCycle('monthly', 'trước ngày 25 hằng tháng')?.computed).toBe(false);
});

test('where an authority takes "trước ngày" as the day before, the period ends a day earlier', () => {
  const cycle = reportingCycle('monthly', 'trước ngày 01 hằng tháng', true)!;
  expect(periodAt(cycle, at('2024-03-01'))).toEqual({ from: '2024-03-01', to: '2024-03-31', due: '2024-03-31' });
});

const PHRASES = [
  ['daily', 'trước 07h00 và 15h00 hằng ngày'],
  ['daily', 'hằng ngày làm việc trước 16 giờ'],
  ['weekly', 'thứ Ba và thứ Sáu hằng tuần'],
  ['weekly', 'hằng tuần'],
  ['monthly', 'vào ngày 15 và 30 hằng tháng'],
  ['monthly', 'vào ngày 30 và 31 hằng tháng'],
  ['quarterly', 'ngày 31 tháng đầu quý'],
  ['half-yearly', 'trước ngày 20/6 và 15/12'],
  ['yearly', 'trước ngày 29/02 hằng năm'],
] as const;

test('periods are contiguous, never overlap, and each holds the moments between two dues', () => {
  const someDay = fc.integer({ min: 0, max: 20_000 }).map((days) => at('2000-01-01').add({ days }));
  fc.assert(
    fc.property(
      fc.constantFrom(...PHRASES),
      someDay,
      fc.integer({ min: 0, max: 86_399 }),
      fc.boolean(),
      ([word, phrase], day, seconds, before) => {
        const cycle = reportingCycle(word, phrase, before)!;
        const moment = day.add({ seconds });
        const first = periodAt(cycle, moment);
        const next = periodAfter(cycle, first);
        expect(Temporal.PlainDateTime.compare(moment, lastMoment(first.due))).toBeLessThanOrEqual(0);
        expect(Temporal.PlainDateTime.compare(lastMoment(first.due), lastMoment(next.due))).toBe(-1);
        expect(periodAt(cycle, lastMoment(first.due))).toEqual(first);
        expect(periodAt(cycle, lastMoment(first.due).add({ milliseconds: 1 }))).toEqual(next);
        const sameDay = first.to === next.to;
        expect(next.from).toBe(sameDay ? next.to : Temporal.PlainDate.from(first.to).add({ days: 1 }).toString());
      },
    ),
    { numRuns: 300 },
  );
});
