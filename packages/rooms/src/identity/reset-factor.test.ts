import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fixedClock } from '@vonggac/kernel';
import { type Ctx, type Database } from '@vonggac/store';
import { expectAudit, makeCtx, makeHouseCtx, makeProvince, makeStores, makeTestDatabase, type Province, TEST_NOW } from '@vonggac/testkit';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Auth,
  beginSecondFactor,
  confirmSecondFactor,
  createPerson,
  decideReset,
  getSecondFactor,
  listResets,
  makeApiToken,
  openAuth,
  proposeReset,
  recoverAdministrator,
  type Request,
  resetNotices,
  type SignedIn,
  signedInBy,
  signedInByToken,
  signIn,
} from './index.ts';
import { openSecret } from './sealed-secret.ts';
import { secondFactor } from './tables.ts';
import { codeOf, stepAt } from './totp.ts';

let database: Database;
let auth: Auth;
let province: Province;
let house: Ctx;
let one: Ctx;
let two: Ctx;
const clock = fixedClock(TEST_NOW);
let count = 0;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  house = await makeHouseCtx(makeStores(database));
  const keys = mkdtempSync(path.join(os.tmpdir(), 'vg-keys-'));
  auth = openAuth({ database, keys, publicUrl: undefined, port: 7400, totp: 'required' });
  one = await makeCtx(house.stores, province.sotttt, 'administrator', { name: 'Quản trị một' });
  two = await makeCtx(house.stores, province.sotttt, 'administrator', { name: 'Quản trị hai' });
});
afterAll(() => database.close());

const from = (headers = new Headers()): Request => ({ headers, address: `10.7.0.${++count}`, requestId: 'test', language: null });

async function open(username: string, password: string): Promise<SignedIn & { request: Request }> {
  const { cookies } = await signIn(auth, { ...house, clock }, from(), { username, password });
  const request = from(new Headers({ cookie: cookies.map((cookie) => cookie.split(';')[0]!).join('; ') }));
  return { ...(await signedInBy(auth, house.stores, clock, request)), request };
}

/** A person with an authenticator. */
async function withFactor(role: 'desk' | 'administrator' = 'desk') {
  const username = `mat.may.${++count}`;
  const { id, firstPassword } = await createPerson(auth, one, { organisationId: province.sotttt, name: `Cán bộ ${count}`, username, role });
  const owner = database.owner();
  await owner.connect();
  await owner.query('update people set must_change_password = false where id = $1', [id]);
  await owner.end();
  const who = await open(username, firstPassword);
  await beginSecondFactor(auth, who);
  const [row] = await auth.db.select().from(secondFactor).where(eq(secondFactor.userId, id));
  await confirmSecondFactor(auth, who, codeOf(openSecret(auth.factorKey, id, row!.pendingSecret!), stepAt(auth.clock.now())));
  return { id, username, password: firstPassword, request: who.request };
}

describe('resetting a second factor', () => {
  it('takes two administrators; sessions and tokens end, the next sign-in sets up anew and is told who did it', async () => {
    const person = await withFactor();
    const who = await signedInBy(auth, house.stores, clock, person.request);
    const { token } = await makeApiToken(auth, who, { name: 'x', scope: 'read', permissions: [], fresh: false, days: 1 });
    const { id } = await proposeReset(auth, one, { personId: person.id, reason: 'mất điện thoại' });
    expect((await signedInBy(auth, house.stores, clock, person.request)).factorSince).not.toBeNull();
    expect(await resetNotices(one)).toEqual({ waiting: 0, reset: false });
    expect(await resetNotices(two)).toEqual({ waiting: 1, reset: false });
    await expect(decideReset(auth, one, id, { agree: true })).rejects.toThrow(/four_eyes/);
    await decideReset(auth, two, id, { agree: true });
    await expect(signedInBy(auth, house.stores, clock, person.request)).rejects.toThrow(/signed_out/);
    await expect(signedInByToken(auth, house.stores, clock, { ...from(), bearer: token })).rejects.toThrow(/token_wrong/);
    const next = await open(person.username, person.password);
    expect(next.waitsFor).toBe('factor');
    expect((await getSecondFactor(auth, next)).reset).toMatchObject({
      proposedBy: 'Quản trị một',
      decidedBy: 'Quản trị hai',
      reason: 'mất điện thoại',
    });
    expect(await resetNotices(next.ctx)).toEqual({ waiting: 0, reset: true });
    await expectAudit(house, 'identity.reset_proposed', person.id);
    await expectAudit(house, 'identity.factor_reset', person.id);
  });

  it('is decided once, even when two decide together, and may be refused', async () => {
    const person = await withFactor();
    const { id } = await proposeReset(auth, one, { personId: person.id, reason: 'mất điện thoại' });
    const third = await makeCtx(house.stores, province.sotttt, 'administrator');
    const tries = await Promise.allSettled([decideReset(auth, two, id, { agree: false }), decideReset(auth, third, id, { agree: false })]);
    expect(tries.map((each) => each.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await signedInBy(auth, house.stores, clock, person.request)).factorSince).not.toBeNull();
    await expectAudit(house, 'identity.reset_refused', person.id);
  });

  it('waits once a person, is not for oneself, and wants something to reset', async () => {
    const person = await withFactor();
    const tries = await Promise.allSettled([one, two].map((ctx) => proposeReset(auth, ctx, { personId: person.id, reason: 'x' })));
    expect(tries.map((each) => each.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const own = await makeCtx(house.stores, province.sotttt, 'administrator', { person: person.id });
    await expect(proposeReset(auth, own, { personId: person.id, reason: 'x' })).rejects.toThrow(/reset_own/);
    const waiting = (await listResets(own)).items.find((item) => item.person.id === person.id)!;
    expect(waiting.mayDecide).toBe(false);
    await expect(decideReset(auth, own, waiting.id, { agree: true })).rejects.toThrow(/four_eyes/);
    const plain = await createPerson(auth, one, {
      organisationId: province.sotttt,
      name: 'x',
      username: `mat.may.${++count}`,
      role: 'officer',
    });
    await expect(proposeReset(auth, one, { personId: plain.id, reason: 'x' })).rejects.toThrow(/no_factor/);
  });

  it('is no matter of other roles or organisations', async () => {
    const person = await withFactor();
    const { id } = await proposeReset(auth, one, { personId: person.id, reason: 'bí mật-ở-đây' });
    const desk = await makeCtx(house.stores, province.sotttt, 'desk');
    for (const act of [
      proposeReset(auth, desk, { personId: person.id, reason: 'x' }),
      decideReset(auth, desk, id, { agree: true }),
      listResets(desk),
    ])
      await expect(act).rejects.toThrow(/access.role/);
    const foreign = await makeCtx(house.stores, province.soyte, 'administrator');
    expect(await listResets(foreign)).toEqual({ total: 0, items: [] });
    expect(await resetNotices(foreign)).toEqual({ waiting: 0, reset: false });
    await expect(proposeReset(auth, foreign, { personId: person.id, reason: 'x' })).rejects.toThrow(/not_found/);
    await expect(decideReset(auth, foreign, id, { agree: true })).rejects.toThrow(/not_found/);
  });
});

describe('recovering an administrator offline', () => {
  it('gives a one-time password without the second factor, also to a disabled account, and ends everything else', async () => {
    const person = await withFactor('administrator');
    const owner = database.owner();
    await owner.connect();
    await owner.query('update people set disabled_at = now() where id = $1', [person.id]);
    await owner.end();
    const { firstPassword } = await recoverAdministrator(auth, house, person.username);
    await expect(signedInBy(auth, house.stores, clock, person.request)).rejects.toThrow(/signed_out/);
    await expect(open(person.username, person.password)).rejects.toThrow(/identity.wrong/);
    expect(await open(person.username, firstPassword)).toMatchObject({ waitsFor: 'password', factorSince: null });
    await expectAudit(house, 'identity.administrator_recovered', person.id);
  });

  it('is for administrators alone, and changes nothing otherwise', async () => {
    const person = await withFactor('desk');
    await expect(recoverAdministrator(auth, house, person.username)).rejects.toThrow(/not_administrator/);
    await expect(recoverAdministrator(auth, house, 'khong.co')).rejects.toThrow(/no_account/);
    expect((await signedInBy(auth, house.stores, clock, person.request)).waitsFor).toBeNull();
  });
});
