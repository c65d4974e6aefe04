import { describe, expect, test } from 'vitest';
import { EXTRACT_LIMITS } from './model.ts';
import { readPdf } from './pdf-text.ts';
import { makePdf, pdfWidth } from './test-files.ts';
import type { PdfText, TestPdf } from './test-files.ts';

const RIGHT = 538;

async function read(pdf: TestPdf): Promise<string> {
  const result = await readPdf(makePdf(pdf), 'a.pdf', EXTRACT_LIMITS);
  return result.kind === 'text' ? result.text : `scan of ${result.pages}`;
}

/** Text set in lines of at most the width of the page, the first one indented, from y downwards. */
function paragraph(text: string, y: number): PdfText[] {
  const lines: PdfText[] = [];
  let line = '';
  let x = 121;
  for (const word of text.split(' ')) {
    if (line !== '' && x + pdfWidth(`${line} ${word}`) > RIGHT) {
      lines.push({ text: line, x, y: y - lines.length * 18 });
      [line, x] = [word, 85];
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, { text: line, x, y: y - lines.length * 18 }];
}

// The order of printing is that of the cells, left column first, as word processors do it.
const HEAD: PdfText[] = [
  { text: 'UBND TỈNH NINH BÌNH', x: 100, y: 780, size: 12 },
  { text: 'SỞ Y TẾ', x: 130, y: 766, size: 12 },
  { text: 'Số:       /SYT-VP', x: 105, y: 740, size: 13 },
  { text: 'V/v trực bảo đảm', x: 100, y: 720, size: 12 },
  { text: 'an toàn thông tin', x: 100, y: 706, size: 12 },
  { text: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', x: 280, y: 780, size: 12 },
  { text: 'Độc lập - Tự do - Hạnh phúc', x: 310, y: 765, size: 13 },
  { text: 'Ninh Bình, ngày     tháng 4 năm 2024', x: 300, y: 740, size: 13 },
];
const LONG =
  'Thực hiện Công văn số 342/UBND-VP6 ngày 19/4/2024 của UBND tỉnh về việc tăng cường công tác bảo đảm an toàn thông tin mạng, Sở Y tế đề nghị các đơn vị trực thuộc thực hiện các nội dung sau:';
const FOOT: PdfText[] = [
  { text: 'Nơi nhận:', x: 85, y: 300, size: 12 },
  { text: '- Như trên;', x: 85, y: 286, size: 11 },
  { text: '- Lưu: VT.', x: 85, y: 272, size: 11 },
  { text: 'GIÁM ĐỐC', x: 380, y: 300 },
  { text: 'Nguyễn Văn A', x: 375, y: 210 },
];

describe('readPdf', () => {
  test('reads head and foot column by column and joins the lines of a paragraph', async () => {
    const text = await read({
      pages: [
        [
          ...HEAD,
          { text: 'Kính gửi: Các đơn vị trực thuộc.', x: 180, y: 670 },
          ...paragraph(LONG, 640),
          { text: '1. Trực 24/7.', x: 121, y: 520 },
          ...FOOT,
        ],
      ],
    });
    expect(text).toBe(
      [
        'UBND TỈNH NINH BÌNH\nSỞ Y TẾ\n\nSố: /SYT-VP\nV/v trực bảo đảm an toàn thông tin',
        'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nNinh Bình, ngày tháng 4 năm 2024',
        'Kính gửi: Các đơn vị trực thuộc.',
        LONG,
        '1. Trực 24/7.',
        'Nơi nhận:\n- Như trên;\n- Lưu: VT.',
        'GIÁM ĐỐC\n\nNguyễn Văn A',
      ].join('\n\n'),
    );
  });

  test('puts letters printed later from another font where they belong', async () => {
    const apart = [
      { text: 'T', x: 100, y: 700 },
      { text: 'NH NINH BÌNH', x: 114, y: 700 },
      { text: 'Ỉ', x: 107, y: 700 },
    ];
    expect(await read({ pages: [apart] })).toBe('TỈNH NINH BÌNH');
  });

  test('takes the text that the file gives for letters put together from parts', async () => {
    const letters: PdfText[] = [
      { text: 'h', x: 100, y: 700 },
      { text: 'ế~', x: 107, y: 700, actual: 'ề' },
      { text: 't', x: 114, y: 700 },
      { text: 'gì', x: 125, y: 700, actual: 'gì' },
    ];
    expect(await read({ pages: [letters] })).toBe('hềt gì');
  });

  test('drops page numbers and joins a sentence over the end of a page', async () => {
    const first = [...HEAD, { text: 'Các đơn vị tăng cường kiểm tra và kịp thời', x: 85, y: 80 }];
    const second = [
      { text: '2', x: 295, y: 815 },
      { text: 'báo cáo kết quả.', x: 85, y: 770 },
    ];
    const text = await read({ pages: [first, second] });
    expect(text).toContain('kịp thời báo cáo kết quả.');
    expect(text).not.toMatch(/\b2$/mu);
  });

  test('keeps rows of a table and stamps among turned text', async () => {
    const row = (y: number, cells: string[]): PdfText[] => cells.map((text, at) => ({ text, x: 90 + at * 150, y }));
    const pages = [[...row(700, ['STT', 'Đơn vị', 'Điện thoại']), ...row(680, ['1', 'Sở A', '0900000001'])]];
    expect(await read({ pages })).toBe('STT | Đơn vị | Điện thoại\n1 | Sở A | 0900000001');
    const turned = await read({
      pages: [
        [
          { text: 'Nội dung', x: 90, y: 700 },
          { text: 'TỐI MẬT', x: 200, y: 300, turn: 45 },
          { text: 'bản nháp', x: 500, y: 300, turn: 90 },
        ],
      ],
    });
    expect(turned).toBe('TỐI MẬT\n\nNội dung');
  });

  test('reads ruled tables cell by cell, columns however close', async () => {
    const rules = [
      ...[600, 640, 680, 700].map((y) => [90, y, 300, 1] as const),
      ...[90, 130, 300, 390].map((x) => [x, 600, 1, 100] as const),
    ];
    const texts = [
      { text: 'Danh sách', x: 90, y: 720 },
      { text: 'TT', x: 94, y: 685 },
      { text: 'Tên', x: 132, y: 685 },
      { text: 'Mã', x: 302, y: 685 },
      { text: '1', x: 94, y: 660 },
      { text: 'Sở Tài chính,', x: 132, y: 665 },
      { text: 'phòng một', x: 132, y: 648 },
      { text: 'A-', x: 302, y: 665 },
      { text: 'B', x: 302, y: 648 },
      { text: '2', x: 94, y: 620 },
      { text: 'Sở Y tế', x: 132, y: 620 },
      { text: 'Sau bảng', x: 90, y: 570 },
    ];
    expect(await read({ pages: [texts], rules })).toBe(
      'Danh sách\n\nTT | Tên | Mã\n1 | Sở Tài chính, phòng một | A-B\n2 | Sở Y tế |\n\nSau bảng',
    );
  });

  test('takes a number put on afterwards, not the visible part of a signature', async () => {
    const annotations = [
      { text: '342', x: 135, y: 740, size: 13 },
      { text: 'Ký bởi: Sở Y tế, thời gian ký: 19/4/2024', x: 300, y: 100, size: 8 },
    ];
    const text = await read({ pages: [HEAD], annotations });
    expect(text).toContain('Số: 342 /SYT-VP');
    expect(text).not.toContain('Ký bởi');
  });

  test('tells a scan from a text', async () => {
    expect(await read({ pages: [[], []] })).toBe('scan of 2');
    expect(await read({ pages: [[{ text: 'Ký bởi: Sở A', x: 400, y: 60 }]], image: 1200 })).toBe('scan of 1');
    expect(await read({ pages: [HEAD], image: 1200 })).toContain('SỞ Y TẾ');
    expect(await read({ pages: [[{ text: 'Ngắn', x: 90, y: 700 }]], image: 40 })).toBe('Ngắn');
  });

  test('refuses with a code', async () => {
    const code = (bytes: Uint8Array, limits = EXTRACT_LIMITS): Promise<unknown> =>
      readPdf(bytes, 'a.pdf', limits).catch((error: unknown) => (error as { code: string }).code);
    expect(await code(makePdf({ pages: [HEAD], encrypted: true }))).toBe('encrypted');
    expect(await code(new TextEncoder().encode('%PDF-1.7\nnothing more'))).toBe('pdf-broken');
    expect(await code(makePdf({ pages: [[], [], []] }), { ...EXTRACT_LIMITS, pages: 2 })).toBe('too-many-pages');
    expect(await code(makePdf({ pages: [HEAD] }), { ...EXTRACT_LIMITS, textLength: 20 })).toBe('text-too-long');
  });
});
