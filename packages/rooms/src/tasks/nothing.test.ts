import * as testkit from '@vonggac/testkit';
import { describe, expect, it } from 'vitest';
import { nextNumber, setUpWork } from './fixture.ts';
import { answerTasks, sayNothing, saysNothing, submitReport } from './index.ts';

const at = setUpWork(testkit);
const say = async (nothing: boolean, ctx = at.officer, note?: string) =>
  sayNothing(ctx, { ...at.part(), task: (await at.tasksOf())[0]!, nothing, ...(note === undefined ? {} : { note }) });

describe('không phát sinh', () => {
  it('answers an item in one tap, is shown as such and can be handed in', async () => {
    await at.received(nextNumber());
    await say(true, at.officer, 'Đã rà soát 12 máy.');
    const [item] = (await at.work(at.desk)).items;
    expect(item).toMatchObject({ answer: 'Không phát sinh trong kỳ. Đã rà soát 12 máy.', nothing: true, state: 'in-progress' });
    expect((await at.work()).history.some(({ act, note }) => act === 'nothing' && note === 'Đã rà soát 12 máy.')).toBe(true);
    await submitReport(at.officer, { ...at.part(), tasks: [item!.task] });
    await expect(say(false)).rejects.toMatchObject({ code: 'work.closed' });
    await testkit.expectAudit(at.officer, 'tasks.nothing', (await at.work()).receipt.id);
  });

  it('is taken back until it is handed in', async () => {
    await say(true);
    await say(false);
    expect((await at.work()).items[0]).toMatchObject({ answer: null, nothing: false });
    await testkit.expectAudit(at.officer, 'tasks.nothing_undone', (await at.work()).receipt.id);
  });

  it('never writes over what somebody wrote, also at the same moment', async () => {
    const [task] = await at.tasksOf();
    await answerTasks(at.officer, { ...at.part(), items: [{ task: task!, answer: 'Đã bóc gỡ 3 máy' }] });
    await expect(say(true)).rejects.toMatchObject({ code: 'work.answer_there', details: { answer: 'Đã bóc gỡ 3 máy' } });
    await expect(say(false)).rejects.toMatchObject({ code: 'work.answer_there' });
    await Promise.all([say(true).catch(() => null), say(true).catch(() => null)]);
    expect((await at.work()).items[0]!.answer).toBe('Đã bóc gỡ 3 máy');
  });

  it('is refused to read-only roles and strangers; the desk names its source', async () => {
    const [task] = await at.tasksOf();
    const input = { ...at.part(), task: task!, nothing: true };
    await expect(sayNothing(at.auditor, input)).rejects.toMatchObject({ code: 'access.role' });
    await expect(sayNothing(at.foreign, input)).rejects.toMatchObject({ code: 'work.not_found' });
    await expect(sayNothing(at.sogd, input)).rejects.toMatchObject({ code: 'access.role' });
    await expect(sayNothing(at.desk, input)).rejects.toMatchObject({ code: 'work.source_missing' });
    await sayNothing(at.desk, { ...input, source: 'Điện thoại 14:30' });
    expect((await at.work()).items[0]).toMatchObject({ nothing: true });
  });

  it('is known however it was written, and not where more happened', () => {
    for (const answer of ['Không phát sinh', 'KHÔNG PHÁT SINH.', 'Không phát sinh trong kỳ. Đã rà soát.'])
      expect(saysNothing(answer)).toBe(true);
    for (const answer of [null, '', 'Không phát sinh sự cố mới, còn 3 sự cố cũ']) expect(saysNothing(answer)).toBe(false);
  });
});
