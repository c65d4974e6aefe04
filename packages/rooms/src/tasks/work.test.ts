import { newId } from '@vonggac/kernel';
import { type Ctx, type Database, inTransaction } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  acceptTasks, addEvidence, amendTasks, answerTasks, ask, askExtension, askForMore, assignTask, decideExtension, downloadEvidence, getWork, handOverTasks, listAssignable, liveTasks,
  myWork, openReceipt, receive, refuse, reopenTasks, statusesOf, submitReport, withdrawSubmission, withdrawTasks, workCounts,
} from './index.ts';
import { type Issued, issueForTest } from './test-issue.ts';

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n');
const END_26 = '2024-04-26T23:59:59.999+07:00';
const END_30 = '2024-04-30T23:59:59.999+07:00';

let database: Database;
let province: Province;
let desk: Ctx;
let officer: Ctx;
let foreign: Ctx;
let sogd: Ctx;
let auditor: Ctx;
let issued: Issued;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  const stores = makeStores(database);
  desk = await makeCtx(stores, province.sotttt, 'desk');
  officer = await makeCtx(stores, province.soyte, 'officer', { name: 'cán bộ Sở Y tế' });
  auditor = await makeCtx(stores, province.soyte, 'auditor');
  sogd = await makeCtx(stores, province.sogd, 'officer');
  foreign = await makeCtx(stores, province.foreign, 'desk');
});
afterAll(() => database.close());
beforeEach(async () => {
  issued = await issueForTest(desk, [province.soyte, province.sogd], [END_26, END_30, null]);
});

const part = () => ({ directive: issued.directive, organisation: province.soyte });
const work = (ctx = officer) => getWork(ctx, part());
const tasksOf = async () => (await work()).items.map(({ task }) => task);
const received = (number: string) => receive(officer, { ...part(), number, day: '2024-04-22' });
const code = (error: { code: string }) => error.code;
let counter = 100;
const nextNumber = () => String(counter++);

async function submitted(): Promise<string[]> {
  await received(nextNumber());
  const report = newId();
  await addEvidence(officer, { ...part(), report, name: 'bc.pdf', content: PDF });
  return (await submitReport(officer, { ...part(), report: { id: report, code: '45/BC-SYT', day: '2024-04-25', signer: 'KT. GIÁM ĐỐC' } })).tasks;
}

describe('issuing', () => {
  it('gives every receiver a receipt under its name of the day, told from its namesakes, and its tasks with their deadlines', async () => {
    const ubnd = await makeCtx(desk.stores, province.ubnd, 'desk');
    const { directive } = await issueForTest(ubnd, [province.xaA], [END_26, END_30, null]);
    const commune = await getWork(ubnd, { directive, organisation: province.xaA });
    expect(commune.receipt).toMatchObject({ state: '01', organisationName: 'UBND xã Gia Lạc (huyện Gia Viễn)', openedAt: null });
    expect(commune.items.map(({ path, due, state }) => [path, due === null ? null : Date.parse(due), state])).toEqual([
      ['1.a', Date.parse(END_26), 'assigned'], ['1.b', Date.parse(END_30), 'assigned'], ['1.c', null, 'assigned'],
    ]);
    await expectAudit(ubnd, 'tasks.assigned', directive);
    await expect(issueForTest(desk, [province.foreign], [null])).rejects.toMatchObject({ code: 'organisation.not_found' });
  });

  it('is nothing that another organisation sees', async () => {
    await expect(getWork(foreign, part())).rejects.toMatchObject({ code: 'work.not_found' });
    await expect(getWork(sogd, part())).rejects.toMatchObject({ code: 'work.not_found' });
    expect((await myWork(foreign, { tab: 'todo', mine: false, page: 1, size: 50 })).total).toBe(0);
    expect(await inTransaction(foreign, (tx) => statusesOf(tx, issued.directive))).toEqual(new Map());
  });

  it('an amendment dates, withdraws and adds; a withdrawal closes what is open', async () => {
    await inTransaction(desk, (tx) => amendTasks(tx, desk, {
      name: 'directives.amended', directive: issued.directive, overseer: province.sotttt, reason: 'Gia hạn chung', changed: [{ requirement: issued.requirements[0]!, due: END_30 }],
      withdrawnRequirements: [issued.requirements[2]!], withdrawnReceivers: [province.sogd], receivers: [province.viettel], assignments: [{ requirement: issued.requirements[1]!, organisation: province.viettel }],
    }));
    const mine = await work();
    expect(mine.items.map(({ state, due }) => [state, due && Date.parse(due)])).toEqual([['assigned', Date.parse(END_30)], ['assigned', Date.parse(END_30)], ['withdrawn', null]]);
    expect(mine.history[0]).toMatchObject({ act: 'amended', note: 'Gia hạn chung', data: { paths: ['1.a', '1.c'] } });
    expect((await getWork(sogd, { ...part(), organisation: province.sogd })).items.every(({ state }) => state === 'withdrawn')).toBe(true);
    expect((await getWork(desk, { ...part(), organisation: province.viettel })).items.map(({ path }) => path)).toEqual(['1.b']);
    await inTransaction(desk, (tx) => withdrawTasks(tx, desk, { name: 'directives.withdrawn', directive: issued.directive, overseer: province.sotttt, reason: 'Ban hành nhầm' }));
    expect((await work()).items.every(({ state }) => state === 'withdrawn')).toBe(true);
  });
});

describe('handing over to another overseer', () => {
  it('gives it everything that hangs on the directive, what is past included; the old one keeps nothing', async () => {
    const file = await addEvidence(officer, { ...part(), name: 'x.pdf', content: PDF });
    const ubnd = await makeCtx(desk.stores, province.ubnd, 'desk');
    await inTransaction(ubnd, (tx) => handOverTasks(tx, ubnd, { name: 'directives.handed-over', directive: issued.directive, from: province.sotttt, to: province.nhoquan }));
    const next = await makeCtx(desk.stores, province.nhoquan, 'desk');
    expect((await downloadEvidence(next, file.id)).name).toBe('x.pdf');
    await expect(downloadEvidence(desk, file.id)).rejects.toMatchObject({ code: 'evidence.not_found' });
    await expect(getWork(desk, part())).rejects.toMatchObject({ code: 'work.not_found' });
    expect((await work()).history[0]).toMatchObject({ act: 'handed-over', data: { to: province.nhoquan } });
  });
});

describe('the receipt', () => {
  it('is opened once, by the agency’s own people, not by who only reads', async () => {
    expect(await openReceipt(desk, part())).toBe(false);
    await expect(openReceipt(auditor, part())).rejects.toMatchObject({ code: 'access.role' });
    expect(await openReceipt(officer, part())).toBe(true);
    expect(await openReceipt(officer, part())).toBe(false);
    expect((await work()).history.map(({ act }) => act)).toEqual(['opened', 'arrived']);
  });

  it('is received once, with the next number of the year', async () => {
    const first = (await work()).proposedNumber;
    await receive(officer, { ...part(), number: first, day: '2024-04-22' });
    const now = await work();
    expect(now).toMatchObject({ status: '03', receipt: { state: '03', number: first, day: '2024-04-22' }, proposedNumber: String(Number(first) + 1) });
    await expect(receive(officer, { ...part(), number: '9999', day: '2024-04-22' })).rejects.toMatchObject({ code: 'work.already_received' });
    await expect(refuse(officer, { ...part(), reason: 'x' })).rejects.toMatchObject({ code: 'work.already_received' });
    await expectAudit(officer, 'tasks.received', now.receipt.id);
    const again = await issueForTest(desk, [province.soyte], [null]);
    await expect(receive(officer, { ...part(), directive: again.directive, number: first, day: '2024-04-23' })).rejects.toMatchObject({ code: 'work.number_taken' });
    await receive(officer, { ...part(), directive: again.directive, number: first, day: '2023-12-29' });
  });

  it('of two who receive at once, one does', async () => {
    const [a, b] = [nextNumber(), nextNumber()];
    const outcomes = await Promise.all([a, b].map((number) => received(number).then(() => 'done', code)));
    expect(outcomes.toSorted()).toEqual(['done', 'work.already_received']);
  });

  it('refused closes its tasks; read-only and future days are refused', async () => {
    await expect(receive(auditor, { ...part(), number: nextNumber(), day: '2024-04-22' })).rejects.toMatchObject({ code: 'access.role' });
    await expect(receive(officer, { ...part(), number: nextNumber(), day: '2024-04-27' })).rejects.toMatchObject({ code: 'work.day_in_future', place: 'day' });
    await refuse(officer, { ...part(), reason: 'Không thuộc thẩm quyền' });
    expect(await work()).toMatchObject({ status: '02', receipt: { refusedReason: 'Không thuộc thẩm quyền' }, can: { work: false } });
    await expect(received(nextNumber())).rejects.toMatchObject({ code: 'work.refused' });
  });
});

describe('answering', () => {
  it('keeps drafts item by item and begins the task', async () => {
    const [a] = await tasksOf();
    const [saved] = await answerTasks(officer, { ...part(), items: [{ task: a!, answer: 'Đã trực 24/7' }] });
    expect(saved).toMatchObject({ task: a, state: 'in-progress' });
    expect((await work()).items[0]).toMatchObject({ answer: 'Đã trực 24/7', state: 'in-progress', answeredAt: null });
    await expect(answerTasks(auditor, { ...part(), items: [{ task: a!, answer: 'x' }] })).rejects.toMatchObject({ code: 'access.role' });
    await expect(answerTasks(sogd, { ...part(), items: [{ task: a!, answer: 'x' }] })).rejects.toMatchObject({ code: 'work.not_found' });
    await expectAudit(officer, 'tasks.answered', (await work()).receipt.id);
  });

  it('does not write over what a colleague wrote meanwhile', async () => {
    const [a] = await tasksOf();
    const seen = (await work()).items[0]!.changedAt;
    const later = await makeCtx(officer.stores, province.soyte, 'officer', { now: '2024-04-26T08:00:05+07:00' });
    await answerTasks(later, { ...part(), items: [{ task: a!, answer: 'bản của đồng nghiệp', seen }] });
    await expect(answerTasks(officer, { ...part(), items: [{ task: a!, answer: 'bản của tôi', seen }] })).rejects.toMatchObject({
      code: 'work.changed_meanwhile', place: 'items.0', details: { answer: 'bản của đồng nghiệp' },
    });
    await answerTasks(officer, { ...part(), items: [{ task: a!, answer: 'bản của đồng nghiệp', seen }] });
  });

  it('is entered for an agency by the desk, which names the source and is shown as such', async () => {
    const [a] = await tasksOf();
    await expect(answerTasks(desk, { ...part(), items: [{ task: a!, answer: 'x' }] })).rejects.toMatchObject({ code: 'work.source_missing', place: 'source' });
    await answerTasks(desk, { ...part(), items: [{ task: a!, answer: 'x' }], source: 'Điện thoại 26/4' });
    expect((await work()).history[0]).toMatchObject({ act: 'answered', path: '1.a', data: { source: 'Điện thoại 26/4' } });
  });

  it('assigns to people of the own organisation only', async () => {
    const [a] = await tasksOf();
    const owner = database.owner();
    await owner.connect();
    const person = newId();
    await owner.query("insert into people (id, organisation, name, folded, username) values ($1, $2, 'Chuyên viên A', 'chuyen vien a', $3)", [person, province.soyte, person]);
    await owner.query("insert into memberships (id, person, organisation, role, valid_from) values ($1, $2, $3, 'officer', '2024-01-01')", [newId(), person, province.soyte]);
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
    expect((await myWork(me, { tab: 'todo', mine: true, page: 1, size: 50 })).items).toMatchObject([{ directive: issued.directive, items: [{ task: a }] }]);
  });

  it('asks and is answered; neither foreign nor read-only may', async () => {
    await ask(officer, { ...part(), text: 'Có gồm trạm y tế không?' });
    await ask(desk, { ...part(), text: 'Có.' });
    expect((await work()).history.slice(0, 2).map(({ act, note }) => [act, note]).toSorted()).toEqual([['asked', 'Có gồm trạm y tế không?'], ['replied', 'Có.']]);
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
    await expect(addEvidence(sogd, { ...part(), name: 'x.pdf', content: PDF })).rejects.toMatchObject({ code: 'work.not_found' });
  });

  it('cannot be changed or removed by the application at all', async () => {
    const row = await addEvidence(officer, { ...part(), name: 'x.pdf', content: PDF });
    await expect(officer.stores.pool.query("select set_config('app.scope', $1, false)", [`{${province.soyte}}`]).then(() => officer.stores.pool.query('delete from evidence where id = $1', [row.id]))).rejects.toThrow(/permission denied/);
    await expect(officer.stores.pool.query('update evidence set name = $1', ['y'])).rejects.toThrow(/permission denied/);
  });
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
    expect(now.items.map(({ state, timeState }) => [state, timeState])).toEqual([['submitted', 'on-day'], ['submitted', 'in-time'], ['submitted', 'none']]);
    const [{ id, code: number, day, signer }] = now.reports as [typeof now.reports[0]];
    expect((await submitReport(officer, { ...part(), report: { id, code: number, day, signer } })).tasks.toSorted()).toEqual(ids.toSorted());
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
    await expect(askExtension(officer, { ...part(), tasks: [c!], until: '2024-05-10', reason: 'x' })).rejects.toMatchObject({ code: 'work.no_deadline' });
    await expect(askExtension(officer, { ...part(), tasks: [a!], until: '2024-04-26', reason: 'x' })).rejects.toMatchObject({ code: 'work.extension_not_later' });
    await askExtension(officer, { ...part(), tasks: [a!], until: '2024-05-10', reason: 'Chờ thiết bị' });
    await expect(decideExtension(officer, { tasks: [a!], granted: true })).rejects.toMatchObject({ code: 'access.role' });
    await decideExtension(desk, { tasks: [a!], granted: true });
    const [item] = (await work()).items;
    expect([item!.documentDue, item!.due].map((at) => Date.parse(at!))).toEqual([Date.parse(END_26), Date.parse('2024-05-10T23:59:59.999+07:00')]);
    await expect(decideExtension(desk, { tasks: [a!], granted: false })).rejects.toMatchObject({ code: 'work.no_request' });
    await expectAudit(desk, 'tasks.extension_granted', issued.directive);
    await expectAudit(officer, 'tasks.extension_asked', (await work()).receipt.id);
  });
});

describe('my work', () => {
  it('groups by directive and deadline, first what is due first, and follows the states', async () => {
    const ctx = await makeCtx(officer.stores, province.viettel, 'operator');
    const one = await issueForTest(desk, [province.viettel], [END_26, END_26, null]);
    const todo = await myWork(ctx, { tab: 'todo', mine: false, page: 1, size: 50 });
    const cards = todo.items.filter(({ directive }) => directive === one.directive);
    expect(cards.map(({ group, timeState, receiptState, items }) => [group, timeState, receiptState, items.map(({ path }) => path)])).toEqual([
      ['today', 'at-risk', '01', ['1.a', '1.b']],
      ['none', 'none', '01', ['1.c']],
    ]);
    const before = await workCounts(ctx);
    const mine = { directive: one.directive, organisation: province.viettel };
    await receive(ctx, { ...mine, number: nextNumber(), day: '2024-04-25' });
    await answerTasks(ctx, { ...mine, items: cards.flatMap(({ items }) => items).map(({ task }) => ({ task, answer: 'Không phát sinh' })) });
    const { tasks } = await submitReport(ctx, mine);
    expect(await workCounts(ctx)).toEqual({ ...before, todo: before.todo - 2, waiting: before.waiting + 2, unreceived: before.unreceived - 1 });
    await acceptTasks(desk, { tasks });
    const done = await myWork(ctx, { tab: 'done', mine: false, page: 1, size: 1 });
    expect(done).toMatchObject({ total: 2, items: { length: 1 } });
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
    expect((await work()).items.map(({ path, state }) => [path, state])).toEqual([['1.b', 'withdrawn'], ['1.c', 'assigned']]);
    await expectAudit(ubnd, 'tasks.moved', province.soyte);
  });
});
