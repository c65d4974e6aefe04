import type { Ctx, Database } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  addAlias,
  changeGroup,
  changeMembers,
  correctOrganisation,
  createGroup,
  createOrganisation,
  endSupervision,
  forgetPhrase,
  getGroup,
  getOrganisation,
  listGroups,
  listOrganisations,
  listPhrases,
  mapPhrase,
  moveOrganisation,
  renameOrganisation,
  removeAlias,
  superviseOrganisation,
  treeOf,
  tryPhrase,
} from './index.ts';

let database: Database;
let province: Province;
let root: Ctx;
let desk: Ctx;
let foreign: Ctx;
let auditor: Ctx;
const opened: Database[] = [];
const all = { state: 'live', sort: 'name', page: 1, size: 100 } as const;

beforeEach(async () => {
  database = await makeTestDatabase();
  opened.push(database);
  province = await makeProvince(database);
  const stores = makeStores(database);
  root = await makeCtx(stores, province.ubnd, 'desk');
  desk = await makeCtx(stores, province.sotttt, 'desk');
  foreign = await makeCtx(stores, province.foreign, 'desk');
  auditor = await makeCtx(stores, province.ubnd, 'auditor');
});
afterAll(async () => {
  for (const one of opened) await one.close();
});

const again = (ctx: Ctx, now?: string) => makeCtx(ctx.stores, ctx.actor.organisation, 'desk', now ? { now } : {});

describe('createOrganisation', () => {
  it('adds under a parent, with its name by time, and logs it', async () => {
    const { id } = await createOrganisation(root, {
      kind: 'department',
      name: 'Sở Khoa học và Công nghệ',
      shortName: 'Sở KH&CN',
      parentId: province.ubnd,
      supervisorId: province.sotttt,
      from: '2024-01-01',
    });
    const fresh = await again(root);
    const got = await getOrganisation(fresh, id, undefined);
    expect(got).toMatchObject({
      name: 'Sở Khoa học và Công nghệ',
      lives: true,
      editable: true,
      parents: [{ parent: { id: province.ubnd } }],
      supervisors: [{ organisation: { id: province.sotttt } }],
    });
    expect(got.names.map(({ kind }) => kind).toSorted()).toEqual(['alias', 'official']);
    await expectAudit(fresh, 'organisations.created', id);
    expect((await listOrganisations(fresh, { ...all, q: 'khoa hoc cong nghe' })).items.map((item) => item.id)).toEqual([id]);
  });
  it('lets the desk that supervises add and keep a company without a parent', async () => {
    const { id } = await createOrganisation(desk, { kind: 'operator', name: 'Chi nhánh FPT Thử Nghiệm', supervisorId: province.sotttt });
    const fresh = await again(desk);
    await renameOrganisation(fresh, id, { name: 'FPT Telecom Thử Nghiệm', from: '2024-04-26' });
    expect((await getOrganisation(fresh, id, undefined)).officialName).toBe('FPT Telecom Thử Nghiệm');
    await expect(renameOrganisation(fresh, province.soyte, { name: 'x', from: '2024-04-26' })).rejects.toThrow(/not_found/);
  });
  it('refuses what exists, hangs nowhere or outside, and roles without the right', async () => {
    await expect(createOrganisation(root, { kind: 'department', name: 'Sở Y Tế', parentId: province.ubnd })).rejects.toThrow(
      /organisations.exists/,
    );
    await expect(createOrganisation(root, { kind: 'department', name: 'Sở X' })).rejects.toThrow(/nowhere/);
    await expect(createOrganisation(foreign, { kind: 'department', name: 'Sở X', parentId: province.ubnd })).rejects.toThrow(/not_found/);
    await expect(createOrganisation(auditor, { kind: 'department', name: 'Sở X', parentId: province.ubnd })).rejects.toThrow(/access.role/);
  });
  it('the database refuses a write outside the scope even where the verb would not', async () => {
    const lying = { ...foreign, scope: { ...foreign.scope, supervised: [province.soyte] } };
    await expect(renameOrganisation(lying, province.soyte, { name: 'x', from: '2024-04-26' })).rejects.toThrow();
  });
});

describe('names by time', () => {
  it('a rename keeps the former name for the days before it; search finds both', async () => {
    await renameOrganisation(root, province.sogd, { name: 'Sở Giáo dục', from: '2024-03-01' });
    expect((await getOrganisation(root, province.sogd, '2024-02-01')).officialName).toBe('Sở Giáo dục và Đào tạo');
    expect((await getOrganisation(root, province.sogd, '2024-03-01')).officialName).toBe('Sở Giáo dục');
    expect((await listOrganisations(root, { ...all, q: 'giao duc va dao tao' })).total).toBe(1);
    await expect(renameOrganisation(root, province.sogd, { name: 'Sở A', from: '2024-02-01' })).rejects.toThrow(/backdated/);
    await expectAudit(root, 'organisations.renamed', province.sogd);
  });
  it('aliases are found and can be taken back; short names become aliases', async () => {
    const { id } = await addAlias(root, province.vnpt, { name: 'VNPT' }).catch(() => addAlias(desk, province.vnpt, { name: 'VNPT' }));
    expect(await tryPhrase(desk, { text: 'VNPT' })).toMatchObject({ kind: 'organisation', organisations: [{ id: province.vnpt }] });
    await removeAlias(desk, province.vnpt, id);
    expect((await tryPhrase(desk, { text: 'VNPT' })).kind).toBe('none');
    await correctOrganisation(root, province.soyte, { shortName: 'SYT', code: 'H42.18' });
    expect((await tryPhrase(desk, { text: 'SYT' })).organisations[0]!.id).toBe(province.soyte);
    await expect(correctOrganisation(root, province.sogd, { code: 'H42.18' })).rejects.toThrow(/code_taken/);
    await correctOrganisation(root, province.sogd, { code: '000.00.18.H42' });
    for (const code of ['h42.18', '42.18', 'H42.18 ', "H42'; --", '000.00.H42'])
      await expect(correctOrganisation(root, province.sogd, { code })).rejects.toMatchObject({
        code: 'organisations.code_format',
        place: 'code',
      });
  });
});

describe('tree, parents, supervision', () => {
  it('moves from a day on; the tree tells both sides of that day', async () => {
    await moveOrganisation(root, province.benhvien, { parentId: province.sogd, from: '2024-04-10' });
    const parentOn = async (on: string) => (await treeOf(root, on)).nodes.find((node) => node.id === province.benhvien)!.parent;
    expect(await parentOn('2024-04-09')).toBe(province.soyte);
    expect(await parentOn('2024-04-10')).toBe(province.sogd);
    await expect(moveOrganisation(root, province.sogd, { parentId: province.benhvien, from: '2024-04-20' })).rejects.toThrow(/circle/);
    await expectAudit(root, 'organisations.moved', province.benhvien);
  });
  it('gives and ends supervision with a date', async () => {
    const { id } = await superviseOrganisation(root, province.xaA, { supervisorId: province.sotttt, field: 'attt', from: '2024-04-01' });
    expect((await again(desk)).scope.supervised).toContain(province.xaA);
    await expect(
      superviseOrganisation(root, province.xaA, { supervisorId: province.sotttt, field: 'attt', from: '2024-04-02' }),
    ).rejects.toThrow(/organisations.supervised/);
    await endSupervision(root, id, { on: '2024-04-20' });
    expect((await again(desk)).scope.supervised).not.toContain(province.xaA);
    await expect(endSupervision(root, id, { on: '2024-04-21' })).rejects.toThrow(/supervision_ended/);
    await expect(
      superviseOrganisation(desk, province.xaB, { supervisorId: province.sotttt, field: 'attt', from: '2024-04-01' }),
    ).rejects.toThrow(/not_found/);
  });
});

describe('lists', () => {
  it('namesakes are told apart, in search too', async () => {
    const { items, total } = await listOrganisations(root, { ...all, q: 'gia lac' });
    expect(total).toBe(2);
    expect(items.map(({ name }) => name)).toEqual(['UBND xã Gia Lạc (huyện Gia Viễn)', 'UBND xã Gia Lạc (huyện Nho Quan)']);
    expect((await listOrganisations(root, { ...all, q: 'gia lac nho quan' })).items.map(({ id }) => id)).toEqual([province.xaB]);
  });
  it('filters by kind and parent, sorts by the Vietnamese alphabet, pages with the total', async () => {
    expect((await listOrganisations(root, { ...all, kind: 'commune' })).total).toBe(2);
    expect((await listOrganisations(root, { ...all, parent: province.ubnd, kind: 'department' })).items.map(({ name }) => name)).toEqual([
      'Sở Giáo dục và Đào tạo',
      'Sở Thông tin và Truyền thông',
      'Sở Y tế',
    ]);
    const page = await listOrganisations(root, { ...all, size: 2, page: 2 });
    expect(page.items).toHaveLength(2);
    expect(page.total).toBe(11);
  });
  it('another organisation sees nothing: list, count, search, tree, page', async () => {
    const { items, total } = await listOrganisations(foreign, all);
    expect([total, items.map(({ id }) => id)]).toEqual([1, [province.foreign]]);
    expect((await listOrganisations(foreign, { ...all, q: 'so y te' })).total).toBe(0);
    expect((await treeOf(foreign, undefined)).nodes).toHaveLength(1);
    await expect(getOrganisation(foreign, province.soyte, undefined)).rejects.toThrow(/not_found/);
  });
});

describe('groups and phrases', () => {
  it('a group has validity and dated members', async () => {
    const { id } = await createGroup(desk, { name: 'UBND các huyện, thành phố', to: '2025-07-01', members: [province.giavien] });
    expect(await changeMembers(desk, id, { add: [province.nhoquan], remove: [province.giavien], from: '2024-04-20' })).toEqual({
      members: 1,
    });
    expect((await getGroup(desk, id, '2024-04-19')).members).toBe(1);
    expect((await tryPhrase(desk, { text: 'UBND các huyện, TP', on: '2024-04-21' })).organisations.map((one) => one.id)).toEqual([
      province.nhoquan,
    ]);
    expect((await tryPhrase(desk, { text: 'UBND các huyện, TP', on: '2025-07-01' })).kind).toBe('none');
    await changeGroup(desk, id, { to: null });
    expect((await getGroup(desk, id, '2025-08-01')).live).toBe(true);
    await expectAudit(desk, 'organisations.group_members_changed', id);
    expect((await listGroups(foreign, { page: 1, size: 10 })).total).toBe(0);
    await expect(getGroup(foreign, id, undefined)).rejects.toThrow(/not_found/);
    await expect(changeMembers(foreign, id, { add: [], remove: [] })).rejects.toThrow(/not_found/);
    await expect(createGroup(auditor, { name: 'x', members: [] })).rejects.toThrow(/access.role/);
    await expect(createGroup(foreign, { name: 'x', members: [province.soyte] })).rejects.toThrow(/unknown_member/);
  });
  it('a phrase is mapped once and for all, mapped anew, forgotten', async () => {
    const { id } = await mapPhrase(desk, { phrase: '- Ngành giáo dục;', organisationId: province.sogd });
    expect((await tryPhrase(desk, { text: 'ngành Giáo dục' })).organisations[0]!.id).toBe(province.sogd);
    expect((await mapPhrase(desk, { phrase: 'Ngành giáo dục', organisationId: province.soyte })).id).toBe(id);
    expect((await listPhrases(desk, { page: 1, size: 10 })).items).toMatchObject([{ target: { id: province.soyte } }]);
    expect((await listPhrases(foreign, { page: 1, size: 10 })).total).toBe(0);
    await expect(forgetPhrase(foreign, id)).rejects.toThrow(/not_found/);
    await forgetPhrase(desk, id);
    expect((await tryPhrase(desk, { text: 'Ngành giáo dục' })).kind).toBe('none');
    await expect(mapPhrase(desk, { phrase: 'x' })).rejects.toThrow(/phrase_target/);
  });
});
