import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { acceptSheetFile, answerFindings, type FileView, issueFindingSheets, listFindings, uploadSheetFile } from '@vonggac/rooms/findings';
import type { Ctx, Database } from '@vonggac/store';
import { makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listOf, row, takeIn } from '../../packages/rooms/src/findings/fixture.ts';
import { fill, formula, openBook, text } from '../../packages/rooms/src/sheets/fixture.ts';

// A sheet of findings through office programs: out of the product, filled in and saved by another program, back in.

const run = promisify(execFile);
const place = mkdtempSync(path.join(os.tmpdir(), 'vg-xlsx-'));
const keys = path.join(place, 'keys');
const ADDRESSES = ['14.225.10.1', '14.225.10.2', '14.225.10.3', '14.225.10.4'] as const;
let database: Database;
let province: Province;
let desk: Ctx;
let unit = 0;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  desk = await makeCtx(makeStores(database), province.sotttt, 'desk');
});
afterAll(() => database.close());

/** Where LibreOffice Calc is; null: it has to be installed. */
function calc(): string | null {
  const found = (process.env['PATH'] ?? '').split(path.delimiter).map((folder) => path.join(folder, 'soffice'));
  const soffice = found.find((file) => existsSync(file));
  return soffice !== undefined && existsSync(path.join(path.dirname(realpathSync(soffice)), 'libsclo.so')) ? soffice : null;
}
const soffice = calc();
if (soffice === null) console.warn('test/system/xlsx-findings.test.ts: LibreOffice Calc is missing; install the package libreoffice-calc');

/** Opens a file in LibreOffice and saves it, as Save As does; no macro runs. */
async function saved(bytes: Uint8Array, ending: 'xlsx' | 'ods' = 'xlsx'): Promise<Uint8Array> {
  const folder = mkdtempSync(path.join(place, 'lo-'));
  writeFileSync(path.join(folder, 'phieu.xlsx'), bytes);
  const profile = `-env:UserInstallation=file://${path.join(place, 'profile')}`;
  const out = path.join(folder, 'out');
  await run(soffice!, [profile, '--headless', '--convert-to', ending, '--outdir', out, path.join(folder, 'phieu.xlsx')], {
    timeout: 60_000,
  });
  return readFileSync(path.join(out, `phieu.${ending}`));
}

/** Fresh findings of another unit for each test, and their sheet. */
async function sheet(): Promise<{ organisation: string; content: Uint8Array }> {
  const organisation = [province.soyte, province.sogd, province.giavien, province.nhoquan][unit++]!;
  await takeIn(
    desk,
    listOf(province.sotttt, { title: `Danh sách ${unit}` }),
    ADDRESSES.map((address) => row(organisation, address, '2024-04-10T03:00:00.000Z')),
  );
  const { content } = await issueFindingSheets(desk, keys, { organisations: [organisation] });
  return { organisation, content };
}
const back = (content: Uint8Array): Promise<FileView> => uploadSheetFile(desk, keys, { name: 'phieu.xlsx', content });
const rowAt = (file: FileView, address: string) => file.rows.find(({ name }) => name === address)!;
const stateOf = (file: FileView): string[] => ADDRESSES.map((address) => rowAt(file, address).state);
const found = async (organisation: string) => {
  const { items } = await listFindings(desk, { organisation, state: 'all', sort: 'work', page: 1, size: 50 });
  return new Map(items.map((one) => [one.address, one]));
};

describe.skipIf(soffice === null)('through LibreOffice', { timeout: 120_000 }, () => {
  test('out, filled in, saved, back: answers as written, accepted once; the same sheet again changes nothing', async () => {
    const { organisation, content } = await sheet();
    const book = openBook(await saved(content));
    // What the program wrote is written over as text by hand, cell by cell, and saved by it once more.
    const typed = await filled(book.save(), (at) => {
      at(ADDRESSES[0], { H: 'đã bóc gỡ mã độc', I: 2, J: 2, L: 'Đã cài lại; <12> máy “tốt”' });
      at(ADDRESSES[1], { H: 'xin lùi thời hạn', K: '15/5/2024' });
      at(ADDRESSES[2], { H: 'không phải của đơn vị', L: 'Đã trả địa chỉ' });
    });
    const bytes = await saved(typed);
    const kept = await back(bytes);
    expect(kept.counts).toMatchObject({ take: 3, same: 1, refused: 0, changed: 0 });
    expect(rowAt(kept, ADDRESSES[0])).toMatchObject({ machinesDone: 2, machinesTotal: 2, note: 'Đã cài lại; <12> máy “tốt”' });
    await acceptSheetFile(desk, kept.id, { shown: 3 });
    const now = await found(organisation);
    expect(ADDRESSES.map((address) => now.get(address)?.answer)).toEqual(['cleaned', 'postponed', 'not-ours', null]);
    expect(now.get(ADDRESSES[1])).toMatchObject({ postponedTo: '2024-05-15', approval: 'asked' });
    const again = await back(await saved(bytes));
    expect(stateOf(again)).toEqual(['same', 'same', 'same', 'same']);
  });

  test('a formula is refused though the program has worked it out; rows turned round are found by their keys', async () => {
    const { content } = await sheet();
    const book = openBook(content);
    fill(book, ADDRESSES[0], { H: formula('CONCATENATE("đã ","vá")', '') });
    fill(book, ADDRESSES[3], { H: text('đã vá hoặc khắc phục') });
    const rows = book.rows();
    const keyed = rows.filter((one) => one.includes('>VG-'));
    book.set([...rows.filter((one) => !one.includes('>VG-') && !one.includes('VG:answer')), ...keyed.toReversed()]);
    const kept = await back(await saved(book.save()));
    expect(stateOf(kept)).toEqual(['refused', 'same', 'same', 'take']);
    expect(rowAt(kept, ADDRESSES[0]).refused?.text.vi).toContain('công thức');
  });

  test('answered meanwhile it is a conflict; saved as .ods it is refused with the cure', async () => {
    const { organisation, content } = await sheet();
    const book = openBook(content);
    fill(book, ADDRESSES[0], { H: text('đã bóc gỡ mã độc') });
    const id = (await found(organisation)).get(ADDRESSES[0])!.id;
    const said = { via: 'phone' as const, who: 'Văn phòng', at: '2024-04-26T00:00:00.000Z' };
    await answerFindings(desk, { ids: [id], answer: 'disputed', note: 'Xem lại', entered: said });
    expect(stateOf(await back(await saved(book.save())))[0]).toBe('changed');
    await expect(back(await saved(book.save(), 'ods'))).rejects.toMatchObject({ code: 'answer-file.format' });
  });
});

type Write = (address: string, cells: Record<string, string | number>) => void;

/** Opens and saves with a library that keeps texts apart and forgets what it does not know, as a small program would. */
async function filled(bytes: Uint8Array, edit: (write: Write) => void): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as never);
  const first = book.worksheets[0]!;
  edit((address, cells) =>
    first.eachRow((line) => {
      if (!String(line.getCell(1).value).startsWith('VG-') || line.getCell(2).value !== address) return;
      for (const [column, value] of Object.entries(cells)) line.getCell(column).value = value;
    }),
  );
  return new Uint8Array(await book.xlsx.writeBuffer());
}
