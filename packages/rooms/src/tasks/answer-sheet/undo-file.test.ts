import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { expect, test } from 'vitest';
import { nextNumber, setUpWork } from '../fixture.ts';
import { askExtension, decideExtension, exportOwnSheet, importFile, keepFile, undoFile } from '../index.ts';
import { fill, openBook, text } from '../../sheets/fixture.ts';

const keys = mkdtempSync(path.join(os.tmpdir(), 'vg-keys-'));
const held = setUpWork<Awaited<ReturnType<typeof makeTestDatabase>>, Province>({ makeTestDatabase, makeProvince, makeStores, makeCtx });

test('an extension that was asked for waits again once the file is undone; one decided since stays decided', async () => {
  await held.received(nextNumber());
  const [a, b] = await held.tasksOf();
  await askExtension(held.officer, { ...held.part(), tasks: [a!, b!], until: '2024-05-05', reason: 'Thiếu người' });
  const asked = (await held.work()).items.map(({ requestedDue }) => requestedDue);
  expect(asked[0]).not.toBeNull();
  const book = openBook((await exportOwnSheet(held.desk, keys, held.part())).content);
  fill(book, '1.a', { E: text('Đã rà soát'), F: text('đã thực hiện') });
  fill(book, '1.b', { E: text('Đang vá'), F: text('đang thực hiện') });
  const { id } = await keepFile(held.desk, keys, { name: 'phieu.xlsx', content: book.save(), directive: held.issued.directive });
  await importFile(held.desk, id, {});
  // What is only in progress still waits for the decision, which comes now.
  expect((await held.work()).items.map(({ requestedDue }) => requestedDue)).toEqual([null, asked[1], null]);
  await decideExtension(held.desk, { tasks: [b!], granted: false, reason: 'Không đủ lý do' });
  await undoFile(held.desk, id);
  expect((await held.work()).items.map(({ state, requestedDue }) => [state, requestedDue])).toEqual([
    ['assigned', asked[0]],
    ['assigned', null],
    ['assigned', null],
  ]);
  await expectAudit(held.desk, 'answer-files.undone', id);
});
