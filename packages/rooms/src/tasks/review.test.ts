import { newId } from '@vonggac/kernel';
import { inTransaction } from '@vonggac/store';
import * as testkit from '@vonggac/testkit';
import { describe, expect, it } from 'vitest';
import { END_26, nextNumber, PDF, setUpWork } from './fixture.ts';
import {
  acceptTasks,
  addEvidence,
  answerTasks,
  askExtension,
  askForMore,
  decideExtension,
  getWork,
  type FigureName,
  liveTasks,
  reopenTasks,
  rowsOf,
  standing,
  submitReport,
  withdrawSubmission,
} from './index.ts';

const at = setUpWork(testkit);
const code = (error: { code: string }) => error.code;

describe('reporting and review', () => {
  it('needs the receipt and the signed file', async () => {
    const report = { id: newId(), code: '45/BC-SYT', day: '2024-04-25', signer: 'GIÁM ĐỐC' };
    await expect(submitReport(at.officer, { ...at.part(), report })).rejects.toMatchObject({ code: 'work.not_received' });
    await at.received(nextNumber());
    await expect(submitReport(at.officer, { ...at.part(), report })).rejects.toMatchObject({ code: 'work.report_file_missing' });
    await expect(submitReport(at.officer, { ...at.part() })).rejects.toMatchObject({ code: 'work.answer_missing' });
    await expect(submitReport(at.auditor, { ...at.part(), report })).rejects.toMatchObject({ code: 'access.role' });
  });

  it('one signed report covers all items; sent twice it is one', async () => {
    const ids = await at.submitted();
    expect(ids).toHaveLength(3);
    const now = await at.work();
    expect(now).toMatchObject({ status: '05', reports: [{ code: '45/BC-SYT', tasks: { length: 3 } }] });
    expect(now.items.map(({ state, timeState }) => [state, timeState])).toEqual([
      ['submitted', 'on-day'],
      ['submitted', 'in-time'],
      ['submitted', 'none'],
    ]);
    const [{ id, code: number, day, signer }] = now.reports as [(typeof now.reports)[0]];
    expect((await submitReport(at.officer, { ...at.part(), report: { id, code: number, day, signer } })).tasks.toSorted()).toEqual(
      ids.toSorted(),
    );
    expect((await at.work()).history.filter(({ act }) => act === 'submitted')).toHaveLength(3);
    await testkit.expectAudit(at.officer, 'tasks.submitted', now.receipt.id);
  });

  it('is taken back while nobody has reviewed it', async () => {
    const ids = await at.submitted();
    await acceptTasks(at.desk, { tasks: [ids[0]!] });
    expect((await withdrawSubmission(at.officer, at.part())).tasks).toHaveLength(2);
    expect((await at.work()).items.filter(({ state, answeredAt }) => state === 'in-progress' && answeredAt === null)).toHaveLength(2);
    await expect(withdrawSubmission(at.officer, at.part())).rejects.toMatchObject({ code: 'work.reviewed' });
    await testkit.expectAudit(at.officer, 'tasks.submission_withdrawn', (await at.work()).receipt.id);
  });

  it('taken back after it was asked for more it is asked for more again, and the figures agree with their rows', async () => {
    await at.submitted();
    const ids = await at.tasksOf();
    await askForMore(at.desk, { tasks: [ids[0]!], reason: 'Bổ sung' });
    await answerTasks(at.officer, { ...at.part(), items: [{ task: ids[0]!, answer: '12/12 máy' }] });
    await submitReport(at.officer, { ...at.part(), tasks: [ids[0]!] });
    await withdrawSubmission(at.officer, at.part());
    expect((await at.work()).items.map(({ task, state, answeredAt }) => [task, state, answeredAt !== null])).toEqual(
      ids.map((task, n) => [task, n === 0 ? 'more-asked' : 'in-progress', n === 0]),
    );
    const { figures } = await standing(at.desk, at.issued.directive);
    const rowsBehind = async (figure: FigureName) => (await rowsOf(at.desk, at.issued.directive, { figure, page: 1, size: 50 })).total;
    expect([figures.answered.value, figures.overdue, figures.inTime.value]).toEqual([
      await rowsBehind('answered'),
      await rowsBehind('overdue'),
      await rowsBehind('in-time'),
    ]);
    expect(figures.answered.value).toBe(1);
  });

  it('asked for more, the first answer keeps its time', async () => {
    const ids = await at.submitted();
    await expect(askForMore(at.officer, { tasks: ids, reason: 'x' })).rejects.toMatchObject({ code: 'access.role' });
    expect(await askForMore(at.desk, { tasks: ids, reason: 'Bổ sung số máy' })).toEqual({ done: expect.arrayContaining(ids), skipped: [] });
    const late = await testkit.makeCtx(at.officer.stores, at.province.soyte, 'officer', { now: '2024-05-09T08:00:00+07:00' });
    await answerTasks(late, { ...at.part(), items: ids.map((task) => ({ task, answer: '12/12 máy' })) });
    expect((await at.work()).items.every(({ state }) => state === 'more-asked')).toBe(true);
    await submitReport(late, at.part());
    expect((await at.work()).items[0]).toMatchObject({ state: 'submitted', timeState: 'on-day' });
    await acceptTasks(at.desk, { tasks: ids });
    expect((await at.work()).status).toBe('06');
    await testkit.expectAudit(at.desk, 'tasks.more_asked', at.issued.directive);
    await testkit.expectAudit(at.desk, 'tasks.accepted', at.issued.directive);
    expect((await reopenTasks(at.desk, { tasks: [ids[0]!], reason: 'Bấm nhầm' })).done).toEqual([ids[0]]);
  });

  it('is for the overseer alone, and of two reviewers at once one decides', async () => {
    const ids = await at.submitted();
    const leader = await testkit.makeCtx(at.officer.stores, at.province.soyte, 'leader');
    await expect(acceptTasks(leader, { tasks: ids })).rejects.toMatchObject({ code: 'work.not_overseer' });
    await expect(acceptTasks(at.foreign, { tasks: ids })).rejects.toMatchObject({ code: 'work.not_found' });
    const outcomes = await Promise.all([
      acceptTasks(at.desk, { tasks: [ids[0]!] }).then(() => 'done', code),
      askForMore(at.desk, { tasks: [ids[0]!], reason: 'x' }).then(() => 'done', code),
    ]);
    expect(outcomes.toSorted()).toEqual(['done', 'work.closed']);
    expect(await acceptTasks(at.desk, { tasks: ids })).toMatchObject({ done: { length: 2 }, skipped: [ids[0]] });
  });
});

describe('deadlines', () => {
  it('an extension is asked and decided; both dates stay', async () => {
    const [a, , c] = await at.tasksOf();
    await expect(askExtension(at.officer, { ...at.part(), tasks: [c!], until: '2024-05-10', reason: 'x' })).rejects.toMatchObject({
      code: 'work.no_deadline',
    });
    await expect(askExtension(at.officer, { ...at.part(), tasks: [a!], until: '2024-04-26', reason: 'x' })).rejects.toMatchObject({
      code: 'work.extension_not_later',
    });
    await askExtension(at.officer, { ...at.part(), tasks: [a!], until: '2024-05-10', reason: 'Chờ thiết bị' });
    await expect(decideExtension(at.officer, { tasks: [a!], granted: true })).rejects.toMatchObject({ code: 'access.role' });
    await decideExtension(at.desk, { tasks: [a!], granted: true });
    const [item] = (await at.work()).items;
    expect([item!.documentDue, item!.due].map((at) => Date.parse(at!))).toEqual([
      Date.parse(END_26),
      Date.parse('2024-05-10T23:59:59.999+07:00'),
    ]);
    await expect(decideExtension(at.desk, { tasks: [a!], granted: false })).rejects.toMatchObject({ code: 'work.no_request' });
    await testkit.expectAudit(at.desk, 'tasks.extension_granted', at.issued.directive);
    await testkit.expectAudit(at.officer, 'tasks.extension_asked', (await at.work()).receipt.id);
  });
});

describe('reorganisation', () => {
  it('moves live tasks with history and evidence; what the successor has already goes on there', async () => {
    const [a, b] = await at.tasksOf();
    await addEvidence(at.officer, { ...at.part(), task: a, name: 'x.pdf', content: PDF });
    const ubnd = await testkit.makeCtx(at.officer.stores, at.province.ubnd, 'administrator');
    await inTransaction(ubnd, async (tx) => {
      const count = await liveTasks.count(tx, at.province.soyte, '2024-04-26');
      expect(await liveTasks.rows!(tx, at.province.soyte, '2024-04-26')).toHaveLength(count);
      await liveTasks.moveRow!(tx, ubnd, a!, { from: at.province.soyte, to: at.province.nhoquan, on: '2024-04-26' });
      await liveTasks.moveRow!(tx, ubnd, b!, { from: at.province.soyte, to: at.province.sogd, on: '2024-04-26' });
    });
    const there = await getWork(ubnd, { directive: at.issued.directive, organisation: at.province.nhoquan });
    expect(there).toMatchObject({ receipt: { organisationName: 'UBND huyện Nho Quan' }, items: [{ task: a }], evidence: [{ task: a }] });
    expect(there.history.map(({ act }) => act).toSorted()).toEqual(['evidence-added', 'moved']);
    expect((await at.work()).items.map(({ path, state }) => [path, state])).toEqual([
      ['1.b', 'withdrawn'],
      ['1.c', 'assigned'],
    ]);
    await testkit.expectAudit(ubnd, 'tasks.moved', at.province.soyte);
  });
});
