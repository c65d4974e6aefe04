import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { endIdleChildren } from '@vonggac/outside';
import type { Ctx, Database } from '@vonggac/store';
import { expectAudit, makeCtx, makeHouseCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelImport, continueImport, getImportRun, undoImport } from '../organisations/index.ts';
import {
  type Auth,
  createPerson,
  importPeople,
  openAuth,
  peopleDoer,
  resetPassword,
  revokeRole,
  signIn,
  slipsLeft,
  stillActing,
  takeSlips,
} from './index.ts';

let database: Database;
let auth: Auth;
let province: Province;
let house: Ctx;
let admin: Ctx;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  house = await makeHouseCtx(makeStores(database));
  auth = openAuth({ database, keys: mkdtempSync(path.join(os.tmpdir(), 'vg-keys-')), publicUrl: undefined, port: 7400 });
  admin = await makeCtx(house.stores, province.ubnd, 'administrator');
});
afterAll(async () => {
  await database.close();
  await endIdleChildren();
});

const list = (mark: string, count: number) =>
  new TextEncoder().encode(
    [
      'Họ và tên,Tên tài khoản,Đơn vị,Vai trò',
      ...Array.from({ length: count }, (_, n) => `Người ${mark} ${n},${mark}.${n},Sở Y tế,Cán bộ`),
    ].join('\n'),
  );
const hands = () => ({ doers: { people: { ...peopleDoer(auth), batch: 3 } }, wait: 60_000 });
const take = (mark: string, count: number, ctx = admin) => importPeople(ctx, { bytes: list(mark, count), name: 'tai-khoan.csv' }, hands());
let address = 0;
const enter = (username: string, password: string) =>
  signIn(auth, house, { headers: new Headers(), address: `10.7.0.${++address}`, requestId: 't', language: null }, { username, password });

async function owner(statement: string): Promise<Record<string, unknown>[]> {
  const client = database.owner();
  await client.connect();
  const { rows } = await client.query(statement);
  await client.end();
  return rows as Record<string, unknown>[];
}

describe('accounts by list', () => {
  it('have no password before their slip is taken; each slip is given out once, to whoever ran it', async () => {
    const run = await take('mot', 23);
    expect(run).toMatchObject({ state: 'done', counts: { new: 23 } });
    expect(await slipsLeft(admin, run.id)).toEqual({ left: 23 });
    const other = await makeCtx(house.stores, province.ubnd, 'administrator');
    await expect(takeSlips(auth, other, run.id)).rejects.toThrow(/not_found/);
    const both = await Promise.all([takeSlips(auth, admin, run.id), takeSlips(auth, admin, run.id)]);
    const rest = [];
    for (let left = 1; left > 0;) {
      const more = await takeSlips(auth, admin, run.id);
      rest.push(...more.slips);
      left = more.left;
    }
    const all = [...both.flatMap(({ slips }) => slips), ...rest];
    expect(new Set(all.map(({ username }) => username)).size).toBe(23);
    expect(all).toHaveLength(23);
    expect(all[0]).toMatchObject({ organisation: 'Sở Y tế', role: 'officer' });
    expect((await takeSlips(auth, admin, run.id)).slips).toEqual([]);
    expect((await enter(all[0]!.username, all[0]!.firstPassword)).mustChangePassword).toBe(true);
    const [person] = await owner(`select id from people where username = '${all[0]!.username}'`);
    await expectAudit(admin, 'identity.slip_issued', person!['id'] as string);
    const secrets = await owner(
      `select (select string_agg(t::text, '') from import_rows t) || (select string_agg(t::text, '') from audit t) as all`,
    );
    for (const { firstPassword } of all) expect(secrets[0]!['all']).not.toContain(firstPassword);
  });

  it('whose password was reset meanwhile keep that one', async () => {
    const run = await take('hai', 2);
    const [person] = await owner(`select id from people where username = 'hai.0'`);
    const { firstPassword } = await resetPassword(auth, admin, person!['id'] as string, 'mất phiếu');
    const { slips } = await takeSlips(auth, admin, run.id);
    expect(slips.map(({ username }) => username)).toEqual(['hai.1']);
    expect((await enter('hai.0', firstPassword)).mustChangePassword).toBe(true);
  });

  it('are taken back unless somebody has used or changed them', async () => {
    const run = await take('ba', 5);
    const { slips } = await takeSlips(auth, admin, run.id);
    await enter('ba.0', slips[0]!.firstPassword);
    const [held] = await owner(`select m.id from memberships m join people p on p.id = m.person where p.username = 'ba.1'`);
    await revokeRole(admin, held!['id'] as string);
    const undone = await undoImport(admin, run.id, hands());
    expect(undone).toMatchObject({ state: 'undone', undo: { total: 5, undone: 3, keptTotal: 2 } });
    expect(undone.undo.kept.map(({ row }) => row)).toEqual([2, 3]);
    expect((await owner(`select username from people where username like 'ba.%' order by 1`)).map((row) => row['username'])).toEqual([
      'ba.0',
      'ba.1',
    ]);
    expect(await owner(`select 1 from identity.user where username = 'ba.2'`)).toEqual([]);
    await expect(enter('ba.2', slips[2]!.firstPassword)).rejects.toThrow(/identity.wrong/);
    expect(await slipsLeft(admin, run.id)).toEqual({ left: 0 });
    expect(await take('ba', 5)).toMatchObject({ counts: { new: 3, same: 2 } });
  });

  it('cancelled midway give slips for those that were made, and the rest can be gone on with', async () => {
    let go: () => void = () => undefined;
    const held = new Promise<void>((done) => (go = done));
    const slow = { ...hands(), wait: 0, refresh: async (ctx: Ctx) => (await held, ctx) };
    const { id } = await importPeople(admin, { bytes: list('bon', 7), name: 'tai-khoan.csv' }, slow);
    await cancelImport(admin, id);
    go();
    for (let tries = 0; tries < 200 && (await getImportRun(admin, id)).state === 'running'; tries++)
      await new Promise((done) => setTimeout(done, 25));
    expect(await getImportRun(admin, id)).toMatchObject({ state: 'cancelled', done: 3 });
    expect((await takeSlips(auth, admin, id)).slips).toHaveLength(3);
    expect(await continueImport(admin, id, hands())).toMatchObject({ state: 'done', counts: { new: 7 } });
    expect((await takeSlips(auth, admin, id)).slips).toHaveLength(4);
  });

  it('stop when whoever runs it loses the role', async () => {
    const { id } = await createPerson(auth, admin, {
      organisationId: province.ubnd,
      name: 'Chuyên viên',
      username: 'chuyen.vien',
      role: 'desk',
    });
    const desk = await makeCtx(house.stores, province.ubnd, 'desk', { person: id });
    expect((await stillActing(desk)).scope.organisations).toContain(province.soyte);
    const [held] = await owner(`select id from memberships where person = '${id}'`);
    await revokeRole(admin, held!['id'] as string);
    const run = await importPeople(desk, { bytes: list('nam', 2), name: 'tai-khoan.csv' }, { ...hands(), refresh: stillActing });
    expect(run).toMatchObject({ state: 'stopped', done: 0, fault: { vi: expect.stringContaining('vai trò') } });
  });
});
