import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readTable } from './read-table.ts';
import { readTableSafely } from './read-table-safely.ts';
import { TABLE_LIMITS } from './table.ts';
import { isoOfSerial, meaningOfFormat } from './xlsx-styles.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

interface BookParts {
  readonly sheet: string;
  readonly strings?: string;
  readonly formats?: string;
  readonly more?: Record<string, string>;
  readonly sheets?: string;
}

function relations(list: readonly [string, string, string][]): string {
  const rows = list.map(([id, type, target]) => `<Relationship Id="${id}" Type="${REL}/${type}" Target="${target}"/>`).join('');
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${rows}</Relationships>`;
}

function book(parts: BookParts): Uint8Array {
  const files: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': relations([['r1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<workbook ${MAIN} xmlns:r="${REL}"><sheets>${parts.sheets ?? '<sheet name="Đơn vị" sheetId="1" r:id="r1"/>'}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ['r1', 'worksheet', 'worksheets/sheet1.xml'],
      ['r2', 'sharedStrings', '/xl/sharedStrings.xml'],
      ['r3', 'styles', 'styles.xml'],
    ]),
    'xl/sharedStrings.xml': `<sst ${MAIN}>${parts.strings ?? ''}</sst>`,
    'xl/styles.xml': `<styleSheet ${MAIN}><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="#,##0 &quot;đồng&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="165"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet ${MAIN}><sheetData>${parts.sheet}</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>`,
    ...parts.more,
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, bytes(text)])));
}

function failure(act: () => unknown): { code: string; place?: string } {
  try {
    act();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return error as never;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('xlsx', () => {
  test('reads every kind of cell', () => {
    const table = readTable(
      book({
        strings: '<si><t>Sở Y tế</t></si><si><r><t>Sở </t></r><r><t>Tài chính</t></r><rPh><t>x</t></rPh></si>',
        sheet: `<row r="3"><c r="A3" t="s"><v>0</v></c><c r="C3" t="s"><v>1</v></c><c r="D3" t="inlineStr"><is><t>trong ô</t></is></c></row>
          <row r="5"><c r="A5"><v>8.4912345678E10</v></c><c r="B5" s="1"><v>45401</v></c><c r="C5" s="2"><v>45401.5</v></c><c r="D5" s="3"><v>0.25</v></c>
          <c r="E5" t="b"><v>1</v></c><c r="F5" t="str"><f>A1&amp;"x"</f><v>kết quả</v></c><c r="G5" s="4"><v>1000</v></c><c r="H5" t="e"><v>#N/A</v></c></row>`,
      }),
      'a.xlsx',
    );
    expect(table.format).toBe('xlsx');
    expect(table.sheets[0]).toMatchObject({ name: 'Đơn vị', firstRow: 3, hidden: false, merged: ['A1:B1'] });
    expect(table.sheets[0]?.rows).toEqual([
      ['Sở Y tế', '', 'Sở Tài chính', 'trong ô'],
      [],
      ['84912345678', '2024-04-19', '2024-04-19T12:00:00', '06:00:00', 'TRUE', 'kết quả', '1000', '#N/A'],
    ]);
    expect(table.warnings).toMatchObject([{ code: 'formula-value', place: 'Đơn vị!F5' }]);
  });

  test('flags hidden sheets', () => {
    const sheets = '<sheet name="A" sheetId="1" r:id="r1" state="veryHidden"/>';
    const table = readTable(book({ sheets, sheet: '<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>' }), 'a');
    expect(table.sheets[0]).toMatchObject({ hidden: true, rows: [['1', '2'], ['3']], firstRow: 1 });
    expect(table.warnings).toMatchObject([{ code: 'hidden-sheet', place: 'A' }]);
  });

  test('a far cell does not make a million rows', () => {
    const far = book({ sheet: '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>' });
    expect(failure(() => readTable(far, 'a'))).toMatchObject({ code: 'table-too-big', place: 'Đơn vị!1048576' });
    const wide = book({ sheet: '<row r="1"><c r="XFD1"><v>1</v></c></row>' });
    expect(failure(() => readTable(wide, 'a')).code).toBe('table-too-big');
  });

  test('refuses macros, broken books and old formats with a cure', () => {
    expect(failure(() => readTable(book({ sheet: '', more: { 'xl/vbaProject.bin': 'x' } }), 'a'))).toMatchObject({
      code: 'table-macro',
      place: 'xl/vbaProject.bin',
    });
    expect(failure(() => readTable(zipSync({ 'a.txt': bytes('x') }), 'a')).code).toBe('table-broken');
    expect(
      failure(() => readTable(book({ sheet: '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>' }), 'a')).code,
    ).toBe('table-broken');
    expect(failure(() => readTable(book({ sheet: '<row><c r="1A"><v>1</v></c></row>' }), 'a')).code).toBe('table-broken');
    expect(failure(() => readTable(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1]), 'a.xls')).code).toBe('table-format');
  });

  test('number formats and serials', () => {
    expect(
      ['dd/mm/yyyy', 'h:mm', '[h]:mm', '0.00', '#,##0 "ngày"', '[Red]General', 'd-mmm', '@', 'yyyy"年"', 'mm:ss'].map(meaningOfFormat),
    ).toEqual(['date', 'time', 'time', 'number', 'number', 'number', 'date', 'number', 'date', 'time']);
    expect([
      isoOfSerial(1, 'date', false),
      isoOfSerial(61, 'date', false),
      isoOfSerial(0, 'date', true),
      isoOfSerial(-1, 'date', false),
      isoOfSerial(0.999999, 'time', false),
    ]).toEqual(['1900-01-01', '1900-03-01', '1904-01-01', null, '00:00:00']);
  });
});

describe('delimited text', () => {
  test.each([
    [
      ';',
      'Tên;Số\nSở Y tế;1\n"a;b";2\n',
      [
        ['Tên', 'Số'],
        ['Sở Y tế', '1'],
        ['a;b', '2'],
      ],
    ],
    [
      ',',
      '\n\nTên,Số\n"x ""y""",1',
      [
        ['Tên', 'Số'],
        ['x "y"', '1'],
      ],
    ],
    [
      '\t',
      'Tên\tSố, ngày\nSở Y tế\t1, 2',
      [
        ['Tên', 'Số, ngày'],
        ['Sở Y tế', '1, 2'],
      ],
    ],
    [
      '|',
      'a|b\nc|d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [',', 'một cột\nhai', [['một cột'], ['hai']]],
  ])('finds the delimiter %j', (delimiter, text, rows) => {
    const table = readTable(bytes(text), 'a.csv');
    expect(table).toMatchObject({ delimiter, encoding: 'utf-8' });
    expect(table.sheets[0]?.rows).toEqual(rows);
    expect(table.sheets[0]?.firstRow).toBe(text.startsWith('\n') ? 3 : 1);
  });

  test('keeps loose quotation marks and says so', () => {
    const table = readTable(bytes('a,b\nđường 5" ống,1\n'), 'a.csv');
    expect(table.sheets[0]?.rows[1]).toEqual(['đường 5" ống', '1']);
    expect(table.warnings).toMatchObject([{ code: 'loose-quotes', place: '2' }]);
  });

  test('stops at the limits', () => {
    const limits = { ...TABLE_LIMITS, rows: 2, columns: 3, cellText: 10 };
    expect(failure(() => readTable(bytes('a\nb\nc\n'), 'a', limits))).toMatchObject({ code: 'table-too-big', place: '3' });
    expect(failure(() => readTable(bytes('a,b,c,d'), 'a', limits)).code).toBe('table-too-big');
    expect(failure(() => readTable(bytes('a,bbbbbbbbbbbbb'), 'a', limits)).code).toBe('table-too-big');
    expect(failure(() => readTable(bytes(' \n'), 'a')).code).toBe('table-format');
  });
});

test('uploads are read in the child', async () => {
  expect((await readTableSafely(bytes('a;b\n1;2'), 'a.csv')).sheets[0]?.rows).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ]);
  await expect(readTableSafely(new Uint8Array(51 * 2 ** 20), 'a.csv')).rejects.toMatchObject({ code: 'too-big' });
  const bomb = zipSync({ 'xl/workbook.xml': new Uint8Array(30_000_000) });
  await expect(readTableSafely(bomb, 'a.xlsx')).rejects.toMatchObject({ code: 'zip-bomb' });
});
