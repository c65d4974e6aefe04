import { answerSheetRoutes } from '@vonggac/contract/answer-sheets';
import { newId } from '@vonggac/kernel';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { expect, test } from 'vitest';
import { PDF, setUpWork } from '../fixture.ts';
import { addEvidence, answerTasks, confirmDeclaration, enterFor, listDeclarations, standingCell, submitReport } from '../index.ts';

const held = setUpWork<Awaited<ReturnType<typeof makeTestDatabase>>, Province>({ makeTestDatabase, makeProvince, makeStores, makeCtx });
const BY_PHONE = { via: 'phone', who: 'Trưởng phòng CNTT', at: '2024-04-26T07:30:00+07:00' } as const;
const listed = async (ctx = held.desk) =>
  answerSheetRoutes['GET /work/{directive}/{organisation}/declarations'].output.parse(await listDeclarations(ctx, held.part()));
const cell = (at: number) =>
  standingCell(held.desk, {
    directive: held.issued.directive,
    organisation: held.part().organisation,
    requirement: held.issued.requirements[at]!,
  });

test('the desk enters what was said by phone, with who, when and the proof; it is shown as such until the agency confirms it', async () => {
  const [a, b] = await held.tasksOf();
  const proof = await addEvidence(held.desk, { ...held.part(), name: 'ghi-am.pdf', content: PDF, source: 'điện thoại' });
  const entered = await enterFor(held.desk, {
    ...held.part(),
    ...BY_PHONE,
    proof: proof.id,
    number: 'T1',
    day: '2024-04-22',
    items: [
      { task: a!, answer: 'Đã trực đủ quân số', done: 'done', day: '2024-04-25' },
      { task: b!, answer: '', done: 'nothing' },
    ],
  });
  expect(entered).toEqual({ tasks: [a, b], skipped: [] });
  const work = await held.work();
  expect(work.items.map(({ state, answer }) => [state, answer])).toEqual([
    ['submitted', 'Đã trực đủ quân số'],
    ['submitted', 'Không phát sinh'],
    ['assigned', null],
  ]);
  expect(work.history[0]?.data).toMatchObject({ via: 'phone', who: 'Trưởng phòng CNTT', proof: proof.id });
  const { items } = await listed();
  expect(items.map(({ via, state, proof: file }) => [via, state, file?.name])).toEqual([
    ['phone', 'open', 'ghi-am.pdf'],
    ['phone', 'open', 'ghi-am.pdf'],
  ]);
  expect((await cell(0)).task?.declared).toMatchObject({ state: 'desk', via: 'phone', who: 'Trưởng phòng CNTT' });
  await confirmDeclaration(held.officer, items.find(({ task }) => task === a)!.id);
  expect((await cell(0)).task?.declared).toBeNull();
  await expectAudit(held.desk, 'tasks.entered_for', work.receipt.id);
});

test('says what is missing: number and day, an answer, a time that has come, proof of this very part', async () => {
  const [task] = await held.tasksOf();
  const items = [{ task: task!, answer: 'Đã làm', done: 'done' as const }];
  const entry = { ...held.part(), ...BY_PHONE, items };
  await expect(enterFor(held.desk, entry)).rejects.toMatchObject({ code: 'work.receipt_missing', place: 'number' });
  await expect(enterFor(held.desk, { ...entry, items: [{ task: task!, answer: '', done: 'done' }] })).rejects.toMatchObject({
    code: 'work.answer_missing',
  });
  await expect(enterFor(held.desk, { ...entry, at: '2024-04-26T09:00:00+07:00' })).rejects.toMatchObject({ code: 'work.said_later' });
  await expect(enterFor(held.desk, { ...entry, proof: newId() })).rejects.toMatchObject({ code: 'evidence.not_found' });
  await expect(enterFor(held.officer, entry)).rejects.toMatchObject({ code: 'access.role' });
  await expect(enterFor(held.foreign, entry)).rejects.toMatchObject({ code: 'work.not_found' });
});

test('what the agency wrote meanwhile is left; what it answers itself replaces what was put in', async () => {
  const [a, b] = await held.tasksOf();
  await held.received('T20');
  await answerTasks(held.officer, { ...held.part(), items: [{ task: a!, answer: 'Đơn vị tự ghi' }] });
  const items = [a!, b!].map((task) => ({ task, answer: 'Theo điện thoại', done: 'doing' as const, seen: '' }));
  expect(await enterFor(held.desk, { ...held.part(), ...BY_PHONE, items })).toEqual({ tasks: [b], skipped: [a] });
  await answerTasks(held.officer, { ...held.part(), items: [{ task: b!, answer: 'Đơn vị sửa lại' }] });
  expect((await listed()).items.map(({ state }) => state)).toEqual(['replaced']);
});

test('a signed report on paper that the desk hands in is declared by it, with the file as proof', async () => {
  await held.received('T30');
  const report = newId();
  await addEvidence(held.desk, { ...held.part(), report, name: 'bc.pdf', content: PDF, source: 'bản giấy' });
  await submitReport(held.desk, {
    ...held.part(),
    source: 'Bản giấy nhận ngày 26/4/2024',
    report: { id: report, code: '45/BC-SYT', day: '2024-04-25', signer: 'KT. GIÁM ĐỐC' },
  });
  const { items } = await listed();
  expect(items).toHaveLength(3);
  expect(items[0]).toMatchObject({ via: 'paper', who: 'KT. GIÁM ĐỐC', proof: { name: 'bc.pdf' }, state: 'open' });
});
