import { workRoutes } from '@vonggac/contract/work';
import { inTransaction } from '@vonggac/store';
import * as testkit from '@vonggac/testkit';
import { describe, expect, it } from 'vitest';
import { END_26, END_30, issueForTest, nextNumber, PDF, setUpWork } from './fixture.ts';
import {
  acceptTasks,
  askForMore,
  addEvidence,
  amendTasks,
  answerTasks,
  downloadEvidence,
  getWork,
  handOverTasks,
  myWork,
  openReceipt,
  receive,
  refuse,
  submitReport,
  withdrawTasks,
  workCounts,
} from './index.ts';

const at = setUpWork(testkit);
const code = (error: { code: string }) => error.code;

describe('issuing', () => {
  it('gives every receiver a receipt under its name of the day, told from its namesakes, and its tasks with their deadlines', async () => {
    const ubnd = await testkit.makeCtx(at.desk.stores, at.province.ubnd, 'desk');
    const { directive } = await issueForTest(ubnd, [at.province.xaA], [END_26, END_30, null]);
    const commune = await getWork(ubnd, { directive, organisation: at.province.xaA });
    expect(commune.receipt).toMatchObject({ state: '01', organisationName: 'UBND xã Gia Lạc (huyện Gia Viễn)', openedAt: null });
    expect(commune.items.map(({ path, due, state }) => [path, due === null ? null : Date.parse(due), state])).toEqual([
      ['1.a', Date.parse(END_26), 'assigned'],
      ['1.b', Date.parse(END_30), 'assigned'],
      ['1.c', null, 'assigned'],
    ]);
    await testkit.expectAudit(ubnd, 'tasks.assigned', directive);
    await expect(issueForTest(at.desk, [at.province.foreign], [null])).rejects.toMatchObject({ code: 'organisation.not_found' });
  });

  it('is nothing that another organisation sees', async () => {
    await expect(getWork(at.foreign, at.part())).rejects.toMatchObject({ code: 'work.not_found' });
    await expect(getWork(at.sogd, at.part())).rejects.toMatchObject({ code: 'work.not_found' });
    expect((await myWork(at.foreign, { tab: 'todo', mine: false, page: 1, size: 50 })).total).toBe(0);
  });

  it('an amendment dates, withdraws and adds; a withdrawal closes what is open', async () => {
    await inTransaction(at.desk, (tx) =>
      amendTasks(tx, at.desk, {
        name: 'directives.amended',
        directive: at.issued.directive,
        overseer: at.province.sotttt,
        reason: 'Gia hạn chung',
        changed: [{ requirement: at.issued.requirements[0]!, due: END_30 }],
        withdrawnRequirements: [at.issued.requirements[2]!],
        withdrawnReceivers: [at.province.sogd],
        receivers: [at.province.viettel],
        assignments: [{ requirement: at.issued.requirements[1]!, organisation: at.province.viettel }],
      }),
    );
    const mine = await at.work();
    expect(mine.items.map(({ state, due }) => [state, due && Date.parse(due)])).toEqual([
      ['assigned', Date.parse(END_30)],
      ['assigned', Date.parse(END_30)],
      ['withdrawn', null],
    ]);
    expect(mine.history[0]).toMatchObject({ act: 'amended', note: 'Gia hạn chung', data: { paths: ['1.a', '1.c'] } });
    expect(
      (await getWork(at.sogd, { ...at.part(), organisation: at.province.sogd })).items.every(({ state }) => state === 'withdrawn'),
    ).toBe(true);
    expect((await getWork(at.desk, { ...at.part(), organisation: at.province.viettel })).items.map(({ path }) => path)).toEqual(['1.b']);
    await inTransaction(at.desk, (tx) =>
      withdrawTasks(tx, at.desk, {
        name: 'directives.withdrawn',
        directive: at.issued.directive,
        overseer: at.province.sotttt,
        reason: 'Ban hành nhầm',
      }),
    );
    expect((await at.work()).items.every(({ state }) => state === 'withdrawn')).toBe(true);
  });
});

describe('handing over to another overseer', () => {
  it('gives it everything that hangs on the directive, what is past included; the old one keeps nothing', async () => {
    const file = await addEvidence(at.officer, { ...at.part(), name: 'x.pdf', content: PDF });
    const ubnd = await testkit.makeCtx(at.desk.stores, at.province.ubnd, 'desk');
    await inTransaction(ubnd, (tx) =>
      handOverTasks(tx, ubnd, {
        name: 'directives.handed-over',
        directive: at.issued.directive,
        from: at.province.sotttt,
        to: at.province.nhoquan,
      }),
    );
    const next = await testkit.makeCtx(at.desk.stores, at.province.nhoquan, 'desk');
    expect((await downloadEvidence(next, file.id)).name).toBe('x.pdf');
    await expect(downloadEvidence(at.desk, file.id)).rejects.toMatchObject({ code: 'evidence.not_found' });
    await expect(getWork(at.desk, at.part())).rejects.toMatchObject({ code: 'work.not_found' });
    expect((await at.work()).history[0]).toMatchObject({ act: 'handed-over', data: { to: at.province.nhoquan } });
  });
});

describe('the receipt', () => {
  it('is opened once, by the agency’s own people, not by who only reads', async () => {
    expect(await openReceipt(at.desk, at.part())).toBe(false);
    await expect(openReceipt(at.auditor, at.part())).rejects.toMatchObject({ code: 'access.role' });
    expect(await openReceipt(at.officer, at.part())).toBe(true);
    expect(await openReceipt(at.officer, at.part())).toBe(false);
    expect((await at.work()).history.map(({ act }) => act)).toEqual(['opened', 'arrived']);
  });

  it('is received once, with the next number of the year', async () => {
    const first = (await at.work()).proposedNumber;
    await receive(at.officer, { ...at.part(), number: first, day: '2024-04-22' });
    const now = await at.work();
    expect(now).toMatchObject({
      status: '03',
      receipt: { state: '03', number: first, day: '2024-04-22' },
      proposedNumber: String(Number(first) + 1),
    });
    await expect(receive(at.officer, { ...at.part(), number: '9999', day: '2024-04-22' })).rejects.toMatchObject({
      code: 'work.already_received',
    });
    await expect(refuse(at.officer, { ...at.part(), reason: 'x' })).rejects.toMatchObject({ code: 'work.already_received' });
    await testkit.expectAudit(at.officer, 'tasks.received', now.receipt.id);
    const again = await issueForTest(at.desk, [at.province.soyte], [null]);
    await expect(receive(at.officer, { ...at.part(), directive: again.directive, number: first, day: '2024-04-23' })).rejects.toMatchObject(
      {
        code: 'work.number_taken',
      },
    );
    await receive(at.officer, { ...at.part(), directive: again.directive, number: first, day: '2023-12-29' });
  });

  it('of two who receive at once, one does', async () => {
    const [a, b] = [nextNumber(), nextNumber()];
    const outcomes = await Promise.all([a, b].map((number) => at.received(number).then(() => 'done', code)));
    expect(outcomes.toSorted()).toEqual(['done', 'work.already_received']);
  });

  it('refused closes its tasks; read-only and future days are refused', async () => {
    await expect(receive(at.auditor, { ...at.part(), number: nextNumber(), day: '2024-04-22' })).rejects.toMatchObject({
      code: 'access.role',
    });
    await expect(receive(at.officer, { ...at.part(), number: nextNumber(), day: '2024-04-27' })).rejects.toMatchObject({
      code: 'work.day_in_future',
      place: 'day',
    });
    await refuse(at.officer, { ...at.part(), reason: 'Không thuộc thẩm quyền' });
    expect(await at.work()).toMatchObject({ status: '02', receipt: { refusedReason: 'Không thuộc thẩm quyền' }, can: { work: false } });
    await expect(at.received(nextNumber())).rejects.toMatchObject({ code: 'work.refused' });
  });
});

describe('my work', () => {
  it('groups by directive and deadline, first what is due first, and follows the states', async () => {
    const ctx = await testkit.makeCtx(at.officer.stores, at.province.viettel, 'operator');
    const one = await issueForTest(at.desk, [at.province.viettel], [END_26, END_26, null]);
    const todo = workRoutes['GET /my-work'].output.parse(await myWork(ctx, { tab: 'todo', mine: false, page: 1, size: 50 }));
    const cards = todo.items.filter(({ directive }) => directive === one.directive);
    expect(
      cards.map(({ group, timeState, receiptState, items }) => [group, timeState, receiptState, items.map(({ path }) => path)]),
    ).toEqual([['today', 'at-risk', '01', ['1.a', '1.b', '1.c']]]);
    const before = await workCounts(ctx);
    const mine = { directive: one.directive, organisation: at.province.viettel };
    await receive(ctx, { ...mine, number: nextNumber(), day: '2024-04-25' });
    const open = await myWork(ctx, { tab: 'todo', mine: false, page: 1, size: 50 });
    expect(open.items.filter(({ directive }) => directive === one.directive).map(({ group, items }) => [group, items.length])).toEqual([
      ['today', 2],
      ['none', 1],
    ]);
    expect(await workCounts(ctx)).toEqual({ ...before, todo: before.todo + 1, unreceived: before.unreceived - 1 });
    await answerTasks(ctx, {
      ...mine,
      items: cards.flatMap(({ items }) => items).map(({ task }) => ({ task, answer: 'Không phát sinh' })),
    });
    const { tasks } = await submitReport(ctx, mine);
    expect(await workCounts(ctx)).toEqual({
      ...before,
      todo: before.todo - 1,
      waiting: before.waiting + 2,
      unreceived: before.unreceived - 1,
    });
    const later = await testkit.makeCtx(at.desk.stores, at.province.viettel, 'operator', { now: '2024-05-09T08:00:00+07:00' });
    const waiting = await myWork(later, { tab: 'waiting', mine: false, page: 1, size: 50 });
    expect(waiting.items.map(({ timeState, answeredAt }) => [timeState, answeredAt !== null]).toSorted()).toEqual([
      ['none', true],
      ['on-day', true],
    ]);
    await askForMore(at.desk, { tasks, reason: 'x' });
    const asked = await myWork(later, { tab: 'todo', mine: false, page: 1, size: 50 });
    expect(asked.items.filter(({ directive }) => directive === one.directive).map(({ group, timeState }) => [group, timeState])).toEqual([
      ['today', 'on-day'],
      ['none', 'none'],
    ]);
    await submitReport(later, mine);
    await acceptTasks(at.desk, { tasks });
    const done = await myWork(ctx, { tab: 'done', mine: false, page: 1, size: 1 });
    expect(done).toMatchObject({ total: 2, items: { length: 1 } });
  });
});
