import { createHash } from 'node:crypto';
import { newId } from '@vonggac/kernel';
import * as testkit from '@vonggac/testkit';
import { describe, expect, it } from 'vitest';
import { nextNumber, PDF, setUpWork } from './fixture.ts';
import { addEvidence, answerTasks, ask, assignTask, downloadEvidence, listAssignable, myWork } from './index.ts';

const at = setUpWork(testkit);

describe('answering', () => {
  it('keeps drafts item by item and begins the task', async () => {
    const [a] = await at.tasksOf();
    const [saved] = await answerTasks(at.officer, { ...at.part(), items: [{ task: a!, answer: 'Đã trực 24/7' }] });
    expect(saved).toMatchObject({ task: a, state: 'in-progress' });
    expect((await at.work()).items[0]).toMatchObject({ answer: 'Đã trực 24/7', state: 'in-progress', answeredAt: null });
    await expect(answerTasks(at.auditor, { ...at.part(), items: [{ task: a!, answer: 'x' }] })).rejects.toMatchObject({
      code: 'access.role',
    });
    await expect(answerTasks(at.foreign, { ...at.part(), items: [{ task: a!, answer: 'x' }] })).rejects.toMatchObject({
      code: 'work.not_found',
    });
    await testkit.expectAudit(at.officer, 'tasks.answered', (await at.work()).receipt.id);
  });

  it('does not write over what a colleague wrote meanwhile', async () => {
    const [a] = await at.tasksOf();
    const seen = (await at.work()).items[0]!.changedAt;
    const later = await testkit.makeCtx(at.officer.stores, at.province.soyte, 'officer', { now: '2024-04-26T08:00:05+07:00' });
    await answerTasks(later, { ...at.part(), items: [{ task: a!, answer: 'bản của đồng nghiệp', seen }] });
    await expect(answerTasks(at.officer, { ...at.part(), items: [{ task: a!, answer: 'bản của tôi', seen }] })).rejects.toMatchObject({
      code: 'work.changed_meanwhile',
      place: 'items.0',
      details: { answer: 'bản của đồng nghiệp' },
    });
    await answerTasks(at.officer, { ...at.part(), items: [{ task: a!, answer: 'bản của đồng nghiệp', seen }] });
  });

  it('is entered for an agency by the desk, which names the source and is shown as such', async () => {
    const [a] = await at.tasksOf();
    await expect(answerTasks(at.desk, { ...at.part(), items: [{ task: a!, answer: 'x' }] })).rejects.toMatchObject({
      code: 'work.source_missing',
      place: 'source',
    });
    await answerTasks(at.desk, { ...at.part(), items: [{ task: a!, answer: 'x' }], source: 'Điện thoại 26/4' });
    expect((await at.work()).history[0]).toMatchObject({ act: 'answered', path: '1.a', data: { source: 'Điện thoại 26/4' } });
  });

  it('assigns to people of the own organisation only', async () => {
    const [a] = await at.tasksOf();
    const owner = at.database.owner();
    await owner.connect();
    const person = newId();
    await owner.query(
      "insert into people (id, organisation, name, folded, username) values ($1, $2, 'Chuyên viên A', 'chuyen vien a', $3)",
      [person, at.province.soyte, person],
    );
    await owner.query("insert into memberships (id, person, organisation, role, valid_from) values ($1, $2, $3, 'officer', '2024-01-01')", [
      newId(),
      person,
      at.province.soyte,
    ]);
    await owner.end();
    expect(await listAssignable(at.officer)).toContainEqual({ id: person, name: 'Chuyên viên A', position: null });
    await expect(listAssignable(at.auditor)).rejects.toMatchObject({ code: 'access.role' });
    await expect(assignTask(at.officer, { ...at.part(), tasks: [a!], person: newId() })).rejects.toMatchObject({
      code: 'work.person_unknown',
    });
    await expect(assignTask(at.desk, { ...at.part(), tasks: [a!], person })).rejects.toMatchObject({ code: 'work.not_own' });
    await assignTask(at.officer, { ...at.part(), tasks: [a!], person });
    await at.received(nextNumber());
    expect(await at.work()).toMatchObject({ status: '04', items: [{ assignee: { id: person, name: 'Chuyên viên A' } }, {}, {}] });
    expect((await at.work(at.desk)).items[0]!.assignee).toEqual({ id: person, name: null });
    await testkit.expectAudit(at.officer, 'tasks.assigned_person', (await at.work()).receipt.id);
    const me = await testkit.makeCtx(at.officer.stores, at.province.soyte, 'officer', { person });
    expect((await myWork(me, { tab: 'todo', mine: true, page: 1, size: 50 })).items).toMatchObject([
      { directive: at.issued.directive, items: [{ task: a }] },
    ]);
  });

  it('asks and is answered; neither foreign nor read-only may', async () => {
    await ask(at.officer, { ...at.part(), text: 'Có gồm trạm y tế không?' });
    await ask(at.desk, { ...at.part(), text: 'Có.' });
    expect(
      (await at.work()).history
        .slice(0, 2)
        .map(({ act, note }) => [act, note])
        .toSorted(),
    ).toEqual([
      ['asked', 'Có gồm trạm y tế không?'],
      ['replied', 'Có.'],
    ]);
    await expect(ask(at.foreign, { ...at.part(), text: 'x' })).rejects.toMatchObject({ code: 'work.not_found' });
    await expect(ask(at.auditor, { ...at.part(), text: 'x' })).rejects.toMatchObject({ code: 'access.role' });
    await testkit.expectAudit(at.officer, 'tasks.asked', (await at.work()).receipt.id);
  });
});

describe('evidence', () => {
  it('is stored once under its hash and handed out whole, with a line in the log', async () => {
    const [a] = await at.tasksOf();
    const row = await addEvidence(at.officer, { ...at.part(), task: a, name: 'ảnh chụp.pdf', content: PDF });
    expect(row).toMatchObject({ name: 'ảnh chụp.pdf', type: 'application/pdf', scan: 'not-scanned', size: PDF.length });
    expect((await addEvidence(at.officer, { ...at.part(), task: a, name: 'ảnh chụp.pdf', content: PDF })).id).toBe(row.id);
    expect((await downloadEvidence(at.desk, row.id)).content).toEqual(PDF);
    await testkit.expectAudit(at.desk, 'evidence.downloaded', row.id);
    await testkit.expectAudit(at.officer, 'evidence.added', row.id);
    await expect(downloadEvidence(at.sogd, row.id)).rejects.toMatchObject({ code: 'evidence.not_found' });
    await expect(addEvidence(at.auditor, { ...at.part(), name: 'x.pdf', content: PDF })).rejects.toMatchObject({ code: 'access.role' });
    await expect(addEvidence(at.foreign, { ...at.part(), name: 'x.pdf', content: PDF })).rejects.toMatchObject({ code: 'work.not_found' });
  });

  it('is refused, and nothing of it kept, when it bears a mark of state secrecy', async () => {
    const secret = Buffer.from('UBND TỈNH THỬ NGHIỆM\nSỞ Y TẾ\n\nMẬT\n\nSố: 12/BC-SYT\n\nBÁO CÁO\nKết quả rà soát\n');
    await expect(addEvidence(at.officer, { ...at.part(), name: 'bc.txt', content: secret })).rejects.toMatchObject({
      code: 'evidence.secret',
      place: 'file',
    });
    expect(at.officer.stores.files.has(createHash('sha256').update(secret).digest('hex'))).toBe(false);
    await addEvidence(at.officer, {
      ...at.part(),
      name: 'log.txt',
      content: Buffer.from('Đã đổi mật khẩu quản trị, bảo mật máy chủ lúc 08:00\n'),
    });
  });

  it('cannot be changed or removed by the application at all', async () => {
    const row = await addEvidence(at.officer, { ...at.part(), name: 'x.pdf', content: PDF });
    await expect(
      at.officer.stores.pool
        .query("select set_config('app.scope', $1, false)", [`{${at.province.soyte}}`])
        .then(() => at.officer.stores.pool.query('delete from evidence where id = $1', [row.id])),
    ).rejects.toThrow(/permission denied/);
    await expect(at.officer.stores.pool.query('update evidence set name = $1', ['y'])).rejects.toThrow(/permission denied/);
  });
});
