import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type AnswerFile, exportOwnSheet, importFile, keepFile } from '@vonggac/rooms/tasks';
import { makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import ExcelJS from 'exceljs';
import { describe, expect, test } from 'vitest';
import { type Book, fill, formula, openBook, text } from '../../packages/rooms/src/sheets/fixture.ts';
import { setUpWork } from '../../packages/rooms/src/tasks/fixture.ts';

// An answer sheet through office programs: out of the product, opened and saved by another program, back in.

const run = promisify(execFile);
const place = mkdtempSync(path.join(os.tmpdir(), 'vg-xlsx-'));
const keys = path.join(place, 'keys');
const held = setUpWork<Awaited<ReturnType<typeof makeTestDatabase>>, Province>({ makeTestDatabase, makeProvince, makeStores, makeCtx });

/** Where LibreOffice Calc is; null: it has to be installed. */
function calc(): string | null {
  const found = (process.env['PATH'] ?? '').split(path.delimiter).map((folder) => path.join(folder, 'soffice'));
  const soffice = found.find((file) => existsSync(file));
  return soffice !== undefined && existsSync(path.join(path.dirname(realpathSync(soffice)), 'libsclo.so')) ? soffice : null;
}
const soffice = calc();
if (soffice === null) console.warn('test/system/xlsx.test.ts: LibreOffice Calc is missing; install the package libreoffice-calc');

/** Opens a file in LibreOffice and saves it in another format, as Save As does. */
async function savedAs(bytes: Uint8Array, ending: 'xlsx' | 'ods' | 'csv' | 'xls'): Promise<Uint8Array> {
  const folder = mkdtempSync(path.join(place, 'lo-'));
  writeFileSync(path.join(folder, 'phieu.xlsx'), bytes);
  const profile = `-env:UserInstallation=file://${path.join(place, 'profile')}`;
  const out = path.join(folder, 'out');
  await run(soffice!, [profile, '--headless', '--convert-to', ending, '--outdir', out, path.join(folder, 'phieu.xlsx')], {
    timeout: 60_000,
  });
  return readFileSync(path.join(out, `phieu.${ending}`));
}

const out = async (): Promise<Uint8Array> => (await exportOwnSheet(held.desk, keys, held.part())).content;
const back = (content: Uint8Array, name = 'phieu.xlsx') => keepFile(held.desk, keys, { name, content });
const states = (file: AnswerFile) => Object.fromEntries(file.rows.map(({ path: at, state }) => [at, state]));
const row = (file: AnswerFile, at: string) => file.rows.find((one) => one.path === at)!;

async function edited(edit: (book: Book) => void): Promise<Uint8Array> {
  const book = openBook(await out());
  fill(book, '1.a', {
    E: text('Đã rà soát; &lt;12&gt; máy chủ “tốt”'),
    F: text('đã thực hiện'),
    G: text('25/4/2024'),
    H: text('45/BC-SYT'),
  });
  fill(book, '1.b', { E: text('Đang vá'), F: text('đang thực hiện') });
  edit(book);
  return book.save();
}

describe.skipIf(soffice === null)('through LibreOffice', { timeout: 120_000 }, () => {
  test('saved as it went out, it comes back as it was, and counts once confirmed', async () => {
    const kept = await back(await savedAs(await edited(() => {}), 'xlsx'));
    expect(states(kept)).toEqual({ '1.a': 'submit', '1.b': 'save', '1.c': 'same' });
    expect(row(kept, '1.a')).toMatchObject({ answer: 'Đã rà soát; <12> máy chủ “tốt”', day: '2024-04-25', code: '45/BC-SYT', doubts: [] });
    const done = await importFile(held.desk, kept.id, { number: 'L1', day: '2024-04-22' });
    expect(done).toMatchObject({ state: 'imported', counts: { submit: 1, save: 1 } });
    expect((await held.work()).items.map(({ state }) => state)).toEqual(['submitted', 'in-progress', 'assigned']);
  });

  test('rows turned round and deleted, the hidden line gone', async () => {
    const bytes = await edited((book) => {
      const rows = book.rows();
      const keyed = rows.filter((one) => one.includes('>VG-'));
      book.set([...rows.filter((one) => !one.includes('>VG-') && !one.includes('VG:answer')), keyed[1]!, keyed[0]!]);
    });
    expect(states(await back(await savedAs(bytes, 'xlsx')))).toEqual({ '1.a': 'submit', '1.b': 'save', '1.c': 'missing' });
  });

  test('a formula is refused though the program has worked it out; merged cells too', async () => {
    const bytes = await edited((book) => {
      fill(book, '1.a', { E: formula('CONCATENATE("a","b")', '') });
      const first = 1 + book.rows().findIndex((one) => one.includes('>VG-'));
      const sheet = 'xl/worksheets/sheet1.xml';
      book.parts[sheet] = book.parts[sheet]!.replace('</mergeCells>', `<mergeCell ref="E${first + 1}:E${first + 2}"/></mergeCells>`);
    });
    const kept = await back(await savedAs(bytes, 'xlsx'));
    expect(row(kept, '1.a').refused?.vi).toContain('công thức');
    expect(row(kept, '1.b').refused?.vi).toContain('gộp');
  });

  test.each([
    ['1900', 45_407, ''],
    ['1904', 43_945, '<workbookPr date1904="1"/>'],
  ])('a day that became a number of the %s system is understood, and that is told', async (_, serial, system) => {
    const bytes = await edited((book) => {
      fill(book, '1.a', { G: `><v>${serial}</v></c>` });
      book.parts['xl/workbook.xml'] = book.parts['xl/workbook.xml']!.replace('<sheets>', `${system}<sheets>`);
    });
    const kept = await back(await savedAs(bytes, 'xlsx'));
    expect(row(kept, '1.a').day).toBe('2024-04-25');
  });

  test.each(['ods', 'csv', 'xls'] as const)('saved as .%s it is refused with the cure', async (ending) => {
    const bytes = await savedAs(await edited(() => {}), ending);
    await expect(back(bytes, `phieu.${ending}`)).rejects.toMatchObject({
      code: ending === 'xls' ? 'answer-file.table-format' : 'answer-file.format',
    });
  });
});

describe('through another writer of .xlsx', () => {
  /** Opens and saves with a library that keeps texts apart, writes dates as numbers and forgets what it does not know. */
  async function saved(bytes: Uint8Array, edit: (sheet: ExcelJS.Worksheet) => void): Promise<Uint8Array> {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(bytes as never);
    edit(book.worksheets[0]!);
    return new Uint8Array(await book.xlsx.writeBuffer());
  }
  const lineOf = (sheet: ExcelJS.Worksheet, at: string): ExcelJS.Row => {
    let found: ExcelJS.Row | undefined;
    sheet.eachRow((one) => {
      if (String(one.getCell(1).value).startsWith('VG-') && one.getCell(2).value === at) found = one;
    });
    return found!;
  };

  test('what it wrote comes back: answers, days as dates, a formula refused, a new row and column', async () => {
    const bytes = await saved(await edited(() => {}), (sheet) => {
      const first = lineOf(sheet, '1.a');
      first.getCell(7).value = new Date('2024-04-25T00:00:00Z');
      first.getCell(7).numFmt = 'mm-dd-yy';
      first.getCell(10).value = 'cột thêm';
      lineOf(sheet, '1.b').getCell(5).value = { formula: '1+1', result: 2 };
      sheet.insertRow(first.number, ['', '', 'dòng thêm']);
    });
    const kept = await back(bytes);
    expect(row(kept, '1.a')).toMatchObject({ state: 'submit', day: '2024-04-25', extra: { 'Cột J': 'cột thêm' } });
    expect(row(kept, '1.b').refused?.vi).toContain('công thức');
    expect(row(kept, '1.c').state).toBe('same');
  });
});
