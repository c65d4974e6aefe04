import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { newId } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction } from '@vonggac/store';
import * as testkit from '@vonggac/testkit';
import { eq } from 'drizzle-orm';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { workRoutes } from '@vonggac/contract/work';
import { withdrawTasks } from '../assign-tasks.ts';
import { nextNumber, PDF, setUpWork } from '../fixture.ts';
import {
  addEvidence,
  answerTasks,
  approveProposal,
  approveProposals,
  downloadEvidence,
  enterFor,
  exportOwnSheet,
  getApproval,
  getWork,
  listProposals,
  liveTasks,
  myWork,
  returnProposal,
  sayNothing,
  setApproval,
  standingCell,
  submitReport,
  withdrawProposal,
  workCounts,
} from '../index.ts';
import { approvals, evidence, history, proposals, tasks } from '../tables.ts';

const keys = mkdtempSync(path.join(os.tmpdir(), 'vg-keys-'));
const at = setUpWork(testkit);
let leader: Ctx;
let ubnd: Ctx;
let admin: Ctx;
const later = { now: '2024-04-27T09:00:00+07:00' };

beforeEach(async () => {
  const { stores } = at.officer;
  if (leader === undefined) {
    leader = await testkit.makeCtx(stores, at.province.soyte, 'leader', { ...later, name: 'Lãnh đạo Sở' });
    ubnd = await testkit.makeCtx(stores, at.province.ubnd, 'leader');
    admin = await testkit.makeCtx(stores, at.province.ubnd, 'administrator');
    await membership('leader', leader);
  }
  await setApproval(leader, { organisation: at.province.soyte, required: true });
});
afterEach(async () => {
  await setApproval(leader, { organisation: at.province.soyte, required: false });
});

async function membership(role: string, ctx: Ctx): Promise<void> {
  const owner = at.database.owner();
  await owner.connect();
  await owner.query('insert into memberships (id, person, organisation, role, valid_from) values ($1, $2, $3, $4, $5)', [
    newId(),
    ctx.actor.kind === 'person' ? ctx.actor.id : newId(),
    ctx.actor.organisation,
    role,
    '2024-01-01',
  ]);
  await owner.end();
}

/** All three items with one signed report, put before the leader. */
async function proposed(): Promise<{ proposal: string; tasks: string[]; report: string; file: string }> {
  await at.received(nextNumber());
  const ids = await at.tasksOf();
  await answerTasks(at.officer, { ...at.part(), items: [{ task: ids[0]!, answer: 'Đã rà soát 12 máy chủ' }] });
  const report = newId();
  const file = await addEvidence(at.officer, { ...at.part(), report, name: 'bc.pdf', content: PDF });
  const sent = await submitReport(at.officer, {
    ...at.part(),
    report: { id: report, code: '45/BC-SYT', day: '2024-04-25', signer: 'KT. GIÁM ĐỐC' },
    note: 'Xin duyệt trước 10 giờ',
  });
  return { proposal: sent.proposal!, tasks: ids, report, file: file.id };
}
const openOf = async (ctx: Ctx) =>
  workRoutes['GET /proposals'].output
    .parse(await listProposals(ctx, { tab: 'open', page: 1, size: 100 }))
    .items.filter(({ directive }) => directive === at.issued.directive);

describe('the leader approves before anything is sent', () => {
  it('an officer’s submission waits; approved it is sent as it was put forward, from that time on', async () => {
    const made = await proposed();
    expect((await at.work()).items.map(({ state }) => state)).toEqual(['in-progress', 'in-progress', 'in-progress']);
    const [view] = await openOf(leader);
    expect(view).toMatchObject({
      id: made.proposal,
      state: 'proposed',
      note: 'Xin duyệt trước 10 giờ',
      report: { code: '45/BC-SYT', evidence: [{ name: 'bc.pdf' }] },
      due: '2024-04-26T16:59:59.999Z',
      timeState: 'overdue',
      can: { approve: true },
    });
    expect(view!.items.map(({ path, answer, changed }) => [path, answer, changed])).toEqual([
      ['1.a', 'Đã rà soát 12 máy chủ', false],
      ['1.b', '', false],
      ['1.c', '', false],
    ]);
    expect((await openOf(at.officer))[0]!.can).toEqual({ approve: false, withdraw: true });
    expect((await workCounts(leader)).approvals).toBeGreaterThan(0);
    expect((await workCounts(at.officer)).approvals).toBe(0);
    const card = (await myWork(at.officer, { tab: 'todo', mine: false, page: 1, size: 500 })).items.filter(
      ({ directive }) => directive === at.issued.directive,
    );
    expect(card.reduce((sum, { proposed: count }) => sum + count, 0)).toBe(3);

    expect((await approveProposal(leader, made.proposal)).tasks.toSorted()).toEqual(made.tasks.toSorted());
    const work = await at.work(at.desk);
    expect(work.items.map(({ state, answeredAt }) => [state, answeredAt])).toEqual(
      Array.from({ length: 3 }, () => ['submitted', '2024-04-27T02:00:00.000Z']),
    );
    expect(work.reports).toMatchObject([{ id: made.report, code: '45/BC-SYT', submittedBy: 'Lãnh đạo Sở' }]);
    const line = work.history.find(({ act }) => act === 'submitted')!;
    expect([line.actorName, line.data?.drafted]).toEqual(['Lãnh đạo Sở', at.officer.actor.name]);
    expect(await openOf(leader)).toEqual([]);
    await testkit.expectAudit(at.officer, 'proposals.made', made.proposal);
    await testkit.expectAudit(leader, 'proposals.approved', made.proposal);
    await testkit.expectAudit(leader, 'tasks.submitted', work.receipt.id);
  });

  it('neither who follows the directive nor the superior organisation sees anything of it before', async () => {
    const made = await proposed();
    const own = await addEvidence(at.officer, { ...at.part(), name: 'anh chung.pdf', content: Buffer.concat([PDF, Buffer.from('2')]) });
    for (const ctx of [at.desk, ubnd, at.sogd, at.foreign]) {
      expect(await openOf(ctx)).toEqual([]);
      expect(await inSnapshot(ctx, (tx) => tx.$count(proposals))).toBe(0);
      expect(await inSnapshot(ctx, (tx) => tx.$count(evidence, eq(evidence.held, true)))).toBe(0);
      expect(await inSnapshot(ctx, (tx) => tx.$count(history, eq(history.held, true)))).toBe(0);
      await expect(
        approveProposal(await testkit.makeCtx(ctx.stores, ctx.actor.organisation, 'leader'), made.proposal),
      ).rejects.toMatchObject({
        code: 'proposal.not_found',
      });
      await expect(downloadEvidence(ctx, made.file)).rejects.toMatchObject({ code: 'evidence.not_found' });
    }
    const seen = await at.work(at.desk);
    expect(JSON.stringify(seen)).not.toMatch(/rà soát|45\/BC|bc\.pdf|anh chung|Xin duyệt/);
    expect(seen.approval).toEqual({ required: false, proposals: [] });
    expect(seen.items.map(({ state }) => state)).toEqual(['in-progress', 'in-progress', 'in-progress']);
    expect((await getWork(ubnd, at.part())).items[0]!.answer).toBeNull();
    const cell = await standingCell(at.desk, {
      directive: at.issued.directive,
      organisation: at.province.soyte,
      requirement: at.issued.requirements[0]!,
    });
    expect(cell.task).toMatchObject({ state: 'in-progress', answer: null });
    const sheet = await exportOwnSheet(at.desk, keys, at.part());
    expect(
      Object.values(unzipSync(sheet.content))
        .map((one) => Buffer.from(one).toString())
        .join(''),
    ).not.toMatch(/rà soát/);
    await approveProposal(leader, made.proposal);
    expect((await at.work(at.desk)).evidence.map(({ id }) => id).toSorted()).toEqual([made.file, own.id].toSorted());
    expect((await downloadEvidence(at.desk, made.file)).name).toBe('bc.pdf');
  });

  it('what waits is not changed; returned or taken back it is', async () => {
    const made = await proposed();
    const [task] = made.tasks;
    const change = () => answerTasks(at.officer, { ...at.part(), items: [{ task: task!, answer: 'Chữ khác' }] });
    await expect(change()).rejects.toMatchObject({ code: 'work.proposed', details: { proposal: made.proposal } });
    await expect(sayNothing(at.officer, { ...at.part(), task: task!, nothing: true })).rejects.toMatchObject({ code: 'work.proposed' });
    await expect(addEvidence(at.officer, { ...at.part(), task: task!, name: 'a.pdf', content: PDF })).rejects.toMatchObject({
      code: 'work.proposed',
    });
    await expect(submitReport(at.officer, { ...at.part(), tasks: [task!] })).rejects.toMatchObject({ code: 'work.proposed' });
    await expect(submitReport(leader, { ...at.part(), tasks: [task!] })).rejects.toMatchObject({ code: 'work.proposed' });
    await expect(returnProposal(at.officer, { proposal: made.proposal, reason: 'x' })).rejects.toMatchObject({ code: 'access.role' });
    await expect(approveProposal(at.officer, made.proposal)).rejects.toMatchObject({ code: 'access.role' });
    await expect(withdrawProposal(at.auditor, made.proposal)).rejects.toMatchObject({ code: 'access.role' });
    await returnProposal(leader, { proposal: made.proposal, reason: 'Thiếu số máy trạm' });
    expect((await at.work()).approval).toMatchObject({ required: true, proposals: [{ state: 'returned', reason: 'Thiếu số máy trạm' }] });
    await change();
    const again = await submitReport(at.officer, { ...at.part(), tasks: [task!] });
    await withdrawProposal(at.officer, again.proposal!);
    await change();
    await testkit.expectAudit(leader, 'proposals.returned', made.proposal);
    await testkit.expectAudit(at.officer, 'proposals.withdrawn', again.proposal!);
  });

  it('a leader’s own goes straight, and so does what the desk enters; sent twice it is one proposal', async () => {
    await at.received(nextNumber());
    const ids = await at.tasksOf();
    await sayNothing(at.officer, { ...at.part(), task: ids[0]!, nothing: true });
    expect((await at.work(at.desk)).history.some(({ act }) => act === 'nothing')).toBe(false);
    expect(await submitReport(leader, { ...at.part(), tasks: [ids[0]!] })).toEqual({ tasks: [ids[0]], proposal: null });
    expect((await at.work(at.desk)).history.some(({ act }) => act === 'nothing')).toBe(true);
    await enterFor(at.desk, {
      ...at.part(),
      via: 'phone',
      who: 'Trưởng phòng',
      at: '2024-04-25T08:00:00+07:00',
      items: [{ task: ids[1]!, answer: 'Đã làm', done: 'done' }],
    });
    expect((await at.work()).items.map(({ state }) => state)).toEqual(['submitted', 'submitted', 'assigned']);
    const report = newId();
    await addEvidence(at.officer, { ...at.part(), report, name: 'bc.pdf', content: PDF });
    const send = () =>
      submitReport(at.officer, { ...at.part(), tasks: [ids[2]!], report: { id: report, code: '4/BC', day: '2024-04-25', signer: 'GĐ' } });
    const first = await send();
    expect(await send()).toEqual(first);
    await approveProposal(leader, first.proposal!);
    expect(await send()).toEqual(first);
  });

  it('is decided once: approved twice at once, taken back while approved', async () => {
    const made = await proposed();
    const twice = await Promise.allSettled([approveProposal(leader, made.proposal), approveProposal(leader, made.proposal)]);
    expect(twice.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(withdrawProposal(at.officer, made.proposal)).rejects.toMatchObject({ code: 'proposal.decided' });
    const sent = (await at.work()).history.filter(({ act }) => act === 'submitted');
    expect(sent).toHaveLength(3);
  });

  it('taken back first, it cannot be approved', async () => {
    const made = await proposed();
    await withdrawProposal(at.officer, made.proposal);
    await expect(approveProposal(leader, made.proposal)).rejects.toMatchObject({
      code: 'proposal.decided',
      details: { state: 'withdrawn' },
    });
    const race = (await submitReport(at.officer, { ...at.part(), tasks: [made.tasks[0]!] })).proposal!;
    const both = await Promise.allSettled([approveProposal(leader, race), withdrawProposal(at.officer, race)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('the desk withdraws the item or enters another answer meanwhile: nothing is sent, the leader is told', async () => {
    const made = await proposed();
    await enterFor(at.desk, {
      ...at.part(),
      via: 'phone',
      who: 'Trưởng phòng',
      at: '2024-04-25T08:00:00+07:00',
      items: [{ task: made.tasks[0]!, answer: 'Qua điện thoại', done: 'doing' }],
    });
    await expect(approveProposal(leader, made.proposal)).rejects.toMatchObject({ code: 'proposal.changed' });
    expect((await openOf(leader))[0]!.items.filter(({ changed }) => changed)).toHaveLength(1);
    await returnProposal(leader, { proposal: made.proposal, reason: 'Lập lại' });
    const next = (await submitReport(at.officer, { ...at.part(), tasks: [made.tasks[0]!] })).proposal!;
    const withdrawal = inTransaction(at.desk, (tx) =>
      withdrawTasks(tx, at.desk, { name: 'directives.withdrawn', directive: at.issued.directive, reason: 'Ban hành nhầm' } as never),
    );
    const both = await Promise.allSettled([approveProposal(leader, next), withdrawal]);
    expect(both[1]!.status).toBe('fulfilled');
    const [task] = await inSnapshot(at.desk, (tx) => tx.select().from(tasks).where(eq(tasks.id, made.tasks[0]!)));
    expect(task!.state).toBe('withdrawn');
    const [row] = await inSnapshot(leader, (tx) => tx.select().from(proposals).where(eq(proposals.id, next)));
    // Whoever was first: either it was sent and then withdrawn, or it was never sent.
    expect([row!.state, task!.answeredAt === null]).toEqual(both[0]!.status === 'fulfilled' ? ['approved', false] : ['proposed', true]);
  });

  it('several at once: what cannot be sent holds up no other', async () => {
    const one = await proposed();
    await withdrawProposal(at.officer, one.proposal);
    const ids = one.tasks;
    const ready = (await submitReport(at.officer, { ...at.part(), tasks: [ids[0]!] })).proposal!;
    const result = await approveProposals(leader, [ready, one.proposal, newId()]);
    expect(result.approved).toEqual([ready]);
    expect(result.failed.map(({ code }) => code)).toEqual(['proposal.decided', 'proposal.not_found']);
    await expect(approveProposals(leader, [one.proposal])).rejects.toMatchObject({ code: 'proposal.decided' });
  });

  it('turned off: what waits stays, to be approved or taken back; a new one is sent at once', async () => {
    const made = await proposed();
    await setApproval(admin, { organisation: at.province.soyte, required: false });
    expect(await getApproval(leader, at.province.soyte)).toMatchObject({ required: false, open: expect.any(Number), editable: true });
    await approveProposal(leader, made.proposal);
    expect((await at.work(at.desk)).items.map(({ state }) => state)).toEqual(['submitted', 'submitted', 'submitted']);
  });

  it('a reorganisation ends what waits; the successor goes on with the texts and files', async () => {
    const made = await proposed();
    await inTransaction(ubnd, (tx) => liveTasks.move(tx, ubnd, at.province.soyte, at.province.giavien, '2024-04-26'));
    const [row] = await inSnapshot(leader, (tx) => tx.select().from(proposals).where(eq(proposals.id, made.proposal)));
    expect(row).toMatchObject({ state: 'withdrawn', reason: expect.stringContaining('sắp xếp') });
    const successor = await testkit.makeCtx(at.officer.stores, at.province.giavien, 'officer');
    const part = { directive: at.issued.directive, organisation: at.province.giavien };
    expect((await getWork(successor, part)).items[0]!.answer).toBe('Đã rà soát 12 máy chủ');
    expect((await submitReport(successor, { ...part, tasks: [made.tasks[0]!] })).proposal).toBeNull();
  });
});

describe('the setting', () => {
  it('is each organisation’s own, set by its leader or an administrator above, with somebody there to approve', async () => {
    expect((await getApproval(at.officer, at.province.soyte)).editable).toBe(false);
    await expect(setApproval(at.officer, { organisation: at.province.soyte, required: true })).rejects.toMatchObject({
      code: 'access.role',
    });
    await expect(setApproval(leader, { organisation: at.province.benhvien, required: true })).rejects.toMatchObject({
      code: 'access.role',
    });
    await expect(setApproval(admin, { organisation: at.province.benhvien, required: true })).rejects.toMatchObject({
      code: 'approval.no_leader',
    });
    await expect(setApproval(admin, { organisation: at.province.foreign, required: true })).rejects.toMatchObject({
      code: 'organisation.not_found',
    });
    await expect(getApproval(at.foreign, at.province.soyte)).rejects.toMatchObject({ code: 'organisation.not_found' });
    expect(await inSnapshot(at.foreign, (tx) => tx.$count(approvals))).toBe(0);
    expect(await getApproval(admin, at.province.benhvien)).toMatchObject({ required: false, open: null, editable: true });
    await testkit.expectAudit(leader, 'approvals.changed', at.province.soyte);
  });
});
