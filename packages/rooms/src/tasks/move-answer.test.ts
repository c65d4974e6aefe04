import { answerSheetRoutes } from '@vonggac/contract/answer-sheets';
import { workRoutes } from '@vonggac/contract/work';
import { newId } from '@vonggac/kernel';
import type { Ctx } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { describe, expect, it } from 'vitest';
import { nextNumber, PDF, setUpWork } from './fixture.ts';
import {
  acceptTasks,
  addEvidence,
  answerTargets,
  answerTasks,
  askExtension,
  askForMore,
  confirmDeclaration,
  contestDeclaration,
  downloadEvidence,
  enterFor,
  getWork,
  listDeclarations,
  matrix,
  moveAnswer,
  receive,
  rowsOf,
  standing,
  submitReport,
} from './index.ts';

const at = setUpWork<Awaited<ReturnType<typeof makeTestDatabase>>, Province>({ makeTestDatabase, makeProvince, makeStores, makeCtx });
const REASON = 'Nghe nhầm tên đơn vị qua điện thoại';
const theirs = () => ({ directive: at.issued.directive, organisation: at.province.sogd });
const workOf = async (ctx: Ctx, part = theirs()) =>
  workRoutes['GET /work/{directive}/{organisation}'].output.parse(await getWork(ctx, part));
const itemsOf = async (part = theirs()) => (await workOf(at.desk, part)).items;
const receivedThere = () => receive(at.sogd, { ...theirs(), number: nextNumber(), day: '2024-04-22' });
const declared = async (ctx: Ctx, part = theirs()) =>
  answerSheetRoutes['GET /work/{directive}/{organisation}/declarations'].output.parse(await listDeclarations(ctx, part)).items;

/** The desk puts an answer in for Sở Y tế by phone, with its proof. */
async function byPhone(more: { tasks?: number[] } = {}) {
  const ids = await at.tasksOf();
  const proof = await addEvidence(at.desk, { ...at.part(), name: 'ghi-am.pdf', content: PDF, source: 'điện thoại' });
  await enterFor(at.desk, {
    ...at.part(),
    via: 'phone',
    who: 'Trưởng phòng',
    at: '2024-04-26T07:30:00+07:00',
    proof: proof.id,
    number: nextNumber(),
    day: '2024-04-22',
    items: (more.tasks ?? [0]).map((n) => ({ task: ids[n]!, answer: `Đã làm ${n}`, done: 'done' as const })),
  });
  return { ids, proof: proof.id };
}
const move = (task: string, more: Partial<Parameters<typeof moveAnswer>[1]> = {}) =>
  moveAnswer(at.desk, { task, to: at.province.sogd, reason: REASON, ...more });

describe('an answer that was put in for the wrong organisation', () => {
  it('goes to the right one with its time, its declaration and its proof; the other waits again, both histories say so', async () => {
    const { ids, proof } = await byPhone();
    await receivedThere();
    const before = (await at.work()).items[0]!;
    const moved = await move(ids[0]!);
    const [there] = await itemsOf();
    expect(moved).toEqual({ organisation: at.province.sogd, tasks: [there!.task] });
    expect(there).toMatchObject({ state: 'submitted', answer: 'Đã làm 0', answeredAt: before.answeredAt });
    expect((await at.work()).items[0]).toMatchObject({ state: 'assigned', answer: null, answeredAt: null, due: before.due });
    expect(await declared(at.sogd)).toMatchObject([{ state: 'open', via: 'phone', who: 'Trưởng phòng', proof: { id: proof } }]);
    expect(await declared(at.officer, at.part())).toMatchObject([{ state: 'moved', proof: null }]);
    expect((await downloadEvidence(at.sogd, proof)).name).toBe('ghi-am.pdf');
    await expect(downloadEvidence(at.officer, proof)).rejects.toMatchObject({ code: 'evidence.not_found' });
    await confirmDeclaration(at.sogd, (await declared(at.sogd))[0]!.id);
    const [out] = (await at.work()).history;
    expect(out).toMatchObject({ act: 'answer-moved-out', note: REASON, path: '1.a' });
    const last = async (ctx: Ctx, part = theirs()) => (await workOf(ctx, part)).history.find(({ act }) => act.startsWith('answer-moved'))!;
    expect(await last(at.sogd)).toMatchObject({ act: 'answer-moved-in', note: REASON });
    // The desk reads who it was; neither agency is told of the other.
    expect((await last(at.desk)).data).toMatchObject({ organisation: at.province.soyte, organisationName: 'Sở Y tế' });
    expect((await last(at.desk, at.part())).data).toMatchObject({ organisationName: 'Sở Giáo dục và Đào tạo' });
    for (const said of [await last(at.sogd), await last(at.officer, at.part())]) expect(JSON.stringify(said)).not.toMatch(/organisation/);
    await expectAudit(at.desk, 'tasks.answer_moved', at.issued.directive);
    await expectAudit(at.desk, 'tasks.answer_moved_out', (await at.work()).receipt.id);
    await expectAudit(at.desk, 'tasks.answer_moved_in', (await workOf(at.sogd)).receipt.id);
  });

  it('figures and matrix follow, and agree with the rows behind them', async () => {
    const { ids } = await byPhone();
    await receivedThere();
    await move(ids[0]!);
    const rows = (await matrix(at.desk, at.issued.directive, {})).rows;
    const answeredOf = (id: string) => rows.find((row) => row.id === id)!.answered;
    expect([answeredOf(at.province.soyte), answeredOf(at.province.sogd)]).toEqual([
      [0, 3],
      [1, 3],
    ]);
    const { figures } = await standing(at.desk, at.issued.directive);
    const behind = await rowsOf(at.desk, at.issued.directive, { figure: 'answered', page: 1, size: 50 });
    expect([figures.answered.value, behind.total]).toEqual([1, 1]);
    expect(behind.items[0]!.organisation.id).toBe(at.province.sogd);
  });

  it('moved back it is again what it was: the draft of the agency, the extension that it asked for', async () => {
    const [task] = await at.tasksOf();
    await at.received(nextNumber());
    await answerTasks(at.officer, { ...at.part(), items: [{ task: task!, answer: 'Bản nháp của đơn vị' }] });
    await askExtension(at.officer, { ...at.part(), tasks: [task!], until: '2024-05-05', reason: 'Thiếu người' });
    const { requestedDue } = (await at.work()).items[0]!;
    await byPhone();
    expect((await at.work()).items[0]).toMatchObject({ state: 'submitted', requestedDue: null });
    await receivedThere();
    const { tasks } = await move(task!);
    expect((await at.work()).items[0]).toMatchObject({ state: 'in-progress', answer: 'Bản nháp của đơn vị', requestedDue });
    await expect(moveAnswer(at.desk, { task: tasks[0]!, to: at.province.soyte, reason: 'Trả lại' })).rejects.toMatchObject({
      code: 'work.move_draft',
    });
    await moveAnswer(at.desk, { task: tasks[0]!, to: at.province.soyte, reason: 'Trả lại', replaceDraft: true });
    expect((await at.work()).items[0]).toMatchObject({ state: 'submitted', answer: 'Đã làm 0', requestedDue: null });
    expect((await itemsOf())[0]).toMatchObject({ state: 'assigned', answer: null });
    expect((await declared(at.officer, at.part()))[0]).toMatchObject({ state: 'open', via: 'phone' });
  });

  it('a proof of several answers stays where it proves one and is copied where it goes', async () => {
    const { ids, proof } = await byPhone({ tasks: [0, 1] });
    await receivedThere();
    await move(ids[0]!);
    expect((await downloadEvidence(at.officer, proof)).name).toBe('ghi-am.pdf');
    const copy = (await declared(at.sogd))[0]!.proof!.id;
    expect(copy).not.toBe(proof);
    expect((await downloadEvidence(at.sogd, copy)).name).toBe('ghi-am.pdf');
  });

  it('contested by the wrong one, moved, and moved back it is contested again', async () => {
    const { ids } = await byPhone();
    await contestDeclaration(at.officer, (await declared(at.officer, at.part()))[0]!.id, 'Không phải của chúng tôi');
    await receivedThere();
    const { tasks } = await move(ids[0]!);
    expect(await declared(at.officer, at.part())).toMatchObject([{ state: 'contested' }]);
    await moveAnswer(at.desk, { task: tasks[0]!, to: at.province.soyte, reason: 'x' });
    const row = (await matrix(at.desk, at.issued.directive, {})).rows.find(({ id }) => id === at.province.soyte)!;
    expect(row.declared).toEqual([[0, 'x']]);
  });
});

describe('a report of an agency that belongs to another', () => {
  it('goes whole, accepted or not, with its number and its file, to be reviewed again; back it is the agency’s own', async () => {
    const tasks = await at.submitted();
    await acceptTasks(at.desk, { tasks: [tasks[0]!] });
    await receivedThere();
    const own = await at.work();
    const file = own.evidence[0]!.id;
    const moved = await move(tasks[1]!, { report: true });
    expect(moved.tasks).toHaveLength(3);
    const there = await workOf(at.sogd);
    expect(there.items.map(({ state, report }) => [state, report])).toEqual([0, 1, 2].map(() => ['submitted', own.reports[0]!.id]));
    expect(there.reports).toMatchObject([{ code: '45/BC-SYT', tasks: moved.tasks }]);
    expect((await downloadEvidence(at.sogd, file)).name).toBe('bc.pdf');
    await expect(downloadEvidence(at.officer, file)).rejects.toMatchObject({ code: 'evidence.not_found' });
    const left = await at.work();
    expect(left.reports).toEqual([]);
    expect(left.items.map(({ state }) => state)).toEqual(['assigned', 'assigned', 'assigned']);
    expect(left.history.filter(({ act }) => act === 'submitted')).toHaveLength(3);
    await moveAnswer(at.desk, { task: moved.tasks[0]!, to: at.province.soyte, reason: 'Đúng là của Sở Y tế', report: true });
    expect((await at.work()).items.map(({ state, report }) => [state, report])).toEqual(
      [0, 1, 2].map(() => ['submitted', own.reports[0]!.id]),
    );
    expect((await matrix(at.desk, at.issued.directive, {})).rows.find(({ id }) => id === at.province.soyte)!.declared).toEqual([]);
  });

  it('one item of it is cut off from the report, where something else says what was done', async () => {
    const ids = await at.tasksOf();
    await answerTasks(at.officer, { ...at.part(), items: [{ task: ids[0]!, answer: 'Đã vá 12 máy chủ' }] });
    const tasks = await at.submitted();
    await receivedThere();
    await expect(move(tasks.find((id) => id === ids[1])!)).rejects.toMatchObject({ code: 'work.move_report_only' });
    await move(ids[0]!);
    expect((await itemsOf())[0]).toMatchObject({ state: 'submitted', answer: 'Đã vá 12 máy chủ', report: null });
    const { reports } = await at.work();
    expect(reports[0]!.tasks).toEqual([ids[1], ids[2]]);
  });

  it('with the file that proves it', async () => {
    const [task] = await at.tasksOf();
    await at.received(nextNumber());
    const file = await addEvidence(at.officer, { ...at.part(), task: task!, name: 'anh.pdf', content: PDF });
    await answerTasks(at.officer, { ...at.part(), items: [{ task: task!, answer: 'Xong' }] });
    await submitReport(at.officer, { ...at.part(), tasks: [task!] });
    await askForMore(at.desk, { tasks: [task!], reason: 'Thiếu số liệu' });
    await receivedThere();
    await move(task!);
    expect((await workOf(at.sogd)).evidence).toMatchObject([{ id: file.id, name: 'anh.pdf' }]);
    expect((await itemsOf())[0]).toMatchObject({ state: 'submitted', answer: 'Xong' });
  });
});

describe('it is refused', () => {
  it('where the right organisation has not the item, an answer or a draft of its own, or has not received', async () => {
    const { ids } = await byPhone({ tasks: [0, 1] });
    await expect(move(ids[0]!, { to: at.province.giavien })).rejects.toMatchObject({ code: 'work.move_no_task', place: 'to' });
    await expect(move(ids[0]!, { to: at.province.soyte })).rejects.toMatchObject({ code: 'work.move_same' });
    await expect(move(ids[2]!)).rejects.toMatchObject({ code: 'work.move_nothing' });
    await expect(move(ids[0]!)).rejects.toMatchObject({ code: 'work.receipt_missing', place: 'number' });
    const there = (await itemsOf()).map(({ task }) => task);
    await answerTasks(at.sogd, { ...theirs(), items: there.slice(0, 2).map((task) => ({ task, answer: 'Của Sở GD' })) });
    await expect(move(ids[0]!, { number: nextNumber(), day: '2024-04-22' })).rejects.toMatchObject({ code: 'work.move_draft' });
    await move(ids[0]!, { number: nextNumber(), day: '2024-04-22', replaceDraft: true });
    await submitReport(at.sogd, { ...theirs(), tasks: [there[1]!] });
    await expect(move(ids[1]!, { replaceDraft: true })).rejects.toMatchObject({ code: 'work.move_answered' });
  });

  it('to others than who follows the directive; two at once are one', async () => {
    const { ids } = await byPhone();
    await receivedThere();
    const input = { task: ids[0]!, to: at.province.sogd, reason: REASON };
    await expect(moveAnswer(at.officer, input)).rejects.toMatchObject({ code: 'access.role' });
    await expect(moveAnswer(at.foreign, input)).rejects.toMatchObject({ code: 'work.not_found' });
    await expect(answerTargets(at.foreign, ids[0]!)).rejects.toMatchObject({ code: 'work.not_found' });
    await expect(moveAnswer(at.desk, { ...input, task: newId() })).rejects.toMatchObject({ code: 'work.not_found' });
    const both = await Promise.allSettled([moveAnswer(at.desk, input), moveAnswer(at.desk, input)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('into another reporting period, across an exercise, and once the directive is withdrawn', async () => {
    const { ids } = await byPhone();
    await receivedThere();
    const owner = at.database.owner();
    await owner.connect();
    const { directive, organisation } = theirs();
    for (const [table, value, code] of [
      ['tasks', 'period = 2', 'work.move_period'],
      ['receipts', 'exercise = true', 'work.move_exercise'],
    ] as const) {
      await owner.query(`update ${table} set ${value} where directive = $1 and organisation = $2`, [directive, organisation]);
      await expect(move(ids[0]!)).rejects.toMatchObject({ code });
    }
    await owner.query(`update directives set status = 'withdrawn' where id = $1`, [directive]);
    await owner.end();
    await expect(move(ids[0]!)).rejects.toMatchObject({ code: 'work.withdrawn' });
  });

  it('says whom one can choose', async () => {
    const tasks = await at.submitted();
    const targets = workRoutes['GET /work/answer-targets/{task}'].output.parse(await answerTargets(at.desk, tasks[0]!));
    expect(targets).toEqual({
      organisation: { id: at.province.soyte, name: 'Sở Y tế' },
      path: '1.a',
      report: { code: '45/BC-SYT', paths: ['1.a', '1.b', '1.c'] },
      candidates: [{ id: at.province.sogd, name: 'Sở Giáo dục và Đào tạo', state: 'free', received: false }],
    });
  });
});
