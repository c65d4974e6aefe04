import { describe, expect, it } from 'vitest';
import { restoreCell } from './cells.ts';
import { readTable } from './read-table.ts';
import { writeTable } from './write-table.ts';
import { openZip } from './zip.ts';

const columns = [{ title: 'Đơn vị' }, { title: 'Ngày' }, { title: 'Số' }];

describe('writeTable', () => {
  it('is read back as it was given: texts, numbers, days, several sheets', async () => {
    const bytes = await writeTable([
      {
        name: 'Đơn vị: 1/2',
        columns,
        rows: [
          ['Sở Y tế', { day: '2024-04-20' }, 12],
          ['Sở Giáo dục và Đào tạo', null, 0],
        ],
      },
      { name: 'Hai', lines: ['Số liệu lúc 08:00 26/4/2024'], columns, rows: [['x', null, null]] },
    ]);
    const { sheets } = readTable(bytes, 'x.xlsx');
    expect(sheets.map((sheet) => sheet.name)).toEqual(['Đơn vị  1 2', 'Hai']);
    expect(sheets[0]!.rows).toEqual([
      ['Đơn vị', 'Ngày', 'Số'],
      ['Sở Y tế', '2024-04-20', '12'],
      ['Sở Giáo dục và Đào tạo', '', '0'],
    ]);
    expect(sheets[1]!.rows[0]).toEqual(['Số liệu lúc 08:00 26/4/2024']);
  });

  it('never leaves a formula, and the text is restored exactly', async () => {
    const hostile = ['=1+1', '+84985', '-x', '@SUM(A1)', "'=1", "it's"];
    const bytes = await writeTable([{ name: 'x', columns: [{ title: '=HYPERLINK("http://x")' }], rows: hostile.map((text) => [text]) }]);
    const cells = readTable(bytes, 'x.xlsx').sheets[0]!.rows.map((row) => row[0]!);
    expect(cells.every((cell) => !/^[=+\-@]/u.test(cell))).toBe(true);
    expect(cells.slice(1).map(restoreCell)).toEqual(hostile);
  });

  it('freezes the head and repeats it in print', async () => {
    const bytes = await writeTable([{ name: 'x', lines: ['a', 'b'], columns, rows: [] }]);
    const zip = openZip(bytes);
    const text = (name: string) => new TextDecoder().decode(zip.read(name));
    expect(text('xl/worksheets/sheet1.xml')).toMatch(/<pane[^>]*ySplit="3"[^>]*state="frozen"/u);
    expect(text('xl/workbook.xml')).toContain('$3:$3');
  });

  it('writes 20,000 rows in a few seconds', async () => {
    const rows = (function* () {
      for (let i = 0; i < 20_000; i++) yield [`đơn vị ${i}`, { day: '2024-04-20' }, i] as const;
    })();
    const bytes = await writeTable([{ name: 'x', columns, rows }]);
    expect(readTable(bytes, 'x.xlsx').sheets[0]!.rows).toHaveLength(20_001);
  }, 20_000);
});
