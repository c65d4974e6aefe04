import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../support/product.ts';

export type Paper = { name: string; mimeType: string; buffer: Buffer };

const SEED = path.join(ROOT, '../shared/seed');

const INVENTED = `SỞ THÔNG TIN VÀ TRUYỀN THÔNG
TỈNH THỬ NGHIỆM

Số:     /STTTT-ATTT
V/v bảo đảm an toàn thông tin mạng dịp nghỉ lễ

Thử Nghiệm, ngày    tháng 4 năm 2024

Kính gửi:
- Các Sở, ban, ngành của tỉnh;
- UBND các huyện, thành phố.

Căn cứ Công văn số 100/UBND-VX ngày 10/4/2024 của UBND tỉnh về việc bảo đảm an toàn thông tin mạng dịp nghỉ lễ, Sở Thông tin và Truyền thông đề nghị các cơ quan, đơn vị thực hiện:

1. Phân công cán bộ trực 24/7 và thông báo đầu mối liên hệ trước ngày 27/4/2024.

2. Cập nhật bản vá cho các hệ thống thông tin theo cảnh báo.

Nơi nhận:
- Như trên;
- Lưu: VT.

GIÁM ĐỐC
`;

/** The real directive from which the product was thought out, where it is at hand; else one of the same kind that is invented. */
export function realDirective(): Paper & { real: boolean } {
  const name = existsSync(SEED) ? readdirSync(SEED).find((file) => file.endsWith('.txt')) : undefined;
  if (name === undefined) {
    console.warn('The real directive is not at hand (../shared/seed/*.txt): an invented one of the same kind is read instead.');
    return { ...inventedDirective(), real: false };
  }
  return { name, mimeType: 'text/plain', buffer: readFileSync(path.join(SEED, name)), real: true };
}

export function inventedDirective(): Paper {
  return { name: 'cong-van.txt', mimeType: 'text/plain', buffer: Buffer.from(INVENTED) };
}

/** The organisations of the directive, as an office keeps them: departments, districts, and the companies of its attached list. */
export const DEPARTMENTS = ['Sở Thông tin và Truyền thông', 'Sở Y tế', 'Sở Tài chính', 'Sở Nội vụ'];
export const DISTRICTS = ['UBND huyện Gia Viễn', 'UBND huyện Hoa Lư', 'UBND thành phố Ninh Bình'];
export const COMPANIES = [
  'Viễn thông Ninh Bình',
  'Viettel Ninh Bình',
  'Mobifone tỉnh Ninh Bình',
  'Công ty Cổ phần Viễn thông di động Vietnamobile',
  'Chi nhánh SCTV Ninh Bình',
  'Chi nhánh FPT Ninh Bình',
  'VTVcap Ninh Bình',
];

/** Their list; the kinds follow from the names. */
export function organisationList(): Paper {
  const names = [...DEPARTMENTS, ...DISTRICTS, ...COMPANIES];
  return { name: 'don-vi.csv', mimeType: 'text/csv', buffer: Buffer.from(`\uFEFFTên đơn vị\r\n${names.join('\r\n')}\r\n`) };
}

/** A PDF of one empty page that says what it is. */
export function pdf(name: string): Paper {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
  ];
  let text = '%PDF-1.4\n';
  const at = objects.map((object, place) => {
    const start = text.length;
    text += `${place + 1} 0 obj\n${object}\nendobj\n`;
    return start;
  });
  const table = text.length;
  text += `xref\n0 4\n0000000000 65535 f \n${at.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('')}`;
  text += `trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(text, 'latin1') };
}
