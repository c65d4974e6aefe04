import { mkdtempSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { makeCtx, makeProvince, makeStores, makeTestDatabase, expectAudit, type Province } from '@vonggac/testkit';
import { type Ctx, type Database, openFiles } from '@vonggac/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOLIDAY, makeGroups } from './fixture.ts';
import { discardDraft, getDirective, listDirectives, readDraft } from './index.ts';

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

describe('a document read into a draft', () => {
  it('has head, chain, recipients as of its date and requirements with their audience and deadline', async () => {
    const answer = await readDraft(desk, { name: 'trực lễ.txt', bytes: new TextEncoder().encode(HOLIDAY) });
    const draft = await getDirective(desk, answer.id);
    expect(draft).toMatchObject({
      status: 'draft',
      kind: 'cong-van',
      number: null,
      symbol: '/STTTT-CNTT',
      code: null,
      day: null,
      partialDate: { year: 2024, month: 4, day: null },
      windowFrom: '2024-04-30',
      windowTo: '2024-05-01',
      sourceName: 'trực lễ.txt',
      can: { correct: true, issue: true },
    });
    expect(draft.bases).toMatchObject([{ code: '15/UBND-VP6', day: '2024-04-18' }]);
    expect(draft.recipients.map((one) => [one.resolution, one.organisations.length, one.unresolved])).toEqual([
      ['group', 3, []],
      ['group', 2, []],
      ['list', 2, ['Công ty Cáp Thử']],
    ]);
    const items = draft.requirements.map(({ path, heading, audience, due }) => ({ path, heading, audience, due }));
    expect(items).toEqual([
      { path: '1', heading: true, audience: [], due: null },
      { path: '1.a', heading: false, audience: [], due: '2024-04-29T16:59:59.999Z' },
      { path: '1.b', heading: false, audience: [], due: null },
      { path: '2', heading: true, audience: [2], due: null },
      { path: '2.a', heading: false, audience: [2], due: null },
    ]);
    expect(draft.text.slice(draft.requirements[1]!.span!.start, draft.requirements[1]!.span!.end)).toContain('ứng trực 24/7');
    await expectAudit(desk, 'directives.read', answer.id);
  });

  it('falls back on the phrase where no name of its list is known, and shows them all as unmatched', async () => {
    const strange = HOLIDAY.replace('1. Viettel Thử Nghiệm', '1. Mạng Một').replace('2. Viễn thông Thử Nghiệm', '2. Mạng Hai');
    const draft = await getDirective(desk, (await readDraft(desk, { text: strange })).id);
    expect(draft.recipients[2]).toMatchObject({
      resolution: 'none',
      organisations: [],
      unresolved: ['Mạng Một', 'Mạng Hai', 'Công ty Cáp Thử'],
    });
  });

  it('a plan without “Kính gửi” goes to those whom its copies ask to act', async () => {
    const plan = [
      'UBND TỈNH THỬ NGHIỆM\nSỞ THÔNG TIN VÀ TRUYỀN THÔNG\n\nSố: 9/KH-STTTT\nThử Nghiệm, ngày 20 tháng 4 năm 2024',
      'KẾ HOẠCH\nBảo đảm an toàn thông tin mạng năm 2024',
      '1. Rà soát hệ thống thông tin trước ngày 30/5/2024.',
      'Nơi nhận:\n- UBND tỉnh (để b/c);\n- Các Sở, ban, ngành cấp tỉnh; Ủy ban nhân dân các huyện (t/h);\n- Viettel Thử Nghiệm (Để Thực hiện);\n- Như trên (t/h);\n- Lưu: VT.',
      'GIÁM ĐỐC\n',
    ].join('\n\n');
    const draft = await getDirective(desk, (await readDraft(desk, { text: plan })).id);
    expect(draft.recipients.map(({ text, resolution, organisations }) => [text, resolution, organisations.length])).toEqual([
      ['Các Sở, ban, ngành cấp tỉnh', 'group', 3],
      ['Ủy ban nhân dân các huyện', 'group', 2],
      ['Viettel Thử Nghiệm', 'organisation', 1],
    ]);
  });

  it('is found again when the same file comes again', async () => {
    const bytes = new TextEncoder().encode(HOLIDAY);
    const first = await readDraft(desk, { name: 'a.txt', bytes });
    expect(first.again).toBe(true);
    const [one, two] = await Promise.all([0, 1].map(() => readDraft(desk, { text: `${HOLIDAY}\nbản dán` })));
    expect(one!.id).toBe(two!.id);
    expect((await listDirectives(desk, { page: 1, size: 50 })).total).toBe(4);
  });

  it('is not read by a role that only reads', async () => {
    const auditor = await makeCtx(desk.stores, province.sotttt, 'auditor');
    await expect(readDraft(auditor, { text: HOLIDAY })).rejects.toMatchObject({ code: 'access.role' });
  });
});

describe('a secrecy mark', () => {
  it('stops everything before a row or a file exists, and the error quotes nothing', async () => {
    const kept = mkdtempSync(path.join(os.tmpdir(), 'vg-secret-'));
    const ctx = { ...desk, stores: { ...desk.stores, files: openFiles(kept) } };
    const before = (await listDirectives(ctx, { page: 1, size: 50 })).total;
    const secret = HOLIDAY.replace('Kính gửi:', 'TỐI MẬT\n\nKính gửi:');
    const error = await readDraft(ctx, { name: 'mat.txt', bytes: new TextEncoder().encode(secret) }).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'directives.secret', kind: 'invalid' });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('Kính gửi');
    expect((await listDirectives(ctx, { page: 1, size: 50 })).total).toBe(before);
    expect(readdirSync(kept, { recursive: true })).toEqual(['incoming']);
  });
});

describe('a reading that is given up', () => {
  const others = HOLIDAY.replaceAll('Viettel', 'Dừng');
  const total = async () => (await listDirectives(desk, { page: 1, size: 50 })).total;

  it('leaves no draft, at whatever moment it was given up', async () => {
    const before = await total();
    const bytes = new TextEncoder().encode(others);
    const alone = performance.now();
    await readDraft(desk, { text: `${others} để đo` });
    const whole = performance.now() - alone;
    for (const part of [0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1]) {
      const control = new AbortController();
      setTimeout(() => control.abort(), whole * part);
      const answer = await readDraft(desk, { name: 'dừng.txt', bytes, signal: control.signal }).catch(() => null);
      if (answer === null) expect(await total()).toBe(before + 1);
      else if (!answer.again) await discardDraft(desk, answer.id);
    }
  });

  it('is undone when the draft is made already and its maker has not been told', async () => {
    const before = await total();
    const control = new AbortController();
    const files = { ...desk.stores.files, put: async () => (control.abort(), { sha256: '', size: 0 }) };
    const ctx = { ...desk, stores: { ...desk.stores, files } };
    const text = `${others} lần nữa`;
    await expect(readDraft(ctx, { text, signal: control.signal })).rejects.toMatchObject({ code: 'directives.reading_stopped' });
    expect(await total()).toBe(before);
    const wanted = await readDraft(desk, { text });
    expect(wanted.again).toBe(false);
  });

  it('leaves alone the draft that the same file had made before', async () => {
    const first = await readDraft(desk, { text: `${others} có trước` });
    await readDraft(desk, { text: `${others} có trước`, signal: AbortSignal.abort() }).catch(() => null);
    expect((await getDirective(desk, first.id)).status).toBe('draft');
  });
});

describe('bad input', () => {
  it('is refused with code, place and cure', async () => {
    await expect(readDraft(desk, { name: 'trống.txt', bytes: new Uint8Array() })).rejects.toMatchObject({
      code: 'file.empty',
      kind: 'invalid',
    });
    await expect(readDraft(desk, { text: '   ' })).rejects.toMatchObject({ code: 'directives.empty_text', place: 'text' });
  });
});
