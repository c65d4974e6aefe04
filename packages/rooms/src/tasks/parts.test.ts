import { newId } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction } from '@vonggac/store';
import * as testkit from '@vonggac/testkit';
import { beforeEach, describe, expect, it } from 'vitest';
import { nextNumber, PDF, setUpWork } from './fixture.ts';
import {
  addPartEvidence,
  answerPart,
  downloadEvidence,
  getPart,
  giveParts,
  matrix,
  myParts,
  refuse,
  sayNothing,
  submitReport,
  takeBackPart,
  takeOverPart,
} from './index.ts';
import { evidence, parts, partTexts } from './tables.ts';

const at = setUpWork(testkit);
let hospital: Ctx;
beforeEach(async () => {
  hospital ??= await testkit.makeCtx(at.officer.stores, at.province.benhvien, 'officer');
});

const give = async (more: { day?: string; tasks?: string[] } = {}) => {
  const tasks = more.tasks ?? [(await at.tasksOf())[0]!];
  return giveParts(at.officer, {
    ...at.part(),
    tasks,
    units: [at.province.benhvien],
    note: 'Gửi trước giao ban',
    ...(more.day ? { day: more.day } : {}),
  });
};
const partOf = async () => (await at.work()).parts.at(-1)!;
const mine = async (ctx = hospital) =>
  (await myParts(ctx, { tab: 'open', page: 1, size: 500 })).items.filter(({ directive }) => directive === at.issued.directive);

describe('handed to a subordinate unit', () => {
  it('the unit answers, the agency takes it over and hands it in: one task for the authority', async () => {
    await at.received(nextNumber());
    const before = await matrix(at.desk, at.issued.directive, {});
    await give();
    const [part] = await mine();
    expect(part).toMatchObject({ path: '1.a', text: 'Nội dung 1', note: 'Gửi trước giao ban', state: 'given', giver: { name: 'Sở Y tế' } });
    await addPartEvidence(hospital, { part: part!.id, name: 'anh.pdf', content: PDF });
    await answerPart(hospital, { part: part!.id, answer: 'Đã rà soát 40 máy trạm' });
    expect(await partOf()).toMatchObject({
      answer: 'Đã rà soát 40 máy trạm',
      unit: { name: 'Bệnh viện Đa khoa tỉnh' },
      evidence: [{ name: 'anh.pdf' }],
    });
    expect(await takeOverPart(at.officer, { part: part!.id })).toEqual({
      answer: 'Bệnh viện Đa khoa tỉnh: Đã rà soát 40 máy trạm',
      files: 1,
    });
    await expect(takeOverPart(at.officer, { part: part!.id })).rejects.toMatchObject({ code: 'part.nothing_new' });
    const now = await at.work(at.desk);
    expect(now.items[0]).toMatchObject({ answer: 'Bệnh viện Đa khoa tỉnh: Đã rà soát 40 máy trạm' });
    expect(now.evidence.filter(({ task }) => task === part!.task)).toHaveLength(1);
    await submitReport(at.officer, { ...at.part(), tasks: [part!.task] });
    const after = await matrix(at.desk, at.issued.directive, {});
    const answered = (rows: typeof after.rows) => rows.find(({ id }) => id === at.province.soyte)!.answered;
    expect([answered(before.rows), answered(after.rows), after.total]).toEqual([[0, 3], [1, 3], before.total]);
    await testkit.expectAudit(at.officer, 'parts.given', now.receipt.id);
    await testkit.expectAudit(hospital, 'parts.answered', part!.id);
    await testkit.expectAudit(at.officer, 'parts.taken_over', part!.id);
  });

  it('the authority reads how many, not whom nor what', async () => {
    await give();
    const part = await partOf();
    await answerPart(hospital, { part: part.id, answer: 'mật khẩu yếu ở khoa Dược' });
    const seen = await at.work(at.desk);
    expect(seen.handed).toEqual([{ task: part.task, given: 1, answered: 1 }]);
    expect(seen.parts).toEqual([]);
    expect(JSON.stringify(seen)).not.toMatch(/khoa Dược|Bệnh viện|giao ban/);
    await expect(getPart(at.desk, part.id)).rejects.toMatchObject({ code: 'part.not_found' });
    expect(await inSnapshot(at.desk, (tx) => tx.$count(partTexts))).toBe(0);
    expect(await inSnapshot(at.desk, (tx) => tx.$count(parts))).toBeGreaterThan(0);
  });

  it('its own deadline is never after the document’s', async () => {
    await expect(give({ day: '2024-04-27' })).rejects.toMatchObject({ code: 'work.part_due_late', place: 'day' });
    await expect(give({ day: '2024-04-25' })).rejects.toMatchObject({ code: 'work.part_due_past' });
    await give({ day: '2024-04-26', tasks: await at.tasksOf() });
    expect((await at.work()).parts.map(({ due }) => due)).toEqual(Array.from({ length: 3 }, () => '2024-04-26T16:59:59.999Z'));
    expect(await mine()).toHaveLength(3);
  });

  it('given twice at once it is one; taken back with its reason it can be given again', async () => {
    const given = await Promise.all([give(), give()]);
    expect(given.map((one) => one.given).toSorted()).toEqual([0, 1]);
    const part = await partOf();
    const [first, second] = await Promise.allSettled([
      takeBackPart(at.officer, { part: part.id, reason: 'Sở tự làm' }),
      takeBackPart(at.officer, { part: part.id, reason: 'Sở tự làm' }),
    ]);
    expect([first.status, second.status].toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await getPart(hospital, part.id)).toMatchObject({ state: 'taken-back', takenBackReason: 'Sở tự làm', can: { work: false } });
    await expect(answerPart(hospital, { part: part.id, answer: 'x' })).rejects.toMatchObject({ code: 'part.taken_back' });
    expect((await at.work(at.desk)).handed).toEqual([]);
    expect(await give()).toEqual({ given: 1 });
    await testkit.expectAudit(at.officer, 'parts.taken_back', part.id);
  });

  it('what is no longer asked of the agency is no longer asked of its units', async () => {
    await give();
    const part = await partOf();
    await refuse(at.officer, { ...at.part(), reason: 'Gửi nhầm đơn vị' });
    expect(await getPart(hospital, part.id)).toMatchObject({ state: 'taken-back', takenBackReason: 'Gửi nhầm đơn vị' });
    expect(await mine()).toEqual([]);
  });

  it('goes only downwards, from the agency’s own people', async () => {
    const [task] = await at.tasksOf();
    const input = { ...at.part(), tasks: [task!], units: [at.province.benhvien] };
    await expect(giveParts(at.officer, { ...input, units: [at.province.sogd] })).rejects.toMatchObject({ code: 'work.unit_unknown' });
    await expect(giveParts(at.officer, { ...input, units: [at.province.soyte] })).rejects.toMatchObject({ code: 'work.unit_unknown' });
    await expect(giveParts(at.desk, input)).rejects.toMatchObject({ code: 'work.not_own' });
    await expect(giveParts(at.auditor, input)).rejects.toMatchObject({ code: 'access.role' });
    await expect(giveParts(at.officer, { ...input, tasks: [newId()] })).rejects.toMatchObject({ code: 'work.not_found' });
  });

  it('others see nothing of it: neither lists nor files, by the database alone too', async () => {
    await give();
    const part = await partOf();
    const file = await addPartEvidence(hospital, { part: part.id, name: 'anh.pdf', content: PDF });
    const readOnly = await testkit.makeCtx(hospital.stores, at.province.benhvien, 'auditor');
    await expect(answerPart(readOnly, { part: part.id, answer: 'x' })).rejects.toMatchObject({ code: 'access.role' });
    await expect(answerPart(at.officer, { part: part.id, answer: 'x' })).rejects.toMatchObject({ code: 'work.not_own' });
    await expect(takeOverPart(hospital, { part: part.id })).rejects.toMatchObject({ code: 'work.not_own' });
    expect((await downloadEvidence(at.officer, file.id)).name).toBe('anh.pdf');
    for (const ctx of [at.sogd, at.foreign]) {
      expect(await mine(ctx)).toEqual([]);
      await expect(getPart(ctx, part.id)).rejects.toMatchObject({ code: 'part.not_found' });
      await expect(answerPart(ctx, { part: part.id, answer: 'x' })).rejects.toMatchObject({ code: 'part.not_found' });
      expect(await inSnapshot(ctx, async (tx) => [await tx.$count(parts), await tx.$count(partTexts)])).toEqual([0, 0]);
    }
    await expect(downloadEvidence(at.desk, file.id)).rejects.toMatchObject({ code: 'evidence.not_found' });
    expect((await inSnapshot(at.desk, (tx) => tx.select().from(evidence))).some(({ id }) => id === file.id)).toBe(false);
    const [row] = await inSnapshot(at.officer, (tx) => tx.select().from(parts));
    await expect(
      inTransaction(at.foreign, (tx) => tx.insert(parts).values({ ...row!, id: newId(), state: 'taken-back' })),
    ).rejects.toThrow();
    await expect(
      inTransaction(at.desk, (tx) =>
        tx.insert(partTexts).values({ part: row!.id, organisation: at.province.sotttt, giver: at.province.sotttt }),
      ),
    ).rejects.toThrow();
  });

  it('an answer that somebody wrote meanwhile stays, what was submitted is closed', async () => {
    await at.received(nextNumber());
    await give();
    const part = await partOf();
    await answerPart(hospital, { part: part.id, answer: 'Không phát sinh trong kỳ.' });
    expect((await partOf()).nothing).toBe(true);
    await sayNothing(at.officer, { ...at.part(), task: part.task, nothing: true });
    await submitReport(at.officer, { ...at.part(), tasks: [part.task] });
    await expect(takeOverPart(at.officer, { part: part.id })).rejects.toMatchObject({ code: 'work.closed' });
    expect((await partOf()).takenOverAt).toBeNull();
  });
});
