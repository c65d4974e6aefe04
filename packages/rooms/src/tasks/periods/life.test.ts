import { fixedClock, newId } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import * as testkit from '@vonggac/testkit';
import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { directives, endRecurrence, requirements as requirementsTable } from '../../directives/index.ts';
import { issueForTest, setUpWork } from '../fixture.ts';
import {
  amendTasks,
  approveProposal,
  setApproval,
  answerPart,
  answerTasks,
  askExtension,
  decideExtension,
  getWork,
  giveParts,
  handOverTasks,
  listPast,
  liveTasks,
  receive,
  reportPast,
  reviewPast,
  setLead,
  submitReport,
  turnPeriods,
  withdrawTasks,
} from '../index.ts';
import { approvals, tasks } from '../tables.ts';

const at = setUpWork(testkit);
const DAILY = { phrase: 'trước 16h00 hằng ngày', recurrence: 'daily' };
const on = (ctx: Ctx, moment: string): Ctx => ({ ...ctx, clock: fixedClock(moment) });
const house = (moment: string) => testkit.makeHouseCtx(testkit.makeStores(at.database), moment);
const turn = async (moment: string) => turnPeriods(await house(moment));
const TURNED = '2024-04-26T16:00:20+07:00';

let directive: string;
let requirements: string[];
const part = () => ({ directive, organisation: at.officer.actor.organisation });
const item = async (ctx: Ctx = at.officer) => (await getWork(ctx, part())).items[0]!;
const past = async (ctx: Ctx = at.officer) => (await listPast(ctx, { ...part(), show: 'all', exercise: false, page: 1, size: 50 })).items;
const issue = async (recurring: typeof DAILY) => {
  ({ directive, requirements } = await issueForTest(at.desk, [at.province.soyte, at.province.sogd], [recurring]));
  await receive(at.officer, { ...part(), number: newId().slice(-8), day: '2024-04-22' });
};
beforeEach(() => issue(DAILY));

describe('tasks that stood before periods were kept', () => {
  it('get the period that runs by the job; an answer of an earlier one stays with that one', async () => {
    const { task } = await item();
    await inTransaction(at.desk, (tx) =>
      tx
        .update(tasks)
        .set({ period: null, periodFrom: null, periodTo: null, periodEnd: null, periodOpenedAt: null, due: null })
        .where(eq(tasks.directive, directive)),
    );
    await answerTasks(at.officer, { ...part(), items: [{ task, answer: 'Đã trực' }] });
    await submitReport(on(at.officer, '2024-04-24T09:00:00+07:00'), { ...part(), tasks: [task] });
    await turn('2024-04-26T08:01:00+07:00');
    expect(await item()).toMatchObject({
      state: 'assigned',
      answer: null,
      period: { from: '2024-04-26', past: { total: 2, reported: 1 } },
    });
    expect(await past()).toMatchObject([
      { from: '2024-04-25', state: 'not-opened' },
      { from: '2024-04-24', state: 'submitted', answer: 'Đã trực', timeState: 'on-day' },
    ]);
    expect((await getWork(at.sogd, { directive, organisation: at.province.sogd })).items[0]!.period).toMatchObject({ past: { total: 0 } });
  });
});

describe('deadlines of a period', () => {
  it('an extension moves its date, not the period that follows; what was not decided is kept', async () => {
    const { task } = await item();
    await askExtension(at.officer, { ...part(), tasks: [task], until: '2024-04-28', reason: 'Mất điện' });
    await decideExtension(at.desk, { tasks: [task], granted: true });
    await turn(TURNED);
    expect((await item()).period).toMatchObject({ from: '2024-04-27' });
    const [ended] = await past();
    await reportPast(on(at.officer, '2024-04-28T10:00:00+07:00'), { ...part(), period: ended!.id, nothing: true });
    expect((await past())[0]).toMatchObject({ timeState: 'on-day' });
  });

  it('an amendment of the text leaves the date of the period', async () => {
    const before = (await item()).due;
    const amended = { requirement: requirements[0]!, due: null };
    await inTransaction(at.desk, (tx) =>
      amendTasks(tx, at.desk, {
        name: 'directives.amended',
        directive,
        overseer: at.province.sotttt,
        reason: 'Sửa lời',
        changed: [amended],
        withdrawnRequirements: [],
        withdrawnReceivers: [],
        receivers: [],
        assignments: [],
      }),
    );
    expect((await item()).due).toBe(before);
  });
});

describe('the end of a recurrence', () => {
  const end = (ctx: Ctx, until: string | null) =>
    endRecurrence(ctx, { directive, requirement: requirements[0]!, until, reason: 'Hết đợt cao điểm' });

  it('lets the running period be the last, says so to everybody, and can be taken back', async () => {
    await end(at.desk, '2024-04-26');
    await turn('2024-04-28T09:00:00+07:00');
    expect((await item()).period).toMatchObject({ from: '2024-04-26', until: '2024-04-26', past: { total: 0 } });
    await end(at.desk, null);
    await turn('2024-04-28T09:01:00+07:00');
    expect((await item()).period).toMatchObject({ from: '2024-04-28', until: null });
    await testkit.expectAudit(at.desk, 'directives.recurrence_ended', directive);
  });

  it('stops catching up at its day', async () => {
    await end(at.desk, '2024-04-28');
    await turn('2024-05-10T09:00:00+07:00');
    expect((await item()).period).toMatchObject({ from: '2024-04-28', past: { total: 2 } });
  });

  it('is the desk’s alone, of what recurs, from today on', async () => {
    await expect(end(at.officer, '2024-04-28')).rejects.toMatchObject({ code: 'access.role' });
    await expect(end(at.foreign, '2024-04-28')).rejects.toMatchObject({ code: 'directive.not_found' });
    await expect(end(at.desk, '2024-04-25')).rejects.toMatchObject({ code: 'requirement.until_past' });
    await inTransaction(at.desk, (tx) =>
      tx.update(requirementsTable).set({ recurrence: null }).where(eq(requirementsTable.id, requirements[0]!)),
    );
    await expect(end(at.desk, '2024-04-28')).rejects.toMatchObject({ code: 'requirement.not_recurring' });
  });
});

it('a withdrawn directive opens no more, and nothing is reported late to it', async () => {
  await turn(TURNED);
  const [ended] = await past();
  await inTransaction(at.desk, async (tx) => {
    await tx.update(directives).set({ status: 'withdrawn' }).where(eq(directives.id, directive));
    await withdrawTasks(tx, at.desk, { name: 'directives.withdrawn', directive, overseer: at.province.sotttt, reason: 'Ban hành nhầm' });
  });
  await turn('2024-04-28T09:00:00+07:00');
  expect(await past()).toHaveLength(1);
  await expect(reportPast(at.officer, { ...part(), period: ended!.id, nothing: true })).rejects.toMatchObject({ code: 'work.withdrawn' });
});

it('follows a hand-over of the directive', async () => {
  await turn(TURNED);
  const other = at.province.sogd;
  const both = { ...at.desk, scope: { ...at.desk.scope, organisations: [...at.desk.scope.organisations, other] } };
  await inTransaction(both, (tx) =>
    handOverTasks(tx, both, { name: 'directives.handed-over', directive, from: at.province.sotttt, to: other }),
  );
  expect(await past(at.sogd)).toHaveLength(1);
  expect(await past(at.desk)).toHaveLength(0);
});

it('keeps the periods of exercises apart', async () => {
  const real = directive;
  const exercise = newId();
  await inTransaction(at.desk, (tx) =>
    tx.execute(sql`
      insert into exercises (id, organisation, name, valid_from, valid_to, destinations, written_by, written_by_name)
      values (${exercise}, ${at.province.sotttt}, 'Diễn tập', '2024-04-01', '2024-05-01', '[]', 'test', 'test')`),
  );
  const tried = (await issueForTest(at.desk, [at.province.soyte], [DAILY], exercise)).directive;
  await turn(TURNED);
  const open = async (ofExercise: boolean) =>
    (await listPast(at.officer, { show: 'open', exercise: ofExercise, page: 1, size: 5000 })).items.map((one) => one.directive.id);
  expect(await open(false)).toContain(real);
  expect(await open(false)).not.toContain(tried);
  expect(await open(true)).toEqual([tried]);
});

describe('where the leader approves first', () => {
  it('a proposal of the period that ended is none for the next; its text waits there for a late report by the leader', async () => {
    const leader = await testkit.makeCtx(testkit.makeStores(at.database), at.province.soyte, 'leader');
    const approval = { organisation: at.province.soyte, required: true, changedAt: TURNED, changedByName: 'test' };
    await inTransaction(leader, (tx) => tx.insert(approvals).values(approval));
    const { task } = await item();
    await answerTasks(at.officer, { ...part(), items: [{ task, answer: 'Đã trực đủ' }] });
    const { proposal } = await submitReport(at.officer, { ...part(), tasks: [task] });
    await turn(TURNED);
    await expect(approveProposal(leader, proposal!)).rejects.toMatchObject({ code: 'proposal.decided' });
    expect(await item()).toMatchObject({ state: 'assigned', answer: null });
    const [ended] = await past();
    expect(ended).toMatchObject({ state: 'not-reported', answer: 'Đã trực đủ' });
    const input = { ...part(), period: ended!.id };
    await expect(reportPast(at.officer, input)).rejects.toMatchObject({ code: 'work.approval_needed' });
    await reportPast(leader, input);
    expect((await past())[0]).toMatchObject({ state: 'submitted', answer: 'Đã trực đủ' });
    await setApproval(leader, { organisation: at.province.soyte, required: false });
  });
});

describe('an organisation that ends', () => {
  it('hands on what recurs, accepted or not, with the past periods that still wait', async () => {
    const { task } = await item();
    await turn(TURNED);
    await answerTasks(at.officer, { ...part(), items: [{ task, answer: 'Đủ' }] });
    await submitReport(at.officer, { ...part(), tasks: [task] });
    await turn('2024-04-27T16:00:20+07:00');
    const reported = (await past()).find(({ state }) => state === 'submitted')!;
    await reviewPast(at.desk, { periods: [reported.id], act: 'accept' });
    await inTransaction(at.desk, (tx) => tx.update(tasks).set({ state: 'accepted' }).where(eq(tasks.id, task)));
    const ubnd = await testkit.makeHouseCtx(testkit.makeStores(at.database));
    const to = at.province.nhoquan;
    await inTransaction(ubnd, (tx) => liveTasks.move(tx, ubnd, at.province.soyte, to, '2024-04-28'));
    expect((await past()).map(({ state }) => state)).toEqual(['accepted']);
    const theirs = await listPast(ubnd, { directive, organisation: to, show: 'all', exercise: false, page: 1, size: 9 });
    expect(theirs.items.map(({ state }) => state)).toEqual(['not-reported']);
    await turn('2024-04-28T16:00:20+07:00');
    const successor = await testkit.makeCtx(testkit.makeStores(at.database), to, 'officer');
    expect((await getWork(successor, { directive, organisation: to })).items).toMatchObject([{ period: { from: '2024-04-29' } }]);
  });
});

describe('units below', () => {
  it('have their part anew in the next period; what they answered stays with the former one', async () => {
    const { task } = await item();
    const unit = at.province.benhvien;
    await giveParts(at.officer, { ...part(), tasks: [task], units: [unit] });
    const [first] = (await getWork(at.officer, part())).parts;
    const people = await testkit.makeCtx(testkit.makeStores(at.database), unit, 'officer');
    await answerPart(people, { part: first!.id, answer: 'Khoa trực đủ' });
    await turn(TURNED);
    const [next, ...rest] = (await getWork(at.officer, part())).parts;
    expect(rest).toEqual([]);
    expect(next).toMatchObject({ state: 'given', answer: null, unit: { id: unit } });
    expect(next!.id).not.toBe(first!.id);
    expect(new Date(next!.due!).toISOString()).toBe('2024-04-27T09:00:00.000Z');
  });

  it('a supporting organisation supports in the next period too, and answers for itself in the running one afterwards', async () => {
    const place = { directive, requirement: requirements[0]! };
    await setLead(at.desk, { ...place, lead: at.province.soyte, supports: [at.province.sogd] });
    await turn(TURNED);
    expect((await getWork(at.officer, part())).parts).toMatchObject([{ kind: 'support', state: 'given' }]);
    await setLead(on(at.desk, '2024-04-27T08:00:00+07:00'), { ...place, lead: null, supports: [] });
    const [own] = (await getWork(at.sogd, { directive, organisation: at.province.sogd })).items;
    expect(own).toMatchObject({ state: 'assigned', period: { from: '2024-04-27' } });
  });
});
