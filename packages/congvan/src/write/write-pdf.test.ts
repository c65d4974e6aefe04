import { endIdleChildren, openZip } from '@vonggac/outside';
import { afterAll, describe, expect, test } from 'vitest';
import { extractText } from '../extract/index.ts';
import type { DirectiveDraft } from './model.ts';
import { pngOf } from './picture.ts';
import { writeDirectiveDocx } from './write-docx.ts';
import { writeDirectivePdf } from './write-pdf.ts';

const ROWS = Array.from({ length: 60 }, (_, at) => [String(at + 1), `UBND xã mẫu ${at + 1}`, `${at % 7}`]);
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="20" height="10" fill="#268"/></svg>';

const REPORT: DirectiveDraft = {
  kind: 'bao-cao',
  issuer: { name: 'Sở mẫu', parent: 'UBND tỉnh mẫu' },
  number: '12',
  symbol: 'BC-SM',
  place: 'Tỉnh mẫu',
  date: { year: 2026, month: 5, day: 4 },
  subject: 'kết quả bảo đảm an toàn thông tin mạng dịp nghỉ lễ',
  urgency: 'khan',
  recipients: ['UBND tỉnh mẫu'],
  bases: ['Công văn số 342/UBND-VP6 ngày 19/4/2026 của UBND tỉnh mẫu'],
  opening: 'Sở mẫu báo cáo như sau:',
  items: [
    {
      label: '1.',
      text: 'Kết quả <từng> đơn vị & nội dung.',
      blocks: [
        {
          kind: 'table',
          caption: 'Bảng 1. Kết quả',
          columns: [
            { title: 'TT', share: 1 },
            { title: 'Đơn vị', share: 5 },
            { title: 'Xong', share: 1, align: 'right' },
          ],
          rows: ROWS,
          total: ['', 'Cộng', '99'],
        },
        { kind: 'picture', svg: SVG, ratio: 0.25, caption: 'Hình 1. Tỷ lệ' },
      ],
    },
  ],
  closing: 'Kính trình UBND tỉnh xem xét.',
  copies: ['Như trên', 'Lưu: VT'],
  signer: { authority: ['KT. Giám đốc'], title: 'Phó Giám đốc', name: '' },
  attachments: [{ title: 'Phụ lục', items: ['Sở A'] }],
  mark: '[DIỄN TẬP]',
};

const words = (text: string) => text.match(/[\p{L}\p{N}[\]<>&.%/-]+/gu) ?? [];

async function textsOf(draft: DirectiveDraft): Promise<{ pdf: string; docx: string }> {
  const [pdf, docx] = await Promise.all([writeDirectivePdf(draft), writeDirectiveDocx(draft)]);
  const read = async (bytes: Uint8Array, name: string) => (await extractText(bytes, name)).text;
  return { pdf: await read(pdf, 'a.pdf'), docx: await read(docx, 'a.docx') };
}

afterAll(endIdleChildren);

describe('writeDirectivePdf', () => {
  test('says word for word what the .docx says', async () => {
    const { pdf, docx } = await textsOf({ ...REPORT, mark: '', items: [{ label: '1.', text: 'Trực 24/7.' }] });
    expect(words(pdf).toSorted()).toEqual(words(docx).toSorted());
  });

  test('a table goes over pages with its head repeated, every row once; the mark stands on every page', async () => {
    const { pdf } = await textsOf(REPORT);
    for (const [, name] of ROWS) expect(pdf.match(new RegExp(`${name}(?!\\d)`, 'gu')), name).toHaveLength(1);
    const marks = pdf.match(/\[DIỄN TẬP\]/gu)?.length ?? 0;
    expect(marks).toBeGreaterThanOrEqual(3);
    expect(pdf.match(/Đơn vị/gu)?.length).toBeGreaterThanOrEqual(2);
  });

  test('a label stands in head and foot of every page of both, and nowhere where there is none', async () => {
    const { mark: _, ...plain } = REPORT;
    const { pdf } = await textsOf({ ...plain, label: 'TLP:AMBER+STRICT' });
    const pages = Buffer.from(await writeDirectivePdf(REPORT))
      .toString('latin1')
      .match(/\/Type \/Page\b/gu)!.length;
    expect(pdf.match(/TLP:AMBER\+STRICT/gu)).toHaveLength(2 * pages);
    const docx = openZip(await writeDirectiveDocx({ ...plain, label: 'TLP:AMBER+STRICT' }));
    const bearing = docx.entries.filter(({ name }) => /word\/(header|footer)\d\.xml/u.test(name));
    expect(bearing).toHaveLength(4);
    for (const { name } of bearing) expect(new TextDecoder().decode(docx.read(name)), name).toContain('TLP:AMBER+STRICT');
    expect((await textsOf(plain)).pdf).not.toContain('TLP:');
  });

  test('embeds its fonts and reaches for nothing outside', async () => {
    const bytes = Buffer.from(await writeDirectivePdf(REPORT)).toString('latin1');
    expect(bytes).toContain('/FontFile2');
    expect(bytes).not.toMatch(/\/URI|https?:/u);
  });
});

test('a picture becomes a PNG and fetches nothing', () => {
  const outside = SVG.replace('<rect', '<image href="/etc/hostname" width="5" height="5"/><rect');
  expect(Buffer.from(pngOf(SVG)).subarray(1, 4).toString()).toBe('PNG');
  expect(Buffer.from(pngOf(outside)).equals(Buffer.from(pngOf(SVG)))).toBe(true);
});
