import { readEdxml } from '@vonggac/congvan/edxml';
import { newId } from '@vonggac/kernel';
import { openZip } from '@vonggac/outside';
import { inTransaction } from '@vonggac/store';
import * as testkit from '@vonggac/testkit';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { directives } from '../directives/index.ts';
import { codesOf, CODES, setUpExchange } from './fixture.ts';
import { nextNumber, setUpWork } from '../tasks/fixture.ts';
import { acceptTasks, answerTasks, receive, refuse } from '../tasks/index.ts';
import { downloadMessage, downloadMessages, listMessages, makeStatuses, markSent, statusesOf } from './index.ts';

const at = setUpWork(testkit);
const { held, view } = setUpExchange(at);

describe('statuses that go out', () => {
  it('follow receipt and tasks, each once, in order, with số đến', async () => {
    expect(await view()).toMatchObject({ target: { organId: CODES.sotttt }, problem: null, steps: [{ code: '01', message: null }] });
    expect(await makeStatuses(held.clerk, at.part())).toBe(1);
    const number = nextNumber();
    await receive(held.clerk, { ...at.part(), number, day: '2024-04-22' });
    const [first] = await at.tasksOf();
    await answerTasks(held.clerk, { ...at.part(), items: [{ task: first!, answer: 'Đã bố trí trực' }] });
    expect(await makeStatuses(held.clerk, at.part())).toBe(3);
    expect(await makeStatuses(held.clerk, at.part())).toBe(0);
    const { steps } = await view();
    expect(codesOf(steps)).toEqual(['01', '03', '04', '05']);
    expect(steps.every((step) => step.message !== null)).toBe(true);
    expect(steps[1]!.description).toBe(`Số đến ${number}, ngày đến 22/04/2024`);
    const { content, name } = await downloadMessage(held.clerk, steps[1]!.message!.id);
    expect(name).toMatch(/^trang-thai-03-.*\.edxml$/);
    const read = readEdxml(content);
    expect(read).toMatchObject({
      kind: 'status',
      status: {
        code: '03',
        from: { id: CODES.soyte },
        responseFor: { organisation: CODES.sotttt, code: held.head.code, day: held.head.day },
      },
    });
    await testkit.expectAudit(held.clerk, 'exchange.statuses_made', (await at.work()).receipt.id);
  });

  it('end with 06 once all is accepted, and with 02 and its reason where the document was refused', async () => {
    const tasks = await at.submitted();
    await acceptTasks(at.desk, { tasks });
    expect(codesOf((await view()).steps)).toEqual(['01', '03', '04', '05', '06']);
    const other = { ...at.part(), organisation: at.province.sogd };
    await refuse(at.sogd, { ...other, reason: 'Không thuộc phạm vi' });
    expect((await view(at.sogd, other)).steps.at(-1)).toMatchObject({ code: '02', description: 'Không thuộc phạm vi' });
    const { content } = await downloadMessages(held.clerk, at.part()).catch(async (error: { code: string }) => {
      expect(error.code).toBe('status.not_found');
      await makeStatuses(held.clerk, at.part());
      return downloadMessages(held.clerk, at.part());
    });
    expect(openZip(content).entries.map(({ name }) => name.slice(0, 16))).toEqual(
      ['01', '03', '04', '05', '06'].map((code, i) => `0${i + 1}-trang-thai-${code}`),
    );
  });

  it('of two who make them at once, each status is made once', async () => {
    const made = await Promise.all([1, 2, 3].map(() => makeStatuses(held.clerk, at.part())));
    expect(made.reduce((a, b) => a + b)).toBe(1);
  });

  it('wait in the queue until a person marks them sent, once', async () => {
    await makeStatuses(held.clerk, at.part());
    const { id } = (await view()).steps[0]!.message!;
    const waiting = await listMessages(held.clerk, { page: 1, size: 500, sent: 'no' });
    expect(waiting.items.some((one) => one.id === id)).toBe(true);
    expect(await markSent(at.sogd, [id])).toBe(0);
    expect(await markSent(held.clerk, [id, newId()])).toBe(1);
    expect(await markSent(held.clerk, [id])).toBe(0);
    expect((await view()).steps[0]!.message).toMatchObject({ sentByName: held.clerk.actor.name });
    await testkit.expectAudit(held.clerk, 'exchange.status_sent', id);
  });

  it('name the document as its own message did, where it came as edXML', async () => {
    await inTransaction(at.desk, (tx) =>
      tx.update(directives).set({ documentId: 'abc-1', issuerOrganId: 'H99' }).where(eq(directives.id, at.issued.directive)),
    );
    await makeStatuses(held.clerk, at.part());
    const { content } = await downloadMessage(held.clerk, (await view()).steps[0]!.message!.id);
    expect(readEdxml(content)).toMatchObject({ status: { responseFor: { organisation: 'H99', documentId: 'abc-1' } } });
  });

  it('are not made without an OrganId, by others, or by who only reads', async () => {
    const nowhere = { directive: at.issued.directive, organisation: at.province.sogd };
    const owner = at.database.owner();
    await owner.connect();
    await owner.query('update organisations set code = null where id = $1', [at.province.sogd]);
    await owner.end();
    expect((await view(at.sogd, nowhere)).problem!.vi).toContain('mã định danh');
    await expect(makeStatuses(at.sogd, nowhere)).rejects.toMatchObject({ code: 'exchange.no_organ_id' });
    await expect(makeStatuses(at.auditor, at.part())).rejects.toMatchObject({ code: 'access.role' });
    await expect(makeStatuses(at.sogd, at.part())).rejects.toMatchObject({ code: 'organisation.not_found' });
    await expect(statusesOf(at.foreign, at.part())).rejects.toMatchObject({ code: 'work.not_found' });
    await makeStatuses(held.clerk, at.part());
    const { id } = (await view()).steps[0]!.message!;
    await expect(downloadMessage(at.sogd, id)).rejects.toMatchObject({ code: 'status.not_found' });
    expect((await listMessages(at.sogd, { page: 1, size: 500, sent: 'no' })).items.some((one) => one.id === id)).toBe(false);
  });
});
