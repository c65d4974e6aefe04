import type { Ctx, Database } from '@vonggac/store';
import { makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listOf, row, takeIn } from './fixture.ts';
import { searchFindings } from './index.ts';

const SEEN = '2024-04-10T03:00:00.000Z';
let database: Database;
let province: Province;
let desk: Ctx;
let health: Ctx;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  const stores = makeStores(database);
  desk = await makeCtx(stores, province.sotttt, 'desk');
  health = await makeCtx(stores, province.soyte, 'officer');
  await takeIn(desk, listOf(province.sotttt), [
    row(province.soyte, '14.225.10.5', SEEN, { machine: 'KẾ-TOÁN-01' }),
    row(province.soyte, '14.225.10.50', SEEN, { domain: 'mail.soyte.mau.vn' }),
    row(province.sogd, '14.225.20.5', SEEN, { machine: 'KE_TOAN-02' }),
    row(province.sogd, '2001:db8::5', SEEN),
    // A province of many, so that the index is asked, not one's own rows.
    ...Array.from({ length: 6000 }, (_, i) => row(province.giavien, `10.${i >> 8}.${i & 255}.1`, SEEN, { machine: `ẤP-${i}` })),
  ]);
});
afterAll(() => database.close());

const shown = async (ctx: Ctx, q: string) => (await searchFindings(ctx, q, 6)).findings.map((one) => one.shown);

it('finds by the beginning of an address, a machine or a domain, without diacritics', async () => {
  expect(await shown(desk, '14.225.10')).toEqual(['14.225.10.5', '14.225.10.50']);
  expect(await shown(desk, '14.225.10.5')).toEqual(['14.225.10.5']);
  expect(await shown(desk, '14.225.0.0/16')).toHaveLength(3);
  expect(await shown(desk, '2001:db8::/32')).toEqual(['2001:db8::5']);
  expect(await shown(desk, 'ke-toan')).toEqual(['KẾ-TOÁN-01']);
  expect(await shown(desk, 'KE_')).toEqual(['KE_TOAN-02']);
  expect(await shown(desk, 'mail.so')).toEqual(['mail.soyte.mau.vn']);
  expect(await shown(desk, 'ap-59')).toHaveLength(6);
  expect(await shown(health, 'ke toan')).toEqual([]);
  // Too wide to mean anything, or nothing at all.
  for (const q of ['14', '14.', 'k', '%', '__', 'khong-co']) expect(await shown(desk, q)).toEqual([]);
});

it('names the organisations with findings, most open first', async () => {
  expect((await searchFindings(desk, 'so y te', 6)).units).toEqual([{ id: province.soyte, name: 'Sở Y tế', open: 2 }]);
  expect((await searchFindings(desk, 'so', 6)).units.map(({ id }) => id)).toEqual(expect.arrayContaining([province.soyte, province.sogd]));
});

it('shows nothing beyond one’s own sight, whether one has few or many', async () => {
  const district = await makeCtx(desk.stores, province.giavien, 'officer');
  const foreign = await makeCtx(desk.stores, province.foreign, 'desk');
  expect(await shown(health, '14.225')).toEqual(['14.225.10.5', '14.225.10.50']);
  expect((await searchFindings(health, 'so giao duc', 6)).units).toEqual([]);
  for (const q of ['14.225', 'ke-toan', 'mail', '2001:db8::/32']) {
    expect(await shown(district, q)).toEqual([]);
    expect(await shown(foreign, q)).toEqual([]);
  }
  expect(await shown(district, 'ap-0')).toEqual(['ẤP-0']);
  expect((await searchFindings(foreign, 'so y te', 6)).units).toEqual([]);
});
