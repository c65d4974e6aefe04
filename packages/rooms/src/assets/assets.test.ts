import { newId } from '@vonggac/kernel';
import { type Ctx, type Database, inSnapshot, inTransaction } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { held, range } from './fixture.ts';
import {
  approveAssets,
  assets,
  assetsOf,
  changeAsset,
  checkAsset,
  claimAsset,
  claimAssets,
  endAssets,
  getAsset,
  listAssets,
  listSilent,
  refuseAssets,
  registerOf,
  silentOrganisations,
  transferAssets,
  withdrawAssets,
} from './index.ts';

let database: Database;
let province: Province;
let desk: Ctx;
let health: Ctx;
let school: Ctx;
let foreign: Ctx;
const page = { state: 'live', sort: 'name', page: 1, size: 50 } as const;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  const stores = makeStores(database);
  desk = await makeCtx(stores, province.sotttt, 'desk');
  health = await makeCtx(stores, province.soyte, 'officer');
  school = await makeCtx(stores, province.sogd, 'officer');
  foreign = await makeCtx(stores, province.foreign, 'desk');
});
afterAll(() => database.close());

const get = async (ctx: Ctx, id: string) => getAsset(ctx, id);

describe('claim and decide', () => {
  it('an agency claims, its authority approves, both are in the log', async () => {
    const { id } = await claimAsset(health, range(province.soyte, '14.225.10.0/24', { name: 'Dải ra Internet' }));
    expect(await get(health, id)).toMatchObject({ state: 'claimed', value: '14.225.10.0/24', can: { decide: false, withdraw: true } });
    await expect(approveAssets(health, { ids: [id] })).rejects.toThrow(/access.role/);
    expect(await approveAssets(desk, { ids: [id] })).toMatchObject({ done: 1, refused: [] });
    expect(await get(health, id)).toMatchObject({ state: 'approved', decided: { by: desk.actor.name } });
    await expectAudit(health, 'assets.claimed', id);
    await expectAudit(desk, 'assets.approved', id);
    expect((await approveAssets(desk, { ids: [id] })).refused).toMatchObject([
      { id, text: { en: expect.stringContaining('not waiting') } },
    ]);
  });

  it('a leader of the agency cannot approve what the agency itself claims', async () => {
    const { id } = await claimAsset(health, range(province.soyte, '14.225.11.0/24'));
    const leader = await makeCtx(desk.stores, province.soyte, 'leader');
    expect((await approveAssets(leader, { ids: [id] })).refused).toHaveLength(1);
    const { id: below } = await claimAsset(health, range(province.benhvien, '14.225.12.0/24'));
    expect((await approveAssets(leader, { ids: [below] })).refused).toHaveLength(1);
    expect((await refuseAssets(desk, { ids: [id, below], reason: 'Chưa có giấy tờ' })).done).toBe(2);
    expect(await get(health, below)).toMatchObject({ state: 'refused', reason: 'Chưa có giấy tờ' });
  });

  it('what the authority enters for those it oversees, or for itself, is in force at once', async () => {
    const { id } = await claimAsset(desk, range(province.sogd, '14.225.13.0/24'));
    expect(await get(school, id)).toMatchObject({ state: 'approved' });
    const { id: own } = await claimAsset(desk, range(province.sotttt, '14.225.14.0/24', { usage: 'exit' }));
    expect(await get(desk, own)).toMatchObject({ state: 'approved', usage: 'exit' });
    await expectAudit(desk, 'assets.entered', own);
    await expect(claimAsset(desk, range(province.foreign, '14.225.15.0/24'))).rejects.toThrow(/not_found/);
    await expect(claimAsset(health, range(province.sogd, '14.225.15.0/24'))).rejects.toThrow(/not_found/);
  });

  it('a claim is taken back, changed under its version, and refused to read-only roles', async () => {
    const { id } = await claimAsset(health, { ...range(province.soyte, '14.225.16.0/24'), name: 'Cũ' });
    const auditor = await makeCtx(desk.stores, province.soyte, 'auditor');
    await expect(claimAsset(auditor, range(province.soyte, '14.225.17.0/24'))).rejects.toThrow(/access.role/);
    await expect(endAssets(auditor, { ids: [id], on: '2024-05-01', reason: 'x' })).rejects.toThrow(/access.role/);
    const change = { name: 'Mới', network: '14.225.16.0/23', from: '2024-01-01', to: null };
    expect(await changeAsset(health, id, { ...change, version: 1 })).toEqual({ version: 2 });
    await expect(changeAsset(health, id, { ...change, version: 1 })).rejects.toThrow(/assets.changed/);
    expect((await withdrawAssets(health, { ids: [id] })).done).toBe(1);
    expect(await get(health, id)).toMatchObject({ state: 'withdrawn', name: 'Mới', value: '14.225.16.0/23', can: { change: false } });
    await expectAudit(health, 'assets.withdrawn', id);
  });

  it('many at once: what cannot be read is told by its line', async () => {
    const items = ['14.225.20.0/24', '10.0.0.0/8', '14.225.20.0/24', '2405:4800:1::/48'].map((network) => ({
      kind: 'range' as const,
      network,
    }));
    const { ids, refused } = await claimAssets(health, { organisation: province.soyte, from: null, to: null, items });
    expect(ids).toHaveLength(2);
    expect(refused).toMatchObject([
      { index: 1, place: 'network', text: { en: expect.stringContaining('RFC 1918') } },
      { index: 2, text: { en: expect.stringContaining('registered this already') } },
    ]);
  });

  it('the same machine or system of two organisations is two; a level belongs to a system', async () => {
    const host = { kind: 'host' as const, name: 'May-01', address: '192.168.1.10', mac: '00-1A-2B-3C-4D-5E', from: null, to: null };
    await held(health, desk, { ...host, organisation: province.soyte });
    await held(school, desk, { ...host, organisation: province.sogd });
    const system = await held(health, desk, {
      kind: 'system',
      name: 'Hồ sơ sức khỏe',
      level: 3,
      levelDecision: '12/QĐ-SYT',
      levelDay: '2023-05-01',
      organisation: province.soyte,
      from: null,
      to: null,
    });
    await held(health, desk, range(province.soyte, '14.225.30.0/24', { system }));
    await expect(claimAsset(school, range(province.sogd, '14.225.31.0/24', { system }))).rejects.toThrow(/not_found/);
    const { networks } = await inSnapshot(desk, (tx) => registerOf(tx, { networks: true }));
    expect(networks.find(({ network }) => network === '14.225.30.0/24')).toMatchObject({ level: 3, system, organisation: province.soyte });
    const named = await inSnapshot(desk, (tx) => assetsOf(tx, [system]));
    expect(named.get(system)).toMatchObject({ kind: 'system', level: 3 });
    expect((await get(health, system)).parts).toMatchObject([{ name: '14.225.30.0/24' }]);
  });
});

describe('who held it when', () => {
  it('the same range has one holder a day; approving another takes the day on which the first ends', async () => {
    const first = await held(health, desk, range(province.soyte, '14.226.0.0/24', { from: '2023-01-01' }));
    const { id: second } = await claimAsset(school, range(province.sogd, '14.226.0.0/24', { from: '2023-06-01' }));
    expect((await approveAssets(desk, { ids: [second] })).refused).toMatchObject([{ text: { vi: expect.stringContaining('Sở Y tế') } }]);
    expect((await approveAssets(desk, { ids: [second], endOthersOn: '2023-01-01' })).refused).toHaveLength(1);
    expect(await approveAssets(desk, { ids: [second], endOthersOn: '2024-01-01' })).toMatchObject({ done: 1, refused: [] });
    const line = (await get(desk, second)).line;
    expect(line).toMatchObject([
      { id: first, from: '2023-01-01', to: '2024-01-01', now: false },
      { id: second, from: '2024-01-01', to: null, now: true },
    ]);
    // The new holder learns the days, not who it was.
    expect((await get(school, second)).line[0]).toMatchObject({ id: null, organisation: null, to: '2024-01-01' });
  });

  it('two approvals of the same range in the same moment leave one holder', async () => {
    const claims = await Promise.all([
      claimAsset(health, range(province.soyte, '14.226.1.0/24')),
      claimAsset(school, range(province.sogd, '14.226.1.0/24')),
    ]);
    const answers = await Promise.all(claims.map(({ id }) => approveAssets(desk, { ids: [id] })));
    expect(answers.map(({ done }) => done).toSorted()).toEqual([0, 1]);
    const { networks } = await inSnapshot(desk, (tx) => registerOf(tx, { networks: true }));
    expect(networks.filter(({ network }) => network === '14.226.1.0/24')).toHaveLength(1);
  });

  it('a transfer ends one holder and begins the next on the day', async () => {
    const id = await held(health, desk, range(province.soyte, '14.226.2.0/24'));
    const give = { ids: [id], to: province.sogd, on: '2024-07-01', reason: 'Bàn giao' };
    await expect(transferAssets(health, give)).rejects.toThrow(/access.role/);
    const { ids } = await transferAssets(desk, give);
    expect(await get(desk, id)).toMatchObject({ to: '2024-07-01', state: 'approved', organisation: { id: province.soyte } });
    expect(await get(desk, ids[0]!)).toMatchObject({ from: '2024-07-01', organisation: { id: province.sogd } });
    await expect(transferAssets(desk, { ...give, on: '2024-08-01' })).rejects.toThrow(/assets.not_held/);
    for (const one of [id, ids[0]!]) await expectAudit(desk, 'assets.transferred', one);
  });

  it('ends on a day; gaps between holders are told', async () => {
    const id = await held(health, desk, range(province.soyte, '14.226.3.0/24', { from: '2020-01-01' }));
    expect((await endAssets(health, { ids: [id], on: '2022-01-01', reason: 'Trả lại' })).done).toBe(1);
    expect(await get(health, id)).toMatchObject({ state: 'ended', reason: 'Trả lại' });
    const again = range(province.soyte, '14.226.3.0/24', { from: '2023-01-01' });
    const check = await checkAsset(health, { kind: 'range', value: again.network!, from: again.from, to: null });
    expect(check.gaps).toEqual([{ from: '2022-01-01', to: '2023-01-01' }]);
    await held(health, desk, again);
    expect((await listAssets(health, { ...page, state: 'ended' })).items.map((row) => row.id)).toContain(id);
  });
});

describe('what is in sight', () => {
  it('another organisation and another province see nothing, in list, detail, count and search', async () => {
    const mark = `Mật danh ${newId()}`;
    const id = await held(health, desk, range(province.soyte, '14.227.0.0/24', { name: mark }));
    for (const ctx of [school, foreign]) {
      await expect(get(ctx, id)).rejects.toThrow(/not_found/);
      expect(await listAssets(ctx, { ...page, q: mark })).toMatchObject({ total: 0, items: [], kinds: { range: 0 } });
      expect((await listAssets(ctx, { ...page, size: 500 })).items.map(({ name }) => name)).not.toContain(mark);
      const { networks } = await inSnapshot(ctx, (tx) => registerOf(tx, { networks: true }));
      expect(networks.map(({ asset }) => asset)).not.toContain(id);
      await expect(withdrawAssets(ctx, { ids: [id] })).rejects.toThrow(/not_found/);
    }
    expect(await listAssets(health, { ...page, q: 'mat danh' })).toMatchObject({ total: 1 });
    // An address finds the range that it lies in.
    expect((await listAssets(health, { ...page, q: '14.227.0.77' })).items[0]).toMatchObject({ id });
  });

  it('the database itself refuses a row about a stranger, whoever names itself the overseer', async () => {
    const row = {
      id: newId(),
      organisation: province.foreign,
      organisationName: 'x',
      overseer: province.sotttt,
      kind: 'system' as const,
      name: 'x',
      folded: 'x',
      key: 'system:x',
      state: 'approved' as const,
      claimedBy: 'x',
      claimedByName: 'x',
      claimedAt: '2024-04-26T00:00:00Z',
    };
    await expect(inTransaction(desk, (tx) => tx.insert(assets).values(row))).rejects.toMatchObject({ cause: { code: '42501' } });
  });

  it('an agency learns of a stranger only that there is one; the authority learns who', async () => {
    await held(health, desk, range(province.soyte, '14.227.1.0/24', { name: 'Mạng y tế' }));
    const asked = { kind: 'range' as const, value: '14.227.1.0/25', from: null, to: null };
    const strange = await checkAsset(school, asked);
    expect(strange.relations).toEqual([
      { relation: 'contains', state: 'approved', meets: true, id: null, value: null, organisation: null, from: null, to: null },
    ]);
    expect(JSON.stringify(strange)).not.toContain('y tế');
    // Nor how many.
    await held(health, desk, range(province.soyte, '14.227.0.0/16'));
    expect((await checkAsset(school, asked)).relations).toHaveLength(1);
    expect((await checkAsset(desk, asked)).relations[0]).toMatchObject({ relation: 'contains', organisation: { name: 'Sở Y tế' } });
    // A smaller range inside of another's is somebody's own.
    await held(school, desk, range(province.sogd, '14.227.1.0/25'));
  });

  it('ranges that nobody can hold are refused with the cure', async () => {
    const problem = async (value: string) => (await checkAsset(health, { kind: 'range', value, from: null, to: null })).problem?.en;
    expect(await problem('14.225.10.7/24')).toContain('14.225.10.0/24');
    expect(await problem('100.64.0.0/10')).toContain('RFC 6598');
    expect(await problem('fd00::/8')).toContain('too wide');
    expect(await problem('fd12:3456::/32')).toContain('RFC 4193');
    expect(await problem('14.0.0.0/7')).toContain('too wide');
    expect(await problem('014.225.1.0/24')).toContain('leading zeros');
    expect(await problem('14.225.300.0/24')).toContain('no address range');
    expect(await problem('14.225.1.0/255.255.255.0')).toBeUndefined();
    expect(await problem('2405:4800::/32')).toBeUndefined();
    const domain = async (value: string) => (await checkAsset(health, { kind: 'domain', value, from: null, to: null })).value;
    expect(await domain('https://SoYTe.NinhBinh.gov.vn/trang')).toBe('soyte.ninhbinh.gov.vn');
    expect(await domain('gov.vn')).toBeNull();
    expect(await domain('tiếngviệt.vn')).toBe('tiếngviệt.vn');
  });

  it('who has registered nothing is a list of its own, with its denominator', async () => {
    const none = await listSilent(desk, { state: 'none', page: 1, size: 100 });
    const names = none.items.map(({ organisation }) => organisation.name);
    expect(names).toContain('UBND huyện Gia Viễn');
    expect(names).not.toContain('Sở Y tế');
    expect(none.of).toBe(none.states.none + none.states.claimed + none.states.registered);
    expect(none.total).toBe(none.states.none);
    const { organisations, of } = await inSnapshot(desk, (tx) => silentOrganisations(tx, desk));
    expect(organisations).toContain(province.giavien);
    expect(of).toBe(none.of);
    const own = await listSilent(school, { state: 'all', page: 1, size: 100 });
    expect(own.items.map(({ organisation }) => organisation.id)).toEqual([province.sogd]);
  });
});
