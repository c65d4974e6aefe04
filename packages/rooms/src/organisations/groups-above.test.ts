import type { Ctx, Database } from '@vonggac/store';
import { makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeGroup, changeMembers, createGroup, forgetPhrase, getGroup, listGroups, listPhrases, mapPhrase, tryPhrase } from './index.ts';

let database: Database;
let province: Province;
let root: Ctx;
let group: string;
const page = { page: 1, size: 10 };
const ctxOf = (organisation: string) => makeCtx(root.stores, organisation, 'desk');

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  root = await makeCtx(makeStores(database), province.ubnd, 'desk');
  const members = [province.soyte, province.sogd, province.sotttt];
  group = (await createGroup(root, { name: 'Các sở, ban, ngành', to: '2025-07-01', members })).id;
  await mapPhrase(root, { phrase: 'Khối sở', groupId: group });
});
afterAll(() => database.close());

describe('recipient groups of whoever is above', () => {
  it('mean the same to a department that issues below the same province, as of the day', async () => {
    const desk = await ctxOf(province.sotttt);
    for (const text of ['Các Sở, ban, ngành của tỉnh', 'khối Sở']) {
      const found = await tryPhrase(desk, { text, on: '2024-04-20' });
      expect(found).toMatchObject({ kind: 'group', group: { id: group } });
      expect(found.organisations.map(({ id }) => id).toSorted()).toEqual([province.soyte, province.sogd, province.sotttt].toSorted());
    }
    expect(await tryPhrase(desk, { text: 'Các Sở, ban, ngành của tỉnh', on: '2025-07-02' })).toMatchObject({
      kind: 'none',
      group: { id: group },
    });
    expect((await listGroups(desk, page)).items).toMatchObject([{ id: group, editable: false, members: 3 }]);
    expect((await listPhrases(desk, page)).items).toMatchObject([{ phrase: 'Khối sở', editable: false }]);
  });

  it('names that one does not know stay out, and one is told how many they are', async () => {
    const hospital = await ctxOf(province.benhvien);
    const found = await tryPhrase(hospital, { text: 'Các Sở, ban, ngành', on: '2024-04-20' });
    expect(found.organisations.map(({ id }) => id)).toEqual([province.soyte]);
    expect(found.why.vi).toContain('2 đơn vị ngoài phạm vi');
    expect((await getGroup(hospital, group, '2024-04-20')).list.map(({ organisation }) => organisation.id)).toEqual([province.soyte]);
  });

  it('are changed by their keeper alone, and one’s own come first', async () => {
    const desk = await ctxOf(province.soyte);
    await expect(changeMembers(desk, group, { add: [], remove: [province.soyte] })).rejects.toThrow(/not_found/);
    await expect(changeGroup(desk, group, { name: 'x' })).rejects.toThrow(/not_found/);
    const [phrase] = (await listPhrases(desk, page)).items;
    await expect(forgetPhrase(desk, phrase!.id)).rejects.toThrow(/not_found/);
    const own = await createGroup(desk, { name: 'Khối sở', members: [province.benhvien] });
    expect(await tryPhrase(desk, { text: 'Khối sở', on: '2024-04-20' })).toMatchObject({ group: { id: own.id } });
  });

  it('stay unknown beside and outside: a sibling’s group, a supervisor’s, another province’s', async () => {
    const sibling = await createGroup(await ctxOf(province.sotttt), { name: 'Danh sách riêng', members: [province.sogd] });
    for (const place of [province.sogd, province.viettel, province.foreign]) {
      const other = await ctxOf(place);
      await expect(getGroup(other, sibling.id, undefined)).rejects.toThrow(/not_found/);
      expect((await tryPhrase(other, { text: 'Danh sách riêng' })).kind).toBe('none');
    }
    const foreign = await ctxOf(province.foreign);
    expect([(await listGroups(foreign, page)).total, (await listPhrases(foreign, page)).total]).toEqual([0, 0]);
    await expect(getGroup(foreign, group, undefined)).rejects.toThrow(/not_found/);
  });
});
