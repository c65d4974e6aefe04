import { expect, test } from 'vitest';
import { readDirective } from './index.ts';

const MOTTO = 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n';
const END =
  '\n\nKính gửi: Các sở, ban, ngành.\n\n1. Rà soát.\n2. Báo cáo.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nNguyễn Văn A\n';

function head(text: string): Record<string, unknown> {
  const { kind, number, code, issuer, place, date, subject, urgency } = readDirective(text);
  return { kind, number, code, name: issuer.name, parent: issuer.parent, place, date: [date.year, date.month, date.day], subject, urgency };
}

const LETTER = {
  kind: 'cong-van', number: '12', code: '12/STTTT-CNTT', name: 'SỞ THÔNG TIN VÀ TRUYỀN THÔNG', parent: 'UBND TỈNH MINH HỌA', place: 'Minh Họa',
  date: [2024, 5, 5], subject: 'bảo đảm an toàn thông tin mạng dịp lễ', urgency: null,
}; // prettier-ignore

test.each([
  [
    'blocks one under the other',
    `UBND TỈNH MINH HỌA\nSỞ THÔNG TIN VÀ TRUYỀN THÔNG\n\n${MOTTO}\nSố: 12/STTTT-CNTT\nV/v bảo đảm an toàn thông tin\nmạng dịp lễ\n\nMinh Họa, ngày 05 tháng 5 năm 2024`,
  ],
  [
    'the motto first',
    `${MOTTO}Minh Họa, ngày 05 tháng 5 năm 2024\nUBND TỈNH MINH HỌA\nSỞ THÔNG TIN VÀ TRUYỀN THÔNG\nSố: 12/STTTT-CNTT\nV/v bảo đảm an toàn thông tin mạng dịp lễ`,
  ],
  [
    'two columns by spaces',
    `UBND TỈNH MINH HỌA          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ THÔNG TIN VÀ                 Độc lập - Tự do - Hạnh phúc\nTRUYỀN THÔNG\nSố: 12/STTTT-CNTT        Minh Họa, ngày 05 tháng 5 năm 2024\nV/v bảo đảm an toàn thông tin mạng\ndịp lễ`,
  ],
  [
    'two columns by one space',
    `UBND TỈNH MINH HỌA CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ THÔNG TIN VÀ TRUYỀN THÔNG Độc lập - Tự do - Hạnh phúc\nSố: 12/STTTT-CNTT Minh Họa, ngày 05 tháng 5 năm 2024\nV/v bảo đảm an toàn thông tin mạng dịp lễ`,
  ],
  [
    'columns by tabs',
    `UBND TỈNH MINH HỌA\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ THÔNG TIN VÀ TRUYỀN THÔNG\tĐộc lập - Tự do - Hạnh phúc\nSố: 12/STTTT-CNTT\tMinh Họa, ngày 05 tháng 5 năm 2024\nV/v bảo đảm an toàn thông tin mạng dịp lễ`,
  ],
  [
    'boxes broken by the source of a web page',
    `UBND TỈNH MINH HỌA\nSỞ THÔNG TIN VÀ TRUYỀN THÔNG\n-------\n|\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n|\nSố:\n12/STTTT-CNTT\nV/v bảo đảm an toàn thông tin mạng dịp lễ\n|\nMinh Họa, ngày 05\ntháng 5 năm 2024\n|`,
  ],
  [
    'the hour that a wire prints',
    `UBND TỈNH MINH HỌA\nSỞ THÔNG TIN VÀ TRUYỀN THÔNG\n\n${MOTTO}\nSố: 12/STTTT-CNTT\nV/v bảo đảm an toàn thông tin mạng dịp lễ\n\nMinh Họa, hồi 15 giờ 30 phút, ngày 05 tháng 5 năm 2024`,
  ],
  [
    'the date inside the subject',
    `UBND TỈNH MINH HỌA\nSỞ THÔNG TIN VÀ TRUYỀN THÔNG\n${MOTTO}Số: 12/STTTT-CNTT\nV/v bảo đảm an toàn thông tin\nMinh Họa, ngày 05 tháng 5 năm 2024\nmạng dịp lễ`,
  ],
  [
    'a flattened table',
    `| UBND TỈNH MINH HỌA SỞ THÔNG TIN VÀ TRUYỀN THÔNG | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc |\n| --- | --- |\n| Số: 12/STTTT-CNTT V/v bảo đảm an toàn thông tin mạng dịp lễ | Minh Họa, ngày 05 tháng 5 năm 2024 |`,
  ],
  [
    'Markdown',
    `**UBND TỈNH MINH HỌA**\n**SỞ THÔNG TIN VÀ TRUYỀN THÔNG**\n\n---\n\n**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**\n**Độc lập – Tự do – Hạnh phúc**\n\n**Số:** 12/STTTT-CNTT\n\n*Minh Họa, ngày 05 tháng 5 năm 2024*\n\nV/v bảo đảm an toàn thông tin mạng dịp lễ`,
  ],
  [
    'slips of recognition',
    `UBND TỈNH MINH HỌA\nSỞ THÔNG TIN VÀ TRUYỀN THÔNG\n____\nCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập -Tự do- Hạnh phúc\nSố : 12 /STTTT-CNTT\nV/v: bảo đảm an toàn thông tin mạng dịp lễ\nMinh Họa, ngày 05tháng 5 năm 2024`,
  ],
  [
    'a stamp of arrival',
    `ĐẾN\nSố: 345\nNgày: 06/5/2024\nUBND TỈNH MINH HỌA\nSỞ THÔNG TIN VÀ TRUYỀN THÔNG\n${MOTTO}Số: 12/STTTT-CNTT\nV/v bảo đảm an toàn thông tin mạng dịp lễ\nMinh Họa, ngày 05 tháng 5 năm 2024`,
  ],
])('a letter: %s', (_name, text) => {
  expect(head(text + END)).toEqual(LETTER);
});

test.each([
  ['KHẨN', 'khan'],
  ['THƯỢNG KHẨN', 'thuong-khan'],
  ['HỎA TỐC', 'hoa-toc'],
  ['HOẢ TỐC', 'hoa-toc'],
  ['HỎA TỐC HẸN GIỜ', 'hoa-toc'],
  ['**HỎA TỐC**', 'hoa-toc'],
  ['Độ khẩn: Thượng khẩn', 'thuong-khan'],
])('the stamp %j', (stamp, urgency) => {
  const base = `UBND TỈNH MINH HỌA\n${MOTTO}Số: 12/UBND-CNTT\nV/v ứng phó\nMinh Họa, ngày 05 tháng 5 năm 2024`;
  expect(head(`${base}\n${stamp}${END}`)).toMatchObject({ urgency, subject: 'ứng phó', name: 'UBND TỈNH MINH HỌA' });
  expect(head(`${stamp}\n${base}${END}`)).toMatchObject({ urgency, subject: 'ứng phó', name: 'UBND TỈNH MINH HỌA' });
});

test('a demand in a hurry is no stamp', () => {
  const text = `UBND TỈNH MINH HỌA\n${MOTTO}Số: 12/UBND-CNTT\nV/v khẩn trương ứng phó\nMinh Họa, ngày 05 tháng 5 năm 2024${END.replace('Rà soát', 'Khẩn trương rà soát')}`;
  expect(head(text)).toMatchObject({ urgency: null, subject: 'khẩn trương ứng phó' });
});

test.each([
  ['Số: 9/QĐ-UBND', 'QUYẾT ĐỊNH\nVề việc ban hành Quy chế', 'quyet-dinh', 'Về việc ban hành Quy chế'],
  ['Số: 9/QD-UBND', 'QUYÉT ĐỊNH\nVề việc ban hành Quy chế', 'quyet-dinh', 'Về việc ban hành Quy chế'],
  ['Số: 9/KH-UBND', 'KẾ HOẠCH\nTriển khai Đề án 06\nnăm 2024', 'ke-hoach', 'Triển khai Đề án 06 năm 2024'],
  ['Số: 9/KH-UBND', 'KẾ HOẠCH TRIỂN KHAI ĐỀ ÁN\nNĂM 2024', 'ke-hoach', 'TRIỂN KHAI ĐỀ ÁN NĂM 2024'],
  ['Số: 9/TB-UBND', '# THÔNG BÁO\n\nKết luận của Chủ tịch', 'thong-bao', 'Kết luận của Chủ tịch'],
  ['Số: 9/CĐ-UBND', 'C Ô N G  Đ I Ệ N\nVề việc ứng phó bão', 'cong-dien', 'Về việc ứng phó bão'],
  ['Số: 9/CĐ-UBND', 'CÔNG ĐIỆN KHẨN\nVề việc ứng phó bão', 'cong-dien', 'Về việc ứng phó bão'],
  ['Số: 9/BC-UBND', 'BÁO CÁO\nTình hình an toàn thông tin tháng 3/2024', 'bao-cao', 'Tình hình an toàn thông tin tháng 3/2024'],
  ['Số: 9/GM-UBND', 'GIẤY MỜI\nHọp triển khai công tác', 'giay-moi', 'Họp triển khai công tác'],
  ['Số: 9/PA-UBND', 'PHƯƠNG ÁN\nỨng cứu sự cố', 'phuong-an', 'Ứng cứu sự cố'],
  ['Số: 9/HD-UBND', 'HƯỚNG DẪN\nBáo cáo sự cố', 'huong-dan', 'Báo cáo sự cố'],
  ['Số: 9/TTr-UBND', 'TỜ TRÌNH\nVề việc phê duyệt dự toán', 'to-trinh', 'Về việc phê duyệt dự toán'],
])('%s %j', (symbol, title, kind, subject) => {
  const text = `ỦY BAN NHÂN DÂN\nTỈNH MINH HỌA\n${MOTTO}${symbol}\nMinh Họa, ngày 05 tháng 5 năm 2024\n\n${title}\n\nCăn cứ Luật An ninh mạng ngày 12/6/2018;\n\n1. Rà soát.\n`;
  expect(head(text)).toMatchObject({ kind, subject, number: '9', name: 'ỦY BAN NHÂN DÂN TỈNH MINH HỌA', parent: null, place: 'Minh Họa' });
});

test.each([
  ['Minh Họa, ngày     tháng 4 năm 2024', [2024, 4, null]],
  ['Minh Họa, ngày … tháng … năm 2024', [2024, null, null]],
  ['Minh Họa, ngày ... tháng ... năm ...', [null, null, null]],
  ['Minh Họa, ngày 31 tháng 02 năm 2024', [null, null, null]],
  ['Minh Họa, ngày 5/5/2024', [2024, 5, 5]],
  ['TP. Minh Họa, ngày 5 tháng 5 năm 2024', [2024, 5, 5]],
])('the date %j', (line, date) => {
  expect(head(`UBND TỈNH MINH HỌA\n${MOTTO}Số: 12/UBND-CNTT\nV/v ứng phó\n${line}${END}`)).toMatchObject({ date });
});

test.each([
  [
    ['BỘ CÔNG AN', 'CỤC AN NINH MẠNG VÀ PHÒNG, CHỐNG', 'TỘI PHẠM SỬ DỤNG CÔNG NGHỆ CAO'],
    'CỤC AN NINH MẠNG VÀ PHÒNG, CHỐNG TỘI PHẠM SỬ DỤNG CÔNG NGHỆ CAO',
    'BỘ CÔNG AN',
  ],
  [['HỘI ĐỒNG NHÂN DÂN', 'TỈNH MINH HỌA'], 'HỘI ĐỒNG NHÂN DÂN TỈNH MINH HỌA', null],
  [['UBND THÀNH PHỐ HOA LƯ', 'PHÒNG VĂN HÓA', 'VÀ THÔNG TIN'], 'PHÒNG VĂN HÓA VÀ THÔNG TIN', 'UBND THÀNH PHỐ HOA LƯ'],
  [['TẬP ĐOÀN BƯU CHÍNH', 'VIỄN THÔNG VIỆT NAM', 'VNPT MINH HỌA'], 'VNPT MINH HỌA', 'TẬP ĐOÀN BƯU CHÍNH VIỄN THÔNG VIỆT NAM'],
  [['BAN CHỈ HUY', 'PHÒNG THỦ DÂN SỰ TỈNH'], 'BAN CHỈ HUY PHÒNG THỦ DÂN SỰ TỈNH', null],
  [['THỦ TƯỚNG CHÍNH PHỦ'], 'THỦ TƯỚNG CHÍNH PHỦ', null],
  [['Sở Thông tin và Truyền thông'], 'Sở Thông tin và Truyền thông', null],
])('the issuer %j', (lines, name, parent) => {
  expect(head(`${lines.join('\n')}\n\n${MOTTO}\nSố: 12/ABC-CNTT\nV/v ứng phó\nMinh Họa, ngày 05 tháng 5 năm 2024${END}`)).toMatchObject({
    name,
    parent,
  });
});
