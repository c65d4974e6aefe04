import type { Ctx, Database } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOLIDAY, makeGroups } from './fixture.ts';
import {
  addPassage,
  correctDraft,
  deriveDirective,
  type DirectiveView,
  getDirective,
  listDirectives,
  previewIssue,
  readDraft,
} from './index.ts';

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

/** The holiday document told in paragraphs, as a công điện is. */
const TOLD = HOLIDAY.replace(
  /1\. Đối với[^]*?(?=Nơi nhận)/u,
  `Yêu cầu các Sở, ban, ngành bố trí người ứng trực 24/7, cập nhật bản vá và gửi danh sách đầu mối
về Sở Thông tin và Truyền thông trước ngày 29/4/2024.

Các doanh nghiệp cung cấp dịch vụ viễn thông, Internet phân công nhân lực giám sát hạ tầng mạng lưới.

Văn phòng Sở tổng hợp, báo cáo kết quả.

`,
);
let count = 0;
async function told(): Promise<DirectiveView> {
  count += 1;
  return getDirective(desk, (await readDraft(desk, { text: TOLD.replace('STTTT-CNTT', `STTTT-CD${count}`) })).id);
}
const spanOf = (view: DirectiveView, from: string, to: string) => ({
  start: view.text.indexOf(from),
  end: view.text.indexOf(to, view.text.indexOf(from)) + to.length,
});

describe('a requirement from a passage', () => {
  it('has the next number, and audience, deadline and measures as the reader finds them', async () => {
    const view = await told();
    expect(view.requirements).toEqual([]);
    const second = await addPassage(desk, view.id, {
      version: view.version,
      ...spanOf(view, 'Các doanh nghiệp cung cấp dịch vụ viễn thông, Internet phân', 'mạng lưới.'),
    });
    expect(second.directive.requirements).toMatchObject([{ path: '1', audience: [2], due: null }]);
    const first = await addPassage(desk, view.id, {
      version: second.directive.version,
      ...spanOf(view, 'Yêu cầu các Sở', '29/4/2024.'),
      path: 'I',
    });
    const [item, other] = first.directive.requirements;
    expect(item).toMatchObject({
      id: first.requirement,
      path: 'I',
      position: 0,
      audience: [0],
      due: '2024-04-29T16:59:59.999Z',
      text: 'Yêu cầu các Sở, ban, ngành bố trí người ứng trực 24/7, cập nhật bản vá và gửi danh sách đầu mối về Sở Thông tin và Truyền thông trước ngày 29/4/2024.',
    });
    expect(other).toMatchObject({ id: second.requirement, position: 1 });
    expect(view.text.slice(item!.span!.start, item!.span!.end)).toMatch(/^Yêu cầu các Sở[^]*29\/4\/2024\.$/);
    const third = await addPassage(desk, view.id, { version: first.directive.version, ...spanOf(view, 'Văn phòng Sở', 'kết quả.') });
    expect(third.directive.requirements.map(({ path }) => path)).toEqual(['I', '1', '2']);
    await expectAudit(desk, 'directives.requirement_added', view.id);
  });

  it('names who is not under Kính gửi: the item is narrowed, or the document addressed', async () => {
    const view = await told();
    const passage = spanOf(view, 'Yêu cầu các Sở', '29/4/2024.');
    const fewer = await correctDraft(desk, view.id, {
      version: view.version,
      recipients: [{ id: view.recipients[1]!.id, text: view.recipients[1]!.text }],
    });
    const narrowed = await addPassage(desk, view.id, { version: fewer.version, ...passage });
    expect(narrowed.directive.recipients.map(({ narrows, organisations }) => [narrows, organisations.length])).toEqual([
      [false, 2],
      [true, 3],
    ]);
    expect(narrowed.directive.requirements[0]!.audience).toEqual([1]);
    expect((await previewIssue(desk, view.id)).problems).toMatchObject([{ code: 'nobody', requirement: narrowed.requirement }]);
    const other = await told();
    const none = await correctDraft(desk, other.id, { version: other.version, recipients: [] });
    const addressed = await addPassage(desk, other.id, { version: none.version, ...passage });
    expect(addressed.directive.recipients).toMatchObject([{ narrows: false, resolution: 'group' }]);
  });

  it('is refused with its cure: nothing chosen, outside the text, a number that is taken, an old version', async () => {
    const view = await told();
    const whole = spanOf(view, 'Văn phòng Sở', 'kết quả.');
    const add = (part: object) => addPassage(desk, view.id, { version: view.version, ...whole, ...part });
    const blank = view.text.indexOf('\n\n');
    await expect(add({ start: blank, end: blank + 2 })).rejects.toMatchObject({ code: 'directives.passage' });
    await expect(add({ end: view.text.length + 1 })).rejects.toMatchObject({ code: 'directives.passage' });
    await add({ path: '7' });
    await expect(add({})).rejects.toMatchObject({ code: 'directives.changed_meanwhile' });
    await expect(add({ version: view.version + 1, path: '7' })).rejects.toMatchObject({ code: 'directives.path_twice' });
    expect((await getDirective(desk, view.id)).requirements).toHaveLength(1);
  });

  it('is for the issuer alone', async () => {
    const view = await told();
    const passage = { version: view.version, ...spanOf(view, 'Văn phòng Sở', 'kết quả.') };
    const foreign = await makeCtx(desk.stores, province.soyte, 'desk');
    await expect(addPassage(foreign, view.id, passage)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(addPassage(await makeCtx(desk.stores, province.sotttt, 'auditor'), view.id, passage)).rejects.toMatchObject({
      code: 'access.role',
    });
    expect((await listDirectives(foreign, { page: 1, size: 50 })).total).toBe(0);
  });

  it('does not exist in a draft that has no text of its own', async () => {
    const view = await told();
    const derived = await getDirective(desk, await deriveFrom(view));
    await expect(addPassage(desk, derived.id, { version: derived.version, start: 0, end: 20 })).rejects.toMatchObject({
      code: 'directives.passage',
    });
  });
});

async function deriveFrom(view: DirectiveView): Promise<string> {
  const owner = database.owner();
  await owner.connect();
  await owner.query(`update directives set status = 'issued' where id = $1`, [view.id]);
  await owner.end();
  return deriveDirective(desk, view.id);
}

describe('places of items', () => {
  it('are given when an item is put back, and must lie in the text', async () => {
    const view = await told();
    const { directive } = await addPassage(desk, view.id, { version: view.version, ...spanOf(view, 'Văn phòng Sở', 'kết quả.') });
    const { path, text, span } = directive.requirements[0]!;
    const item = { path, text, heading: false, audience: [], phrase: null, due: null, recurrence: null, measures: [] };
    const gone = await correctDraft(desk, view.id, { version: directive.version, requirements: [] });
    const back = await correctDraft(desk, view.id, { version: gone.version, requirements: [{ ...item, span }] });
    expect(back.requirements[0]!.span).toEqual(span);
    const outside = { start: 0, end: view.text.length + 5 };
    await expect(correctDraft(desk, view.id, { version: back.version, requirements: [{ ...item, span: outside }] })).rejects.toMatchObject({
      place: 'requirements[0].span',
    });
  });

  it('a number printed twice does not stop other corrections, and stops the issuing', async () => {
    const twice = HOLIDAY.replace('STTTT-CNTT', 'STTTT-HAI');
    const view = await getDirective(desk, (await readDraft(desk, { text: twice })).id);
    const items = view.requirements.map(({ id, path, text, heading, audience, phrase, due, recurrence, measures }) => ({
      id,
      path: path === '1.b' ? '1.a' : path,
      text,
      heading,
      audience,
      phrase,
      due,
      recurrence,
      measures,
    }));
    const owner = database.owner();
    await owner.connect();
    await owner.query(`update requirements set path = '1.a' where directive = $1 and path = '1.b'`, [view.id]);
    await owner.end();
    const next = await correctDraft(desk, view.id, { version: view.version, requirements: items.map((item) => ({ ...item, due: null })) });
    expect((await previewIssue(desk, view.id)).problems).toMatchObject([{ code: 'path-twice', level: 'error' }]);
    const three = [...items, { ...items[0]!, id: undefined, path: '2' }];
    await expect(correctDraft(desk, view.id, { version: next.version, requirements: three })).rejects.toMatchObject({
      code: 'directives.path_twice',
    });
  });
});
