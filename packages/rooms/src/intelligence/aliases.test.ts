import { newId } from '@vonggac/kernel';
import type { Ctx, Database } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeAlias, confirmAliases, listAliases, tryList, uploadList } from './index.ts';

let database: Database;
let province: Province;
let desk: Ctx;
let health: Ctx;
let foreign: Ctx;
let auditor: Ctx;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  const stores = makeStores(database);
  desk = await makeCtx(stores, province.sotttt, 'desk');
  health = await makeCtx(stores, province.soyte, 'officer');
  foreign = await makeCtx(stores, province.foreign, 'desk');
  auditor = await makeCtx(stores, province.sotttt, 'auditor');
});
afterAll(() => database.close());

const upload = () =>
  uploadList(desk, {
    name: 'x.csv',
    sender: 'Cục ATTT',
    title: null,
    content: new TextEncoder().encode('ip,đơn vị,thời gian\n,Y te tinh,2024-04-20 01:00:00\n'),
  });

async function leadsTo(): Promise<string | null> {
  const { id, recognition, title } = await upload();
  const base = { title, mapping: recognition.mapping, families: null, coversFrom: null, coversTo: null, supersedes: null };
  return (await tryList(desk, id, { ...base, directive: null, requirement: null, due: null })).first[0]!.target;
}

describe('what senders call units', () => {
  it('is listed, corrected and ended; it holds for what is matched from then on', async () => {
    const { id } = await upload();
    await confirmAliases(desk, id, [{ kind: 'unit', text: 'Y tế tỉnh', target: province.soyte, asset: null, from: null, to: null }]);
    expect(await leadsTo()).toBe(province.soyte);
    const { items, total } = await listAliases(desk, { q: 'y te', page: 1, size: 10 });
    expect([total, items[0]]).toMatchObject([
      1,
      { text: 'Y tế tỉnh', target: { id: province.soyte }, sender: { name: 'Cục ATTT' }, ended: false },
    ]);
    const alias = items[0]!;
    const change = { target: province.sogd, asset: null, from: null, to: null, version: alias.version };
    expect(await changeAlias(desk, alias.id, change)).toEqual({ version: 2 });
    expect(await leadsTo()).toBe(province.sogd);
    await expect(changeAlias(desk, alias.id, change)).rejects.toMatchObject({ code: 'intelligence.alias_changed' });
    await changeAlias(desk, alias.id, { ...change, to: '2024-04-01', version: 2 });
    expect(await leadsTo()).toBeNull();
    expect((await listAliases(desk, { page: 1, size: 10 })).total).toBe(0);
    expect((await listAliases(desk, { state: 'ended', page: 1, size: 10 })).items[0]).toMatchObject({ ended: true, to: '2024-04-01' });
    await expectAudit(desk, 'intelligence.alias_changed', alias.sender.id);
  });

  it('only in days that follow one another, for units within reach, with machines of the unit', async () => {
    const [alias] = (await listAliases(desk, { state: 'all', page: 1, size: 10 })).items;
    const change = { target: province.sogd, asset: null, from: '2024-05-01', to: '2024-04-01', version: 3 };
    await expect(changeAlias(desk, alias!.id, change)).rejects.toMatchObject({ code: 'intelligence.days' });
    await expect(changeAlias(desk, alias!.id, { ...change, to: null, target: province.foreign })).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(changeAlias(desk, alias!.id, { ...change, to: null, asset: newId() })).rejects.toMatchObject({ code: 'asset.not_found' });
  });

  it('belongs to the authority that confirmed it', async () => {
    const [alias] = (await listAliases(desk, { state: 'all', page: 1, size: 10 })).items;
    for (const other of [health, foreign]) expect((await listAliases(other, { state: 'all', page: 1, size: 10 })).total).toBe(0);
    const change = { target: province.foreign, asset: null, from: null, to: null, version: 3 };
    await expect(changeAlias(foreign, alias!.id, change)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(changeAlias(auditor, alias!.id, change)).rejects.toMatchObject({ code: 'access.role' });
  });
});
