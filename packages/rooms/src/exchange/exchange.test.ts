import { type EdxmlStatus, type EdxmlStatusCode, readEdxml, writeEdxmlStatus } from '@vonggac/congvan/edxml';
import { exchangeRoutes } from '@vonggac/contract/exchange';
import { newId } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import * as testkit from '@vonggac/testkit';
import { describe, expect, it } from 'vitest';
import { codesOf, CODES, setUpExchange } from './fixture.ts';
import { nextNumber, setUpWork } from '../tasks/fixture.ts';
import { getWork } from '../tasks/index.ts';
import { confirmFiles, decideRequest, discardFile, downloadMessage, handOverStatuses, listFiles, readStatusFile } from './index.ts';

const at = setUpWork(testkit);
const { held, view } = setUpExchange(at);

let files = 0;
/** A message of an agency about the directive of this test, a file of its own each time. */
function message(code: EdxmlStatusCode, more: Partial<EdxmlStatus> = {}): { name: string; bytes: Uint8Array } {
  files += 1;
  const documentId = [CODES.sotttt, held.head.day.replaceAll('-', '/'), held.head.code].join(',');
  const status: EdxmlStatus = {
    from: { id: CODES.soyte, name: 'Sở Y tế' },
    responseFor: { organisation: CODES.sotttt, code: held.head.code, day: held.head.day, documentId },
    staff: { department: 'Văn phòng', name: null, email: null, mobile: `${files}` },
    code,
    description: null,
    at: '2024-04-23T08:30:00',
    ...more,
  };
  return { name: `s-${code}.edxml`, bytes: writeEdxmlStatus(status) };
}
const readIn = async (code: EdxmlStatusCode, more: Partial<EdxmlStatus> = {}, ctx = at.desk) =>
  exchangeRoutes['POST /status-files'].output.parse(await readStatusFile(ctx, message(code, more)));
const confirm = (...ids: string[]) => confirmFiles(at.desk, ids);

describe('statuses that come in', () => {
  it('wait for a named officer, then move the receipt as declared by the message', async () => {
    const { file, again } = await readIn('03', { description: 'Số đến 8123, ngày đến 23/04/2024' });
    expect([again, file.state, file.problem, file.differs]).toEqual([false, 'waiting', null, true]);
    expect((await getWork(at.desk, at.part())).receipt.state).toBe('01');
    expect(await confirm(file.id)).toEqual([{ id: file.id, done: true, moved: true, problem: null }]);
    const work = await at.work();
    expect(work.receipt).toMatchObject({ state: '03', number: '8123', day: '2024-04-23' });
    expect(work.receipt.receivedBy).toContain('edXML');
    expect(work.history[0]).toMatchObject({ act: 'received', actorName: at.desk.actor.name, data: { number: '8123' } });
    expect((await view()).received).toMatchObject([{ code: '03', state: 'confirmed', moved: true, decidedByName: at.desk.actor.name }]);
    await testkit.expectAudit(at.desk, 'exchange.status_confirmed', file.id);
  });

  it('are the same once, by their bytes', async () => {
    const one = message('01');
    const [a, b] = await Promise.all([1, 2].map(() => readStatusFile(at.desk, one)));
    expect(a!.file.id).toBe(b!.file.id);
    expect(await readStatusFile(at.desk, { ...one, name: 'khac.edxml' })).toMatchObject({ again: true, file: { id: a!.file.id } });
    await confirm(a!.file.id);
    expect(await confirm(a!.file.id)).toMatchObject([{ done: false }]);
    const second = (await readIn('01')).file;
    expect(second.problem!.vi).toContain('đã được xác nhận');
  });

  it('are confirmed in their order however they were dropped; one out of order stops no other', async () => {
    const five = (await readIn('05')).file;
    expect(five.problem!.vi).toContain('Sai thứ tự');
    const four = (await readIn('04')).file;
    const three = (await readIn('03')).file;
    const two = (await readIn('02')).file;
    const results = await confirm(five.id, four.id, three.id);
    expect(results.map(({ id, done, moved }) => [id, done, moved])).toEqual([
      [three.id, true, true],
      [four.id, true, false],
      [five.id, true, false],
    ]);
    expect((await confirm(two.id))[0]!.problem!.vi).toContain('trái với');
    const six = (await readIn('06')).file;
    expect(await confirm(six.id)).toMatchObject([{ done: true, moved: false }]);
    expect((await getWork(at.desk, at.part())).status).toBe('03');
  });

  it('never overwrite what the agency did itself: shown as a difference', async () => {
    await at.received('9001');
    const { file } = await readIn('02', { description: 'Gửi nhầm nơi nhận' });
    expect(file.differs).toBe(true);
    expect(await confirm(file.id)).toMatchObject([{ done: true, moved: false }]);
    expect((await at.work()).receipt).toMatchObject({ state: '03', number: '9001', refusedReason: null });
    expect((await view(at.desk)).received).toMatchObject([{ code: '02', moved: false, differs: true }]);
  });

  it('a refusal closes the tasks with its reason', async () => {
    const { file } = await readIn('02', { description: 'Không thuộc thẩm quyền' });
    await confirm(file.id);
    expect(await at.work()).toMatchObject({ status: '02', receipt: { refusedReason: 'Không thuộc thẩm quyền' } });
  });

  const wrong: [string, Partial<EdxmlStatus>, string, string][] = [
    [
      'an unknown document',
      { responseFor: { organisation: CODES.sotttt, code: '999/XX', day: '2024-04-20', documentId: null } },
      'unknown_document',
      'ResponseFor',
    ],
    ['an unknown OrganId', { from: { id: 'H77.01', name: 'Sở lạ' } }, 'unknown_organ', 'From/OrganId'],
    ['no OrganId', { from: { id: '', name: 'Sở Y tế' } }, 'unknown_organ', 'From/OrganId'],
    ['an agency that the document was not sent to', { from: { id: CODES.giavien, name: 'UBND huyện' } }, 'other_agency', 'From/OrganId'],
  ];
  it.each(wrong)('%s is refused with place and cure', async (_, more, code, place) => {
    await expect(readIn('03', more)).rejects.toMatchObject({ code: `exchange.${code}`, place });
  });

  it('a document of another issuer with the same code and day is not meant', async () => {
    const documentId = ['H98.01', held.head.day.replaceAll('-', '/'), held.head.code].join(',');
    const responseFor = { organisation: 'H98.01', code: held.head.code, day: held.head.day, documentId };
    await expect(readIn('03', { responseFor })).rejects.toMatchObject({ code: 'exchange.unknown_document' });
  });

  it('hostile files are refused and leave nothing', async () => {
    const whole = new TextDecoder().decode(message('03').bytes);
    const utf8 = (text: string) => new TextEncoder().encode(text);
    const bomb = whole.replace('?>', '?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>');
    const before = (await listFiles(at.desk, { page: 1, size: 1, state: 'waiting' })).total;
    for (const [text, code] of [
      [bomb, 'file.xml_entities'],
      [whole.slice(0, 400), 'file.xml_broken'],
      [whole.replace('>03<', '>77<'), 'file.edxml_status'],
      ['một tệp khác', 'file.xml_broken'],
      [whole.replace('<edXML:Timestamp>', '<edXML:Description>TỐI MẬT</edXML:Description><edXML:Timestamp>'), 'exchange.secret'],
    ] as const) {
      await expect(readStatusFile(at.desk, { name: 'x.edxml', bytes: utf8(text) })).rejects.toMatchObject({ code });
    }
    expect((await listFiles(at.desk, { page: 1, size: 1, state: 'waiting' })).total).toBe(before);
  });

  it('are read, listed, confirmed and set aside by the authority alone', async () => {
    await expect(readIn('03', {}, at.sogd)).rejects.toMatchObject({ code: 'access.role' });
    const foreignDesk = at.foreign;
    await expect(readIn('03', {}, foreignDesk)).rejects.toMatchObject({ code: 'exchange.unknown_document' });
    const otherDesk = await testkit.makeCtx(at.desk.stores, at.province.sogd, 'desk');
    await expect(readIn('03', {}, otherDesk)).rejects.toMatchObject({ code: 'exchange.unknown_organ' });
    const { file } = await readIn('03');
    expect(await confirmFiles(foreignDesk, [file.id])).toEqual([]);
    expect((await confirmFiles(otherDesk, [file.id])).some(({ done }) => done)).toBe(false);
    expect((await listFiles(foreignDesk, { page: 1, size: 500, state: 'waiting' })).total).toBe(0);
    await expect(discardFile(foreignDesk, file.id, 'x')).rejects.toMatchObject({ code: 'status.not_found' });
    const token = { ...at.desk, actor: { ...at.desk.actor, token: { id: newId(), permissions: ['directives:follow'] } } } as Ctx;
    await expect(confirmFiles(token, [file.id])).rejects.toMatchObject({ code: 'exchange.person_needed' });
    const auditor = await testkit.makeCtx(at.desk.stores, at.province.sotttt, 'auditor');
    await expect(confirmFiles(auditor, [file.id])).rejects.toMatchObject({ code: 'access.role' });
    await discardFile(at.desk, file.id, 'Tệp gửi nhầm');
    await testkit.expectAudit(at.desk, 'exchange.status_discarded', file.id);
    expect((await getWork(at.desk, at.part())).receipt.state).toBe('01');
  });

  it('set aside by mistake, the same file waits again', async () => {
    const one = message('03');
    const { file } = await readStatusFile(at.desk, one);
    await discardFile(at.desk, file.id, 'Nhầm');
    expect(await readStatusFile(at.desk, one)).toMatchObject({ again: true, file: { id: file.id, state: 'waiting', reason: null } });
  });

  it('go with the directive to its next overseer', async () => {
    const { file } = await readIn('01');
    const change = {
      name: 'directives.handed-over' as const,
      directive: at.issued.directive,
      from: at.province.sotttt,
      to: at.province.ubnd,
    };
    const both = { ...at.desk, scope: { ...at.desk.scope, organisations: [...at.desk.scope.organisations, at.province.ubnd] } };
    await inTransaction(both, (tx) => handOverStatuses(tx, both, change));
    expect((await listFiles(at.desk, { page: 1, size: 500, state: 'waiting' })).items.some(({ id }) => id === file.id)).toBe(false);
  });
});

describe('a request of the sender to take back', () => {
  const asked = (ctx = held.clerk, from: string = CODES.sotttt) =>
    readIn('13', { from: { id: from, name: 'Sở TTTT' }, description: 'Gửi nhầm bản' }, ctx);

  it('is decided by a person of the agency with a reason; the answer goes into the queue and nothing else changes', async () => {
    await at.received(nextNumber());
    const { file } = await asked();
    expect(await confirm(file.id)).toMatchObject([{ done: false }]);
    const id = await decideRequest(held.clerk, file.id, { agree: false, reason: 'Đã triển khai' });
    expect((await view()).answers).toMatchObject([{ id, code: '16', description: 'Đã triển khai' }]);
    expect(readEdxml((await downloadMessage(held.clerk, id)).content)).toMatchObject({
      status: { code: '16', description: 'Đã triển khai' },
    });
    await expect(decideRequest(held.clerk, file.id, { agree: true, reason: 'x' })).rejects.toMatchObject({
      code: 'exchange.already_decided',
    });
    expect((await at.work()).receipt.state).toBe('03');
    await testkit.expectAudit(held.clerk, 'exchange.request_refused', file.id);
    const second = await asked();
    await decideRequest(held.clerk, second.file.id, { agree: true, reason: 'Đồng ý thu lại' });
    expect(codesOf((await view()).answers).toSorted()).toEqual(['15', '16']);
  });

  it('comes from the issuer and is decided by the agency alone', async () => {
    await expect(asked(held.clerk, CODES.sogd)).rejects.toMatchObject({ code: 'exchange.other_agency' });
    const { file } = await asked();
    await expect(decideRequest(at.sogd, file.id, { agree: true, reason: 'x' })).rejects.toMatchObject({ code: 'status.not_found' });
    await expect(decideRequest(at.desk, file.id, { agree: true, reason: 'x' })).rejects.toMatchObject({ code: 'status.not_found' });
    await expect(decideRequest(at.auditor, file.id, { agree: true, reason: 'x' })).rejects.toMatchObject({ code: 'access.role' });
    const said = (await readIn('03')).file;
    await expect(decideRequest(held.clerk, said.id, { agree: true, reason: 'x' })).rejects.toMatchObject({ code: 'exchange.not_request' });
  });

  it('is answered by the agency, and the authority reads the answer in', async () => {
    const { file } = await readIn('15', { description: 'Đồng ý' });
    expect(await confirm(file.id)).toMatchObject([{ done: true, moved: false }]);
    expect((await view(at.desk)).received).toMatchObject([{ code: '15', state: 'confirmed', differs: false }]);
  });
});
