import { type EdxmlDocument, readEdxml, writeEdxmlDocument } from '@vonggac/congvan/edxml';
import { newId } from '@vonggac/kernel';
import { inTransaction, on } from '@vonggac/store';
import * as testkit from '@vonggac/testkit';
import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOLIDAY, makeGroups, PDF as SIGNED } from '../directives/fixture.ts';
import {
  acts,
  decideWithdrawal,
  directives,
  discardDraft,
  getDirective,
  issueDirective,
  proposeWithdrawal,
  readDraft,
} from '../directives/index.ts';
import { nextNumber, PDF, setUpWork } from '../tasks/fixture.ts';
import { acceptTasks, addEvidence, assignTasks, receive, refuse, submitReport, withdrawTasks } from '../tasks/index.ts';
import { CODES, setUpExchange } from './fixture.ts';
import * as exchange from './index.ts';

const at = setUpWork(testkit);
const { held } = setUpExchange(at);
const page = { page: 1, size: 500 };

beforeAll(async () => {
  on('directives.issued', assignTasks);
  on('directives.read', exchange.tellRead);
  on('directives.issued', exchange.tellIssued);
  on('directives.amended', exchange.askBackAmended);
  on('directives.withdrawn', withdrawTasks);
  on('directives.withdrawn', exchange.askBackWithdrawn);
  on('tasks.noted', exchange.followParts);
  on('tasks.submitted', exchange.tellAnswered);
  on('tasks.accepted', exchange.tellAccepted);
  await makeGroups(at.database, at.province);
});

const TEXT = HOLIDAY.replace('Số: /STTTT-CNTT', 'Số: 15/UBND-VP6').replace('ngày tháng 4', 'ngày 22 tháng 4');
let count = 0;

/** What UBND tỉnh sends over the axis. */
function sent(more: Partial<EdxmlDocument> = {}): EdxmlDocument {
  return {
    from: { id: 'H99', name: 'UBND tỉnh Thử Nghiệm' },
    to: [{ id: CODES.sotttt, name: 'Sở Thông tin và Truyền thông' }],
    documentId: `H99,2024/04/22,${++count}/UBND-VP6`,
    number: String(count),
    symbol: 'UBND-VP6',
    place: 'Thử Nghiệm',
    day: '2024-04-22',
    kind: { code: null, name: 'Công văn' },
    subject: 'V/v trực bảo đảm an toàn thông tin mạng',
    content: null,
    signer: { authority: null, title: 'CHỦ TỊCH', name: null },
    due: null,
    places: [],
    priority: 0,
    pages: null,
    responseFor: [],
    isSteering: true,
    business: { type: 'new', reason: null, concerns: [], staff: null },
    trace: [],
    attachments: [{ name: 'a.txt', contentType: 'text/plain', description: null, bytes: new TextEncoder().encode(TEXT) }],
    signature: null,
    ...more,
  };
}

const read = async (document = sent()) => (await readDraft(at.desk, { name: 'den.edxml', bytes: writeEdxmlDocument(document) })).id;
const view = (id: string, ctx = at.desk) => exchange.arrivalOf(ctx, id);
const codesUp = async (id: string) => (await view(id)).messages.map(({ code }) => code);

async function issue(id: string): Promise<void> {
  const { version } = await getDirective(at.desk, id);
  const file = { name: 'da-ky.pdf', bytes: SIGNED };
  await issueDirective(at.desk, id, { version, number: String(count), day: '2024-04-22', leaveUnresolved: true, file });
}

async function submit(id: string): Promise<string[]> {
  const part = { directive: id, organisation: at.province.soyte };
  await receive(held.clerk, { ...part, number: nextNumber(), day: '2024-04-23' });
  const report = newId();
  await addEvidence(held.clerk, { ...part, report, name: 'bc.pdf', content: PDF });
  const signed = { id: report, code: '45/BC-SYT', day: '2024-04-25', signer: 'KT. GIÁM ĐỐC' };
  return (await submitReport(held.clerk, { ...part, report: signed })).tasks;
}

/** Everybody else has answered: the tasks of all others are gone. */
const onlySoyte = (id: string) =>
  inTransaction(at.desk, (tx) =>
    tx.execute(`update tasks set state = 'withdrawn' where directive = '${id}' and organisation <> '${at.province.soyte}'`),
  );

describe('a document from above', () => {
  it('is told upwards by itself: read, registered, issued, answered, done; each once', async () => {
    const id = await read();
    expect(await codesUp(id)).toEqual(['01']);
    expect(await view(id)).toMatchObject({ sender: { organId: 'H99' }, problem: null, can: { register: true, refuse: true } });
    await exchange.registerArrival(at.desk, id, { number: '88', day: '2024-04-23' });
    await exchange.registerArrival(at.desk, id, { number: '88', day: '2024-04-23' });
    expect(await codesUp(id)).toEqual(['01', '03']);
    await testkit.expectAudit(at.desk, 'exchange.arrival_registered', id);
    await issue(id);
    expect(await codesUp(id)).toEqual(['01', '03', '04']);
    const tasks = await submit(id);
    expect(await codesUp(id)).toEqual(['01', '03', '04', '05']);
    await onlySoyte(id);
    await acceptTasks(at.desk, { tasks });
    const { messages } = await view(id);
    expect(messages.map(({ code }) => code)).toEqual(['01', '03', '04', '05', '06']);
    expect(messages[1]!.description).toBe('Số đến 88, ngày đến 23/04/2024');
    const queue = (await exchange.listMessages(at.desk, { ...page, sent: 'no' })).items.filter((one) => one.directive === id);
    expect(queue.filter(({ organisation }) => organisation === at.province.sotttt).map(({ sentAt }) => sentAt)).toEqual(
      Array(5).fill(null),
    );
    const { content } = await exchange.downloadMessage(at.desk, messages[4]!.id);
    expect(readEdxml(content)).toMatchObject({ status: { code: '06', from: { id: CODES.sotttt }, responseFor: { organisation: 'H99' } } });
    await testkit.expectAudit(at.desk, 'exchange.told_up', id);
  });

  it('goes back with its reason, only before it was taken in, and stays told when its draft is gone', async () => {
    const document = sent();
    const id = await read(document);
    await exchange.refuseArrival(at.desk, id, 'Không thuộc thẩm quyền');
    expect((await view(id)).messages.map(({ code, description }) => [code, description])).toEqual([
      ['01', null],
      ['02', 'Không thuộc thẩm quyền'],
    ]);
    await expect(exchange.registerArrival(at.desk, id, { number: '9', day: '2024-04-23' })).rejects.toMatchObject({
      code: 'exchange.sent_back',
    });
    await testkit.expectAudit(at.desk, 'exchange.arrival_refused', id);
    await discardDraft(at.desk, id);
    const again = await read({ ...document, attachments: [{ ...document.attachments[0]!, name: 'b.txt' }] });
    expect(await codesUp(again)).toEqual([]);
    const queue = (await exchange.listMessages(at.desk, { ...page, sent: 'no' })).items.filter((one) => one.directive === id);
    expect(queue.map(({ organisationName, directiveName }) => [organisationName, directiveName])).toEqual(
      ['01', '02'].map(() => ['Sở Thông tin và Truyền thông', `${document.number}/UBND-VP6`]),
    );
    const taken = await read();
    await exchange.registerArrival(at.desk, taken, { number: '10', day: '2024-04-23' });
    await expect(exchange.refuseArrival(at.desk, taken, 'x')).rejects.toMatchObject({ code: 'exchange.taken_in' });
    await expect(exchange.registerArrival(at.desk, taken, { number: '11', day: '2024-04-23' })).rejects.toMatchObject({
      code: 'exchange.number_told',
    });
    await expect(exchange.registerArrival(at.desk, taken, { number: '11', day: '2024-05-23' })).rejects.toMatchObject({ place: 'day' });
  });

  it('has its receivers answer by themselves too, each by its own acts', async () => {
    const id = await read();
    await issue(id);
    const part = { directive: id, organisation: at.province.soyte };
    const codes = async () =>
      (await exchange.statusesOf(held.clerk, part)).steps.filter(({ message }) => message !== null).map(({ code }) => code);
    expect(await codes()).toEqual(['01']);
    const tasks = await submit(id);
    expect(await codes()).toEqual(['01', '03', '04', '05']);
    await acceptTasks(at.desk, { tasks });
    expect(await codes()).toEqual(['01', '03', '04', '05', '06']);
    const other = { directive: id, organisation: at.province.sogd };
    await refuse(at.sogd, { ...other, reason: 'Không thuộc phạm vi' });
    expect((await exchange.statusesOf(at.sogd, other)).steps.map(({ code, message }) => [code, message !== null])).toEqual([
      ['01', true],
      ['02', true],
    ]);
  });

  it('is nobody else’s: an agency sees nothing of it, others and readers change nothing, an own directive has none', async () => {
    const id = await read();
    await issue(id);
    expect(await view(id, held.clerk)).toMatchObject({ sender: null, messages: [], can: { register: false, refuse: false } });
    expect((await exchange.listMessages(held.clerk, page)).items.some(({ organisation }) => organisation === at.province.sotttt)).toBe(
      false,
    );
    const arrived = { number: '1', day: '2024-04-23' };
    await expect(exchange.registerArrival(at.foreign, id, arrived)).rejects.toMatchObject({ code: 'directive.not_found' });
    const auditor = await testkit.makeCtx(at.desk.stores, at.province.sotttt, 'auditor');
    await expect(exchange.registerArrival(auditor, id, arrived)).rejects.toMatchObject({ code: 'access.role' });
    await expect(exchange.refuseArrival(auditor, id, 'x')).rejects.toMatchObject({ code: 'access.role' });
    expect(await view(at.issued.directive)).toMatchObject({ sender: null, messages: [] });
    await at.submitted();
    expect((await exchange.listMessages(at.desk, page)).items.some(({ directive }) => directive === at.issued.directive)).toBe(false);
  });

  it('that was read from a file is told to the organisation that it names', async () => {
    const owner = at.database.owner();
    await owner.connect();
    await owner.query('update organisations set code = $2 where id = $1', [at.province.ubnd, 'H99']);
    await owner.end();
    const bytes = new TextEncoder().encode(`UBND TỈNH THỬ NGHIỆM\n${TEXT.split('\n').slice(1).join('\n')}`);
    const { id } = await readDraft(at.desk, { name: 'a.txt', bytes });
    await inTransaction(at.desk, (tx) => tx.update(directives).set({ issuerName: 'UBND tỉnh Thử Nghiệm' }).where(eq(directives.id, id)));
    expect((await view(id)).sender).toEqual({ name: 'UBND tỉnh Thử Nghiệm', organId: 'H99' });
    await exchange.registerArrival(at.desk, id, { number: '12', day: '2024-04-23' });
    expect(await codesUp(id)).toContain('03');
  });
});

describe('a directive that went out over the axis', () => {
  let leader: typeof at.desk;
  beforeEach(async () => {
    leader = await testkit.makeCtx(at.desk.stores, at.province.sotttt, 'leader');
  });
  const withdraw = async () => {
    const { directive } = at.issued;
    const act = await proposeWithdrawal(leader, directive, 'Ban hành nhầm');
    await decideWithdrawal(await testkit.makeCtx(at.desk.stores, at.province.sotttt, 'leader'), directive, { act, agree: true });
    const { items } = await exchange.listMessages(at.desk, page);
    return items.filter((one) => one.directive === directive && one.organisation === at.province.sotttt);
  };

  it('is asked back with 13 when it is withdrawn', async () => {
    const { writeEdxmlStatus } = await import('@vonggac/congvan/edxml');
    const status = writeEdxmlStatus({
      from: { id: CODES.soyte, name: 'Sở Y tế' },
      responseFor: { organisation: CODES.sotttt, code: held.head.code, day: held.head.day, documentId: null },
      staff: null,
      code: '01',
      description: null,
      at: '2024-04-22T08:00:00',
    });
    await exchange.readStatusFile(at.desk, { name: 'a.edxml', bytes: status });
    const [asked, ...more] = await withdraw();
    expect([asked?.code, asked?.description, more]).toEqual(['13', 'Thu hồi văn bản: Ban hành nhầm', []]);
    await testkit.expectAudit(at.desk, 'exchange.asked_back', at.issued.directive);
  });

  it('is not, where nobody has it over the axis', async () => {
    expect(await withdraw()).toEqual([]);
    expect(await inTransaction(at.desk, (tx) => tx.$count(acts, eq(acts.directive, at.issued.directive)))).toBe(1);
  });
});
