import { type Ctx, type Database, inSnapshot } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { held, range } from './fixture.ts';
import { approveAssets, assets, changeAsset, claimAsset, endAssets, getAsset, refuseAssets, transferAssets, undoAssetAct, withdrawAssets } from './index.ts'; // prettier-ignore

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

const rowOf = async (id: string) => (await inSnapshot(desk, (tx) => tx.select().from(assets).where(eq(assets.id, id))))[0]!;
const shownOf = async (id: string) => {
  const { state, validFrom, validTo, reason, decidedByName } = await rowOf(id);
  return { state, validFrom, validTo, reason, decidedByName };
};

describe('an act on assets is taken back', () => {
  it('approved, refused, withdrawn and ended ones are as they were', async () => {
    const claims = ['14.231.0.0/24', '14.231.1.0/24', '14.231.2.0/24'];
    const ids = await Promise.all(claims.map(async (cidr) => (await claimAsset(health, range(province.soyte, cidr))).id));
    const before = await Promise.all(ids.map(shownOf));
    for (const act of [
      () => approveAssets(desk, { ids }),
      () => refuseAssets(desk, { ids, reason: 'thiếu' }),
      () => withdrawAssets(health, { ids }),
    ]) {
      const { done, undo } = await act();
      expect(done).toBe(3);
      const who = (await rowOf(ids[0]!)).state === 'withdrawn' ? health : desk;
      expect(await undoAssetAct(who, undo!)).toEqual({ done: 3, refused: [], undo: null });
      expect(await Promise.all(ids.map(shownOf))).toEqual(before);
      await expect(undoAssetAct(who, undo!)).rejects.toMatchObject({ code: 'assets.act_undone' });
      await expectAudit(who, 'assets.act_undone', undo!);
    }
    await approveAssets(desk, { ids });
    const { undo } = await endAssets(desk, { ids, on: '2024-06-01', reason: 'trả lại' });
    expect((await rowOf(ids[0]!)).validTo).toBe('2024-06-01');
    await undoAssetAct(desk, undo!);
    expect(await shownOf(ids[0]!)).toMatchObject({ state: 'approved', validTo: null, reason: null });
  });

  it('what was changed since stays, and says so; the others go back', async () => {
    const a = await held(health, desk, range(province.soyte, '14.231.8.0/24'));
    const b = await held(health, desk, range(province.soyte, '14.231.9.0/24'));
    const { undo } = await endAssets(desk, { ids: [a, b], on: '2024-06-01', reason: 'trả lại' });
    const { version } = await rowOf(a);
    await changeAsset(health, a, { network: '14.231.8.0/24', note: 'sửa', from: null, to: '2024-06-01', version });
    const outcome = await undoAssetAct(desk, undo!);
    expect(outcome).toMatchObject({ done: 1, refused: [{ id: a }] });
    expect([(await rowOf(a)).validTo, (await rowOf(b)).validTo]).toEqual(['2024-06-01', null]);
  });

  it('an approval that ended another holder gives the days back to that one', async () => {
    const old = await held(health, desk, range(province.soyte, '14.231.16.0/24'));
    const school = await makeCtx(desk.stores, province.sogd, 'officer');
    const { id } = await claimAsset(school, range(province.sogd, '14.231.16.0/24'));
    const { undo } = await approveAssets(desk, { ids: [id], endOthersOn: '2024-03-01' });
    expect((await rowOf(old)).validTo).toBe('2024-03-01');
    expect(await undoAssetAct(desk, undo!)).toMatchObject({ done: 2, refused: [] });
    expect([await shownOf(old), await shownOf(id)]).toMatchObject([{ state: 'approved', validTo: null }, { state: 'claimed', validFrom: null }]); // prettier-ignore
  });

  it('a transfer leaves no row behind, unless the new holder was worked on', async () => {
    const id = await held(health, desk, range(province.soyte, '14.231.24.0/24'));
    const given = await transferAssets(desk, { ids: [id], to: province.sogd, on: '2024-03-01', reason: 'sáp nhập' });
    expect(await undoAssetAct(desk, given.undo!)).toMatchObject({ done: 1, refused: [] });
    await expect(getAsset(desk, given.ids[0]!)).rejects.toMatchObject({ code: 'asset.not_found' });
    expect(await shownOf(id)).toMatchObject({ state: 'approved', validTo: null });
    const again = await transferAssets(desk, { ids: [id], to: province.sogd, on: '2024-03-01', reason: 'sáp nhập' });
    await endAssets(desk, { ids: again.ids, on: '2024-04-01', reason: 'trả lại' });
    expect(await undoAssetAct(desk, again.undo!)).toMatchObject({ done: 0, refused: [{ id }] });
    expect((await rowOf(id)).validTo).toBe('2024-03-01');
  });

  it('by nobody else, and not by who may only read', async () => {
    const { id } = await claimAsset(health, range(province.soyte, '14.231.32.0/24'));
    const { undo } = await approveAssets(desk, { ids: [id] });
    await expect(undoAssetAct(foreign, undo!)).rejects.toMatchObject({ code: 'asset.not_found' });
    await expect(undoAssetAct(health, undo!)).rejects.toMatchObject({ code: 'asset.not_found' });
    await expect(undoAssetAct(auditor, undo!)).rejects.toMatchObject({ code: 'access.role' });
  });
});
