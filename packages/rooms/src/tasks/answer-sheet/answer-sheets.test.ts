import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { answerSheetRoutes } from '@vonggac/contract/answer-sheets';
import { writeForm } from '@vonggac/outside';
import { type Ctx, inTransaction } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { unzipSync, zipSync } from 'fflate';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { requirements } from '../../directives/index.ts';
import { issueForTest, setUpWork } from '../fixture.ts';
import {
  acceptTasks,
  answerTasks,
  type AnswerFile,
  confirmDeclaration,
  contestDeclaration,
  downloadFile,
  dropFile,
  exportOwnSheet,
  exportSheets,
  getFile,
  importFile,
  keepFile,
  listDeclarations,
  listFiles,
  listSheets,
  undoFile,
} from '../index.ts';
import { type Book, fill, formula, openBook, text, withCells } from '../../sheets/fixture.ts';

const keys = mkdtempSync(path.join(os.tmpdir(), 'vg-keys-'));
const held = setUpWork<Awaited<ReturnType<typeof makeTestDatabase>>, Province>({ makeTestDatabase, makeProvince, makeStores, makeCtx });

const view = (file: AnswerFile): AnswerFile => {
  answerSheetRoutes['GET /answer-files/{id}'].output.parse(file);
  return file;
};
const sheet = async (): Promise<Book> => openBook((await exportOwnSheet(held.desk, keys, held.part())).content);
const keep = async (content: Uint8Array, more: { ctx?: Ctx; name?: string; organisation?: string } = {}) =>
  view(
    await keepFile(more.ctx ?? held.desk, keys, {
      name: more.name ?? 'phieu.xlsx',
      content,
      directive: held.issued.directive,
      organisation: more.organisation,
    }),
  );
const DONE = { E: text('Đã rà soát 12 máy chủ'), F: text('đã thực hiện'), G: text('25/4/2024'), H: text('45/BC-SYT') };
const stateOf = (file: AnswerFile, at: string) => file.rows.find(({ path: one }) => one === at)!;
const RECEIVED = { number: '31', day: '2024-04-22' };

/** The three items of the test: filled in, in progress, left alone. */
async function filled(): Promise<Book> {
  const book = await sheet();
  fill(book, '1.a', DONE);
  fill(book, '1.b', { E: text('Đang vá 3 máy'), F: text('đang thực hiện') });
  return book;
}

test('goes out, comes back, counts only after an officer confirms, and says by which way it came', async () => {
  const kept = await keep((await filled()).save());
  expect(kept.counts).toMatchObject({ submit: 1, save: 1, same: 1 });
  expect(kept.needsReceipt).toBe(true);
  expect((await held.work()).items.map(({ state }) => state)).toEqual(['assigned', 'assigned', 'assigned']);
  await expect(importFile(held.desk, kept.id, {})).rejects.toMatchObject({ code: 'answer-file.receipt_missing' });
  const done = view(await importFile(held.desk, kept.id, { number: 'F1', day: '2024-04-22' }));
  expect(done).toMatchObject({ state: 'imported', canUndo: true, counts: { submit: 1, save: 1 } });
  const work = await held.work();
  expect(work.receipt).toMatchObject({ state: '03', number: 'F1' });
  expect(work.items.map(({ state, answer }) => [state, answer])).toEqual([
    ['submitted', 'Đã rà soát 12 máy chủ'],
    ['in-progress', 'Đang vá 3 máy'],
    ['assigned', null],
  ]);
  expect(work.history.find(({ act }) => act === 'submitted')?.data).toMatchObject({ via: 'file', code: '45/BC-SYT', day: '2024-04-25' });
  const { items } = await listDeclarations(held.officer, held.part());
  expect(items.map(({ via, state, file }) => [via, state, file?.name])).toEqual([
    ['file', 'open', 'phieu.xlsx'],
    ['file', 'open', 'phieu.xlsx'],
  ]);
  expect((await downloadFile(held.desk, kept.id)).content.byteLength).toBe(kept.size);
  await expectAudit(held.desk, 'answer-files.imported', kept.id);
});

test('is used once; the same file read twice before that is one file', async () => {
  const bytes = (await filled()).save();
  const first = await keep(bytes);
  expect((await keep(bytes, { name: 'ten khac.xlsx' })).id).toBe(first.id);
  await importFile(held.desk, first.id, { number: 'F2', day: '2024-04-22' });
  await expect(importFile(held.desk, first.id, {})).rejects.toMatchObject({ code: 'answer-file.decided' });
  await expect(keep(bytes)).rejects.toMatchObject({ code: 'answer-file.used' });
});

test('two officers confirm two files of one sheet at once: one wins, nothing is taken twice', async () => {
  const book = await filled();
  const one = await keep(book.save());
  fill(book, '1.a', { E: text('Câu trả lời khác') });
  const two = await keep(book.save());
  const both = await Promise.allSettled([
    importFile(held.desk, one.id, { number: 'F3', day: '2024-04-22' }),
    importFile(held.desk, two.id, { number: 'F4', day: '2024-04-22' }),
  ]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect((await listDeclarations(held.desk, held.part())).total).toBe(2);
});

test('finds rows by key: deleted, turned round, between new rows and columns, under other heads, without the hidden line', async () => {
  const book = await filled();
  const rows = book.rows();
  const first = rows.findIndex((row) => row.includes('>VG-'));
  const keyed = rows.slice(first);
  const shift = (row: string) =>
    row.replaceAll(
      /r="([B-I])(\d+)"/gu,
      (_, letter: string, line: string) => `r="${String.fromCharCode(letter.charCodeAt(0) + 1)}${line}"`,
    );
  const head = rows[first - 1]!.replace('Kết quả thực hiện', 'KQ');
  const extra = '<c r="B1" t="inlineStr"><is><t>PHONG</t></is></c>';
  const note = '<row r="1"><c r="E1" t="inlineStr"><is><t>ghi chú bên lề</t></is></c></row>';
  const made = [...rows.slice(0, first - 1), head, keyed[1]!, note, keyed[0]!];
  book.set(made.map((row, at) => (at >= first - 1 ? shift(row).replace('<c r="C', `${extra}<c r="C`) : shift(row))));
  const kept = await keep(book.save());
  expect(kept.rows.map(({ path: at, state, answer }) => [at, state, answer])).toEqual([
    ['1.a', 'submit', 'Đã rà soát 12 máy chủ'],
    ['1.b', 'save', 'Đang vá 3 máy'],
    ['1.c', 'missing', ''],
  ]);
  expect(stateOf(kept, '1.a').extra).toEqual({ PHONG: 'PHONG' });
  expect(kept.remarks.map(({ vi }) => vi).join()).toContain('không có mã dòng');
  const bare = await filled();
  bare.set(bare.rows().filter((row) => !row.includes('VG:answer')));
  expect((await keep(bare.save())).counts).toMatchObject({ submit: 1, save: 1 });
});

test('refuses single rows with the cure: formulas, merged cells, doubled, mixed up, strange states, days that are none', async () => {
  const book = await sheet();
  fill(book, '1.a', { E: formula('1+1', '2'), F: text('đã thực hiện') });
  fill(book, '1.b', { E: text('xong'), F: text('chắc là rồi') });
  fill(book, '1.c', { E: text('xong'), F: text('đã thực hiện'), G: text('32/4/2024') });
  const kept = await keep(book.save());
  expect(kept.rows.map(({ state }) => state)).toEqual(['refused', 'refused', 'refused']);
  expect(stateOf(kept, '1.a').refused?.vi).toContain('công thức');
  expect(stateOf(kept, '1.b').refused?.vi).toContain('không có trong danh sách');
  expect(stateOf(kept, '1.c').refused?.vi).toContain('không phải là ngày');
  await expect(importFile(held.desk, kept.id, { number: 'F5', day: '2024-04-22' })).rejects.toMatchObject({ code: 'answer-file.nothing' });

  const merged = await filled();
  const line = 1 + merged.rows().findIndex((row) => row.includes('>VG-'));
  merged.parts['xl/worksheets/sheet1.xml'] = merged.parts['xl/worksheets/sheet1.xml']!.replace(
    '</mergeCells>',
    `<mergeCell ref="E${line}:E${line + 1}"/></mergeCells>`,
  );
  expect((await keep(merged.save())).rows.map(({ state }) => state)).toEqual(['refused', 'refused', 'same']);

  const mixed = await filled();
  mixed.set(mixed.rows().map((row) => (row.includes('>VG-') && row.includes('>1.a<') ? row.replace('>1.a<', '>1.b<') : row)));
  expect(stateOf(await keep(mixed.save()), '1.a').refused?.vi).toContain('sắp xếp lệch cột');

  const twice = await filled();
  twice.set([...twice.rows(), twice.rows().find((row) => row.includes('>VG-'))!]);
  expect(stateOf(await keep(twice.save()), '1.a').refused?.vi).toContain('nhiều dòng');
});

test('a text that begins like a formula goes out harmless and comes back as it was', async () => {
  const [task] = await held.tasksOf();
  await held.received('F60');
  await answerTasks(held.officer, { ...held.part(), items: [{ task: task!, answer: '=HYPERLINK("x")' }] });
  const book = await sheet();
  expect(book.parts['xl/worksheets/sheet1.xml']).toContain(`'=HYPERLINK(&quot;x&quot;)`);
  fill(book, '1.a', { F: text('đã thực hiện') });
  const kept = await keep(book.save());
  expect(stateOf(kept, '1.a')).toMatchObject({ state: 'submit', answer: '=HYPERLINK("x")' });
  await importFile(held.desk, kept.id, {});
  expect((await held.work()).items[0]).toMatchObject({ state: 'submitted', answer: '=HYPERLINK("x")' });
});

test('what was answered meanwhile is shown and left', async () => {
  const book = await filled();
  await held.received('F70');
  const [task] = await held.tasksOf();
  await answerTasks(held.officer, { ...held.part(), items: [{ task: task!, answer: 'Đơn vị tự ghi' }] });
  const kept = await keep(book.save());
  expect(stateOf(kept, '1.a')).toMatchObject({ state: 'changed', now: { answer: 'Đơn vị tự ghi' } });
  const done = await importFile(held.desk, kept.id, {});
  expect(stateOf(done, '1.a').state).toBe('changed');
  expect((await held.work()).items[0]).toMatchObject({ state: 'in-progress', answer: 'Đơn vị tự ghi' });
});

test('tells apart: changed keys, a lost key sheet, another house, another agency, another directive, an amended one', async () => {
  const changed = await filled();
  const hidden = 'xl/worksheets/sheet2.xml';
  changed.parts[hidden] = changed.parts[hidden]!.replace(held.province.soyte, held.province.sogd);
  await expect(keep(changed.save())).rejects.toMatchObject({ code: 'answer-file.altered' });
  const lost = writeForm([{ name: 'x', columns: [{ width: 9 }], rows: [[{ text: 'x' }]] }]);
  await expect(keep(lost)).rejects.toMatchObject({ code: 'answer-file.no_key' });
  const other = mkdtempSync(path.join(os.tmpdir(), 'vg-keys-'));
  const foreign = await exportOwnSheet(held.desk, other, held.part());
  await expect(keep(foreign.content)).rejects.toMatchObject({ code: 'answer-file.altered' });
  const bytes = (await filled()).save();
  await expect(keep(bytes, { organisation: held.province.sogd })).rejects.toMatchObject({ code: 'answer-file.other_agency' });
  const second = await issueForTest(held.desk, [held.province.soyte], [null]);
  await expect(keepFile(held.desk, keys, { name: 'a.xlsx', content: bytes, directive: second.directive })).rejects.toMatchObject({
    code: 'answer-file.other_directive',
  });
  // A row copied from another agency's sheet into this one is not read.
  const pasted = await filled();
  const theirs = openBook(
    (await exportSheets(held.desk, keys, { directive: held.issued.directive, organisations: [held.province.sogd] })).content,
  );
  pasted.set([
    ...pasted.rows(),
    withCells(
      theirs.rows().find((row) => row.includes('>VG-'))!,
      DONE,
    ),
  ]);
  const kept = await keep(pasted.save());
  expect(kept.remarks[0]?.vi).toContain('không thuộc phiếu này');
  await inTransaction(held.desk, (tx) =>
    tx.update(requirements).set({ text: 'Yêu cầu đã sửa đổi' }).where(eq(requirements.id, held.issued.requirements[0]!)),
  );
  await expect(keep(bytes)).rejects.toMatchObject({ code: 'answer-file.outdated' });
  await expect(importFile(held.desk, kept.id, { number: 'F8', day: '2024-04-22' })).rejects.toMatchObject({ code: 'answer-file.outdated' });
});

test('names the cure for other formats and refuses what does harm', async () => {
  const ods = zipSync({
    mimetype: [Buffer.from('application/vnd.oasis.opendocument.spreadsheet'), { level: 0 }],
    'content.xml': Buffer.from('<x/>'),
  });
  await expect(keep(ods)).rejects.toMatchObject({ code: 'answer-file.format' });
  await expect(keep(Buffer.from('Mục;Kết quả\n1.a;xong\n'), { name: 'a.csv' })).rejects.toMatchObject({ code: 'answer-file.format' });
  await expect(keep(Buffer.from('d0cf11e0a1b11ae1', 'hex'), { name: 'a.xls' })).rejects.toMatchObject({ code: 'answer-file.table-format' });
  const macro = await filled();
  macro.parts['xl/vbaProject.bin'] = 'x';
  await expect(keep(macro.save())).rejects.toMatchObject({ code: 'answer-file.table-macro' });
  const bomb = await filled();
  bomb.parts['xl/worksheets/sheet1.xml'] += ' '.repeat(120 * 2 ** 20);
  await expect(keep(bomb.save())).rejects.toMatchObject({ code: 'answer-file.zip-bomb' });
  const secret = await filled();
  fill(secret, '1.a', { I: text('TỐI MẬT') });
  await expect(keep(secret.save())).rejects.toMatchObject({ code: 'answer-file.secret' });
});

test('an import is undone as long as nothing hangs on it, and the sheet can be used again', async () => {
  const bytes = (await filled()).save();
  const kept = await keep(bytes);
  await importFile(held.desk, kept.id, { number: 'F90', day: '2024-04-22' });
  expect(await undoFile(held.desk, kept.id)).toMatchObject({ state: 'undone' });
  expect((await held.work()).items.map(({ state, answer }) => [state, answer])).toEqual([
    ['assigned', null],
    ['assigned', null],
    ['assigned', null],
  ]);
  await expect(undoFile(held.desk, kept.id)).rejects.toMatchObject({ code: 'answer-file.touched' });
  const again = await keep(bytes);
  const done = await importFile(held.desk, again.id, {});
  await acceptTasks(held.desk, { tasks: [stateOf(done, '1.a').task] });
  expect((await getFile(held.desk, again.id)).canUndo).toBe(false);
  await expect(undoFile(held.desk, again.id)).rejects.toMatchObject({ code: 'answer-file.touched' });
  await expectAudit(held.desk, 'answer-files.undone', kept.id);
});

test('the agency confirms one answer and contests another; both stay', async () => {
  const kept = await keep((await filled()).save());
  await importFile(held.desk, kept.id, { number: 'F91', day: '2024-04-22' });
  const { items, canDecide } = await listDeclarations(held.officer, held.part());
  expect(canDecide).toBe(true);
  const [b, a] = ['1.b', '1.a'].map((at) => items.find(({ path: one }) => one === at)!.id) as [string, string];
  await expect(confirmDeclaration(held.desk, a)).rejects.toMatchObject({ code: 'work.not_own' });
  await expect(confirmDeclaration(held.auditor, a)).rejects.toMatchObject({ code: 'access.role' });
  await confirmDeclaration(held.officer, a);
  await contestDeclaration(held.officer, b, 'Chúng tôi chưa báo nội dung này.');
  await expect(contestDeclaration(held.officer, a, 'x')).rejects.toMatchObject({ code: 'declaration.decided' });
  expect((await listDeclarations(held.desk, held.part())).items.map(({ state }) => state).toSorted()).toEqual(['confirmed', 'contested']);
  await expectAudit(held.officer, 'declarations.contested', b);
});

test('goes out for all at once, as a .zip of one file each', async () => {
  const { directive } = held.issued;
  const out = await exportSheets(held.desk, keys, { directive });
  expect(
    Object.keys(unzipSync(out.content))
      .map((name) => name.replace(/.*\//u, ''))
      .toSorted(),
  ).toEqual(['Sở Giáo dục và Đào tạo.xlsx', 'Sở Y tế.xlsx']);
  const list = await listSheets(held.desk, directive);
  answerSheetRoutes['GET /directives/{id}/answer-sheets'].output.parse(list);
  expect(list.items.map(({ open, used, lastIssued }) => [open, used, lastIssued !== null])).toEqual([
    [3, false, true],
    [3, false, true],
  ]);
  await expectAudit(held.desk, 'answer-sheets.exported', directive);
});

test('another organisation sees nothing of it, and who may only read changes nothing', async () => {
  const { directive } = held.issued;
  const bytes = (await filled()).save();
  const kept = await keep(bytes);
  for (const ctx of [held.sogd, held.foreign]) {
    await expect(getFile(ctx, kept.id)).rejects.toMatchObject({ code: 'answer-file.not_found' });
    await expect(downloadFile(ctx, kept.id)).rejects.toMatchObject({ code: 'answer-file.not_found' });
    await expect(listDeclarations(ctx, held.part())).rejects.toMatchObject({ code: 'work.not_found' });
    await expect(exportOwnSheet(ctx, keys, held.part())).rejects.toThrow();
  }
  expect((await listFiles(held.foreign, { directive, page: 1, size: 50 })).total).toBe(0);
  await expect(keepFile(held.foreign, keys, { name: 'a.xlsx', content: bytes })).rejects.toMatchObject({ code: 'answer-file.not_ours' });
  for (const act of [
    () => exportSheets(held.auditor, keys, { directive }),
    () => exportOwnSheet(held.auditor, keys, held.part()),
    () => keep(bytes, { ctx: held.auditor }),
    () => importFile(held.auditor, kept.id, RECEIVED),
    () => undoFile(held.auditor, kept.id),
    () => dropFile(held.officer, kept.id),
  ])
    await expect(act()).rejects.toMatchObject({ code: 'access.role' });
  expect(
    openBook((await exportOwnSheet(held.officer, keys, held.part())).content)
      .rows()
      .join(),
  ).toContain('Sở Y tế');
  await dropFile(held.desk, kept.id);
  await expect(importFile(held.desk, kept.id, RECEIVED)).rejects.toMatchObject({ code: 'answer-file.decided' });
});
