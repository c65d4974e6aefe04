import { existsSync, readFileSync } from 'node:fs';
import { endIdleChildren, readTable } from '@vonggac/outside';
import { type Ctx, type Database } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cancelImport,
  continueImport,
  getImportRun,
  planImport,
  refusedRows,
  runImport,
  undoImport,
  uploadImport,
} from '../organisations/index.ts';
import { approveAssets, assetsDoer, exportAssets, exportSilent, listAssets, proposeRanges, tryProposals } from './index.ts';
import { tellingWords } from './propose.ts';

let database: Database;
let province: Province;
let desk: Ctx;
let health: Ctx;
const doers = { assets: assetsDoer };
const hands = { doers: { assets: { ...assetsDoer, batch: 3 } }, wait: 60_000 };
const page = { state: 'live', sort: 'name', page: 1, size: 50 } as const;
const bytes = (lines: readonly string[]) => new TextEncoder().encode(lines.join('\n'));

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  desk = await makeCtx(makeStores(database), province.sotttt, 'desk');
  health = await makeCtx(desk.stores, province.soyte, 'officer');
});
afterAll(async () => {
  await database.close();
  await endIdleChildren();
});

async function take(ctx: Ctx, lines: readonly string[]) {
  const upload = await uploadImport(ctx, { kind: 'assets', name: 'tai-san.csv', bytes: bytes(lines) }, doers);
  const { head, columns } = upload.sheets[0]!;
  const place = { sheet: 0, head, columns };
  return { plan: await planImport(ctx, upload.id, place, doers), place, id: upload.id };
}

const HEAD = 'Loại tài sản,Đơn vị,Tên,Địa chỉ IP,Cấp độ,Số quyết định,Ngày quyết định,Từ ngày,Thuộc hệ thống,MAC,Phụ trách';

describe('lists in and out', () => {
  const list = [
    HEAD,
    'Hệ thống,Sở Y tế,Hồ sơ sức khỏe,,3,12/QĐ-SYT,1/5/2023,,,,',
    ',Sở Y tế,Đường truyền,14.225.40.0/24,,,,1/1/2024,Hồ sơ sức khỏe,,Phòng CNTT',
    'Máy chủ,Sở Y tế,MAYCHU-01,10.1.1.5,,,,,Hồ sơ sức khỏe,00:1A:2B:3C:4D:5E,',
    'Tên miền,Sở Y tế,,soyte.thunghiem.gov.vn,,,,,,,',
    ',Sở Y tế,,14.225.41.0-14.225.41.255,,,,,,,',
    ',Sở Y tế,,10.0.0.0/8,,,,,,,',
    ',Sở Giáo dục và Đào tạo,,14.225.42.0/24,,,,,,,',
    ',Sở Y tế,,14.225.43.0/24,,,,31/2/2024,,,',
    ',Sở Y tế,,14.225.44.1-14.225.44.6,,,,,,,',
  ];

  it('a dry-run says row by row what would be, the run does it, again changes nothing, and it is taken back', async () => {
    const { plan, place, id } = await take(health, list);
    expect(plan.counts).toEqual({ new: 5, changed: 0, same: 0, refused: 4 });
    const why = plan.rows.filter(({ state }) => state === 'refused').map(({ reason }) => reason!.en);
    expect(why[0]).toContain('RFC 1918');
    expect(why[1]).toContain('No organisation');
    expect(why[2]).toContain('no day');
    expect(why[3]).toContain('14.225.44.1/32, 14.225.44.2/31, 14.225.44.4/31, 14.225.44.6/32');
    expect((await listAssets(health, page)).total).toBe(0);
    expect(await runImport(health, id, place, hands)).toMatchObject({ state: 'done', counts: { new: 5, refused: 4 } });
    const { items } = await listAssets(health, page);
    expect(items.find(({ name }) => name === 'Đường truyền')).toMatchObject({
      kind: 'range',
      from: '2024-01-01',
      state: 'claimed',
      note: 'Phụ trách: Phòng CNTT',
      system: { name: 'Hồ sơ sức khỏe' },
    });
    expect(items.find(({ kind }) => kind === 'host')).toMatchObject({ value: '10.1.1.5', mac: '00:1a:2b:3c:4d:5e' });
    expect((await take(health, list)).plan.counts).toEqual({ new: 0, changed: 0, same: 5, refused: 4 });
    expect((await refusedRows(health, id)).content.byteLength).toBeGreaterThan(1000);

    const changed = await take(health, [HEAD, ',Sở Y tế,Đường truyền chính,14.225.40.0/24,,,,,,,']);
    expect(changed.plan.rows).toMatchObject([{ state: 'changed', changes: ['name'] }]);
    const second = await runImport(health, changed.id, changed.place, hands);
    expect((await listAssets(health, { ...page, q: 'duong truyen chinh' })).total).toBe(1);
    expect(await undoImport(health, second.id, hands)).toMatchObject({ state: 'undone', undo: { undone: 1 } });

    const domain = items.find(({ kind }) => kind === 'domain')!;
    await approveAssets(desk, { ids: [domain.id] });
    const undone = await undoImport(health, id, hands);
    // The domain was approved meanwhile; the range was changed and changed back, and keeps its system.
    expect(undone).toMatchObject({ state: 'undone', undo: { total: 5, undone: 2, keptTotal: 3 } });
    await expectAudit(health, 'assets.removed', items.find(({ kind }) => kind === 'host')!.id);
  });

  it('what the authority imports is in force; what somebody else holds is refused in its row', async () => {
    const { plan, place, id } = await take(desk, [
      HEAD,
      ',Sở Giáo dục và Đào tạo,,14.225.50.0/24,,,,,,,',
      ',Sở Y tế,,14.225.50.0/24,,,,,,,',
    ]);
    expect(plan.rows.map(({ state }) => state)).toEqual(['new', 'new']);
    const run = await runImport(desk, id, place, hands);
    expect(run).toMatchObject({ state: 'done', counts: { new: 1, refused: 1 } });
    expect(run.refused[0]!.reason!.vi).toContain('Sở Giáo dục và Đào tạo');
    expect((await listAssets(desk, { ...page, q: '14.225.50.0' })).items[0]).toMatchObject({ state: 'approved' });
  });

  it('what an authority elsewhere has approved is refused in its row, without its name', async () => {
    const foreign = await makeCtx(desk.stores, province.foreign, 'desk');
    const row = (name: string) => [HEAD, `,${name},,14.225.51.0/24,,,,,,,`];
    const here = await take(desk, row('Sở Y tế'));
    await runImport(desk, here.id, here.place, hands);
    const there = await take(foreign, row('UBND tỉnh Khác'));
    const run = await runImport(foreign, there.id, there.place, hands);
    expect(run).toMatchObject({ state: 'done', counts: { new: 0, refused: 1 } });
    expect(JSON.stringify(run.refused)).not.toContain('Y tế');
  });

  it('days of what an authority elsewhere has approved are not taken, other days are', async () => {
    const foreign = await makeCtx(desk.stores, province.foreign, 'desk');
    const head = 'Đơn vị,Địa chỉ IP,Từ ngày,Đến trước ngày';
    const here = await take(desk, [head, 'Sở Y tế,14.225.52.0/24,1/1/2023,1/1/2024']);
    expect((await runImport(desk, here.id, here.place, hands)).counts).toMatchObject({ new: 1 });
    const days = ['1/3/2022,1/2/2023', '1/6/2023,1/7/2023', ',', '1/1/2024,1/1/2025', '1/1/2022,1/1/2023'];
    const there = await take(foreign, [head, ...days.map((one) => `UBND tỉnh Khác,14.225.52.0/24,${one}`)]);
    expect(there.plan.rows.map(({ state }) => state)).toEqual(['refused', 'refused', 'refused', 'new', 'new']);
    expect(JSON.stringify(there.plan.rows)).not.toContain('Y tế');
    expect((await runImport(foreign, there.id, there.place, hands)).counts).toMatchObject({ new: 2, refused: 3 });
  });

  it('is cancelled midway and gone on with', async () => {
    const rows = Array.from({ length: 8 }, (_, n) => `,Sở Y tế,,14.228.${n}.0/24,,,,,,,`);
    const { place, id } = await take(health, [HEAD, ...rows]);
    let go: () => void = () => undefined;
    const wait = new Promise<void>((done) => (go = done));
    await runImport(health, id, place, { ...hands, wait: 0, refresh: async (ctx: Ctx) => (await wait, ctx) });
    await cancelImport(health, id);
    go();
    for (let tries = 0; tries < 200 && (await getImportRun(health, id)).state === 'running'; tries++)
      await new Promise((done) => setTimeout(done, 25));
    expect(await getImportRun(health, id)).toMatchObject({ state: 'cancelled', done: 3 });
    expect(await continueImport(health, id, hands)).toMatchObject({ state: 'done', counts: { new: 8 } });
  });

  it('the export reads back as the same, and a name never becomes a formula', async () => {
    await take(health, [HEAD, ',Sở Y tế,=HYPERLINK("http://x"),14.229.0.0/24,,,,,,,']).then(({ id, place }) =>
      runImport(health, id, place, hands),
    );
    const file = await exportAssets(health, { ...page, q: '14.229.0.0' });
    const { sheets } = await readTable(file.content, 'a.xlsx');
    expect(sheets[0]!.rows.at(-1)!.some((cell) => cell.startsWith('=HYPERLINK'))).toBe(false);
    const upload = await uploadImport(health, { kind: 'assets', name: 'lai.xlsx', bytes: file.content }, doers);
    const { head, columns } = upload.sheets[0]!;
    const plan = await planImport(health, upload.id, { sheet: 0, head, columns }, doers);
    expect(plan).toMatchObject({ counts: { new: 0, changed: 0, same: 1, refused: 0 }, unknownColumns: [] });
    expect((await exportSilent(desk, { state: 'none', page: 1, size: 10 })).name).toContain('chưa đăng ký');
    await expectAudit(health, 'assets.exported', province.soyte);
  });
});

describe('ranges of operators', () => {
  const files = [
    { name: 'vn-asn.tsv', text: 'asn\tname\tipv4_addresses\n7552\tViettel Group\t1000\n999\tKhông ai\t1\n' },
    { name: 'ranges.csv', text: '245366784,245367039,7552\n3743115264,3743115775,999\n167772160,167772415,7552\n' },
    { name: 'vn.cidr', text: '14.160.0.0/11\n223.27.0.0/16\n2405:4800::/32\n' },
  ];

  it('are proposed from prefix files, known by the name, and approved by the authority', async () => {
    const admin = await makeCtx(desk.stores, province.sotttt, 'administrator');
    const tried = await tryProposals(admin, { files });
    // 10.0.0.0/24 of the second file is nobody's.
    expect(tried.networks.find(({ name }) => name === 'Viettel Group')).toMatchObject({
      ranges: 1,
      organisation: { id: province.viettel },
    });
    expect(tried.unnamed).toBe(1);
    expect(tried.source.en).toContain('CC BY 4.0');
    const matches = [{ name: 'Viettel Group', organisation: province.viettel }];
    expect(await proposeRanges(admin, { files, matches })).toEqual({ proposed: 1, known: 0 });
    expect(await proposeRanges(admin, { files, matches })).toEqual({ proposed: 0, known: 1 });
    const { items } = await listAssets(desk, { ...page, usage: 'carrier' });
    expect(items).toMatchObject([{ state: 'claimed', usage: 'carrier', organisation: { id: province.viettel } }]);
    expect((await approveAssets(desk, { ids: [items[0]!.id] })).done).toBe(1);
    await expectAudit(admin, 'assets.proposed', province.sotttt);
    await expect(proposeRanges(health, { files, matches })).rejects.toThrow(/not_found/);
    await expect(tryProposals(admin, { files: [{ name: 'x.cidr', text: '1.52.0.0/14\nkhông phải dải\n' }] })).rejects.toThrow(
      /prefix_file/,
    );
  });

  it('companies are told apart by the words that are their own', () => {
    expect(tellingWords('VIETNAM POSTS AND TELECOMMUNICATIONS GROUP')).toEqual([]);
    expect(tellingWords('Viettel Ninh Bình')[0]).toBe('viettel');
    expect(tellingWords('FPT Telecom Company')).toEqual(['fpt']);
  });

  const data = new URL('../../../../../shared/data/vn-prefixes/', import.meta.url);
  it.skipIf(!existsSync(data))('the published files are read whole', async () => {
    const real = ['vn-asn.tsv', 'vn-asn-ranges.csv', 'vn4-herrbischoff.cidr', 'vn6-herrbischoff.cidr'].map((name) => ({
      name,
      text: readFileSync(new URL(name, data), 'utf8'),
    }));
    const { networks } = await tryProposals(desk, { files: real });
    expect(networks.length).toBeGreaterThan(400);
    expect(networks.filter(({ organisation }) => organisation?.id === province.viettel).length).toBeGreaterThanOrEqual(2);
    const matches = networks.flatMap(({ name, organisation }) => (organisation ? [{ name, organisation: organisation.id }] : []));
    expect((await proposeRanges(desk, { files: real, matches })).proposed).toBeGreaterThan(50);
  });
});
