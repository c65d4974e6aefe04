import type { Ctx, Database } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { draftsOf, makeGroups } from './fixture.ts';
import { correctDraft, type DirectiveView, discardDraft, getDirective, listDirectives, mapPhrase, previewIssue } from './index.ts';

let database: Database;
let province: Province;
let desk: Ctx;
let agency: Ctx;
let draft: () => Promise<DirectiveView>;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  await makeGroups(database, province);
  desk = await makeCtx(makeStores(database), province.sotttt, 'desk');
  draft = draftsOf(desk);
  agency = await makeCtx(desk.stores, province.soyte, 'officer');
});
afterAll(() => database.close());

describe('correcting a draft', () => {
  let view: DirectiveView;
  beforeEach(async () => (view = await draft()));

  it('changes the head, and refuses an old version', async () => {
    const next = await correctDraft(desk, view.id, { version: view.version, head: { subject: 'Trích yếu mới', number: '12' } });
    expect(next).toMatchObject({ subject: 'Trích yếu mới', version: view.version + 1, number: '12' });
    expect(next.code).toMatch(/^12\/STTTT-CNTT\d+$/);
    await expect(correctDraft(desk, view.id, { version: view.version, head: { subject: 'Muộn' } })).rejects.toMatchObject({
      code: 'directives.changed_meanwhile',
      details: { version: view.version + 1 },
    });
    await expectAudit(desk, 'directives.corrected', view.id);
  });

  it('corrects copies and contacts, whose marks go when one comes or goes', async () => {
    const next = await correctDraft(desk, view.id, { version: view.version, copies: [{ text: 'Như trên', purpose: null }] });
    expect(next.copies).toEqual([{ text: 'Như trên', purpose: null }]);
    expect(view.spans.some((one) => one.field.startsWith('copies['))).toBe(true);
    expect(next.spans.some((one) => one.field.startsWith('copies['))).toBe(false);
    expect(next.spans.some((one) => one.field === 'subject')).toBe(true);
  });

  it('splits, removes and binds requirements, keeping the span of those that stay', async () => {
    const [title, first] = view.requirements;
    const base = { heading: false, audience: [], phrase: null, due: null, recurrence: null, measures: [] };
    const next = await correctDraft(desk, view.id, {
      version: view.version,
      requirements: [
        { ...base, id: title!.id, path: '1', text: title!.text, heading: true },
        { ...base, id: first!.id, path: '1.a', text: 'Ứng trực 24/7' },
        { ...base, path: '1.a2', text: 'Gửi danh sách đầu mối' },
      ],
    });
    expect(next.requirements.map(({ path, span }) => [path, span !== null])).toEqual([
      ['1', true],
      ['1.a', true],
      ['1.a2', false],
    ]);
    expect(next.requirements[1]!.id).toBe(first!.id);
    const twice = [
      { ...base, path: '1', text: 'x' },
      { ...base, path: '1', text: 'y' },
    ];
    await expect(correctDraft(desk, view.id, { version: next.version, requirements: twice })).rejects.toMatchObject({
      code: 'directives.path_twice',
      place: 'requirements[1].path',
    });
    await expect(
      correctDraft(desk, view.id, { version: next.version, requirements: [{ ...base, path: '1', text: 'x', measures: ['no.such'] }] }),
    ).rejects.toMatchObject({ place: 'requirements[0].measures' });
  });

  it('chooses organisations by hand, moves audiences along, and does not let an item fall to everybody', async () => {
    const [departments, districts, operators] = view.recipients;
    const keep = (one: typeof departments) => ({ id: one!.id, text: one!.text });
    const next = await correctDraft(desk, view.id, {
      version: view.version,
      recipients: [keep(operators), { ...keep(departments), organisations: [province.soyte] }],
    });
    expect(next.recipients.map((one) => one.organisations.length)).toEqual([2, 1]);
    expect(next.requirements.find((one) => one.path === '2.a')!.audience).toEqual([0]);
    await expect(
      correctDraft(desk, view.id, { version: next.version, recipients: [keep(departments), keep(districts)] }),
    ).rejects.toMatchObject({ code: 'directives.recipient_in_use' });
    await expect(
      correctDraft(desk, view.id, { version: next.version, recipients: [{ text: 'Khác', organisations: [province.foreign] }] }),
    ).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('resolves groups again when the day moves to where they no longer hold', async () => {
    const next = await correctDraft(desk, view.id, { version: view.version, head: { day: '2025-08-01' } });
    expect(next.recipients[1]).toMatchObject({ resolution: 'none', organisations: [] });
    expect(next.recipients[1]!.why!.vi).toContain('1/7/2025');
  });

  it('maps an unmatched name once and for all', async () => {
    const operators = view.recipients.find((one) => one.unresolved.length > 0)!;
    const next = await mapPhrase(desk, view.id, {
      version: view.version,
      recipient: operators.id,
      name: 'Công ty Cáp Thử',
      organisation: province.giavien,
    });
    expect(next.recipients[2]).toMatchObject({ unresolved: [] });
    expect(next.recipients[2]!.organisations).toHaveLength(3);
    expect((await draft()).recipients[2]!.unresolved).toEqual([]);
    const owner = database.owner();
    await owner.connect();
    await owner.query('delete from phrases');
    await owner.end();
  });

  it('is for the issuer alone: others neither see nor count it', async () => {
    await expect(getDirective(agency, view.id)).rejects.toMatchObject({ kind: 'not-found' });
    expect((await listDirectives(agency, { page: 1, size: 50, status: 'draft' })).total).toBe(0);
    await expect(
      correctDraft({ ...agency, actor: { ...agency.actor, role: 'desk' } as Ctx['actor'] }, view.id, { version: 1 }),
    ).rejects.toMatchObject({ kind: 'not-found' });
    await expect(correctDraft(await makeCtx(desk.stores, province.sotttt, 'auditor'), view.id, { version: 1 })).rejects.toMatchObject({
      code: 'access.role',
    });
  });

  it('can be discarded', async () => {
    await discardDraft(desk, view.id);
    await expect(getDirective(desk, view.id)).rejects.toMatchObject({ kind: 'not-found' });
    await expectAudit(desk, 'directives.discarded', view.id);
  });
});

describe('preview', () => {
  it('shows who gets what, who has no account, and what is unresolved', async () => {
    const view = await draft();
    const preview = await previewIssue(desk, view.id);
    expect(preview.requirements.map(({ path, organisations }) => [path, organisations])).toEqual([
      ['1.a', 6],
      ['1.b', 6],
      ['2.a', 2],
    ]);
    expect(preview).toMatchObject({ receivers: 6, tasks: 14, withoutAccount: 6, withoutContact: 6, outside: [] });
    expect(preview.organisations.find((one) => one.id === province.viettel)!.concerned).toBe('111');
    expect(preview.organisations.find((one) => one.id === province.soyte)!.concerned).toBe('110');
    expect(preview.unresolved).toMatchObject([{ text: 'Công ty Cáp Thử' }]);
  });
});
