import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fixedClock } from '@vonggac/kernel';
import { type Ctx, type Database, inSnapshot } from '@vonggac/store';
import { expectAudit, makeCtx, makeHouseCtx, makeProvince, makeStores, makeTestDatabase, type Province, TEST_NOW } from '@vonggac/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  actAs,
  type Auth,
  changePassword,
  createPerson,
  disablePerson,
  endSession,
  firstRunState,
  grantRole,
  importPeople,
  listPeople,
  listSessions,
  makeAdministrator,
  namedMemberships,
  openAuth,
  peopleDoer,
  type Request,
  resetPassword,
  revokeRole,
  type SignedIn,
  signedInBy,
  signIn,
  signOut,
  slipsLeft,
  startEmpty,
  takeSlips,
  tryPeopleImport,
} from './index.ts';

let database: Database;
let auth: Auth;
let province: Province;
let house: Ctx;
let admin: Ctx;
const clock = fixedClock(TEST_NOW);
let count = 0;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  house = await makeHouseCtx(makeStores(database));
  auth = openAuth({ database, keys: mkdtempSync(path.join(os.tmpdir(), 'vg-keys-')), publicUrl: undefined, port: 7400 });
  admin = await makeCtx(house.stores, province.sotttt, 'administrator');
});
afterAll(() => database.close());

const from = (address: string, cookie = ''): Request => ({
  headers: new Headers(cookie ? { cookie } : {}),
  address,
  requestId: 'test',
  language: null,
});

async function makePerson(organisation = province.sotttt, role: 'officer' | 'desk' = 'officer') {
  const username = `nguoi.${++count}`;
  const ctx = organisation === province.sotttt ? admin : await makeCtx(house.stores, organisation, 'administrator');
  return { username, ...(await createPerson(auth, ctx, { organisationId: organisation, name: `Cán bộ ${count}`, username, role })) };
}

const cookieOf = (cookies: string[]) => cookies.map((cookie) => cookie.split(';')[0]!).join('; ');

async function signedIn(username: string, password: string, address = `10.0.0.${++count}`): Promise<{ who: SignedIn; request: Request }> {
  const { cookies } = await signIn(auth, { ...house, clock }, from(address), { username, password });
  const request = from(address, cookieOf(cookies));
  return { who: await signedInBy(auth, house.stores, clock, request), request };
}

describe('signing in', () => {
  it('gives the person, the role and the reach of the organisation', async () => {
    const person = await makePerson();
    const { who } = await signedIn(person.username, person.firstPassword);
    expect(await namedMemberships(who)).toEqual([
      { organisation: { id: province.sotttt, name: 'Sở Thông tin và Truyền thông' }, role: 'officer' },
    ]);
    expect(who.ctx.scope.organisations).toEqual([province.sotttt]);
    expect(new Set(who.ctx.scope.supervised)).toContain(province.viettel);
    expect(who.ctx.scope.directory).not.toContain(province.foreign);
    expect(who.person.mustChangePassword).toBe(true);
    await expectAudit(house, 'identity.signed_in', person.id);
  });

  it('never tells which of name and password is wrong, and logs the attempt', async () => {
    const person = await makePerson();
    const errors = await Promise.all(
      [
        { username: person.username, password: 'khong dung' },
        { username: 'khong.co', password: 'khong dung' },
      ].map((input) => signIn(auth, { ...house, clock }, from(`10.1.0.${++count}`), input).catch((error: Error) => error.message)),
    );
    expect(errors[0]).toBe(errors[1]);
    await expectAudit(house, 'identity.sign_in_failed', person.username);
  });

  it('delays after repeated failures, also with the right password, and lets in again afterwards', async () => {
    const person = await makePerson();
    const address = `10.2.0.${++count}`;
    for (let i = 0; i < 3; i++)
      await expect(signIn(auth, { ...house, clock }, from(address), { username: person.username, password: 'sai' })).rejects.toThrow(
        /identity.wrong/,
      );
    await expect(
      signIn(auth, { ...house, clock }, from(address), { username: person.username, password: person.firstPassword }),
    ).rejects.toThrow(/identity.wait/);
    await auth.db.update(auth.failures).set({ lastAt: new Date(Date.now() - 120_000) });
    expect((await signedIn(person.username, person.firstPassword, address)).who.person.id).toBe(person.id);
  });

  it('refuses a first password after its term', async () => {
    const person = await makePerson();
    const later = fixedClock('2024-06-30T08:00:00+07:00');
    await expect(
      signIn(auth, { ...house, clock: later }, from('10.3.0.1'), { username: person.username, password: person.firstPassword }),
    ).rejects.toThrow(/identity.expired/);
  });

  it('has no open sign-up', async () => {
    await expect(
      auth.library.api.signUpEmail({ body: { email: 'x@example.invalid', password: 'mat khau rat dai', name: 'x' } }),
    ).rejects.toThrow();
  });
});

describe('sessions', () => {
  it('are listed, ended one by one, and ended by signing out', async () => {
    const person = await makePerson();
    const first = await signedIn(person.username, person.firstPassword);
    const second = await signedIn(person.username, person.firstPassword);
    expect(await listSessions(auth, second.who)).toHaveLength(2);
    await endSession(auth, second.who, first.who.sessionId);
    await expect(signedInBy(auth, house.stores, clock, first.request)).rejects.toThrow(/signed_out/);
    await signOut(auth, second.request);
    await expect(signedInBy(auth, house.stores, clock, second.request)).rejects.toThrow(/signed_out/);
  });

  it('are renewed when another role is chosen: the old cookie is dead', async () => {
    const person = await makePerson();
    await grantRole(admin, person.id, { organisationId: province.sotttt, role: 'leader' });
    const { who, request } = await signedIn(person.username, person.firstPassword);
    const cookies = await actAs(auth, who, request, { organisationId: province.sotttt, role: 'leader' });
    await expect(signedInBy(auth, house.stores, clock, request)).rejects.toThrow(/signed_out/);
    const next = await signedInBy(auth, house.stores, clock, from('10.4.0.1', cookieOf(cookies)));
    expect(next.acting.role).toBe('leader');
  });

  it('cannot be told to act for an organisation that one holds no role in', async () => {
    const person = await makePerson();
    const { who, request } = await signedIn(person.username, person.firstPassword);
    await expect(actAs(auth, who, request, { organisationId: province.ubnd, role: 'administrator' })).rejects.toThrow(/not_found/);
  });

  it('lose a revoked role at the next request', async () => {
    const person = await makePerson();
    const { request } = await signedIn(person.username, person.firstPassword);
    const { items } = await listPeople(admin, { q: person.username, page: 1, size: 10 });
    await revokeRole(admin, items[0]!.memberships[0]!.id);
    await expect(signedInBy(auth, house.stores, clock, request)).rejects.toThrow(/no_role/);
  });
});

describe('passwords', () => {
  it('are changed only with the current one, and the other sessions end', async () => {
    const person = await makePerson();
    const here = await signedIn(person.username, person.firstPassword);
    const there = await signedIn(person.username, person.firstPassword);
    await expect(changePassword(auth, here.who, { current: 'sai', next: 'mat khau moi rat dai' })).rejects.toThrow(/wrong_current/);
    await changePassword(auth, here.who, { current: person.firstPassword, next: 'mat khau moi rat dai' });
    expect((await signedInBy(auth, house.stores, clock, here.request)).person.mustChangePassword).toBe(false);
    await expect(signedInBy(auth, house.stores, clock, there.request)).rejects.toThrow(/signed_out/);
    await expectAudit(house, 'identity.password_changed', person.id);
  });

  it('are reset by the desk without mail; old sessions end', async () => {
    const person = await makePerson();
    const { request } = await signedIn(person.username, person.firstPassword);
    const { firstPassword } = await resetPassword(auth, admin, person.id, 'quên mật khẩu');
    await expect(signedInBy(auth, house.stores, clock, request)).rejects.toThrow(/signed_out/);
    expect((await signedIn(person.username, firstPassword)).who.person.mustChangePassword).toBe(true);
  });

  it('cannot be read by the application login', async () => {
    await expect(database.app.query('select * from identity.account')).rejects.toThrow(/permission denied/);
    const { rows } = await database.identity.query(
      "select bool_or(has_table_privilege('vg_identity', c.oid, 'select')) as may from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'r'",
    );
    expect(rows[0].may).toBe(false);
  });
});

describe('accounts', () => {
  it('of another organisation are neither listed, found, reset nor disabled', async () => {
    const person = await makePerson();
    const foreign = await makeCtx(house.stores, province.soyte, 'administrator');
    expect(await listPeople(foreign, { q: person.username, page: 1, size: 10 })).toEqual({ total: 0, items: [] });
    await expect(resetPassword(auth, foreign, person.id, 'x')).rejects.toThrow(/not_found/);
    await expect(disablePerson(auth, foreign, person.id, { disabled: true, reason: 'x' })).rejects.toThrow(/not_found/);
    await expect(
      createPerson(auth, foreign, { organisationId: province.sotttt, name: 'x', username: 'la', role: 'officer' }),
    ).rejects.toThrow(/not_found/);
  });

  it('are refused to roles without the right, and the role of administrator to all but administrators', async () => {
    const auditor = await makeCtx(house.stores, province.sotttt, 'auditor');
    await expect(
      createPerson(auth, auditor, { organisationId: province.sotttt, name: 'x', username: 'abc', role: 'officer' }),
    ).rejects.toThrow(/access.role/);
    const desk = await makeCtx(house.stores, province.sotttt, 'desk');
    await expect(
      createPerson(auth, desk, { organisationId: province.sotttt, name: 'x', username: 'abc', role: 'administrator' }),
    ).rejects.toThrow(/only_administrators/);
  });

  it('that are disabled are signed out at once and kept out', async () => {
    const person = await makePerson();
    const { request } = await signedIn(person.username, person.firstPassword);
    await disablePerson(auth, admin, person.id, { disabled: true, reason: 'nghỉ việc' });
    await expect(signedInBy(auth, house.stores, clock, request)).rejects.toThrow(/signed_out/);
    await expect(signedIn(person.username, person.firstPassword)).rejects.toThrow(/identity.disabled/);
    await expectAudit(house, 'identity.person_disabled', person.id);
  });

  it('with the same name are made once even when two ask together', async () => {
    const input = { organisationId: province.sotttt, name: 'Trùng tên', username: 'trung.ten', role: 'officer' as const };
    const made = await Promise.allSettled([createPerson(auth, admin, input), createPerson(auth, admin, input)]);
    expect(made.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('importing a list of accounts', () => {
  const list = (rows: string[][]) => new TextEncoder().encode(rows.map((row) => row.join(',')).join('\n'));

  it('says row by row what it would do, makes what is new with a slip each, and nothing twice', async () => {
    const file = list([
      ['Họ và tên', 'Tên tài khoản', 'Đơn vị', 'Vai trò', 'Chức vụ'],
      ['Nguyễn Văn A', 'nva.sotttt', 'Sở Thông tin và Truyền thông', 'Cán bộ', 'Chuyên viên'],
      ['Trần Thị B', 'ttb.sotttt', 'so thong tin va truyen thong', 'lãnh đạo', ''],
      ['', 'khong.ten', 'Sở Thông tin và Truyền thông', 'Cán bộ', ''],
      ['Người Ngoài', 'nguoi.ngoai', 'Sở Y tế', 'Cán bộ', ''],
      ['Lê Văn C', 'nva.sotttt', 'Sở Thông tin và Truyền thông', 'Cán bộ', ''],
      ['Phạm Thị D', 'ptd', 'Sở Thông tin và Truyền thông', 'quản trị', ''],
    ]);
    const tried = await tryPeopleImport(admin, file, 'danh-sach.csv');
    expect(tried.rows.map((row) => [row.row, row.outcome])).toEqual([
      [2, 'new'],
      [3, 'new'],
      [4, 'refused'],
      [5, 'refused'],
      [6, 'refused'],
      [7, 'refused'],
    ]);
    expect(tried.rows[3]!.reason!.vi).toContain('Sở Y tế');
    const hands = { doers: { people: peopleDoer(auth) }, wait: 60_000 };
    const run = await importPeople(admin, { bytes: file, name: 'danh-sach.csv' }, hands);
    expect(run).toMatchObject({ state: 'done', counts: { new: 2, refused: 4 } });
    const again = await importPeople(admin, { bytes: file, name: 'danh-sach.csv' }, hands);
    expect(again).toMatchObject({ state: 'done', counts: { new: 0, same: 2, refused: 4 } });
    expect(await slipsLeft(admin, again.id)).toEqual({ left: 0 });
    const { slips } = await takeSlips(auth, admin, run.id);
    expect((await signedIn('ttb.sotttt', slips[1]!.firstPassword)).who.acting.role).toBe('leader');
  });
});

describe('the first run', () => {
  it('makes one administrator once, and one root once, even when two ask together', async () => {
    const fresh = await makeTestDatabase();
    const stores = makeStores(fresh);
    const ownAuth = openAuth({ database: fresh, keys: mkdtempSync(path.join(os.tmpdir(), 'vg-keys-')), publicUrl: undefined, port: 7400 });
    const start = await makeHouseCtx(stores);
    const password = await makeAdministrator(ownAuth, start);
    expect(password).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
    expect(await makeAdministrator(ownAuth, start)).toBeNull();
    const { cookies } = await signIn(ownAuth, { ...start, clock }, from('10.5.0.1'), { username: 'quantri', password: password! });
    const request = from('10.5.0.1', cookieOf(cookies));
    const who = await signedInBy(ownAuth, stores, clock, request);
    expect(await firstRunState(who.ctx)).toEqual({ firstRun: true, sample: false });
    const tries = await Promise.allSettled([startEmpty(who.ctx, 'Tỉnh Một'), startEmpty(who.ctx, 'Tỉnh Hai')]);
    expect(tries.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const next = await signedInBy(ownAuth, stores, clock, request);
    expect((await namedMemberships(next)).map((one) => one.organisation.name)).toContainEqual(expect.stringMatching(/^Tỉnh (Một|Hai)$/));
    expect(await inSnapshot(next.ctx, async () => true)).toBe(true);
    await fresh.close();
  });
});
