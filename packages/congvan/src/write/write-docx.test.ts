import { endIdleChildren } from '@vonggac/outside';
import { afterAll, describe, expect, test } from 'vitest';
import { extractText } from '../extract/index.ts';
import { closed, dateLine, listLines, numberLine } from './form.ts';
import type { DirectiveDraft } from './model.ts';
import { writeDirectiveDocx } from './write-docx.ts';

const DRAFT: DirectiveDraft = {
  kind: 'cong-van',
  issuer: { name: 'Sở Y tế', parent: 'UBND tỉnh Ninh Bình' },
  number: null,
  symbol: 'SYT-VP',
  place: 'Ninh Bình',
  date: { year: 2026, month: 4, day: null },
  subject: 'bảo đảm an toàn thông tin mạng dịp Lễ 30/4',
  urgency: 'khan',
  recipients: ['Các đơn vị trực thuộc', 'Bệnh viện A;'],
  bases: ['Công văn số 342/UBND-VP6 ngày 19/4/2026 của UBND tỉnh.'],
  opening: 'Sở Y tế đề nghị các đơn vị thực hiện các nội dung sau:',
  items: [
    {
      label: '1.',
      text: 'Các đơn vị:',
      children: [
        { label: 'a)', text: 'Trực 24/7;' },
        { label: 'b)', text: 'Cập nhật bản vá & khắc phục <lỗ hổng>.' },
      ],
    },
    { label: '2.', text: 'Báo cáo trước ngày 10 tháng 5 năm 2026.' },
  ],
  copies: ['Như trên', 'Sở KH&CN (để p/h)', 'Lưu: VT, VP.'],
  signer: { authority: ['KT. Giám đốc'], title: 'Phó Giám đốc', name: 'Nguyễn Văn A' },
};

async function textOf(draft: DirectiveDraft): Promise<string> {
  const { text } = await extractText(await writeDirectiveDocx(draft), 'a.docx');
  return text;
}

afterAll(endIdleChildren);

describe('writeDirectiveDocx', () => {
  test('a công văn has all parts of NĐ 30/2020 in their order', async () => {
    expect(await textOf(DRAFT)).toBe(
      [
        'UBND TỈNH NINH BÌNH\nSỞ Y TẾ',
        'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc',
        'Số:       /SYT-VP\nV/v bảo đảm an toàn thông tin mạng dịp Lễ 30/4\nKHẨN',
        'Ninh Bình, ngày        tháng 4 năm 2026',
        'Kính gửi:',
        '- Các đơn vị trực thuộc;\n- Bệnh viện A.',
        'Thực hiện Công văn số 342/UBND-VP6 ngày 19/4/2026 của UBND tỉnh; Sở Y tế đề nghị các đơn vị thực hiện các nội dung sau:',
        '1. Các đơn vị:',
        'a) Trực 24/7;',
        'b) Cập nhật bản vá & khắc phục <lỗ hổng>.',
        '2. Báo cáo trước ngày 10 tháng 5 năm 2026./.',
        'Nơi nhận:\n- Như trên;\n- Sở KH&CN (để p/h);\n- Lưu: VT, VP.',
        'KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nNguyễn Văn A',
      ].join('\n\n'),
    );
  });

  test('a named kind has its title and no V/v; one recipient stands on the line', async () => {
    const text = await textOf({ ...DRAFT, kind: 'ke-hoach', symbol: 'KH-SYT', number: '9', urgency: null, recipients: ['UBND tỉnh'] });
    expect(text).toContain('Số: 09/KH-SYT');
    expect(text).toContain('KẾ HOẠCH\nBảo đảm an toàn thông tin mạng dịp Lễ 30/4');
    expect(text).toContain('Kính gửi: UBND tỉnh');
    expect(text).not.toMatch(/V\/v|KHẨN/u);
  });

  test('a decision rests line by line; a công điện is wired', async () => {
    const decision = await textOf({
      ...DRAFT,
      kind: 'quyet-dinh',
      recipients: [],
      bases: ['Căn cứ Luật A', 'Luật B'],
      opening: '',
      items: [{ label: 'Điều 1.', text: 'Ban hành.' }],
    });
    expect(decision).toContain('Căn cứ Luật A;\n\nCăn cứ Luật B.\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Ban hành./.');
    expect(await textOf({ ...DRAFT, kind: 'cong-dien', urgency: 'hoa-toc' })).toMatch(
      /HỎA TỐC[\s\S]*CÔNG ĐIỆN[\s\S]*SỞ Y TẾ điện:\s+- Các đơn vị trực thuộc;/u,
    );
  });

  test('an attached list names its document', async () => {
    const text = await textOf({
      ...DRAFT,
      number: '12',
      date: { year: 2026, month: 2, day: 5 },
      attachments: [{ title: 'Danh sách', items: ['Viễn thông A', 'Viễn thông B'] }],
    });
    expect(text).toContain(
      'DANH SÁCH\n(Kèm theo Công văn số 12/SYT-VP ngày 05 tháng 02 năm 2026 của Sở Y tế)\n\n1. Viễn thông A\n\n2. Viễn thông B',
    );
  });
});

test('numbers, dates, lists and the end mark as the law has them', () => {
  expect(numberLine({ number: '5', symbol: 'A-B' })).toBe('Số: 05/A-B');
  expect(dateLine({ place: 'Hà Nội', date: { year: 2026, month: 12, day: 3 } })).toBe('Hà Nội, ngày 03 tháng 12 năm 2026');
  expect(dateLine({ place: 'Hà Nội', date: { year: 2026, month: null, day: null } })).toMatch(/^Hà Nội, ngày\s{7,}tháng\s{7,}năm 2026$/u);
  expect(listLines(['a;', 'b.', 'c'], '- ')).toEqual(['- a;', '- b;', '- c.']);
  expect(closed('Đề nghị thực hiện./.')).toBe('Đề nghị thực hiện./.');
});
