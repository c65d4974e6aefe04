import { gzipSync } from 'node:zlib';
import { writeListPdf } from '@vonggac/congvan/write';
import { endIdleChildren } from '@vonggac/outside';
import { afterAll, describe, expect, test } from 'vitest';
import { recogniseList } from './index.ts';
import { both, codeOf, meant, zip } from './test-lists.ts';

afterAll(endIdleChildren);

describe('workbooks and documents', () => {
  const cell = (text: string): string => `<w:tc><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:tc>`;
  const row = (...cells: string[]): string => `<w:tr>${cells.map(cell).join('')}</w:tr>`;
  const docx = (body: string): Uint8Array =>
    zip([
      ['[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'],
      [
        'word/document.xml',
        `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
      ],
    ]);

  test('.docx: the table that looks most like a list, two columns too', async () => {
    const other = `<w:tbl>${row('UBND TỈNH', 'CỘNG HÒA')}</w:tbl>`;
    const table = `<w:tbl>${row('Địa chỉ IP', 'Thời gian')}${row('203.0.113[.]7', '20/04/2026')}<w:tr><w:tc><w:p><w:r><w:t>203.0.</w:t></w:r><w:del><w:r><w:delText>9</w:delText></w:r></w:del><w:r><w:t>113.8</w:t></w:r></w:p></w:tc>${cell('21/04/2026')}</w:tr>${row('Địa chỉ IP', 'Thời gian')}</w:tbl>`;
    const { seen, rows } = await both(docx(`${other}<w:p/>${table}`), 'cv.docx');
    expect([seen.kind, seen.mapping.sheet, seen.sheets.length]).toEqual(['docx', '2', 2]);
    expect(rows.map(({ address, time }) => [address, time])).toEqual([
      ['203.0.113.7', '2026-04-20T00:00:00Z'],
      ['203.0.113.8', '2026-04-21T00:00:00Z'],
    ]);
  });

  test('.xlsx: sheets, serial dates, numbers', async () => {
    const bytes = workbook();
    const { seen, rows } = await both(bytes, 'x.csv');
    expect([seen.kind, seen.encoding, seen.mapping.sheet]).toEqual(['xlsx', null, 'T4']);
    expect(rows).toMatchObject([{ address: '203.0.113.7', time: '2026-04-20T12:00:00Z', port: 443 }]);
    expect(await codeOf(recogniseList(bytes, 'x', { sheet: 'T5' }))).toBe('feeds.no_such_sheet');
  });

  test('.pdf: a ruled table that goes on over pages', async () => {
    const rows = Array.from({ length: 60 }, (_, at) => [`${at + 1}`, `203.0.113.${at + 1}`, '20/04/2026 18:22', 'Andromeda']);
    const columns = ['STT', 'Địa chỉ IP', 'Thời gian', 'Mã độc'].map((title) => ({ title, share: 1 }));
    const bytes = await writeListPdf({
      title: 'DANH SÁCH',
      lines: [],
      mark: 'NỘI BỘ',
      foot: 'Vọng Gác',
      columns,
      groups: [{ title: '', rows }],
      empty: '',
    });
    const read = await both(new Uint8Array(bytes), 'phu-luc.pdf');
    expect([read.seen.kind, meant(read.seen)['family']]).toEqual(['pdf', 'Mã độc']);
    expect(read.rows.map(({ address }) => address)).toEqual(rows.map((row) => row[1]));
  });

  test('what is broken, packed or no list is refused with a sentence', async () => {
    expect(await codeOf(recogniseList(Buffer.from('PK\u0003\u0004garbage'), 'x'))).toMatch(/^feeds\.zip_/u);
    expect(await codeOf(recogniseList(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), 'x.xls'))).toBe('feeds.table_format');
    expect(await codeOf(recogniseList(Buffer.alloc(0), 'x'))).toBe('feeds.empty');
    expect(await codeOf(recogniseList(Buffer.from('\n \n'), 'x'))).toBe('feeds.empty');
    expect(await codeOf(recogniseList(Buffer.from([1, 0, 2, 0, 3, 0, 200, 7]), 'x'))).toBe('feeds.binary');
    expect(await codeOf(recogniseList(gzipSync('ip,time\n').subarray(0, 20), 'x'))).toBe('feeds.gzip_broken');
    expect(await codeOf(recogniseList(docx(''), 'x.docx'))).toMatch(/^feeds\./u);
  });

  function workbook(): Uint8Array {
    const sheet = (rows: string): string =>
      `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`;
    const cells = (at: number, ...values: (string | number)[]): string =>
      `<row r="${at}">${values.map((value, i) => (typeof value === 'number' ? `<c r="${'ABC'[i]}${at}"><v>${value}</v></c>` : `<c r="${'ABC'[i]}${at}" t="inlineStr"><is><t>${value}</t></is></c>`)).join('')}</row>`;
    const relation = (id: number, type: string, target: string): string =>
      `<Relationship Id="r${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
    const relations = (...all: string[]): string =>
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`;
    return zip([
      ['_rels/.rels', relations(relation(1, 'officeDocument', 'xl/workbook.xml'))],
      ['xl/_rels/workbook.xml.rels', relations(relation(1, 'worksheet', 'a.xml'), relation(2, 'worksheet', 'b.xml'))],
      [
        'xl/workbook.xml',
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Ghi chú" sheetId="1" r:id="r1"/><sheet name="T4" sheetId="2" r:id="r2"/></sheets></workbook>',
      ],
      ['xl/a.xml', sheet(`${cells(1, 'a')}${cells(2, 'b')}${cells(3, 'c')}${cells(4, 'd')}`)],
      ['xl/b.xml', sheet(`${cells(1, 'IP public', 'Thời điểm', 'Port')}${cells(2, '203.0.113.7', 46_132.5, 443)}`)],
    ]);
  }
});

describe('long workbooks', () => {
  const SHEETS = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const book = (rows: string): Uint8Array =>
    zip([
      ['_rels/.rels', `<Relationships xmlns="${PACKAGE}"><Relationship Id="r" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
      ['xl/_rels/workbook.xml.rels', `<Relationships xmlns="${PACKAGE}"><Relationship Id="r" Type="${OFFICE}/worksheet" Target="a.xml"/></Relationships>`],
      ['xl/workbook.xml', `<workbook xmlns="${SHEETS}" xmlns:r="${OFFICE}"><sheets><sheet name="T4" sheetId="1" r:id="r"/></sheets></workbook>`],
      ['xl/a.xml', `<worksheet xmlns="${SHEETS}"><sheetData>${rows}</sheetData></worksheet>`],
    ]); // prettier-ignore
  const row = (at: number, ...values: string[]): string =>
    `<row r="${at}">${values.map((value, i) => `<c r="${'ABCDE'[i]}${at}" t="str"><v>${value}</v></c>`).join('')}</row>`;
  const line = (at: number): string =>
    row(at, `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`, '2026-04-20 11:22:33', 'mirai', 'Sở Y tế', `${at}`);

  test('more rows than a tree of XML may have nodes for', { timeout: 90_000 }, async () => {
    const rows = 140_000;
    const text = `${row(1, 'ip', 'timestamp', 'family', 'unit', 'note')}${Array.from({ length: rows }, (_, at) => line(at + 5)).join('')}`;
    const seen = await recogniseList(book(text), 'dai.xlsx');
    expect([seen.kind, seen.rows, seen.refused, seen.looked < rows]).toEqual(['xlsx', rows, 0, true]);
  });

  test('gaps and empty cells stand where they stood', async () => {
    const text = `${row(2, 'ip', 'timestamp', 'family', 'unit', 'note')}${line(5)}${row(6, '10.0.0.9', '', '', '', 'x')}${line(9)}`;
    const { rows, refused } = await both(book(text), 'x.xlsx');
    expect(rows).toMatchObject([{ row: 1, unit: 'Sở Y tế', extra: { note: '5' } }, { row: 3 }]);
    expect(refused).toMatchObject([{ row: 2, code: 'no-time', cells: ['10.0.0.9', '', '', '', 'x'] }]);
  });

  test('rows that do not follow one another, and columns by the thousand, are refused', async () => {
    expect(await codeOf(recogniseList(book(`${row(1, 'ip')}${row(9, '10.0.0.1')}${row(3, '10.0.0.2')}`), 'x.xlsx'))).toBe(
      'feeds.table_broken',
    );
    expect(await codeOf(recogniseList(book('<row r="1"><c r="BZZ1" t="str"><v>ip</v></c></row>'), 'x.xlsx'))).toBe('feeds.table_too_big');
  });
});
