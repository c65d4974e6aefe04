import { fixedClock, newId } from '@vonggac/kernel';
import type { Ctx } from '@vonggac/store';
import * as testkit from '@vonggac/testkit';
import { beforeEach, describe, expect, it } from 'vitest';
import { issueForTest, PDF, setUpWork } from '../fixture.ts';
import {
  acceptTasks,
  addEvidence,
  answerTasks,
  askForMore,
  getWork,
  listPast,
  matrix,
  myWork,
  receive,
  reportPast,
  reviewPast,
  sayNothing,
  standing,
  submitReport,
  turnPeriods,
} from '../index.ts';

const at = setUpWork(testkit);
const MONTHLY = { phrase: 'định kỳ hằng tháng (trước ngày 25 hằng tháng)', recurrence: 'monthly' };
const DAILY = { phrase: 'trước 16h00 hằng ngày', recurrence: 'daily' };

/** The same person later. */
const on = (ctx: Ctx, moment: string): Ctx => ({ ...ctx, clock: fixedClock(moment) });
const turn = async (moment: string) => turnPeriods(await testkit.makeHouseCtx(testkit.makeStores(at.database), moment));
let directive: string;
let requirements: string[];
const part = () => ({ directive, organisation: at.officer.actor.organisation });
const items = async (ctx: Ctx = at.officer) => (await getWork(ctx, part())).items;
const past = (ctx: Ctx = at.officer, more: { show?: 'all' | 'open' | 'missed' | 'to-review'; exercise?: boolean } = {}) =>
  listPast(ctx, { directive, show: 'all', exercise: false, page: 1, size: 50, ...more });

// The clock of the tests stands at 2024-04-26T08:00+07:00.
beforeEach(async () => {
  ({ directive, requirements } = await issueForTest(at.desk, [at.province.soyte, at.province.sogd], [MONTHLY, DAILY, null]));
  await receive(at.officer, { ...part(), number: newId().slice(-8), day: '2024-04-22' });
});

describe('a recurring requirement', () => {
  it('opens the period that runs when it is issued, with its date', async () => {
    const [monthly, daily, plain] = await items();
    expect(monthly).toMatchObject({ period: { number: 2, from: '2024-04-26', to: '2024-05-25', computed: false, past: { total: 0 } } });
    expect(new Date(monthly!.due!).toISOString()).toBe('2024-05-25T16:59:59.999Z');
    expect(daily!.period).toMatchObject({ from: '2024-04-26', to: '2024-04-26' });
    expect(new Date(daily!.due!).toISOString()).toBe('2024-04-26T09:00:00.000Z');
    expect(plain).toMatchObject({ period: null, due: null });
    const card = (await myWork(at.officer, { tab: 'todo', mine: false, page: 1, size: 50 })).items.find(
      (one) => one.directive === directive && one.items[0]?.path === daily!.path,
    );
    expect(card).toMatchObject({ group: 'today', items: [{ nothing: false, period: { from: '2024-04-26' } }] });
  });

  it('keeps what was reported when the period ends, and asks anew for the next', async () => {
    const [monthly] = await items();
    await answerTasks(at.officer, { ...part(), items: [{ task: monthly!.task, answer: 'Đã rà soát 12 máy' }] });
    await addEvidence(at.officer, { ...part(), task: monthly!.task, name: 'bb.pdf', content: PDF });
    await submitReport(at.officer, { ...part(), tasks: [monthly!.task] });
    await turn('2024-05-25T23:59:00+07:00');
    expect((await items())[0]).toMatchObject({ state: 'submitted', period: { number: 2 } });
    await turn('2024-05-26T00:00:20+07:00');
    expect((await items())[0]).toMatchObject({
      state: 'assigned',
      answer: null,
      answeredAt: null,
      period: { number: 3, from: '2024-05-26', to: '2024-06-25', past: { reported: 1 } },
    });
    expect((await getWork(at.officer, part())).evidence).toEqual([]);
    const kept = (await past()).items.find(({ requirement }) => requirement.id === requirements[0]);
    expect(kept).toMatchObject({ number: 2, state: 'submitted', answer: 'Đã rà soát 12 máy', evidence: [{ name: 'bb.pdf' }] });
    expect(await turn('2024-05-26T00:01:20+07:00')).toBe(0);
    await testkit.expectAudit(at.desk, 'tasks.period_opened', directive);
  });

  it('leaves an answer of the former period out of the next submission', async () => {
    const [, daily] = await items();
    const later = on(at.officer, '2024-04-26T16:30:00+07:00');
    await addEvidence(at.officer, { ...part(), task: daily!.task, name: 'bb.pdf', content: PDF });
    await turn('2024-04-26T16:00:20+07:00');
    const typed = { task: daily!.task, answer: 'Gõ dở', seen: daily!.changedAt };
    await expect(answerTasks(later, { ...part(), items: [typed] })).rejects.toMatchObject({ code: 'work.period_ended' });
    await expect(submitReport(later, { ...part(), tasks: [daily!.task] })).rejects.toMatchObject({ code: 'work.answer_missing' });
    const seen = { [daily!.task]: daily!.period!.number };
    await expect(submitReport(later, { ...part(), tasks: [daily!.task], periods: seen })).rejects.toMatchObject({
      code: 'work.period_ended',
    });
    await expect(sayNothing(later, { ...part(), task: daily!.task, nothing: true, period: daily!.period!.number })).rejects.toMatchObject({
      code: 'work.period_ended',
    });
    expect((await items())[1]).toMatchObject({ state: 'assigned', answer: null });
  });

  it('reads as not reported where nothing came, keeps the draft for the agency alone, and can be reported late', async () => {
    const [, daily] = await items();
    await answerTasks(at.officer, { ...part(), items: [{ task: daily!.task, answer: 'Nháp' }] });
    await turn('2024-04-26T16:00:20+07:00');
    const [missed] = (await past()).items;
    expect(missed).toMatchObject({ state: 'not-reported', answer: 'Nháp', can: { report: true, review: false } });
    expect((await past(at.desk, { show: 'missed' })).items.filter(({ task }) => task === daily!.task)).toMatchObject([{ answer: null }]);
    const late = on(at.officer, '2024-04-27T09:00:00+07:00');
    await addEvidence(late, { ...part(), task: daily!.task, period: missed!.number, name: 'bu.pdf', content: PDF });
    await reportPast(late, { ...part(), period: missed!.id, answer: 'Đủ 24/24 giờ' });
    expect((await past(on(at.desk, '2024-04-27T10:00:00+07:00'), { show: 'to-review' })).items).toMatchObject([
      { state: 'submitted', answer: 'Đủ 24/24 giờ', timeState: 'overdue', evidence: [{ name: 'bu.pdf' }], can: { review: true } },
    ]);
    expect((await items())[1]).toMatchObject({ state: 'assigned', answer: null, period: { past: { total: 1, reported: 1, open: 0 } } });
    await testkit.expectAudit(at.officer, 'tasks.period_reported', (await getWork(at.officer, part())).receipt.id);
  });

  it('takes không phát sinh for a past period in one act, by the desk with its source', async () => {
    await turn('2024-04-26T16:00:20+07:00');
    const [missed] = (await past()).items;
    const input = { ...part(), period: missed!.id, nothing: true };
    await expect(reportPast(at.desk, input)).rejects.toMatchObject({ code: 'work.source_missing' });
    await reportPast(at.desk, { ...input, source: 'Điện thoại 16 giờ 20' });
    expect((await past()).items[0]).toMatchObject({ state: 'submitted', nothing: true, declared: 'desk' });
    await expect(reportPast(at.auditor, input)).rejects.toMatchObject({ code: 'access.role' });
    await expect(reportPast(at.sogd, input)).rejects.toMatchObject({ code: 'access.role' });
    await expect(reportPast(at.foreign, input)).rejects.toMatchObject({ code: 'work.not_found' });
  });
});

describe('the desk', () => {
  it('is never in the way of the next period: it reviews what is past', async () => {
    const [, daily] = await items();
    await sayNothing(at.officer, { ...part(), task: daily!.task, nothing: true });
    await submitReport(at.officer, { ...part(), tasks: [daily!.task] });
    await turn('2024-04-26T16:00:20+07:00');
    const [waiting] = (await past(at.desk, { show: 'to-review' })).items;
    const ids = [waiting!.id];
    await reviewPast(at.desk, { periods: ids, act: 'ask-more', reason: 'Nêu số máy' });
    expect((await past(at.officer, { show: 'open' })).items).toMatchObject([{ state: 'more-asked' }]);
    const more = on(at.officer, '2024-04-27T09:00:00+07:00');
    await reportPast(more, { ...part(), period: waiting!.id, answer: 'Đã rà 12 máy' });
    // Asked for more, a timely answer does not become late.
    expect((await past()).items[0]).toMatchObject({ state: 'submitted', timeState: 'on-day' });
    await reviewPast(at.desk, { periods: ids, act: 'accept' });
    await expect(reportPast(more, { ...part(), period: waiting!.id, answer: 'Khác' })).rejects.toMatchObject({ code: 'period.accepted' });
    await expect(reviewPast(at.desk, { periods: ids, act: 'accept' })).rejects.toMatchObject({ code: 'period.not_reviewable' });
    await expect(reviewPast(at.officer, { periods: ids, act: 'reopen', reason: 'x' })).rejects.toMatchObject({ code: 'access.role' });
    await expect(reviewPast(at.foreign, { periods: ids, act: 'reopen', reason: 'x' })).rejects.toMatchObject({ code: 'period.not_found' });
    await reviewPast(at.desk, { periods: ids, act: 'reopen', reason: 'Xem lại' });
    expect((await past()).items[0]).toMatchObject({ state: 'submitted' });
    await testkit.expectAudit(at.desk, 'tasks.period_accepted', directive);
  });

  it('sees in the standing how many periods were reported, of those that ended', async () => {
    const [, daily] = await items();
    await sayNothing(at.officer, { ...part(), task: daily!.task, nothing: true });
    await submitReport(at.officer, { ...part(), tasks: [daily!.task] });
    await acceptTasks(at.desk, { tasks: [daily!.task] });
    await turn('2024-04-26T16:00:20+07:00');
    const view = await standing(at.desk, directive);
    expect(view.figures.periods).toEqual({ value: 1, of: 2 });
    const row = (await matrix(at.desk, directive, {})).rows.find(({ id }) => id === at.province.soyte);
    expect(row!.periods.find(({ column }) => column === 1)).toMatchObject({
      from: '2024-04-27',
      to: '2024-04-27',
      ended: 1,
      reported: 1,
      missed: '',
    });
    expect((await past(at.foreign)).total).toBe(0);
    expect((await past(at.sogd)).items.every(({ organisation }) => organisation.id === at.province.sogd)).toBe(true);
  });
});

describe('after an outage', () => {
  it('catches up one by one: periods that nobody could answer are kept apart from what was not reported', async () => {
    await turn('2024-04-29T09:00:00+07:00');
    const mine = (await past()).items;
    expect(mine.map(({ from, state }) => [from, state])).toEqual([
      ['2024-04-28', 'not-opened'],
      ['2024-04-27', 'not-opened'],
      ['2024-04-26', 'not-reported'],
    ]);
    expect((await items())[1]!.period).toMatchObject({ from: '2024-04-29', past: { total: 3, open: 3 } });
    expect((await standing(at.desk, directive)).figures.periods).toEqual({ value: 0, of: 2 });
    const numbers = mine.map(({ number }) => number);
    expect(numbers).toEqual([numbers[2]! + 2, numbers[2]! + 1, numbers[2]]);
  });

  it('looks back sixty periods at most, and numbers go on', async () => {
    const before = (await items())[1]!.period!.number;
    await turn('2024-08-01T09:00:00+07:00');
    const daily = (
      await listPast(at.officer, { ...part(), requirement: requirements[1], show: 'all', exercise: false, page: 1, size: 100 })
    ).items;
    expect(daily).toHaveLength(61);
    expect((await items())[1]!.period).toMatchObject({ number: before + 97, from: '2024-08-01' });
  });

  it('two that turn at once turn once', async () => {
    const moment = '2024-04-26T16:00:20+07:00';
    await Promise.all([turn(moment), turn(moment)]);
    expect((await past()).total).toBe(1);
  });
});

it('asking for more in the running period and what the desk accepted stay with that period', async () => {
  const [, daily] = await items();
  await sayNothing(at.officer, { ...part(), task: daily!.task, nothing: true });
  await submitReport(at.officer, { ...part(), tasks: [daily!.task] });
  await askForMore(at.desk, { tasks: [daily!.task], reason: 'Nêu rõ' });
  await turn('2024-04-26T16:00:20+07:00');
  expect((await past(at.officer, { show: 'open' })).items).toMatchObject([{ state: 'more-asked', nothing: true }]);
  expect((await items())[1]).toMatchObject({ state: 'assigned' });
});
