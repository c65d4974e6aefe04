import { newId } from '@vonggac/kernel';
import { inSnapshot, inTransaction } from '@vonggac/store';
import * as testkit from '@vonggac/testkit';
import { describe, expect, it } from 'vitest';
import { nextNumber, PDF, setUpWork } from './fixture.ts';
import {
  acceptTasks,
  addPartEvidence,
  answerPart,
  getLead,
  getWork,
  matrix,
  myParts,
  setLead,
  standing,
  submitReport,
  takeBackPart,
  takeOverPart,
} from './index.ts';
import { parts, partTexts } from './tables.ts';

const at = setUpWork(testkit);
const place = () => ({ directive: at.issued.directive, requirement: at.issued.requirements[0]! });
/** Sở Y tế leads, Sở GD&ĐT supports. */
const set = (ctx = at.desk) => setLead(ctx, { ...place(), lead: at.province.soyte, supports: [at.province.sogd] });
const supporting = async () =>
  (await myParts(at.sogd, { tab: 'open', page: 1, size: 500 })).items.find(({ directive }) => directive === at.issued.directive)!;
const rowOf = async (organisation: string) => (await matrix(at.desk, at.issued.directive, {})).rows.find(({ id }) => id === organisation)!;

describe('lead and support', () => {
  it('supports answer to the lead, who takes it over; figures count the lead’s', async () => {
    await at.received(nextNumber());
    const before = (await standing(at.desk, at.issued.directive)).figures.tasks;
    await set();
    expect((await standing(at.desk, at.issued.directive)).figures.tasks).toBe(before - 1);
    expect((await rowOf(at.province.sogd)).cells.slice(0, 3)).toBe('---');
    const part = await supporting();
    expect(part).toMatchObject({ kind: 'support', giver: { name: 'Sở Y tế' }, path: '1.a' });
    const own = await getWork(at.sogd, { directive: at.issued.directive, organisation: at.province.sogd });
    expect(own.supports).toEqual([{ task: own.items[0]!.task, part: part.id, lead: 'Sở Y tế' }]);
    await addPartEvidence(at.sogd, { part: part.id, name: 'anh.pdf', content: PDF });
    await answerPart(at.sogd, { part: part.id, answer: '42/42 trường đã rà soát' });
    expect((await at.work()).parts).toMatchObject([
      { unit: { name: 'Sở Giáo dục và Đào tạo' }, answer: '42/42 trường đã rà soát', evidence: [{ name: 'anh.pdf' }] },
    ]);
    expect(await takeOverPart(at.officer, { part: part.id })).toEqual({
      answer: 'Sở Giáo dục và Đào tạo: 42/42 trường đã rà soát',
      files: 1,
    });
    await submitReport(at.officer, { ...at.part(), tasks: [(await at.tasksOf())[0]!] });
    expect((await rowOf(at.province.soyte)).answered).toEqual([1, 3]);
    await testkit.expectAudit(at.desk, 'tasks.lead_set', at.issued.directive);
  });

  it('there is one lead; another one gets the supports, and none gives everybody its own task back', async () => {
    await set();
    await set();
    expect(await getLead(at.desk, place())).toMatchObject({
      lead: { id: at.province.soyte },
      supports: [{ id: at.province.sogd, answered: false }],
      candidates: { length: 2 },
    });
    await setLead(at.desk, { ...place(), lead: at.province.sogd, supports: [at.province.soyte] });
    expect(await getLead(at.desk, place())).toMatchObject({ lead: { id: at.province.sogd }, supports: [{ id: at.province.soyte }] });
    expect((await rowOf(at.province.soyte)).cells.slice(0, 3)).toBe('---');
    expect((await rowOf(at.province.sogd)).cells.slice(1, 2)).toBe('a');
    await setLead(at.desk, { ...place(), lead: null, supports: [] });
    expect((await rowOf(at.province.soyte)).cells.slice(1, 2)).toBe('a');
    expect(await getLead(at.desk, place())).toMatchObject({ lead: null, supports: [] });
  });

  it('two who decide at once leave one lead', async () => {
    await Promise.all([set(), setLead(at.desk, { ...place(), lead: at.province.sogd, supports: [at.province.soyte] })]);
    const { lead, supports } = await getLead(at.desk, place());
    expect(supports).toHaveLength(1);
    expect(supports[0]!.id).not.toBe(lead!.id);
    const open = await inSnapshot(at.desk, (tx) => tx.select().from(parts));
    expect(open.filter(({ directive, state }) => directive === at.issued.directive && state !== 'taken-back')).toHaveLength(1);
  });

  it('takes only those that have the item and have not reported', async () => {
    const input = { ...place(), lead: at.province.soyte, supports: [at.province.sogd] };
    await expect(setLead(at.desk, { ...input, lead: at.province.viettel })).rejects.toMatchObject({ code: 'work.lead_unknown' });
    await expect(setLead(at.desk, { ...input, supports: [at.province.soyte] })).rejects.toMatchObject({ code: 'work.support_unknown' });
    await at.submitted();
    await expect(setLead(at.desk, { ...place(), lead: at.province.sogd, supports: [at.province.soyte] })).rejects.toMatchObject({
      code: 'work.support_answered',
    });
    expect(await getLead(at.desk, place())).toMatchObject({ lead: null });
    await acceptTasks(at.desk, { tasks: await at.tasksOf() });
    await expect(setLead(at.desk, input)).rejects.toMatchObject({ code: 'work.closed', place: 'lead' });
  });

  it('is the overseer’s to decide; what is written stays between lead and support', async () => {
    await expect(set(at.officer)).rejects.toMatchObject({ code: 'access.role' });
    await expect(set(at.foreign)).rejects.toMatchObject({ code: 'directive.not_found' });
    await expect(getLead(at.officer, place())).rejects.toMatchObject({ code: 'directive.not_found' });
    const auditor = await testkit.makeCtx(at.desk.stores, at.province.sotttt, 'auditor');
    await expect(set(auditor)).rejects.toMatchObject({ code: 'access.role' });
    await set();
    const part = await supporting();
    await answerPart(at.sogd, { part: part.id, answer: 'mật khẩu yếu ở 3 trường' });
    await expect(takeBackPart(at.officer, { part: part.id, reason: 'x' })).rejects.toMatchObject({ code: 'part.not_found' });
    const seen = await at.work(at.desk);
    expect(seen.parts).toMatchObject([{ unit: { name: 'Sở Giáo dục và Đào tạo' }, state: 'answered', answer: null, evidence: [] }]);
    expect(seen.handed).toEqual([]);
    expect((await myParts(at.foreign, { tab: 'done', page: 1, size: 9 })).total).toBe(0);
    expect(await inSnapshot(at.foreign, (tx) => tx.$count(parts))).toBe(0);
    expect(await inSnapshot(at.desk, async (tx) => (await tx.select().from(partTexts)).filter((one) => one.part === part.id))).toEqual([]);
    const [row] = await inSnapshot(at.desk, (tx) => tx.select().from(parts));
    await expect(
      inTransaction(at.desk, (tx) => tx.insert(parts).values({ ...row!, id: newId(), kind: 'support', organisation: at.province.viettel })),
    ).rejects.toThrow();
    await expect(
      inTransaction(at.foreign, (tx) => tx.insert(parts).values({ ...row!, id: newId(), state: 'taken-back' })),
    ).rejects.toThrow();
  });
});
