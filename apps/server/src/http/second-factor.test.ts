import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Route, type RouteKey, routes } from '@vonggac/contract';
import { fixedClock, newId, readConfig } from '@vonggac/kernel';
import { createPerson } from '@vonggac/rooms/identity';
import { type Database } from '@vonggac/store';
import { makeCtx, makeProvince, makeTestDatabase, type Province, TEST_NOW } from '@vonggac/testkit';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { base32, codeOf, stepAt } from '../../../../packages/rooms/src/identity/totp.ts';
import { queriesOf, samplesOf } from '../../../../test/support/leak-samples.ts';
import { furnish, type House } from '../house.ts';
import { makeApp } from './app.ts';

let database: Database;
let province: Province;
let house: House;
let app: ReturnType<typeof makeApp>;
let count = 0;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  const data = mkdtempSync(path.join(os.tmpdir(), 'vg-factor-'));
  house = await furnish(readConfig(['--data', data, '--totp', 'required'], {}), pino({ level: 'silent' }), { database, release: () => {} });
  house.clock = Object.assign(fixedClock(TEST_NOW), { hold: () => {} });
  app = makeApp(house);
});
afterAll(() => database.close());

type Answer = { status: number; code: string | undefined; body: Record<string, unknown>; cookie: string };

async function ask(key: string, more: { cookie?: string; bearer?: string; body?: unknown; origin?: string } = {}): Promise<Answer> {
  const [method, at] = key.split(' ') as [string, string];
  const data = routes[key as RouteKey] as Route;
  const query = data.query
    ? `?${new URLSearchParams(queriesOf(data.query, () => newId(), false)[0] as Record<string, string>).toString()}`
    : '';
  const answer = await app.request(`http://127.0.0.1/api/v1${at.replace('{figure}', 'tasks').replaceAll(/\{\w+\}/g, newId())}${query}`, {
    method,
    headers: {
      host: '127.0.0.1',
      'content-type': 'application/json',
      ...(more.bearer ? { authorization: `Bearer ${more.bearer}` } : { 'x-vonggac': '1' }),
      ...(more.origin ? { origin: more.origin } : {}),
      cookie: more.cookie ?? '',
    },
    ...(method === 'GET'
      ? {}
      : { body: JSON.stringify(more.body ?? (data.body && !data.upload ? samplesOf(data.body, () => newId(), false)[0] : {})) }),
  });
  const body = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0]!)
    .join('; ');
  return { status: answer.status, code: (body?.['error'] as { code?: string } | undefined)?.code, body, cookie };
}

async function sql(statement: string, values: unknown[]): Promise<void> {
  const owner = database.owner();
  await owner.connect();
  await owner.query(statement, values);
  await owner.end();
}

async function makeDesk() {
  const username = `ban.${++count}`;
  const admin = await makeCtx(house.stores, province.sotttt, 'administrator');
  const { id, firstPassword } = await createPerson(house.auth, admin, {
    organisationId: province.sotttt,
    name: username,
    username,
    role: 'desk',
  });
  await sql('update people set must_change_password = false where id = $1', [id]);
  const signIn = () => ask('POST /sign-in', { body: { username, password: firstPassword } });
  return { id, signIn, cookie: (await signIn()).cookie };
}

const all = (Object.entries(routes) as [RouteKey, Route][]).filter(([, data]) => data.access !== 'public');

/** A desk with a second factor, its code just entered; `key` makes further codes. */
async function withFactor() {
  const desk = await makeDesk();
  const { body } = await ask('POST /second-factor', { cookie: desk.cookie });
  const key = fromBase32(body['key'] as string);
  const code = (away = 0) => codeOf(key, stepAt(house.auth.clock.now()) + away);
  expect((await ask('POST /second-factor/confirm', { cookie: desk.cookie, body: { code: code() } })).status).toBe(200);
  return { ...desk, code };
}

function fromBase32(text: string): Uint8Array {
  const bits = [...text].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = Uint8Array.from(bits.match(/.{8}/g)!, (byte) => Number.parseInt(byte, 2));
  expect(base32(bytes)).toBe(text);
  return bytes;
}

describe('a session that waits', () => {
  it('for the setting up of a second factor reaches nothing but what leads there', async () => {
    const { cookie } = await makeDesk();
    const open: string[] = [];
    for (const [key] of all) if ((await ask(key, { cookie })).code !== 'identity.must_set_up_factor') open.push(key);
    expect(open.toSorted()).toEqual(
      all
        .filter(([, data]) => data.waiting?.includes('factor'))
        .map(([key]) => key)
        .toSorted(),
    );
  });

  it('for its code reaches nothing but the entering of it', async () => {
    const desk = await withFactor();
    const { cookie, body } = await desk.signIn();
    expect(body['needsCode']).toBe(true);
    const open: string[] = [];
    for (const [key] of all) if ((await ask(key, { cookie })).code !== 'identity.must_enter_code') open.push(key);
    expect(open.toSorted()).toEqual(['GET /session', 'POST /session/code', 'POST /session/language']);
    const entered = await ask('POST /session/code', { cookie, body: { code: desk.code(1) } });
    expect(entered.status).toBe(200);
    expect((await ask('GET /directives', { cookie: entered.cookie })).status).toBe(200);
    expect((await ask('GET /directives', { cookie })).status).toBe(401);
  });
});

describe('far-reaching acts', () => {
  const fresh = all.filter(([, data]) => data.fresh).map(([key]) => key);

  it('are those that issue, decide, export the registers, unmask, and what opens the account to others', () => {
    expect(fresh).toEqual(
      expect.arrayContaining([
        'POST /directives/{id}/issue',
        'POST /directives/{id}/issue-urgent',
        'POST /directives/{id}/withdrawal/decision',
        'GET /contacts/export',
        'GET /organisations/export',
        'POST /contacts/{id}/unmask',
        'POST /api-tokens',
        'POST /second-factor-resets/{id}/decision',
      ]),
    );
  });

  it('are refused with a code of long ago and go on with a fresh one', async () => {
    const desk = await withFactor();
    await sql("update identity.session set code_at = now() - interval '11 minutes' where user_id = $1", [desk.id]);
    for (const key of fresh)
      expect({ key, ...(await ask(key, { cookie: desk.cookie })) }).toMatchObject({ key, status: 403, code: 'identity.fresh_code' });
    expect((await ask('GET /directives', { cookie: desk.cookie })).status).toBe(200);
    expect((await ask('POST /session/code', { cookie: desk.cookie, body: { code: desk.code(1) } })).status).toBe(200);
    for (const key of fresh) expect((await ask(key, { cookie: desk.cookie })).code).not.toBe('identity.fresh_code');
  });
});

describe('a program with a token', () => {
  const make = async (cookie: string, more: object) =>
    (await ask('POST /api-tokens', { cookie, body: { name: 'máy', scope: 'act', permissions: ['directives:follow'], days: 30, ...more } }))
      .body['token'] as string;

  it('needs no cookie and no header of our pages; a cookie beside it counts for nothing', async () => {
    const desk = await withFactor();
    const bearer = await make(desk.cookie, { permissions: [] });
    expect((await ask('GET /directives', { bearer })).status).toBe(200);
    expect((await ask('GET /session', { bearer })).body).toMatchObject({ permissions: [], waitsFor: null });
    expect((await ask('POST /contacts/{id}/confirm', { bearer })).code).not.toBe('request.origin');
    expect((await ask('POST /contacts/{id}/confirm', { bearer, origin: 'https://ke-xau.example' })).code).toBe('request.origin');
    expect((await ask('GET /directives', { bearer: 'vgt_sai', cookie: desk.cookie })).code).toBe('identity.token_wrong');
  });

  it('reaches nothing that is for a person alone, changes nothing when it may only read, and no far-reaching act unless made for it', async () => {
    const { cookie } = await withFactor();
    const [reads, far] = [await make(cookie, { scope: 'read' }), await make(cookie, { fresh: true })];
    // One token may ask 300 times a minute, and there are more routes.
    const acts = await Promise.all(Array.from({ length: Math.ceil(all.length / 200) }, () => make(cookie, {})));
    for (const [at, [key, data]] of all.entries()) {
      const { code } = await ask(key, { bearer: acts[Math.floor(at / 200)]! });
      if (data.session) expect({ key, code }).toEqual({ key, code: 'identity.token_never' });
      else if (data.fresh) expect({ key, code }).toEqual({ key, code: 'identity.token_not_fresh' });
      else expect({ key, code }).not.toEqual({ key, code: 'identity.token_never' });
    }
    for (const [key, data] of all.filter(([one]) => !one.startsWith('GET ')))
      expect({ key, code: (await ask(key, { bearer: reads })).code }).toEqual({
        key,
        code: data.session ? 'identity.token_never' : 'identity.token_reads',
      });
    expect((await ask('POST /directives/{id}/issue-urgent', { bearer: far, body: { version: 1, reason: 'x' } })).code).toBe('access.token');
    expect((await ask('GET /organisations/export', { bearer: far })).status).toBe(200);
  });
});
