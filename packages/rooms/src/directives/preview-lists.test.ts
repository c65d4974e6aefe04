import type { Ctx, Database } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { draftsOf, makeGroups } from './fixture.ts';
import { correctDraft, type DirectiveView, mapPhrase, previewLists } from './index.ts';

let database: Database;
let province: Province;
let desk: Ctx;
let draft: () => Promise<DirectiveView>;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  await makeGroups(database, province);
  desk = await makeCtx(makeStores(database), province.sotttt, 'desk');
  draft = draftsOf(desk);
});
afterAll(() => database.close());

describe('the attached list', () => {
  it('says for each name which organisation it means, and whose list it is', async () => {
    const view = await draft();
    const { items } = await previewLists(desk, view.id);
    expect(items).toHaveLength(1);
    expect(items[0]!.recipient).toMatchObject({ id: view.recipients[2]!.id, chosen: false });
    expect(items[0]!.items.map(({ text, organisations }) => [text, organisations.map((one) => one.id)])).toEqual([
      ['Viettel Thử Nghiệm', [province.viettel]],
      ['Viễn thông Thử Nghiệm', [expect.any(String)]],
      ['Công ty Cáp Thử', []],
    ]);
  });

  it('is corrected: a name added, edited or removed resolves its recipient again', async () => {
    const view = await draft();
    const [list] = view.attachments;
    const next = await correctDraft(desk, view.id, {
      version: view.version,
      attachments: [{ title: list!.title, items: ['Viettel Thử Nghiệm', 'Mạng Mới'] }],
    });
    expect(next.attachments[0]!.items).toEqual(['Viettel Thử Nghiệm', 'Mạng Mới']);
    expect(next.recipients[2]).toMatchObject({ resolution: 'list', organisations: [province.viettel], unresolved: ['Mạng Mới'] });
    expect(next.spans.some(({ field }) => field === 'attachments[0]')).toBe(true);
    await expectAudit(desk, 'directives.corrected', view.id);
    const whole = await correctDraft(desk, view.id, {
      version: next.version,
      attachments: [{ title: list!.title, items: ['Viettel Thử Nghiệm'] }],
    });
    expect(whole.recipients[2]).toMatchObject({ organisations: [province.viettel], unresolved: [] });
    const again = await correctDraft(desk, view.id, { version: whole.version, attachments: view.attachments });
    expect(again.recipients[2]).toMatchObject({ unresolved: ['Công ty Cáp Thử'] });
  });

  it('can be given to another recipient, or to none', async () => {
    const view = await draft();
    const [list] = view.attachments;
    const other = await correctDraft(desk, view.id, {
      version: view.version,
      attachments: [{ ...list!, recipient: view.recipients[1]!.text }],
    });
    expect(other.recipients.map((one) => one.resolution)).toEqual(['group', 'list', expect.not.stringMatching('list')]);
    const none = await correctDraft(desk, view.id, { version: other.version, attachments: [{ ...list!, recipient: null }] });
    expect(none.recipients[1]!.resolution).toBe('group');
    expect((await previewLists(desk, view.id)).items[0]!.recipient).toBeNull();
  });

  it('leaves what was chosen by hand as it is', async () => {
    const view = await draft();
    const chosen = await correctDraft(desk, view.id, {
      version: view.version,
      recipients: view.recipients.map(({ id, text }, i) => ({ id, text, ...(i === 2 ? { organisations: [province.giavien] } : {}) })),
    });
    const next = await correctDraft(desk, view.id, {
      version: chosen.version,
      attachments: [{ title: view.attachments[0]!.title, items: ['Viettel Thử Nghiệm'] }],
    });
    expect(next.recipients[2]!.organisations).toEqual([province.giavien]);
    expect((await previewLists(desk, view.id)).items[0]!.recipient).toMatchObject({ chosen: true });
  });

  it('a name that was matched wrongly is mapped to another organisation', async () => {
    const view = await draft();
    const next = await mapPhrase(desk, view.id, {
      version: view.version,
      recipient: view.recipients[2]!.id,
      name: 'Viettel Thử Nghiệm',
      organisation: province.nhoquan,
    });
    expect(next.recipients[2]!.organisations).toContain(province.nhoquan);
    expect(next.recipients[2]!.organisations).not.toContain(province.viettel);
  });

  it('is for the issuer alone', async () => {
    const view = await draft();
    await expect(previewLists(await makeCtx(desk.stores, province.soyte, 'desk'), view.id)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(previewLists(await makeCtx(desk.stores, province.sotttt, 'auditor'), view.id)).rejects.toMatchObject({
      code: 'access.role',
    });
  });
});
