import { mkdtempSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type EdxmlDocument, writeEdxmlDocument, writeEdxmlStatus } from '@vonggac/congvan/edxml';
import { directiveRoutes } from '@vonggac/contract/directives';
import { type Ctx, type Database, openFiles } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOLIDAY, makeGroups } from './fixture.ts';
import { attachedFile, discardDraft, getDirective, listDirectives, readDraft } from './index.ts';

let database: Database;
let province: Province;
let desk: Ctx;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  await makeGroups(database, province);
  desk = await makeCtx(makeStores(database), province.sotttt, 'desk');
});
afterAll(() => database.close());

const utf8 = (text: string) => new TextEncoder().encode(text);
const TEXT = HOLIDAY.replace('Số: /STTTT-CNTT', 'Số: 77/STTTT-CNTT').replace('ngày tháng 4', 'ngày 22 tháng 4');

const MESSAGE: EdxmlDocument = {
  from: { id: 'H99.10', name: 'Sở Thông tin và Truyền thông', inCharge: 'UBND tỉnh Thử Nghiệm' },
  to: [{ id: 'H99.11', name: 'Sở Y tế' }],
  documentId: 'H99.10,2024/04/22,77/STTTT-CNTT',
  number: '77',
  symbol: 'STTTT-CNTT',
  place: 'Thử Nghiệm',
  day: '2024-04-22',
  kind: { code: '18', name: 'Công văn' },
  subject: 'V/v trực bảo đảm an toàn thông tin mạng dịp Lễ 30/4, 01/5',
  content: null,
  signer: { authority: null, title: 'GIÁM ĐỐC', name: 'Nguyễn Văn A' },
  due: null,
  places: ['Như trên'],
  priority: 1,
  pages: 2,
  responseFor: [{ organisation: 'H99', code: '15/UBND-VP6', day: '2024-04-18', documentId: 'H99,2024/04/18,15/UBND-VP6' }],
  isSteering: true,
  business: { type: 'new', reason: null, concerns: [], staff: null },
  trace: [],
  attachments: [
    { name: 'van-ban.txt', contentType: 'text/plain', description: null, bytes: utf8(TEXT) },
    { name: 'phu-luc.bin', contentType: 'application/octet-stream', description: null, bytes: new Uint8Array([1, 2, 3, 0, 9]) },
  ],
  signature: null,
};

let count = 0;
/** A message of its own for each test. */
function message(more: Partial<EdxmlDocument> = {}): EdxmlDocument {
  count += 1;
  return { ...MESSAGE, documentId: `${MESSAGE.documentId}-${count}`, ...more };
}
const read = (document: EdxmlDocument) => readDraft(desk, { name: 'den.edxml', bytes: writeEdxmlDocument(document) });
async function draftFrom(document: EdxmlDocument) {
  const { id } = await read(document);
  return directiveRoutes['GET /directives/{id}'].output.parse(await getDirective(desk, id));
}
const codes = (draft: { warnings: { code: string }[] }) => draft.warnings.map(({ code }) => code);

describe('a directive that comes as an edXML message', () => {
  it('has its head from the metadata and text, requirements and spans from its document', async () => {
    const sent = message();
    const draft = await draftFrom(sent);
    expect(draft).toMatchObject({
      kind: 'cong-van',
      number: '77',
      code: '77/STTTT-CNTT',
      day: '2024-04-22',
      urgency: 'khan',
      issuerName: 'Sở Thông tin và Truyền thông',
      issuerParent: 'UBND tỉnh Thử Nghiệm',
      signer: { title: 'GIÁM ĐỐC', name: 'Nguyễn Văn A' },
      sourceName: 'den.edxml',
      edxml: { documentId: sent.documentId, from: { id: 'H99.10' }, business: 'new', concerned: [] },
    });
    expect(draft.requirements.map((one) => one.path)).toEqual(['1', '1.a', '1.b', '2', '2.a']);
    expect(draft.requirements[1]!.span).not.toBeNull();
    expect(draft.bases.map(({ code }) => code)).toEqual(['15/UBND-VP6']);
    expect(draft.edxml!.files).toEqual([
      { name: 'van-ban.txt', size: utf8(TEXT).byteLength, read: true },
      { name: 'phu-luc.bin', size: 5, read: false },
    ]);
    expect(codes(draft)).toContain('attachment-unread');
    expect(codes(draft)).not.toContain('edxml-differs');
    await expectAudit(desk, 'directives.read', draft.id);
  });

  it('shows both where message and document disagree, at the field', async () => {
    const draft = await draftFrom(
      message({ number: '78', day: '2024-04-23', signer: { authority: null, title: null, name: 'Trần Văn B' } }),
    );
    const doubts = draft.warnings.filter(({ code }) => code === 'edxml-differs');
    expect(doubts.map(({ message: text, start, end }) => [text.vi.split(':')[0], draft.text.slice(start, end).includes('77')])).toEqual([
      ['Số, ký hiệu', true],
      ['Ngày ban hành', false],
      ['Người ký', false],
    ]);
    expect(doubts[0]!.message.vi).toContain('“78/STTTT-CNTT”');
    expect(doubts[0]!.message.vi).toContain('“77/STTTT-CNTT”');
    expect(draft).toMatchObject({ code: '78/STTTT-CNTT', day: '2024-04-23' });
  });

  it('has the head alone, and says so, where no file can be read', async () => {
    const draft = await draftFrom(message({ attachments: [], responseFor: MESSAGE.responseFor }));
    expect(codes(draft)).toEqual(['edxml-no-text']);
    expect(draft).toMatchObject({ code: '77/STTTT-CNTT', requirements: [], bases: [{ code: '15/UBND-VP6', day: '2024-04-18' }] });
    expect(draft.recipients.map(({ text, resolution }) => [text, resolution])).toEqual([['Sở Y tế', 'organisation']]);
    await discardDraft(desk, draft.id);
  });

  it('is found when it comes again, as the same file and packed otherwise', async () => {
    const sent = message();
    const first = await read(sent);
    expect(await read(sent)).toMatchObject({ id: first.id, again: true });
    const other = writeEdxmlDocument({ ...sent, trace: [{ organisation: 'H99', at: '2024-04-22T08:00:00' }] });
    expect(await readDraft(desk, { name: 'lai.edxml', bytes: other })).toMatchObject({ id: first.id, again: true });
    const twins = [1, 2].map((n) => writeEdxmlDocument({ ...message({ documentId: 'cùng-một-mã' }), pages: n }));
    const [one, two] = await Promise.all(twins.map((bytes) => readDraft(desk, { name: 'a.edxml', bytes })));
    expect(one!.id).toBe(two!.id);
  });

  it('that withdraws or updates shows the directive that it is about and changes nothing', async () => {
    const first = await draftFrom(message());
    const asked = message({ business: { type: 'withdrawn', reason: 'Gửi nhầm', concerns: [first.edxml!.documentId], staff: null } });
    const draft = await draftFrom(asked);
    expect(draft.edxml).toMatchObject({ business: 'withdrawn', reason: 'Gửi nhầm', concerned: [{ id: first.id, status: 'draft' }] });
    expect(await getDirective(desk, first.id)).toMatchObject({ version: 1, status: 'draft', acts: [] });
    const again = await draftFrom({ ...asked, business: { ...asked.business, type: 'updated' } });
    expect(again.id).not.toBe(draft.id);
  });

  it('finds one that came as a scan by issuer, code and day', async () => {
    const plain = await readDraft(desk, { text: TEXT.replaceAll('77/STTTT-CNTT', '91/STTTT-CNTT') });
    const responseFor = [{ organisation: null, code: '91/STTTT-CNTT', day: '2024-04-22', documentId: null }];
    const draft = await draftFrom(message({ responseFor, business: { type: 'replacing', reason: null, concerns: [], staff: null } }));
    expect(draft.edxml!.concerned.map(({ id }) => id)).toEqual([plain.id]);
  });

  it('gives its files out again to its own side alone', async () => {
    const { id } = await read(message());
    expect(await attachedFile(desk, id, 1)).toEqual({ name: 'phu-luc.bin', content: new Uint8Array([1, 2, 3, 0, 9]) });
    await expectAudit(desk, 'directives.attachment_downloaded', id);
    await expect(attachedFile(desk, id, 2)).rejects.toMatchObject({ code: 'file.not_found' });
    const other = await makeCtx(desk.stores, province.soyte, 'desk');
    await expect(attachedFile(other, id, 0)).rejects.toMatchObject({ code: 'directive.not_found' });
    const auditor = await makeCtx(desk.stores, province.sotttt, 'auditor');
    await expect(readDraft(auditor, { name: 'a.edxml', bytes: writeEdxmlDocument(message()) })).rejects.toMatchObject({
      code: 'access.role',
    });
  });
});

describe('what is refused', () => {
  const secrets: [string, Partial<EdxmlDocument>][] = [
    ['its subject', { subject: 'TỐI MẬT' }],
    ['a note of the metadata', { content: 'Độ mật: Tối mật' }],
    ['its document', { attachments: [{ ...MESSAGE.attachments[0]!, bytes: utf8(TEXT.replace('Kính gửi:', 'TỐI MẬT\n\nKính gửi:')) }] }],
    [
      'another file',
      { attachments: [MESSAGE.attachments[0]!, { ...MESSAGE.attachments[0]!, name: 'pl.txt', bytes: utf8('MẬT\n\nPhụ lục') }] },
    ],
    ['the name of a file', { attachments: [{ ...MESSAGE.attachments[1]!, name: 'TỐI MẬT.bin' }] }],
  ];
  it.each(secrets)('a secrecy mark in %s: nothing is stored', async (_, more) => {
    const kept = mkdtempSync(path.join(os.tmpdir(), 'vg-edxml-'));
    const ctx = { ...desk, stores: { ...desk.stores, files: openFiles(kept) } };
    const before = (await listDirectives(ctx, { page: 1, size: 50 })).total;
    const bytes = writeEdxmlDocument(message(more));
    await expect(readDraft(ctx, { name: 'den.edxml', bytes })).rejects.toMatchObject({ code: 'directives.secret' });
    expect((await listDirectives(ctx, { page: 1, size: 50 })).total).toBe(before);
    expect(readdirSync(kept, { recursive: true })).toEqual(['incoming']);
  });

  it('a status message, entities, a message cut off: with code, place and cure', async () => {
    const status = writeEdxmlStatus({
      from: MESSAGE.from,
      responseFor: MESSAGE.responseFor[0]!,
      staff: null,
      code: '03',
      description: null,
      at: null,
    });
    await expect(readDraft(desk, { name: 's.edxml', bytes: status })).rejects.toMatchObject({ code: 'directives.edxml_status' });
    const whole = new TextDecoder().decode(writeEdxmlDocument(message()));
    const bomb = whole.replace('?>', '?><!DOCTYPE edXML [<!ENTITY a "aaaa">]>');
    await expect(readDraft(desk, { name: 'b.edxml', bytes: utf8(bomb) })).rejects.toMatchObject({ code: 'file.xml_entities' });
    await expect(readDraft(desk, { name: 'c.edxml', bytes: utf8(whole.slice(0, 900)) })).rejects.toMatchObject({ code: 'file.xml_broken' });
  });

  it('wild metadata is cut to what a field holds', async () => {
    const wild = { id: 'H'.repeat(500), name: `Sở ${'x'.repeat(5000)}` };
    const draft = await draftFrom(message({ from: wild, number: '7\n7 OR 1=1', symbol: '<script>', subject: 'V/v\u0007\n thử   nghiệm' }));
    expect(draft.subject).toBe('thử nghiệm');
    expect(draft.issuerName!.length).toBe(300);
    expect(draft.number).toBe('77');
    expect(draft.edxml!.from.name.length).toBeLessThanOrEqual(300);
  });
});
