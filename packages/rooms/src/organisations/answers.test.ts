import { fold, newId } from '@vonggac/kernel';
import { type Ctx, type Database, inSnapshot } from '@vonggac/store';
import { makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contactsOf, groupMembersOn, namesOf, resolveNames, resolvePhrase } from './index.ts';

let database: Database;
let province: Province;
let desk: Ctx;
let root: Ctx;
const sql = async (text: string, values: unknown[] = []) => {
  const owner = database.owner();
  await owner.connect();
  await owner.query(text, values);
  await owner.end();
};
const group = async (name: string, keeper: string, validity: [string | null, string | null], members: string[]) => {
  const id = newId();
  await sql('insert into groups (id, organisation, name, folded, valid_from, valid_to) values ($1, $2, $3, $4, $5, $6)', [
    id,
    keeper,
    name,
    fold(name),
    ...validity,
  ]);
  for (const member of members)
    await sql('insert into group_members ("group", organisation, member) values ($1, $2, $3)', [id, keeper, member]);
  return id;
};

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  const stores = makeStores(database);
  await group('Các Sở, ban, ngành', province.sotttt, [null, null], [province.soyte, province.sogd]);
  await group('UBND các huyện, thành phố', province.sotttt, [null, '2025-07-01'], [province.giavien, province.nhoquan]);
  await group('UBND các xã, phường', province.sotttt, ['2025-07-01', null], [province.xaA, province.xaB]);
  await sql("insert into phrases (id, organisation, phrase, folded, target) values ($1, $2, 'Ngành y', 'nganh y', $3)", [
    newId(),
    province.sotttt,
    province.soyte,
  ]);
  // What 01/7/2025 did: districts end, communes hang under the province.
  await sql("update organisations set exists_to = '2025-07-01' where kind = 'district'");
  for (const commune of [province.xaA, province.xaB]) {
    await sql("update organisation_parents set valid_to = '2025-07-01' where organisation = $1", [commune]);
    await sql("insert into organisation_parents (id, organisation, parent, valid_from) values ($1, $2, $3, '2025-07-01')", [
      newId(),
      commune,
      province.ubnd,
    ]);
    await sql("insert into supervisions (id, supervisor, organisation, field, valid_from) values ($1, $2, $3, 'attt', '2025-07-01')", [
      newId(),
      province.sotttt,
      commune,
    ]);
  }
  desk = await makeCtx(stores, province.sotttt, 'desk');
  root = await makeCtx(stores, province.ubnd, 'desk', { now: '2025-07-02T08:00:00+07:00' });
});
afterAll(() => database.close());

const resolve = (text: string, day: string, ctx = desk) => inSnapshot(ctx, (tx) => resolvePhrase(tx, ctx, text, day));

describe('namesOf', () => {
  it('shows the district of same-named communes, and says when it is a former one', async () => {
    const on = (day: string) => inSnapshot(root, async (tx) => await namesOf(tx, [province.xaA, province.soyte], day));
    expect((await on('2024-04-20')).get(province.xaA)!.qualifiedName).toBe('UBND xã Gia Lạc (huyện Gia Viễn)');
    expect((await on('2025-07-02')).get(province.xaA)!.qualifiedName).toBe('UBND xã Gia Lạc (huyện Gia Viễn cũ)');
    expect((await on('2025-07-02')).get(province.soyte)!.qualifiedName).toBe('Sở Y tế');
  });
  it('tells a commune itself its former district, and a foreign organisation nothing', async () => {
    const commune = await makeCtx(desk.stores, province.xaA, 'officer', { now: '2025-07-02T08:00:00+07:00' });
    expect(
      [...(await inSnapshot(commune, (tx) => namesOf(tx, [province.giavien, province.xaA], '2025-07-02'))).values()].map(
        ({ name }) => name,
      ),
    ).toContain('UBND huyện Gia Viễn');
    const foreign = await makeCtx(desk.stores, province.foreign, 'desk');
    expect((await inSnapshot(foreign, (tx) => namesOf(tx, [province.xaA], '2025-07-02'))).size).toBe(0);
  });
});

describe('resolvePhrase', () => {
  it('finds groups in the words of documents, as of the day', async () => {
    expect(await resolve('- Các Sở, ban, ngành của tỉnh;', '2024-04-20')).toMatchObject({
      kind: 'group',
      organisations: [province.sogd, province.soyte],
    });
    expect((await resolve('UBND các huyện, thành phố;', '2024-04-20')).organisations.toSorted()).toEqual(
      [province.giavien, province.nhoquan].toSorted(),
    );
  });
  it('finds them however their owner is said, also where the province is called “UBND tỉnh” alone', async () => {
    await sql("insert into organisation_names (id, organisation, kind, name, folded) values ($1, $2, 'alias', 'UBND tỉnh', 'ubnd tinh')", [
      newId(),
      province.ubnd,
    ]);
    const departments = [province.sogd, province.soyte];
    for (const text of [
      'Các Sở, ban, ngành',
      'Các Sở, ban, ngành của tỉnh',
      'Các sở, ban, ngành trực thuộc UBND tỉnh',
      'Các Sở, ban, ngành tỉnh',
    ])
      expect([text, (await resolve(text, '2024-04-20')).organisations]).toEqual([text, departments]);
    expect((await resolve('Chủ tịch UBND các huyện, thành phố', '2024-04-20')).organisations).toHaveLength(2);
    expect((await resolve('UBND tỉnh', '2024-04-20')).organisations).toEqual([province.ubnd]);
  });
  it('a dead group resolves to nothing and says since when', async () => {
    const dead = await resolve('UBND các huyện, thành phố', '2025-07-02');
    expect(dead).toMatchObject({ kind: 'none', organisations: [] });
    expect(dead.why.vi).toContain('1/7/2025');
    expect((await resolve('UBND các xã, phường', '2024-04-20')).kind).toBe('none');
  });
  it('finds organisations by name, short name, context and kept phrase', async () => {
    expect(await resolve('Sở TT&TT', '2024-04-20')).toMatchObject({ kind: 'organisation', organisations: [province.sotttt] });
    expect(await resolve('Ngành y', '2024-04-20')).toMatchObject({ kind: 'organisation', organisations: [province.soyte] });
    expect(await resolve('UBND tỉnh (để b/c);', '2024-04-20')).toMatchObject({ organisations: [province.ubnd] });
    expect(await resolve('UBND xã Gia Lạc, huyện Nho Quan', '2025-07-02', root)).toMatchObject({ organisations: [province.xaB] });
  });
  it('does not guess between namesakes, nor take what has ended', async () => {
    const two = await resolve('UBND xã Gia Lạc', '2025-07-02', root);
    expect(two.kind).toBe('none');
    expect(two.why.vi).toContain('huyện Gia Viễn cũ');
    expect((await resolve('UBND huyện Gia Viễn', '2025-07-02')).why.vi).toContain('1/7/2025');
    expect((await resolve('Cục Không có', '2024-04-20')).kind).toBe('none');
  });
  it('another organisation finds neither group nor phrase', async () => {
    const foreign = await makeCtx(desk.stores, province.foreign, 'desk');
    for (const text of ['Các Sở, ban, ngành', 'Ngành y', 'Sở Y tế']) expect((await resolve(text, '2024-04-20', foreign)).kind).toBe('none');
  });
});

it('resolveNames keeps the order of an attached list', async () => {
  const found = await inSnapshot(desk, (tx) =>
    resolveNames(tx, desk, ['1. Viễn thông Thử Nghiệm', '2. Viettel tỉnh Thử Nghiệm', '3. Công ty Không Có'], '2024-04-20'),
  );
  expect(found.map(({ organisations }) => organisations)).toEqual([[province.vnpt], [province.viettel], []]);
});

it('groupMembersOn and contactsOf see only what is in reach', async () => {
  const foreign = await makeCtx(desk.stores, province.foreign, 'desk');
  await sql("insert into contacts (id, organisation, role, name, valid_from) values ($1, $2, 'duty', 'Trực', '2024-01-01')", [
    newId(),
    province.soyte,
  ]);
  const read = (ctx: Ctx) => inSnapshot(ctx, (tx) => contactsOf(tx, [province.soyte], { day: '2024-04-20', roles: ['duty'] }));
  expect(await read(desk)).toHaveLength(1);
  expect(await read(foreign)).toHaveLength(0);
  const { group: found } = await resolve('Các Sở, ban, ngành', '2024-04-20');
  expect(await inSnapshot(foreign, (tx) => groupMembersOn(tx, found!.id, '2024-04-20'))).toHaveLength(0);
});
