import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fixedClock, systemClock } from '@vonggac/kernel';
import { type Ctx, type Database, inTransaction } from '@vonggac/store';
import { expectAudit, makeCtx, makeHouseCtx, makeProvince, makeStores, makeTestDatabase, type Province, TEST_NOW } from '@vonggac/testkit';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { may } from '../access/index.ts';
import { audit, record } from '../audit/index.ts';
import {
  type Auth,
  bearerOf,
  createPerson,
  disablePerson,
  listApiTokens,
  listPeople,
  makeApiToken,
  mustBeForTokens,
  mustBeFresh,
  type NewToken,
  openAuth,
  revokeApiToken,
  revokeRole,
  type SignedIn,
  signedInBy,
  signedInByToken,
  signIn,
} from './index.ts';

let database: Database;
let auth: Auth;
let province: Province;
let house: Ctx;
let now = systemClock.now();
const clock = fixedClock(TEST_NOW);
let count = 0;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  house = await makeHouseCtx(makeStores(database));
  const keys = mkdtempSync(path.join(os.tmpdir(), 'vg-keys-'));
  auth = openAuth({ database, keys, publicUrl: undefined, port: 7400, totp: 'optional', clock: { now: () => now } });
});
afterAll(() => database.close());
beforeEach(() => {
  now = systemClock.now();
});

async function signedIn(role: 'desk' | 'officer' | 'administrator' = 'desk', organisation = province.sotttt): Promise<SignedIn> {
  const username = `khoa.${++count}`;
  const admin = await makeCtx(house.stores, organisation, 'administrator');
  const { id, firstPassword } = await createPerson(auth, admin, { organisationId: organisation, name: `Cán bộ ${count}`, username, role });
  const owner = database.owner();
  await owner.connect();
  await owner.query('update people set must_change_password = false where id = $1', [id]);
  await owner.end();
  const request = { headers: new Headers(), address: `10.8.0.${count}`, requestId: 'test', language: null };
  const { cookies } = await signIn(auth, { ...house, clock }, request, { username, password: firstPassword });
  const headers = new Headers({ cookie: cookies.map((cookie) => cookie.split(';')[0]!).join('; ') });
  return signedInBy(auth, house.stores, clock, { ...request, headers });
}

const plain: NewToken = { name: 'đồng bộ', scope: 'act', permissions: ['directives:follow'], fresh: false, days: 30 };
const by = (bearer: string, address = '10.8.1.1') =>
  signedInByToken(auth, house.stores, clock, { headers: new Headers(), address, requestId: 'test', language: null, bearer });

describe('an API token', () => {
  it('acts for its person in one organisation and role, with the permissions it was given and no other', async () => {
    const who = await signedIn();
    const { id, token } = await makeApiToken(auth, who, plain);
    expect(token).toMatch(/^vgt_[A-Za-z0-9]{8}_[\w-]{43}$/);
    const { ctx, acting } = await by(token);
    expect(acting).toMatchObject({ organisation: { id: province.sotttt }, role: 'desk' });
    expect(ctx.scope).toEqual(who.ctx.scope);
    may(ctx, 'directives:follow');
    expect(() => may(ctx, 'directives:issue')).toThrow(/access.token/);
    expect(() => may(ctx, 'settings:write')).toThrow(/access.role/);
    await expectAudit(house, 'identity.token_made', id);
  });

  it('is kept as a hash, and the log names person and token of what it does', async () => {
    const who = await signedIn();
    const { id, token } = await makeApiToken(auth, who, plain);
    const { rows } = await database.identity.query('select * from identity.api_token where id = $1', [id]);
    expect(JSON.stringify(rows)).not.toContain(token.slice(13));
    await expect(database.app.query('select * from identity.api_token')).rejects.toThrow(/permission denied/);
    const { ctx } = await by(token);
    await inTransaction(ctx, (tx) => record(tx, ctx, { action: 'test.done', subject: { kind: 'test', id } }));
    const [entry] = await inTransaction(house, (tx) => tx.select().from(audit).where(eq(audit.action, 'test.done')));
    expect(entry).toMatchObject({ actor: who.person.id, actorName: expect.stringContaining(`${who.person.name} (${token.slice(0, 12)}`) });
  });

  it('is refused when it is not one, altered, expired or revoked', async () => {
    const who = await signedIn();
    const { id, token } = await makeApiToken(auth, who, { ...plain, days: 1 });
    const altered = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    for (const wrong of ['', 'vgt_', altered, token.slice(0, -1), `${token}A`]) await expect(by(wrong)).rejects.toThrow(/token_wrong/);
    now = now.add({ hours: 25 });
    await expect(by(token)).rejects.toThrow(/token_wrong/);
    now = now.subtract({ hours: 25 });
    await by(token);
    await revokeApiToken(auth, who, id);
    await expect(by(token)).rejects.toThrow(/token_wrong/);
    await expect(revokeApiToken(auth, who, id)).rejects.toThrow(/not_found/);
    await expectAudit(house, 'identity.token_revoked', id);
  });

  it('ends with the role it was made for, and with the account', async () => {
    const who = await signedIn();
    const { token } = await makeApiToken(auth, who, plain);
    const admin = await makeCtx(house.stores, province.sotttt, 'administrator');
    await disablePerson(auth, admin, who.person.id, { disabled: true, reason: 'thử' });
    await expect(by(token)).rejects.toThrow(/identity.disabled/);
    await disablePerson(auth, admin, who.person.id, { disabled: false, reason: 'thử' });
    await by(token);
    const { items } = await listPeople(admin, { q: who.person.username, page: 1, size: 1 });
    await revokeRole(admin, items[0]!.memberships[0]!.id);
    await expect(by(token)).rejects.toThrow(/token_ended/);
  });

  it('is given no permission that the role lacks, no term over a year, and not without end in number', async () => {
    const who = await signedIn('officer');
    await expect(makeApiToken(auth, who, { ...plain, permissions: ['directives:issue'] })).rejects.toThrow(/token_permission/);
    await expect(makeApiToken(auth, who, { ...plain, permissions: [], days: 366 })).rejects.toThrow(/token_days/);
    const many = await Promise.allSettled(Array.from({ length: 23 }, () => makeApiToken(auth, who, { ...plain, permissions: [] })));
    expect(many.filter((one) => one.status === 'fulfilled')).toHaveLength(20);
  });

  it('that reads changes nothing; none does what only a person does; the far-reaching acts are open only to one made for them', async () => {
    const who = await signedIn();
    const reads = (await by((await makeApiToken(auth, who, { ...plain, scope: 'read' })).token)).apiToken;
    mustBeForTokens(reads, { method: 'GET' });
    expect(() => mustBeForTokens(reads, { method: 'POST' })).toThrow(/token_reads/);
    const acts = await by((await makeApiToken(auth, who, plain)).token);
    mustBeForTokens(acts.apiToken, { method: 'POST' });
    expect(() => mustBeForTokens(acts.apiToken, { method: 'GET', session: true })).toThrow(/token_never/);
    await expect(mustBeFresh(auth, acts)).rejects.toThrow(/token_not_fresh/);
    await mustBeFresh(auth, await by((await makeApiToken(auth, who, { ...plain, fresh: true })).token));
  });

  it('waits while its person must set up a second factor', async () => {
    const who = await signedIn();
    const { token } = await makeApiToken(auth, who, plain);
    const strict = { ...auth, totp: 'required' as const };
    const request = { headers: new Headers(), address: '10.8.1.2', requestId: 'test', language: null, bearer: token };
    await expect(signedInByToken(strict, house.stores, clock, request)).rejects.toThrow(/must_set_up_factor/);
  });

  it('is held back when it asks too fast, and so is an address that guesses', async () => {
    const who = await signedIn();
    const { token } = await makeApiToken(auth, who, plain);
    const fixed = now.round({ smallestUnit: 'minute', roundingMode: 'floor' });
    now = fixed;
    for (let i = 0; i < 300; i++) await by(token);
    await expect(by(token)).rejects.toThrow(/too_fast/);
    now = fixed.add({ minutes: 1 });
    await by(token);
    for (let i = 0; i < 30; i++) await expect(by('vgt_sai', '10.8.1.9')).rejects.toThrow(/token_wrong/);
    await expect(by('vgt_sai', '10.8.1.9')).rejects.toThrow(/too_fast/);
    await by(token, '10.8.1.8');
  }, 60_000);

  it('notes its last use to the quarter of an hour', async () => {
    const who = await signedIn();
    const { id, token } = await makeApiToken(auth, who, plain);
    const lastUse = async () => (await listApiTokens(auth, who)).items.find((one) => one.id === id)!.lastUsedAt;
    expect(await lastUse()).toBeNull();
    await by(token);
    const first = await lastUse();
    now = now.add({ minutes: 10 });
    await by(token);
    expect(await lastUse()).toBe(first);
    now = now.add({ minutes: 10 });
    await by(token);
    expect(await lastUse()).not.toBe(first);
  });

  it('is seen and ended by its person and by administrators of its organisation, and by nobody else', async () => {
    const who = await signedIn();
    const { id } = await makeApiToken(auth, who, plain);
    const [peer, foreign, above] = [
      await signedIn('officer'),
      await signedIn('administrator', province.soyte),
      await signedIn('administrator'),
    ];
    for (const other of [peer, foreign]) {
      expect((await listApiTokens(auth, other)).items.map((one) => one.id)).not.toContain(id);
      await expect(revokeApiToken(auth, other, id)).rejects.toThrow(/not_found|access.role/);
    }
    expect((await listApiTokens(auth, above)).items.find((one) => one.id === id)).toMatchObject({ own: false, person: who.person.name });
    await revokeApiToken(auth, above, id);
  });

  it('is read from the header alone', () => {
    expect(bearerOf(new Headers({ authorization: 'Bearer vgt_a' }))).toBe('vgt_a');
    expect(bearerOf(new Headers({ authorization: 'Basic vgt_a' }))).toBeNull();
    expect(bearerOf(new Headers())).toBeNull();
  });
});
