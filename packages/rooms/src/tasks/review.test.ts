import { newId } from '@vonggac/kernel';
import { type Database, inTransaction } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { END_26, END_30, type Issued, issueForTest, makePart, peopleOf, nextNumber, PDF, type People } from './fixture.ts';
import {
  acceptTasks,
  addEvidence,
  answerTasks,
  askExtension,
  askForMore,
  decideExtension,
  getWork,
  liveTasks,
  reopenTasks,
  submitReport,
  withdrawSubmission,
} from './index.ts';

let database: Database;
let province: Province;
let desk: People['desk'];
let officer: People['officer'];
let auditor: People['auditor'];
let foreign: People['foreign'];
let issued: Issued;
let people: People;
let part: ReturnType<typeof makePart>['part'];
let work: ReturnType<typeof makePart>['work'];
let tasksOf: ReturnType<typeof makePart>['tasksOf'];
let received: ReturnType<typeof makePart>['received'];
let submitted: ReturnType<typeof makePart>['submitted'];
const code = (error: { code: string }) => error.code;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  const stores = makeStores(database);
  people = await peopleOf(province, (organisation, role) => makeCtx(stores, organisation, role));
  ({ desk, officer, auditor, foreign } = people);
});
afterAll(() => database.close());
beforeEach(async () => {
  issued = await issueForTest(desk, [province.soyte, province.sogd], [END_26, END_30, null]);
  ({ part, work, tasksOf, received, submitted } = makePart(people, issued));
});

describe('reporting and review', () => {
  it('needs the receipt and the signed file', async () => {
    const report = { id: newId(), code: '45/BC-SYT', day: '2024-04-25', signer: 'GIÁM ĐỐC' };
    await expect(submitReport(officer, { ...part(), report })).rejects.toMatchObject({ code: 'work.not_received' });
    await received(nextNumber());
    await expect(submitReport(officer, { ...part(), report })).rejects.toMatchObject({ code: 'work.report_file_missing' });
    await expect(submitReport(officer, { ...part() })).rejects.toMatchObject({ code: 'work.answer_missing' });
    await expect(submitReport(auditor, { ...part(), report })).rejects.toMatchObject({ code: 'access.role' });
  });

  it('one signed report covers all items; sent twice it is one', async () => {
    const ids = await submitted();
    expect(ids).toHaveLength(3);
    const now = await work();
    expect(now).toMatchObject({ status: '05', reports: [{ code: '45/BC-SYT', tasks: { length: 3 } }] });
    expect(now.items.map(({ state, timeState }) => [state, timeState])).toEqual([
      ['submitted', 'on-day'],
      ['submitted', 'in-time'],
      ['submitted', 'none'],
    ]);
    const [{ id, code: number, day, signer }] = now.reports as [(typeof now.reports)[0]];
    expect((await submitReport(officer, { ...part(), report: { id, code: number, day, signer } })).tasks.toSorted()).toEqual(
      ids.toSorted(),
    );
    expect((await work()).history.filter(({ act }) => act === 'submitted')).toHaveLength(3);
    await expectAudit(officer, 'tasks.submitted', now.receipt.id);
  });

  it('is taken back while nobody has reviewed it', async () => {
    const ids = await submitted();
    await acceptTasks(desk, { tasks: [ids[0]!] });
    expect((await withdrawSubmission(officer, part())).tasks).toHaveLength(2);
    expect((await work()).items.filter(({ state, answeredAt }) => state === 'in-progress' && answeredAt === null)).toHaveLength(2);
    await expect(withdrawSubmission(officer, part())).rejects.toMatchObject({ code: 'work.reviewed' });
    await expectAudit(officer, 'tasks.submission_withdrawn', (await work()).receipt.id);
  });

  it('asked for more, the first answer keeps its time', async () => {
    const ids = await submitted();
    await expect(askForMore(officer, { tasks: ids, reason: 'x' })).rejects.toMatchObject({ code: 'access.role' });
    expect(await askForMore(desk, { tasks: ids, reason: 'Bổ sung số máy' })).toEqual({ done: expect.arrayContaining(ids), skipped: [] });
    const late = await makeCtx(officer.stores, province.soyte, 'officer', { now: '2024-05-09T08:00:00+07:00' });
    await answerTasks(late, { ...part(), items: ids.map((task) => ({ task, answer: '12/12 máy' })) });
    expect((await work()).items.every(({ state }) => state === 'more-asked')).toBe(true);
    await submitReport(late, part());
    expect((await work()).items[0]).toMatchObject({ state: 'submitted', timeState: 'on-day' });
    await acceptTasks(desk, { tasks: ids });
    expect((await work()).status).toBe('06');
    await expectAudit(desk, 'tasks.more_asked', issued.directive);
    await expectAudit(desk, 'tasks.accepted', issued.directive);
    expect((await reopenTasks(desk, { tasks: [ids[0]!], reason: 'Bấm nhầm' })).done).toEqual([ids[0]]);
  });

  it('is for the overseer alone, and of two reviewers at once one decides', async () => {
    const ids = await submitted();
    const leader = await makeCtx(officer.stores, province.soyte, 'leader');
    await expect(acceptTasks(leader, { tasks: ids })).rejects.toMatchObject({ code: 'work.not_overseer' });
    await expect(acceptTasks(foreign, { tasks: ids })).rejects.toMatchObject({ code: 'work.not_found' });
    const outcomes = await Promise.all([
      acceptTasks(desk, { tasks: [ids[0]!] }).then(() => 'done', code),
      askForMore(desk, { tasks: [ids[0]!], reason: 'x' }).then(() => 'done', code),
    ]);
    expect(outcomes.toSorted()).toEqual(['done', 'work.closed']);
    expect(await acceptTasks(desk, { tasks: ids })).toMatchObject({ done: { length: 2 }, skipped: [ids[0]] });
  });
});

describe('deadlines', () => {
  it('an extension is asked and decided; both dates stay', async () => {
    const [a, , c] = await tasksOf();
    await expect(askExtension(officer, { ...part(), tasks: [c!], until: '2024-05-10', reason: 'x' })).rejects.toMatchObject({
      code: 'work.no_deadline',
    });
    await expect(askExtension(officer, { ...part(), tasks: [a!], until: '2024-04-26', reason: 'x' })).rejects.toMatchObject({
      code: 'work.extension_not_later',
    });
    await askExtension(officer, { ...part(), tasks: [a!], until: '2024-05-10', reason: 'Chờ thiết bị' });
    await expect(decideExtension(officer, { tasks: [a!], granted: true })).rejects.toMatchObject({ code: 'access.role' });
    await decideExtension(desk, { tasks: [a!], granted: true });
    const [item] = (await work()).items;
    expect([item!.documentDue, item!.due].map((at) => Date.parse(at!))).toEqual([
      Date.parse(END_26),
      Date.parse('2024-05-10T23:59:59.999+07:00'),
    ]);
    await expect(decideExtension(desk, { tasks: [a!], granted: false })).rejects.toMatchObject({ code: 'work.no_request' });
    await expectAudit(desk, 'tasks.extension_granted', issued.directive);
    await expectAudit(officer, 'tasks.extension_asked', (await work()).receipt.id);
  });
});

describe('reorganisation', () => {
  it('moves live tasks with history and evidence; what the successor has already goes on there', async () => {
    const [a, b] = await tasksOf();
    await addEvidence(officer, { ...part(), task: a, name: 'x.pdf', content: PDF });
    const ubnd = await makeCtx(officer.stores, province.ubnd, 'administrator');
    await inTransaction(ubnd, async (tx) => {
      const count = await liveTasks.count(tx, province.soyte, '2024-04-26');
      expect(await liveTasks.rows!(tx, province.soyte, '2024-04-26')).toHaveLength(count);
      await liveTasks.moveRow!(tx, ubnd, a!, { from: province.soyte, to: province.nhoquan, on: '2024-04-26' });
      await liveTasks.moveRow!(tx, ubnd, b!, { from: province.soyte, to: province.sogd, on: '2024-04-26' });
    });
    const there = await getWork(ubnd, { directive: issued.directive, organisation: province.nhoquan });
    expect(there).toMatchObject({ receipt: { organisationName: 'UBND huyện Nho Quan' }, items: [{ task: a }], evidence: [{ task: a }] });
    expect(there.history.map(({ act }) => act).toSorted()).toEqual(['evidence-added', 'moved']);
    expect((await work()).items.map(({ path, state }) => [path, state])).toEqual([
      ['1.b', 'withdrawn'],
      ['1.c', 'assigned'],
    ]);
    await expectAudit(ubnd, 'tasks.moved', province.soyte);
  });
});
