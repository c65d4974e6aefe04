import { expect, test } from 'vitest';
import { readDeadlines } from './deadlines.ts';
import { sourceLines } from './lines.ts';
import { cleanText } from './normalise.ts';

function read(text: string, legal = false): unknown[] {
  const source = sourceLines(text, cleanText(text));
  const context = { documentDate: { year: 2024, month: 4, day: 20 }, legal };
  return readDeadlines(source, { start: 0, end: source.text.length }, context).map(({ phrase, due, recurrence }) => [
    phrase,
    due,
    recurrence,
  ]);
}

test.each([
  ['hoàn thành trước ngày 10 tháng 5 năm 2026.', 'trước ngày 10 tháng 5 năm 2026', '2026-05-10', null],
  ['gửi trước 17h00 ngày 25/09/2026', 'trước 17h00 ngày 25/09/2026', '2026-09-25T17:00', null],
  ['gửi trước 16 giờ 00 ngày 25 tháng 9 năm 2026', 'trước 16 giờ 00 ngày 25 tháng 9 năm 2026', '2026-09-25T16:00', null],
  ['báo cáo trước 7h30 ngày 02/5/2024', 'trước 7h30 ngày 02/5/2024', '2024-05-02T07:30', null],
  ['chậm nhất ngày 15/5/2024', 'chậm nhất ngày 15/5/2024', '2024-05-15', null],
  ['gửi chậm nhất trong ngày 15/02/2025', 'chậm nhất trong ngày 15/02/2025', '2025-02-15', null],
  ['hoàn thành trong ngày 15/02/2025', 'trong ngày 15/02/2025', '2025-02-15', null],
  ['chậm nhất là ngày 30-9-2025', 'chậm nhất là ngày 30-9-2025', '2025-09-30', null],
  ['gửi về Sở trước ngày 10/5 để tổng hợp', 'trước ngày 10/5', '2024-05-10', null],
  ['gửi về Sở trước ngày 15/01 để tổng hợp', 'trước ngày 15/01', '2025-01-15', null],
  ['báo cáo trong tháng 8 năm 2026', 'trong tháng 8 năm 2026', '2026-08-31', null],
  ['hoàn thành trong quý III/2026', 'trong quý III/2026', '2026-09-30', null],
  ['tổng kết vào quý IV năm 2028', 'vào quý IV năm 2028', '2028-12-31', null],
  ['hoàn thành trước tháng 6/2026', 'trước tháng 6/2026', '2026-05-31', null],
  ['thông báo chậm nhất 05 ngày kể từ khi phát hiện', 'chậm nhất 05 ngày kể từ khi phát hiện', null, null],
  ['trả lời trong thời hạn 03 ngày làm việc', 'trong thời hạn 03 ngày làm việc', null, null],
  ['xử lý trong vòng 24 giờ', 'trong vòng 24 giờ', null, null],
  ['báo cáo định kỳ hàng tháng (trước ngày 25 hàng tháng)', 'định kỳ hàng tháng (trước ngày 25 hàng tháng)', null, 'monthly'],
  ['báo cáo trước ngày 25 hằng tháng', 'trước ngày 25 hằng tháng', null, 'monthly'],
  ['báo cáo định kỳ vào ngày 20 hằng tháng', 'định kỳ vào ngày 20 hằng tháng', null, 'monthly'],
  ['báo cáo nhanh hằng tuần', 'hằng tuần', null, 'weekly'],
  ['Thời gian thực hiện: Quý I/2026', 'Quý I/2026', '2026-03-31', null],
  ['trường hợp nghiêm trọng không quá 24 giờ', 'không quá 24 giờ', null, null],
  ['báo cáo định kỳ 06 tháng', 'định kỳ 06 tháng', null, 'half-yearly'],
  ['định kỳ hằng quý hoặc đột xuất khi có yêu cầu', 'định kỳ hằng quý hoặc đột xuất khi có yêu cầu', null, 'quarterly+ad-hoc'],
  ['báo cáo hằng ngày', 'hằng ngày', null, 'daily'],
])('%j', (text, phrase, due, recurrence) => {
  expect(read(text)).toEqual([[phrase, due, recurrence]]);
});

test('a day without year comes every year in a legal instrument', () => {
  expect(read('báo cáo trước ngày 20 tháng 6 và trước ngày 15 tháng 12', true)).toEqual([
    ['trước ngày 20 tháng 6', null, 'yearly'],
    ['trước ngày 15 tháng 12', null, 'yearly'],
  ]);
});

test.each([
  'trực giám sát 24/7, xử lý kịp thời, thường xuyên, ngay khi có yêu cầu',
  'trước, trong và sau dịp lễ 30/4, 01/5',
  'Danh sách IP mạng Botnet được cảnh báo hàng tháng hoặc đột xuất',
  'Công văn số 342/UBND-VP6 ngày 19/4/2024 của UBND tỉnh',
  'có hiệu lực thi hành từ ngày 01 tháng 3 năm 2027',
  'sau ngày 30 tháng 4 năm 1975',
  'từ ngày 10/5/2026 đến hết ngày 14/5/2026',
  'trợ cấp hằng tháng; ngân sách hằng năm',
  'Trong 06 tháng đầu năm 2026, GRDP tăng 8%',
  'được ban hành trước ngày Thông tư này có hiệu lực',
])('%j names no deadline', (text) => {
  expect(read(text)).toEqual([]);
});
