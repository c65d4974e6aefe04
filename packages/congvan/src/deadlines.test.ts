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
  ['gửi trước 9h00 sáng ngày 26/4/2024', 'trước 9h00 sáng ngày 26/4/2024', '2024-04-26T09:00', null],
  ['gửi trước 5 giờ chiều ngày 26/4/2024', 'trước 5 giờ chiều ngày 26/4/2024', '2024-04-26T17:00', null],
  ['gửi trước 16h00 thứ Sáu (ngày 26/4/2024)', 'trước 16h00 thứ Sáu (ngày 26/4/2024)', '2024-04-26T16:00', null],
  ['hạn hoàn thành: 20/9/2026', 'hạn hoàn thành: 20/9/2026', '2026-09-20', null],
  ['báo cáo về Sở\n\ntrước ngày 20 tháng 12\n\nhằng năm', 'trước ngày 20 tháng 12 hằng năm', null, 'yearly'],
  ['báo cáo trước ngày 20/6 và 20/12 hằng năm', 'trước ngày 20/6 và 20/12 hằng năm', null, 'yearly'],
  ['trước ngày 30/11 hằng năm hoặc đột xuất', 'trước ngày 30/11 hằng năm hoặc đột xuất', null, 'yearly+ad-hoc'],
  ['định kỳ hằng quý, trước ngày 20 của tháng cuối quý', 'định kỳ hằng quý, trước ngày 20 của tháng cuối quý', null, 'quarterly'],
  ['trước ngày 05 của tháng kế tiếp', 'trước ngày 05 của tháng kế tiếp', null, 'monthly'],
  ['báo cáo vào ngày 15 và 30 hằng tháng', 'vào ngày 15 và 30 hằng tháng', null, 'monthly'],
  ['trước 07h00 và 15h00 hằng ngày', 'trước 07h00 và 15h00 hằng ngày', null, 'daily'],
  ['báo cáo tình hình mạng lưới hằng ngày trước 16 giờ', 'hằng ngày trước 16 giờ', null, 'daily'],
  ['chậm nhất 17h00 ngày thứ Sáu hằng tuần', 'chậm nhất 17h00 ngày thứ Sáu hằng tuần', null, 'weekly'],
  ['phản hồi trong 24h', 'trong 24h', null, null],
  ['thông báo trước ít nhất 03 ngày làm việc', 'trước ít nhất 03 ngày làm việc', null, null],
  ['ngay sau khi nhận được Công điện này, triển khai', 'ngay sau khi nhận được Công điện này', null, null],
  ['kiểm tra 05 đơn vị trong tháng 5/2024', 'trong tháng 5/2024', '2024-05-31', null],
  ['hoàn thành trong quý II', 'trong quý II', '2024-06-30', null],
  ['trực 24/7 từ ngày 27/4 đến hết ngày 01/5/2024', 'từ ngày 27/4 đến hết ngày 01/5/2024', '2024-05-01', null],
  ['trực từ 17h00 ngày 26/4/2024 đến 07h30 ngày 02/5/2024', 'từ 17h00 ngày 26/4/2024 đến 07h30 ngày 02/5/2024', '2024-05-02T07:30', null],
  ['thực hiện từ nay đến hết ngày 30/6/2024', 'từ nay đến hết ngày 30/6/2024', '2024-06-30', null],
])('%j', (text, phrase, due, recurrence) => {
  expect(read(text)).toEqual([[phrase, due, recurrence]]);
});

test('two days joined by "và" are two deadlines', () => {
  expect(read('báo cáo trước ngày 15-6-2026 và ngày 10-12-2026.')).toEqual([
    ['trước ngày 15-6-2026', '2026-06-15', null],
    ['ngày 10-12-2026', '2026-12-10', null],
  ]);
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
  'trong dịp nghỉ lễ từ ngày 27/4/2024 đến hết ngày 01/5/2024',
  'toàn tỉnh đã xử lý 14 sự cố từ ngày 01/01/2024 đến ngày 31/3/2024',
  'ghi nhận 12 sự cố trong tháng 4/2024',
])('%j names no deadline', (text) => {
  expect(read(text)).toEqual([]);
});
