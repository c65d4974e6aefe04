import { describe, expect, test } from 'vitest';
import { formatCounter } from './docx-numbering.ts';
import { readDocx } from './docx-text.ts';
import { docxEntries, makeDocx, makeZip, p, table } from './test-files.ts';
import type { TestDocx } from './test-files.ts';

const read = (docx: TestDocx): string => readDocx(makeDocx(docx), 'a.docx').text;

function failure(act: () => unknown): { code: string; place?: string } {
  try {
    act();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return error as never;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const level = (at: number, format: string, pattern: string, more = ''): string =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${pattern}"/></w:lvl>`;
const NUMBERING = `<w:abstractNum w:abstractNumId="0">${level(0, 'upperRoman', '%1.')}${level(1, 'decimal', '%2.')}${level(2, 'lowerLetter', '%3)')}${level(3, 'bullet', '\uF0B7')}</w:abstractNum>
  <w:abstractNum w:abstractNumId="1">${level(0, 'decimal', '%1.')}${level(1, 'decimal', '%1.%2.', '<w:isLgl/>')}</w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
  <w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>`;
const item = (list: number, at: number): string => `<w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="${list}"/></w:numPr>`;

describe('readDocx', () => {
  test('reads the head and the foot left cell before right cell', () => {
    const body =
      table([
        [p('UBND TỈNH') + p('SỞ Y TẾ'), p('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')],
        [p('Số: 12/SYT-VP') + p('V/v trực'), p('Ninh Bình, ngày 02 tháng 9 năm 2025')],
      ]) +
      p('Kính gửi: Các phòng.') +
      table([[p('Nơi nhận:') + p('- Như trên;'), p('GIÁM ĐỐC')]]);
    expect(read({ body })).toBe(
      'UBND TỈNH\nSỞ Y TẾ\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nSố: 12/SYT-VP\nV/v trực\n\nNinh Bình, ngày 02 tháng 9 năm 2025\n\nKính gửi: Các phòng.\n\nNơi nhận:\n- Như trên;\n\nGIÁM ĐỐC',
    );
  });

  test('keeps the rows of a table of data', () => {
    const rows = [
      [p('STT'), p('Doanh nghiệp')],
      [p('1'), p('Viễn thông A')],
      [p('2'), p('Viễn thông B') + p('chi nhánh')],
    ];
    expect(read({ body: table(rows) })).toBe('STT | Doanh nghiệp\n1 | Viễn thông A\n2 | Viễn thông B chi nhánh');
  });

  test('gives back automatic numbers', () => {
    const order = [0, 1, 2, 2, 1, 2, 3, 0, 1];
    const body = order.map((at, index) => p(`đoạn ${index}`, item(1, at))).join('');
    expect(read({ body, numbering: NUMBERING }).split('\n\n')).toEqual([
      'I. đoạn 0',
      '1. đoạn 1',
      'a) đoạn 2',
      'b) đoạn 3',
      '2. đoạn 4',
      'a) đoạn 5',
      '- đoạn 6',
      'II. đoạn 7',
      '1. đoạn 8',
    ]);
  });

  test('numbers by style, by several levels, and anew where the list says so', () => {
    const styles = `<w:style w:styleId="Muc"><w:basedOn w:val="Goc"/></w:style><w:style w:styleId="Goc"><w:pPr>${item(2, 0)}</w:pPr></w:style>`;
    const body =
      p('x', '<w:pStyle w:val="Muc"/>') +
      p('y', item(2, 1)) +
      p('', item(2, 1)) +
      p('z', item(2, 1)) +
      p('mới', item(3, 0)) +
      p('không số', '<w:pStyle w:val="Muc"/><w:numPr><w:numId w:val="0"/></w:numPr>');
    expect(read({ body, numbering: NUMBERING, styles }).split('\n\n')).toEqual(['1. x', '1.1. y', '1.3. z', '5. mới', 'không số']);
  });

  test('formats counters', () => {
    expect([
      formatCounter(27, 'lowerLetter'),
      formatCounter(1994, 'upperRoman'),
      formatCounter(3, 'decimalZero'),
      formatCounter(0, 'lowerRoman'),
    ]).toEqual(['aa', 'MCMXCIV', '03', '0']);
  });

  test('shows what a reader sees: insertions, no deletions, nothing hidden, capitals', () => {
    const t = (text: string, run = ''): string => `<w:r><w:rPr>${run}</w:rPr><w:t>${text}</w:t></w:r>`;
    const body = `<w:p>${t('một')}<w:ins>${t(' hai')}</w:ins><w:del><w:r><w:delText>ba</w:delText></w:r></w:del>${t(' ẩn', '<w:vanish/>')}${t(' hiện', '<w:vanish w:val="0"/>')}<w:r><w:br/></w:r>${t('hoa', '<w:caps/>')}<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:tab/><w:noBreakHyphen/></w:r><w:hyperlink>${t('thư')}</w:hyperlink></w:p>`;
    expect(read({ body })).toBe('một hai hiện\nHOA\t-thư');
  });

  test('reads text boxes once and before their paragraph', () => {
    const box = (text: string): string => `<w:txbxContent>${p(text)}</w:txbxContent>`;
    const body = `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>${box('KHẨN')}</wps:txbx></mc:Choice><mc:Fallback><v:textbox>${box('KHẨN')}</v:textbox></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>Kính gửi:</w:t></w:r></w:p>`;
    expect(read({ body })).toBe('KHẨN\n\nKính gửi:');
  });

  test('keeps of headers only the stamps, watermarks included', () => {
    const body = p('Nội dung về bảo mật');
    expect(read({ body, header: p('Trang 2') + p('TỐI MẬT') })).toBe('TỐI MẬT\n\nNội dung về bảo mật');
    expect(read({ body, header: '<w:p><w:r><w:pict><v:shape><v:textpath string="M Ậ T"/></v:shape></w:pict></w:r></w:p>' })).toBe(
      'M Ậ T\n\nNội dung về bảo mật',
    );
    expect(read({ body, header: p('Quy chế bảo mật') })).toBe('Nội dung về bảo mật');
  });

  test('converts runs in fonts of old encodings', () => {
    const font = (name: string): string => `<w:rFonts w:ascii="${name}" w:hAnsi="${name}"/>`;
    const body =
      p('C«ng v¨n', '', font('.VnTime')) +
      p('c«ng v¨n', '', font('.VnTimeH')) +
      p('Coâng vaên', '', font('VNI-Times')) +
      p('Công văn', '', font('Times New Roman'));
    const { text, warnings } = readDocx(makeDocx({ body }), 'a.docx');
    expect(text.split('\n\n')).toEqual(['Công văn', 'CÔNG VĂN', 'Công văn', 'Công văn']);
    expect(warnings).toMatchObject([{ code: 'legacy-encoding' }]);
  });

  test('takes font and capitals from the style where the run has none', () => {
    const styles = `<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:rPrDefault></w:docDefaults>
      <w:style w:type="paragraph" w:default="1" w:styleId="Thuong"/><w:style w:styleId="Hoa"><w:basedOn w:val="Thuong"/><w:rPr><w:caps/><w:rFonts w:asciiTheme="minorHAnsi"/></w:rPr></w:style>`;
    const body =
      p('C«ng v¨n') + p('Công văn', '<w:pStyle w:val="Hoa"/>') + p('Công văn', '<w:pStyle w:val="Hoa"/>', '<w:caps w:val="false"/>');
    expect(read({ body, styles }).split('\n\n')).toEqual(['Công văn', 'CÔNG VĂN', 'Công văn']);
  });

  test.each([
    ['macro', { body: '', more: [{ name: 'word/vbaProject.bin', content: 'x' }] }, 'word/vbaProject.bin'],
    ['macro', { body: '', contentType: 'application/vnd.ms-word.document.macroEnabled.main+xml' }, '[Content_Types].xml'],
    ['macro', { body: '', more: [{ name: 'word/activeX/activeX1.xml', content: '<a/>' }] }, 'word/activeX/activeX1.xml'],
    ['external-content', { body: '', relations: [['oleObject', 'file:///x.doc', true]] }, 'word/_rels/document.xml.rels'],
    [
      'external-content',
      { body: '', relations: [['attachedTemplate', 'https://example.org/t.dotm', true]] },
      'word/_rels/document.xml.rels',
    ],
    ['external-content', { body: '', relations: [['attachedTemplate', '\\\\host\\t.dotm', true]] }, 'word/_rels/document.xml.rels'],
    ['xml-entities', { body: '&x;', prolog: '<!DOCTYPE w [<!ENTITY x "y">]>' }, 'word/document.xml'],
    ['xml-too-deep', { body: '<w:p>'.repeat(300) }, 'word/document.xml'],
  ] as const)('refuses with %s', (code, docx, place) => {
    expect(failure(() => read(docx))).toMatchObject({ code, place });
  });

  test('takes a template on the author’s own machine and linked pictures', () => {
    const relations = [
      ['attachedTemplate', 'file:///C:\\Users\\a\\Normal.dotm', true],
      ['hyperlink', 'https://example.org', true],
    ] as const;
    expect(read({ body: p('x'), relations })).toBe('x');
  });

  test('refuses packages without a document', () => {
    const parts = docxEntries({ body: '' });
    const without = (name: string): Uint8Array => makeZip(parts.filter((part) => part.name !== name));
    expect(failure(() => readDocx(without('word/document.xml'), 'a'))).toMatchObject({ code: 'docx-broken', place: 'word/document.xml' });
    expect(failure(() => readDocx(without('_rels/.rels'), 'a')).code).toBe('docx-broken');
    expect(failure(() => readDocx(without('[Content_Types].xml'), 'a')).code).toBe('archive');
    expect(
      failure(() =>
        readDocx(
          makeZip([
            { name: 'mimetype', content: 'x' },
            { name: 'content.xml', content: '<a/>' },
          ]),
          'a',
        ),
      ).code,
    ).toBe('odt');
    expect(
      failure(() =>
        readDocx(
          makeZip([
            { name: '[Content_Types].xml', content: '<a/>' },
            { name: 'xl/workbook.xml', content: '<a/>' },
          ]),
          'a',
        ),
      ).code,
    ).toBe('spreadsheet');
  });
});
