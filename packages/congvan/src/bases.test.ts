import { expect, test } from 'vitest';
import { readDirective } from './index.ts';

function bases(opening: string): unknown[] {
  const document = readDirective(`UBND TỈNH MINH HỌA\nSố: 1/UBND-VP\nV/v thử\nKính gửi: Các sở.\n\n${opening}\n\n1. Rà soát.\n`);
  return document.bases.map(({ kind, code, date, issuer, subject }) => [kind, code, date, issuer, subject]);
}

test.each([
  ['Căn cứ Luật Giá ngày 19 tháng 6 năm 2023;', [['luat', null, '2023-06-19', null, 'Giá']]],
  ['Căn cứ Luật An ninh mạng số 116/2025/QH15 được sửa đổi, bổ sung bởi Luật số 1/2027/QH16;', [['luat', '116/2025/QH15', null, null, 'An ninh mạng']]],
  ['Căn cứ Bộ luật Lao động ngày 20/11/2019;', [['bo-luat', null, '2019-11-20', null, 'Lao động']]],
  [
    'Thực hiện Công văn số 342/UBND-VP6 ngày 19/4/2024 của UBND tỉnh về việc tăng cường an toàn và Công văn số 9/BTTTT-CATTT ngày 17/4/2024 của Bộ Thông tin và Truyền thông về bảo đảm an toàn, Sở A đề nghị các đơn vị:',
    [
      ['cong-van', '342/UBND-VP6', '2024-04-19', 'UBND tỉnh', 'tăng cường an toàn'],
      ['cong-van', '9/BTTTT-CATTT', '2024-04-17', 'Bộ Thông tin và Truyền thông', 'bảo đảm an toàn'],
    ],
  ],
  [
    'Thực hiện Công văn số 5/UBND-VP ngày 01/02/2024 của UBND tỉnh về việc triển khai Chỉ thị số 14/CT-TTg ngày 25/5/2018 và Chỉ thị số 18/CT-TTg ngày 13/10/2022 của Thủ tướng Chính phủ;',
    [['cong-van', '5/UBND-VP', '2024-02-01', 'UBND tỉnh', 'triển khai Chỉ thị số 14/CT-TTg ngày 25/5/2018 và Chỉ thị số 18/CT-TTg ngày 13/10/2022 của Thủ tướng Chính phủ']],
  ],
  ['Theo đề nghị của Sở Xây dựng tại Tờ trình số 191/TTr-SXD ngày 10/4/2026.', [['to-trinh', '191/TTr-SXD', '2026-04-10', 'Sở Xây dựng', null]]],
  ['Ngày 03/10/2022, Cục An toàn thông tin có Công văn số 1533/CATTT-NCSC về việc cảnh báo lỗ hổng.', [['cong-van', '1533/CATTT-NCSC', '2022-10-03', 'Cục An toàn thông tin', 'cảnh báo lỗ hổng']]],
  ['Căn cứ Kết luận số 18-KL/TW ngày 02/4/2026 của Bộ Chính trị;', [['ket-luan', '18-KL/TW', '2026-04-02', 'Bộ Chính trị', null]]],
  ['Theo đề nghị của Vụ trưởng Vụ Kế hoạch - Tài chính;', []],
  ['Thời gian qua, tình hình diễn biến phức tạp.', []],
])('%j', (opening, wanted) => {
  expect(bases(opening)).toEqual(wanted);
}); // prettier-ignore
