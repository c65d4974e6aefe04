import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findingSheetRoutes } from '@vonggac/contract/finding-sheets';
import { type Ctx, type Database, inSnapshot, inTransaction } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { sql } from 'drizzle-orm';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Book, fill, formula, openBook, text } from '../../sheets/fixture.ts';
import { listOf, row, takeIn } from '../fixture.ts';
import {
  acceptSheetFile,
  answerFindings,
  approvePostponements,
  downloadSheetFile,
  dropSheetFile,
  type FileView,
  getFinding,
  getSheetFile,
  issueFindingSheets,
  listFindings,
  listSheetFiles,
  listSheetUnits,
  refusedSheetRows,
  uploadSheetFile,
} from '../index.ts';

const keys = mkdtempSync(path.join(os.tmpdir(), 'vg-keys-'));
const BEFORE = '2024-04-10T03:00:00.000Z';
const ADDRESSES = ['14.225.10.1', '14.225.10.2', '14.225.10.3', '14.225.10.4'] as const;
let database: Database;
let province: Province;
let desk: Ctx;
let health: Ctx;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  const stores = makeStores(database);
  desk = await makeCtx(stores, province.sotttt, 'desk');
  health = await makeCtx(stores, province.soyte, 'officer');
});
afterAll(() => database.close());

beforeEach(async () => {
  const owner = database.owner();
  await owner.connect();
  await owner.query(
    'truncate findings, sightings, finding_events, finding_files, finding_lists, list_shares, finding_counts, finding_sums, finding_families, finding_times, finding_sheets, finding_sheet_files',
  );
  await owner.end();
  await takeIn(desk, listOf(province.sotttt), [
    ...ADDRESSES.map((address) => row(province.soyte, address, BEFORE)),
    row(province.sogd, '14.225.20.1', BEFORE),
  ]);
});

const sheet = async (organisation = province.soyte): Promise<Book> =>
  openBook((await issueFindingSheets(desk, keys, { organisations: [organisation] })).content);
const upload = async (content: Uint8Array, more: { ctx?: Ctx; organisation?: string } = {}): Promise<FileView> =>
  findingSheetRoutes['POST /finding-sheet-files'].output.parse(
    await uploadSheetFile(more.ctx ?? desk, keys, { name: 'phieu.xlsx', content, organisation: more.organisation }),
  ) as FileView;
const rowAt = (file: FileView, address: string) => file.rows.find(({ name }) => name === address)!;
const states = (file: FileView): string[] => ADDRESSES.map((address) => rowAt(file, address).state);
const found = async (address: string) =>
  (await listFindings(desk, { q: address, state: 'all', sort: 'work', page: 1, size: 5 })).items.find((one) => one.address === address)!;
const CLEANED = { H: text('đã bóc gỡ mã độc'), I: text('3'), J: text('3'), L: text('Đã quét toàn bộ') };

async function filled(): Promise<Book> {
  const book = await sheet();
  fill(book, ADDRESSES[0], CLEANED);
  fill(book, ADDRESSES[1], { H: text('không phải của đơn vị'), L: text('Địa chỉ đã trả lại nhà mạng') });
  fill(book, ADDRESSES[2], { H: text('xin lùi thời hạn'), K: text('15/5/2024') });
  return book;
}

test('goes out, comes back, and counts only once an officer accepts it: the history says who typed it in for whom and from which file', async () => {
  const book = await filled();
  const kept = await upload(book.save());
  expect(kept.counts).toMatchObject({ take: 3, same: 1, refused: 0 });
  expect((await found(ADDRESSES[0])).state).toBe('open');
  await expect(acceptSheetFile(desk, kept.id, { shown: 2 })).rejects.toMatchObject({ code: 'answer-file.differs' });
  expect((await getSheetFile(desk, kept.id)).state).toBe('read');
  const done = await acceptSheetFile(desk, kept.id, { shown: 3 });
  expect([done.state, states(done)]).toEqual(['accepted', ['take', 'take', 'take', 'same']]);
  expect(await found(ADDRESSES[0])).toMatchObject({
    state: 'answered',
    answer: 'cleaned',
    machinesDone: 3,
    machinesTotal: 3,
    verdict: 'unverified',
  });
  expect(await found(ADDRESSES[1])).toMatchObject({ state: 'answered', answer: 'not-ours', approval: 'asked' });
  expect(await found(ADDRESSES[2])).toMatchObject({ state: 'open', answer: 'postponed', approval: 'asked', postponedTo: '2024-05-15' });
  const detail = await getFinding(health, (await found(ADDRESSES[0])).id);
  expect(detail.entered).toMatchObject({
    via: 'file',
    file: { id: kept.id, name: 'phieu.xlsx' },
    organisation: 'Sở Thông tin và Truyền thông',
  });
  expect(detail.events.at(-1)).toMatchObject({ act: 'answered', note: 'Đã quét toàn bộ', data: { entered: { via: 'file' } } });
  expect((await downloadSheetFile(desk, kept.id)).content.byteLength).toBe(kept.size);
  await expectAudit(desk, 'finding-sheets.accepted', kept.id);
  await expectAudit(desk, 'finding-sheets.issued', province.sotttt);
  // A postponement from a sheet waits for a leader, who is not the one that typed it in.
  const leader = await makeCtx(desk.stores, province.sotttt, 'leader');
  expect((await approvePostponements(leader, { ids: [(await found(ADDRESSES[2])).id], accept: true })).done).toBe(1);
});

test('the same sheet twice changes nothing, as the same file or saved anew', async () => {
  const book = await filled();
  const bytes = book.save();
  const first = await upload(bytes);
  expect((await upload(bytes)).id).toBe(first.id);
  await acceptSheetFile(desk, first.id, { shown: 3 });
  const versions = async () => (await inSnapshot(desk, (tx) => tx.execute(sql`select id, version from findings order by id`))).rows;
  const before = await versions();
  expect(await upload(bytes)).toMatchObject({ id: first.id, state: 'accepted' });
  await expect(acceptSheetFile(desk, first.id, { shown: 3 })).rejects.toMatchObject({ code: 'answer-file.decided' });
  fill(book, ADDRESSES[3], { L: text('') });
  const anew = await upload(
    zipSync(Object.fromEntries(Object.entries(book.parts).map(([name, part]) => [name, strToU8(part)])), { level: 1 }),
  );
  expect(anew.id).not.toBe(first.id);
  expect(states(anew)).toEqual(['same', 'same', 'same', 'same']);
  await expect(acceptSheetFile(desk, anew.id, { shown: 0 })).rejects.toMatchObject({ code: 'answer-file.nothing' });
  expect(await versions()).toEqual(before);
});

test('two officers accept two files of one sheet at once: one answer stands, nothing is taken twice', async () => {
  const book = await sheet();
  fill(book, ADDRESSES[0], CLEANED);
  const one = await upload(book.save());
  fill(book, ADDRESSES[0], { L: text('Câu khác') });
  const two = await upload(book.save());
  const both = await Promise.allSettled([acceptSheetFile(desk, one.id, { shown: 1 }), acceptSheetFile(desk, two.id, { shown: 1 })]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect((await getFinding(desk, (await found(ADDRESSES[0])).id)).events).toHaveLength(1);
});

test('what was answered or closed since the sheet went out is a conflict, shown and left', async () => {
  const book = await filled();
  fill(book, ADDRESSES[3], CLEANED);
  const id = (await found(ADDRESSES[0])).id;
  await answerFindings(health, { ids: [id], answer: 'patched', note: 'Đơn vị tự trả lời' });
  await answerFindings(health, { ids: [(await found(ADDRESSES[3])).id], answer: 'disputed', note: 'Xem lại' });
  const kept = await upload(book.save());
  expect(states(kept)).toEqual(['changed', 'take', 'take', 'changed']);
  expect(rowAt(kept, ADDRESSES[0]).now).toMatchObject({ answer: 'patched', note: 'Đơn vị tự trả lời' });
  await acceptSheetFile(desk, kept.id, { shown: 2 });
  expect(await found(ADDRESSES[0])).toMatchObject({ answer: 'patched' });
  const refusals = await refusedSheetRows(desk, kept.id);
  const told = Object.values(unzipSync(refusals.content))
    .map((part) => new TextDecoder().decode(part))
    .join();
  expect(told).toContain('Đã có câu trả lời khác');
  expect(told).toContain(ADDRESSES[3]);
  // Cleaned once, seen again since: an old sheet that says cleaned is not a new answer.
  const may = { coversFrom: '2024-05-01T00:00:00.000Z', coversTo: '2024-05-20T00:00:00.000Z' };
  const old = await sheet(province.sogd);
  fill(old, '14.225.20.1', CLEANED);
  const first = await upload(old.save());
  await acceptSheetFile(desk, first.id, { shown: 1 });
  await takeIn(desk, listOf(province.sotttt, may), [row(province.sogd, '14.225.20.1', '2024-05-10T00:00:00.000Z')]);
  fill(old, '14.225.20.1', { J: text('4') });
  expect((await upload(old.save())).rows.map(({ state }) => state)).toEqual(['changed']);
});

test('a row that lacks something is refused with its cell and the cure; nothing else of it is taken', async () => {
  const book = await sheet();
  fill(book, ADDRESSES[0], { H: text('chắc là rồi') });
  fill(book, ADDRESSES[1], { H: text('không phải của đơn vị') });
  fill(book, ADDRESSES[2], { H: text('xin lùi thời hạn'), K: text('1/4/2024') });
  fill(book, ADDRESSES[3], { H: text('đã vá, khắc phục'), I: text('5'), J: text('3') });
  const kept = await upload(book.save());
  const told = ADDRESSES.map((address) => rowAt(kept, address)).map(({ line, refused }) => [
    refused?.cell.replace(String(line), ''),
    refused?.text.vi,
  ]);
  expect(told).toEqual([
    ['H', expect.stringContaining('không có trong danh sách')],
    ['L', expect.stringContaining('lý do')],
    ['K', expect.stringContaining('đã qua')],
    ['I', expect.stringContaining('không được lớn hơn')],
  ]);
  await expect(acceptSheetFile(desk, kept.id, { shown: 0 })).rejects.toMatchObject({ code: 'answer-file.nothing' });
  const second = await sheet();
  fill(second, ADDRESSES[0], { H: formula('1+1', 'đã vá hoặc khắc phục') });
  fill(second, ADDRESSES[1], { L: text('chỉ có ghi chú') });
  fill(second, ADDRESSES[2], { H: text('ĐÃ XỬ LÝ.'), I: text('1.200'), J: text('1200') });
  second.set(
    second
      .rows()
      .map((one) =>
        one.includes(`>${ADDRESSES[3]}<`)
          ? one.replace(`>${ADDRESSES[3]}<`, '>14.225.10.9<').replace('<is><t xml:space="preserve"></t></is>', '')
          : one,
      ),
  );
  const again = await upload(second.save());
  expect(rowAt(again, ADDRESSES[0]).refused?.text.vi).toContain('công thức');
  expect(rowAt(again, ADDRESSES[1]).refused?.text.vi).toContain('chưa chọn trả lời');
  expect(rowAt(again, ADDRESSES[2])).toMatchObject({ state: 'take', answer: 'cleaned', machinesDone: 1200 });
  expect(rowAt(again, ADDRESSES[3]).refused?.text.vi).toContain('sắp xếp lệch cột');
});

test('tells apart: changed keys, a sheet of another kind or house, another organisation; nothing live goes out', async () => {
  const changed = await filled();
  const hidden = 'xl/worksheets/sheet2.xml';
  changed.parts[hidden] = changed.parts[hidden]!.replace(province.soyte, province.sogd);
  await expect(upload(changed.save())).rejects.toMatchObject({ code: 'answer-file.altered' });
  const other = await filled();
  other.parts[hidden] = other.parts[hidden]!.replace('vonggac-findings', 'vonggac-answers');
  await expect(upload(other.save())).rejects.toMatchObject({ code: 'answer-file.no_key' });
  const foreign = await issueFindingSheets(desk, mkdtempSync(path.join(os.tmpdir(), 'vg-keys-')), { organisations: [province.soyte] });
  await expect(upload(foreign.content)).rejects.toMatchObject({ code: 'answer-file.altered' });
  await expect(upload((await filled()).save(), { organisation: province.sogd })).rejects.toMatchObject({
    code: 'answer-file.other_agency',
  });
  const live = { address: null, machine: '=HYPERLINK("x")', machineKey: 'host:live' };
  await takeIn(desk, listOf(province.sotttt), [row(province.sogd, '', BEFORE, live)]);
  const harmless = await sheet(province.sogd);
  expect(harmless.parts['xl/worksheets/sheet1.xml']).not.toContain('<f>');
  expect(harmless.parts['xl/worksheets/sheet1.xml']).toContain(`'=HYPERLINK(&quot;x&quot;)`);
  expect(harmless.parts['xl/worksheets/sheet1.xml']!.match(/<formula1>&quot;(.*)&quot;</u)?.[1]?.split(',')).toHaveLength(5);
  fill(harmless, `'=HYPERLINK(&quot;x&quot;)`, CLEANED);
  expect((await upload(harmless.save())).counts).toMatchObject({ take: 1 });
});

test('one for each organisation, all together in a .zip; of one list or the newest alone', async () => {
  const second = listOf(province.sotttt, {
    title: 'Tháng 5',
    coversFrom: '2024-05-01T00:00:00.000Z',
    coversTo: '2024-05-20T00:00:00.000Z',
  });
  await takeIn(desk, second, [row(province.sogd, '14.225.20.2', '2024-05-10T00:00:00.000Z')]);
  const out = await issueFindingSheets(desk, keys, {});
  expect(Object.keys(unzipSync(out.content)).toSorted()).toEqual(['Sở Giáo dục và Đào tạo.xlsx', 'Sở Y tế.xlsx']);
  const keysOf = async (input: object) =>
    openBook((await issueFindingSheets(desk, keys, input)).content)
      .rows()
      .filter((one) => one.includes('>VG-')).length;
  expect(await keysOf({ list: second.id })).toBe(1);
  expect(await keysOf({ newest: true })).toBe(1);
  const units = findingSheetRoutes['GET /finding-sheets'].output.parse(await listSheetUnits(desk, {}));
  expect(units.items.map(({ organisation, open, account, lastIssued }) => [organisation.id, open, account, lastIssued !== null])).toEqual([
    [province.soyte, 4, false, true],
    [province.sogd, 2, false, true],
  ]);
  expect((await listSheetUnits(desk, { list: second.id })).items.map(({ open }) => open)).toEqual([1]);
  await answerFindings(health, {
    ids: (await listFindings(health, { state: 'open', sort: 'work', page: 1, size: 9 })).items.map(({ id }) => id),
    answer: 'cleaned',
  });
  await expect(sheet()).rejects.toMatchObject({ code: 'finding-sheet.nothing_open' });
});

test('another organisation sees nothing of it, and who may only read changes nothing', async () => {
  const bytes = (await filled()).save();
  const kept = await upload(bytes);
  const school = await makeCtx(desk.stores, province.sogd, 'officer');
  const foreign = await makeCtx(desk.stores, province.foreign, 'desk');
  for (const ctx of [school, foreign]) {
    await expect(getSheetFile(ctx, kept.id)).rejects.toMatchObject({ code: 'answer-file.not_found' });
    await expect(downloadSheetFile(ctx, kept.id)).rejects.toMatchObject({ code: 'answer-file.not_found' });
    await expect(refusedSheetRows(ctx, kept.id)).rejects.toMatchObject({ code: 'answer-file.not_found' });
    await expect(acceptSheetFile(ctx, kept.id, { shown: 3 })).rejects.toMatchObject({ code: 'answer-file.not_found' });
    await expect(dropSheetFile(ctx, kept.id)).rejects.toMatchObject({ code: 'answer-file.not_found' });
    await expect(uploadSheetFile(ctx, keys, { name: 'a.xlsx', content: bytes })).rejects.toMatchObject({ code: 'answer-file.not_ours' });
    await expect(issueFindingSheets(ctx, keys, { organisations: [province.soyte] })).rejects.toMatchObject({
      code: 'organisation.not_found',
    });
    expect((await listSheetFiles(ctx, { page: 1, size: 50 })).total).toBe(0);
    const { rows } = await inTransaction(ctx, (tx) =>
      tx.execute(sql`select 1 from finding_sheets union all select 1 from finding_sheet_files`),
    );
    expect(rows).toEqual([]);
  }
  expect((await listSheetUnits(school, {})).items.map(({ organisation }) => organisation.id)).toEqual([province.sogd]);
  const auditor = await makeCtx(desk.stores, province.sotttt, 'auditor');
  for (const act of [
    () => issueFindingSheets(auditor, keys, {}),
    () => uploadSheetFile(auditor, keys, { name: 'a.xlsx', content: bytes }),
    () => acceptSheetFile(auditor, kept.id, { shown: 3 }),
    () => dropSheetFile(auditor, kept.id),
  ])
    await expect(act()).rejects.toMatchObject({ code: 'access.role' });
  await dropSheetFile(desk, kept.id);
  await expect(acceptSheetFile(desk, kept.id, { shown: 3 })).rejects.toMatchObject({ code: 'answer-file.decided' });
  expect((await upload(bytes)).id).not.toBe(kept.id);
  await expectAudit(desk, 'finding-sheets.dropped', kept.id);
});
