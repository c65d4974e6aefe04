import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fixedClock, systemClock } from '@vonggac/kernel';
import { type Ctx, type Database, inTransaction, settings } from '@vonggac/store';
import { expectAudit, makeCtx, makeHouseCtx, makeProvince, makeStores, makeTestDatabase, type Province, TEST_NOW } from '@vonggac/testkit';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  actAs,
  type Auth,
  beginSecondFactor,
  confirmSecondFactor,
  createPerson,
  dropSecondFactor,
  enterCode,
  getSecondFactor,
  grantRole,
  mustBeFresh,
  openAuth,
  renewRecoveryCodes,
  type Request,
  type SignedIn,
  signedInBy,
  signIn,
} from './index.ts';
import { openSecret, sealSecret } from './sealed-secret.ts';
import { secondFactor, session } from './tables.ts';
import { codeOf, stepAt } from './totp.ts';

let database: Database;
let auth: Auth;
let province: Province;
let house: Ctx;
let admin: Ctx;
let now = systemClock.now();
const clock = fixedClock(TEST_NOW);
let count = 0;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  house = await makeHouseCtx(makeStores(database));
  auth = openAuth({ ...place(), database, publicUrl: undefined, port: 7400, totp: 'required', clock: { now: () => now } });
  admin = await makeCtx(house.stores, province.sotttt, 'administrator');
});
afterAll(() => database.close());
beforeEach(() => {
  now = systemClock.now();
});

const place = () => ({ keys: mkdtempSync(path.join(os.tmpdir(), 'vg-keys-')) });
const pass = (seconds: number) => void (now = now.add({ seconds }));
const from = (address: string, cookie = ''): Request => ({
  headers: new Headers(cookie ? { cookie } : {}),
  address,
  requestId: 'test',
  language: null,
});
const cookieOf = (cookies: string[]) => cookies.map((cookie) => cookie.split(';')[0]!).join('; ');
const who = (request: Request, by = auth): Promise<SignedIn> => signedInBy(by, house.stores, clock, request);

type Person = { id: string; username: string; firstPassword: string };

async function makePerson(role: 'officer' | 'desk' | 'leader' = 'desk'): Promise<Person> {
  const username = `hai.lop.${++count}`;
  const made = await createPerson(auth, admin, { organisationId: province.sotttt, name: `Cán bộ ${count}`, username, role });
  const owner = database.owner();
  await owner.connect();
  await owner.query('update people set must_change_password = false where id = $1', [made.id]);
  await owner.end();
  return { ...made, username };
}

async function open(person: Person, by = auth): Promise<Request> {
  const address = `10.9.0.${++count}`;
  const { cookies } = await signIn(by, { ...house, clock }, from(address), { username: person.username, password: person.firstPassword });
  return from(address, cookieOf(cookies));
}

async function codeNow(person: Person, away = 0): Promise<string> {
  const [row] = await auth.db.select().from(secondFactor).where(eq(secondFactor.userId, person.id));
  const secret = openSecret(auth.factorKey, person.id, (row!.secret ?? row!.pendingSecret)!);
  return codeOf(secret, stepAt(now) + away);
}

/** A person with an authenticator, and the codes on paper. The clock has gone on to the next code. */
async function withFactor(role: 'officer' | 'desk' | 'leader' = 'desk') {
  const person = await makePerson(role);
  const request = await open(person);
  await beginSecondFactor(auth, await who(request));
  const { recoveryCodes } = await confirmSecondFactor(auth, await who(request), await codeNow(person));
  pass(30);
  return { person, request, recoveryCodes };
}

describe('setting up', () => {
  it('is demanded of those who decide before anything else, and of nobody else', async () => {
    expect((await who(await open(await makePerson('desk')))).waitsFor).toBe('factor');
    expect((await who(await open(await makePerson('leader')))).waitsFor).toBe('factor');
    const officer = await makePerson('officer');
    const request = await open(officer);
    expect((await who(request)).waitsFor).toBeNull();
    await grantRole(admin, officer.id, { organisationId: province.sotttt, role: 'analyst' });
    expect((await who(request)).waitsFor).toBe('factor');
  });

  it('may wait before the first choice and in the sample province, unless it is said to be required; never in an installation of one’s own', async () => {
    const person = await makePerson();
    const unset = openAuth({ ...place(), database, publicUrl: undefined, port: 7400 });
    const request = await open(person, unset);
    const set = (key: string) =>
      inTransaction(house, (tx) => tx.insert(settings).values({ key, value: province.ubnd, writtenAt: TEST_NOW }));
    const clear = (key: string) => inTransaction(house, (tx) => tx.delete(settings).where(eq(settings.key, key)));
    await clear('root');
    expect((await who(request, unset)).waitsFor).toBeNull();
    await set('root');
    expect((await who(request, unset)).waitsFor).toBe('factor');
    await set('sample');
    expect((await who(request, unset)).waitsFor).toBeNull();
    expect((await who(request, { ...unset, totp: 'required' })).waitsFor).toBe('factor');
    await clear('sample');
  });

  it('shows a key and a QR code, counts only after a code, gives ten codes, ends other sessions and keeps no secret readable', async () => {
    const person = await makePerson();
    const [other, request] = [await open(person), await open(person)];
    const begun = await beginSecondFactor(auth, await who(request));
    expect(begun.key).toMatch(/^[A-Z2-7]{32}$/);
    expect(begun.uri).toContain(begun.key);
    expect(begun.qr.path.length).toBeGreaterThan(1000);
    expect((await who(request)).factorSince).toBeNull();
    await expect(confirmSecondFactor(auth, await who(request), '000000')).rejects.toThrow(/wrong_code/);
    const { recoveryCodes } = await confirmSecondFactor(auth, await who(request), await codeNow(person));
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(await who(request)).toMatchObject({ waitsFor: null, factorSince: expect.any(Date) });
    await expect(who(other)).rejects.toThrow(/signed_out/);
    await expectAudit(house, 'identity.factor_set_up', person.id);
    const stored = JSON.stringify((await database.identity.query('select * from identity.second_factor, identity.recovery_code')).rows);
    for (const secret of [begun.key, ...recoveryCodes]) expect(stored).not.toContain(secret);
    await expect(database.app.query('select * from identity.second_factor')).rejects.toThrow(/permission denied/);
  });

  it('takes a shown key once, even when two confirm together', async () => {
    const person = await makePerson();
    const request = await open(person);
    await beginSecondFactor(auth, await who(request));
    const [signed, code] = [await who(request), await codeNow(person)];
    const tries = await Promise.allSettled([confirmSecondFactor(auth, signed, code), confirmSecondFactor(auth, signed, code)]);
    expect(tries.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('moves to another phone only with a fresh code of the present one', async () => {
    const { person, request } = await withFactor();
    pass(11 * 60);
    await expect(beginSecondFactor(auth, await who(request))).rejects.toThrow(/fresh_code/);
    await enterCode(auth, await who(request), request, await codeNow(person));
    const before = await codeNow(person, 1);
    await beginSecondFactor(auth, await who(request));
    pass(30);
    expect((await enterCode(auth, await who(request), request, before)).codesLeft).toBeNull();
  });
});

describe('signing in with a second factor', () => {
  it('waits for the code, then goes on in a renewed session', async () => {
    const { person } = await withFactor();
    const request = await open(person);
    expect((await who(request)).waitsFor).toBe('code');
    await expectAudit(house, 'identity.password_given', person.id);
    const { cookies } = await enterCode(auth, await who(request), request, await codeNow(person));
    await expect(who(request)).rejects.toThrow(/signed_out/);
    expect((await who(from('10.9.1.1', cookieOf(cookies)))).waitsFor).toBeNull();
    await expectAudit(house, 'identity.signed_in', person.id);
  });

  it('forgets a password that waits too long for its code', async () => {
    const { person } = await withFactor();
    const request = await open(person);
    pass(11 * 60);
    await expect(who(request)).rejects.toThrow(/signed_out/);
  });

  it('takes a code once: neither again, nor twice at the same time, nor an older one', async () => {
    const { person } = await withFactor();
    const [one, two] = [await open(person), await open(person)];
    const code = await codeNow(person);
    const tries = await Promise.allSettled([enterCode(auth, await who(one), one, code), enterCode(auth, await who(two), two, code)]);
    expect(tries.map((each) => each.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const again = await open(person);
    await expect(enterCode(auth, await who(again), again, code)).rejects.toThrow(/wrong_code/);
    await expect(enterCode(auth, await who(again), again, await codeNow(person, -1))).rejects.toThrow(/wrong_code/);
    await expectAudit(house, 'identity.code_failed', person.id);
  });

  it('takes each recovery code once, also written without its hyphens, and says how many are left', async () => {
    const { person, recoveryCodes } = await withFactor();
    const [one, two] = [await open(person), await open(person)];
    const code = recoveryCodes[3]!;
    const tries = await Promise.allSettled([
      enterCode(auth, await who(one), one, code.replaceAll('-', ' ').toUpperCase()),
      enterCode(auth, await who(two), two, code),
    ]);
    const done = tries.filter((each) => each.status === 'fulfilled');
    expect(done.map((each) => each.value.codesLeft)).toEqual([9]);
    const third = await open(person);
    await expect(enterCode(auth, await who(third), third, code)).rejects.toThrow(/wrong_code/);
  });

  it('delays guesses, the right one too, however many come at once, and lets in again afterwards', async () => {
    const { person } = await withFactor();
    const request = await open(person);
    const signed = await who(request);
    const guesses = await Promise.allSettled(Array.from({ length: 20 }, () => enterCode(auth, signed, request, '000000')));
    const said = guesses.map((guess) => String((guess as PromiseRejectedResult).reason));
    expect(said.filter((text) => text.includes('wrong_code'))).toHaveLength(3);
    expect(said.filter((text) => text.includes('identity.wait'))).toHaveLength(17);
    await expect(enterCode(auth, signed, request, await codeNow(person))).rejects.toThrow(/identity.wait/);
    pass(60);
    expect(await enterCode(auth, await who(request), request, await codeNow(person))).toBeTruthy();
  });

  it('keeps the code when another role is chosen', async () => {
    const { person } = await withFactor();
    await grantRole(admin, person.id, { organisationId: province.sotttt, role: 'leader' });
    const request = await open(person);
    const { cookies } = await enterCode(auth, await who(request), request, await codeNow(person));
    const full = from(request.address, cookieOf(cookies));
    const next = await actAs(auth, await who(full), full, { organisationId: province.sotttt, role: 'leader' });
    expect(await who(from('10.9.1.2', cookieOf(next)))).toMatchObject({ waitsFor: null, acting: { role: 'leader' } });
  });
});

describe('far-reaching acts', () => {
  it('want a code of the last ten minutes, and any right code makes the session fresh again', async () => {
    const { person, request } = await withFactor();
    await mustBeFresh(auth, await who(request));
    pass(11 * 60);
    await expect(mustBeFresh(auth, await who(request)).catch((error) => Promise.reject(error.code))).rejects.toBe('identity.fresh_code');
    await enterCode(auth, await who(request), request, await codeNow(person));
    await mustBeFresh(auth, await who(request));
  });

  it('follow the setting for how long a code stands', async () => {
    const { request } = await withFactor();
    await inTransaction(house, (tx) => tx.insert(settings).values({ key: 'identity.fresh-minutes', value: 2, writtenAt: TEST_NOW }));
    pass(3 * 60);
    await expect(mustBeFresh(auth, await who(request))).rejects.toThrow(/fresh_code/);
    await inTransaction(house, (tx) => tx.delete(settings).where(eq(settings.key, 'identity.fresh-minutes')));
    await mustBeFresh(auth, await who(request));
  });

  it('want a second factor of whoever has none, save where it may be put off', async () => {
    const request = await open(await makePerson('officer'));
    await expect(mustBeFresh(auth, await who(request))).rejects.toThrow(/factor_needed/);
    await mustBeFresh({ ...auth, totp: 'optional' }, await who(request));
  });
});

describe('giving it up', () => {
  it('is refused where a role requires it, and possible elsewhere', async () => {
    const desk = await withFactor('desk');
    await expect(dropSecondFactor(auth, await who(desk.request))).rejects.toThrow(/factor_required/);
    const officer = await withFactor('officer');
    await dropSecondFactor(auth, await who(officer.request));
    expect(await getSecondFactor(auth, await who(officer.request))).toEqual({ since: null, required: false, codesLeft: 0, reset: null });
    await expectAudit(house, 'identity.factor_dropped', officer.person.id);
  });

  it('of former recovery codes happens when new ones are made', async () => {
    const { person, request, recoveryCodes } = await withFactor();
    const renewed = await renewRecoveryCodes(auth, await who(request));
    await expect(enterCode(auth, await who(request), request, recoveryCodes[0]!)).rejects.toThrow(/wrong_code/);
    expect((await enterCode(auth, await who(request), request, renewed.recoveryCodes[0]!)).codesLeft).toBe(9);
    await expectAudit(house, 'identity.recovery_codes_renewed', person.id);
  });
});

describe('secrets at rest', () => {
  it('open with their key and for their person alone; a recovery code still works with other keys', async () => {
    const { person, recoveryCodes } = await withFactor();
    const other = openAuth({ ...place(), database, publicUrl: undefined, port: 7400, totp: 'required' });
    const sealed = sealSecret(auth.factorKey, person.id, new Uint8Array(20));
    expect(openSecret(auth.factorKey, person.id, sealed)).toHaveLength(20);
    expect(() => openSecret(auth.factorKey, 'somebody', sealed)).toThrow(/factor_unreadable/);
    expect(() => openSecret(other.factorKey, person.id, sealed)).toThrow(/factor_unreadable/);
    const request = await open(person, other);
    await expect(enterCode(other, await who(request, other), request, '123456')).rejects.toThrow(/factor_unreadable/);
    expect((await enterCode(other, await who(request, other), request, recoveryCodes[0]!)).codesLeft).toBe(9);
    expect(await auth.db.select().from(session).where(eq(session.userId, person.id))).not.toHaveLength(0);
  });
});
