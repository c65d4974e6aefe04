import { createHash } from 'node:crypto';
import { newId } from '@vonggac/kernel';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import type { Database } from '@vonggac/store';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { END_26, END_30, type Issued, issueForTest, makePart, peopleOf, nextNumber, PDF, type People } from './fixture.ts';
import { addEvidence, answerTasks, ask, assignTask, downloadEvidence, listAssignable, myWork } from './index.ts';

let database: Database;
let province: Province;
let desk: People['desk'];
let officer: People['officer'];
let auditor: People['auditor'];
let sogd: People['sogd'];
let foreign: People['foreign'];
let issued: Issued;
let people: People;
let part: ReturnType<typeof makePart>['part'];
let work: ReturnType<typeof makePart>['work'];
let tasksOf: ReturnType<typeof makePart>['tasksOf'];
let received: ReturnType<typeof makePart>['received'];

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  const stores = makeStores(database);
  people = await peopleOf(province, (organisation, role) => makeCtx(stores, organisation, role));
  ({ desk, officer, auditor, sogd, foreign } = people);
});
afterAll(() => database.close());
beforeEach(async () => {
  issued = await issueForTest(desk, [province.soyte, province.sogd], [END_26, END_30, null]);
  ({ part, work, tasksOf, received } = makePart(people, issued));
});

describe('answering', () => {
  it('keeps drafts item by item and begins the task', async () => {
    const [a] = await tasksOf();
    const [saved] = await answerTasks(officer, { ...part(), items: [{ task: a!, answer: 'Đã trực 24/7' }] });
    expect(saved).toMatchObject({ task: a, state: 'in-progress' });
    expect((await work()).items[0]).toMatchObject({ answer: 'Đã trực 24/7', state: 'in-progress', answeredAt: null });
    await expect(answerTasks(auditor, { ...part(), items: [{ task: a!, answer: 'x' }] })).rejects.toMatchObject({ code: 'access.role' });
    await expect(answerTasks(foreign, { ...part(), items: [{ task: a!, answer: 'x' }] })).rejects.toMatchObject({ code: 'work.not_found' });
    await expectAudit(officer, 'tasks.answered', (await work()).receipt.id);
  });

  it('does not write over what a colleague wrote meanwhile', async () => {
    const [a] = await tasksOf();
    const seen = (await work()).items[0]!.changedAt;
    const later = await makeCtx(officer.stores, province.soyte, 'officer', { now: '2024-04-26T08:00:05+07:00' });
    await answerTasks(later, { ...part(), items: [{ task: a!, answer: 'bản của đồng nghiệp', seen }] });
    await expect(answerTasks(officer, { ...part(), items: [{ task: a!, answer: 'bản của tôi', seen }] })).rejects.toMatchObject({
      code: 'work.changed_meanwhile',
      place: 'items.0',
      details: { answer: 'bản của đồng nghiệp' },
    });
    await answerTasks(officer, { ...part(), items: [{ task: a!, answer: 'bản của đồng nghiệp', seen }] });
  });

  it('is entered for an agency by the desk, which names the source and is shown as such', async () => {
    const [a] = await tasksOf();
    await expect(answerTasks(desk, { ...part(), items: [{ task: a!, answer: 'x' }] })).rejects.toMatchObject({
      code: 'work.source_missing',
      place: 'source',
    });
    await answerTasks(desk, { ...part(), items: [{ task: a!, answer: 'x' }], source: 'Điện thoại 26/4' });
    expect((await work()).history[0]).toMatchObject({ act: 'answered', path: '1.a', data: { source: 'Điện thoại 26/4' } });
  });

  it('assigns to people of the own organisation only', async () => {
    const [a] = await tasksOf();
    const owner = database.owner();
    await owner.connect();
    const person = newId();
    await owner.query(
      "insert into people (id, organisation, name, folded, username) values ($1, $2, 'Chuyên viên A', 'chuyen vien a', $3)",
      [person, province.soyte, person],
    );
    await owner.query("insert into memberships (id, person, organisation, role, valid_from) values ($1, $2, $3, 'officer', '2024-01-01')", [
      newId(),
      person,
      province.soyte,
    ]);
    await owner.end();
    expect(await listAssignable(officer)).toContainEqual({ id: person, name: 'Chuyên viên A', position: null });
    await expect(listAssignable(auditor)).rejects.toMatchObject({ code: 'access.role' });
    await expect(assignTask(officer, { ...part(), tasks: [a!], person: newId() })).rejects.toMatchObject({ code: 'work.person_unknown' });
    await expect(assignTask(desk, { ...part(), tasks: [a!], person })).rejects.toMatchObject({ code: 'work.not_own' });
    await assignTask(officer, { ...part(), tasks: [a!], person });
    await received(nextNumber());
    expect(await work()).toMatchObject({ status: '04', items: [{ assignee: { id: person, name: 'Chuyên viên A' } }, {}, {}] });
    expect((await work(desk)).items[0]!.assignee).toEqual({ id: person, name: null });
    await expectAudit(officer, 'tasks.assigned_person', (await work()).receipt.id);
    const me = await makeCtx(officer.stores, province.soyte, 'officer', { person });
    expect((await myWork(me, { tab: 'todo', mine: true, page: 1, size: 50 })).items).toMatchObject([
      { directive: issued.directive, items: [{ task: a }] },
    ]);
  });

  it('asks and is answered; neither foreign nor read-only may', async () => {
    await ask(officer, { ...part(), text: 'Có gồm trạm y tế không?' });
    await ask(desk, { ...part(), text: 'Có.' });
    expect(
      (await work()).history
        .slice(0, 2)
        .map(({ act, note }) => [act, note])
        .toSorted(),
    ).toEqual([
      ['asked', 'Có gồm trạm y tế không?'],
      ['replied', 'Có.'],
    ]);
    await expect(ask(foreign, { ...part(), text: 'x' })).rejects.toMatchObject({ code: 'work.not_found' });
    await expect(ask(auditor, { ...part(), text: 'x' })).rejects.toMatchObject({ code: 'access.role' });
    await expectAudit(officer, 'tasks.asked', (await work()).receipt.id);
  });
});

describe('evidence', () => {
  it('is stored once under its hash and handed out whole, with a line in the log', async () => {
    const [a] = await tasksOf();
    const row = await addEvidence(officer, { ...part(), task: a, name: 'ảnh chụp.pdf', content: PDF });
    expect(row).toMatchObject({ name: 'ảnh chụp.pdf', type: 'application/pdf', scan: 'not-scanned', size: PDF.length });
    expect((await addEvidence(officer, { ...part(), task: a, name: 'ảnh chụp.pdf', content: PDF })).id).toBe(row.id);
    expect((await downloadEvidence(desk, row.id)).content).toEqual(PDF);
    await expectAudit(desk, 'evidence.downloaded', row.id);
    await expectAudit(officer, 'evidence.added', row.id);
    await expect(downloadEvidence(sogd, row.id)).rejects.toMatchObject({ code: 'evidence.not_found' });
    await expect(addEvidence(auditor, { ...part(), name: 'x.pdf', content: PDF })).rejects.toMatchObject({ code: 'access.role' });
    await expect(addEvidence(foreign, { ...part(), name: 'x.pdf', content: PDF })).rejects.toMatchObject({ code: 'work.not_found' });
  });

  it('is refused, and nothing of it kept, when it bears a mark of state secrecy', async () => {
    const secret = Buffer.from('UBND TỈNH THỬ NGHIỆM\nSỞ Y TẾ\n\nMẬT\n\nSố: 12/BC-SYT\n\nBÁO CÁO\nKết quả rà soát\n');
    await expect(addEvidence(officer, { ...part(), name: 'bc.txt', content: secret })).rejects.toMatchObject({
      code: 'evidence.secret',
      place: 'file',
    });
    expect(officer.stores.files.has(createHash('sha256').update(secret).digest('hex'))).toBe(false);
    await addEvidence(officer, {
      ...part(),
      name: 'log.txt',
      content: Buffer.from('Đã đổi mật khẩu quản trị, bảo mật máy chủ lúc 08:00\n'),
    });
  });

  it('cannot be changed or removed by the application at all', async () => {
    const row = await addEvidence(officer, { ...part(), name: 'x.pdf', content: PDF });
    await expect(
      officer.stores.pool
        .query("select set_config('app.scope', $1, false)", [`{${province.soyte}}`])
        .then(() => officer.stores.pool.query('delete from evidence where id = $1', [row.id])),
    ).rejects.toThrow(/permission denied/);
    await expect(officer.stores.pool.query('update evidence set name = $1', ['y'])).rejects.toThrow(/permission denied/);
  });
});
