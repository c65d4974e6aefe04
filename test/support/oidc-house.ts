import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { newId, readConfig, type Role } from '@vonggac/kernel';
import { createPerson } from '@vonggac/rooms/identity';
import type { Database } from '@vonggac/store';
import { makeCtx, makeProvince, makeTestDatabase, type Province } from '@vonggac/testkit';
import { pino } from 'pino';
import { expect } from 'vitest';
import { furnish, type House } from '../../apps/server/src/house.ts';
import { makeApp } from '../../apps/server/src/http/app.ts';
import { codeOf, stepAt } from '../../packages/rooms/src/identity/totp.ts';
import { CLIENT, openProvider, type OpenIdProvider } from './openid-provider.ts';

const PUBLIC = 'http://127.0.0.1:7499';
export const RETURN = `${PUBLIC}/sign-in/return`;

export let database: Database;
export let province: Province;
export let provider: OpenIdProvider;
export let house: House;
let count = 0;

export const data = mkdtempSync(path.join(os.tmpdir(), 'vg-oidc-'));
const keys = `${data}-keys`;
mkdirSync(keys, { mode: 0o700 });
writeFileSync(path.join(keys, 'oidc-secret'), `${CLIENT.client_secret}\n`, { mode: 0o600 });

/** The house with another configuration over the same database. */
export async function houseWith(more: string[] = [], outbound = provider.address): Promise<House> {
  const flags = ['--data', data, '--keys', keys, '--totp', 'required', '--public-url', PUBLIC, '--outbound', outbound];
  const oidc = ['--oidc-issuer', provider.issuer, '--oidc-client', CLIENT.client_id, '--oidc-name', 'Cổng xác thực'];
  return furnish(readConfig([...flags, ...oidc, ...more], {}), pino({ level: 'silent' }), { database, release: () => {} });
}

/** Opens the provider, and the house that trusts it, over a database of their own. */
export async function openWorld(): Promise<void> {
  database = await makeTestDatabase();
  [province, provider] = await Promise.all([makeProvince(database), openProvider(RETURN)]);
  house = await houseWith();
}

export async function closeWorld(): Promise<void> {
  await provider.close();
  await database.close();
}

export type Answer = { status: number; code: string | undefined; body: Record<string, unknown> };

/** A browser at our own door. */
export class Browser {
  jar = new Map<string, string>();
  readonly app: ReturnType<typeof makeApp>;

  constructor(at: House = house) {
    this.app = makeApp(at);
  }

  async ask(method: string, at: string, body: unknown = {}): Promise<Answer> {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await this.app.request(`${PUBLIC}/api/v1${at}`, {
      method,
      headers: { host: '127.0.0.1:7499', 'x-vonggac': '1', 'content-type': 'application/json', 'accept-language': 'en', cookie },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
    });
    for (const one of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(one)!;
      if (value === '') this.jar.delete(name!);
      else this.jar.set(name!, value!);
    }
    const said = (await answer.json()) as Record<string, unknown> | null;
    return { status: answer.status, code: (said?.['error'] as { code?: string } | undefined)?.code, body: said ?? {} };
  }

  async begin(back?: string): Promise<URL> {
    const { body, status } = await this.ask('POST', '/sign-in/oidc', back === undefined ? {} : { back });
    expect([status, body]).toMatchObject([200, {}]);
    return new URL(body['url'] as string);
  }

  finish(query: string): Promise<Answer> {
    return this.ask('POST', '/sign-in/oidc/finish', { query });
  }

  async signIn(): Promise<Answer> {
    return this.finish(await provider.walk((await this.begin()).href));
  }

  async waitsFor(): Promise<unknown> {
    return (await this.ask('GET', '/session')).body['waitsFor'];
  }
}

export async function sql<T>(statement: string, values: unknown[] = []): Promise<T[]> {
  const owner = database.owner();
  await owner.connect();
  const { rows } = await owner.query(statement, values);
  await owner.end();
  return rows as T[];
}

/** A person of the department, with a password of their own. */
export async function makePerson(role: Role = 'officer', email?: string) {
  const username = `nguoi.${++count}`;
  const admin = await makeCtx(house.stores, province.sotttt, 'administrator');
  const input = { organisationId: province.sotttt, name: `Người ${count}`, username, role, ...(email ? { email } : {}) };
  const { id, firstPassword } = await createPerson(house.auth, admin, input);
  await sql('update people set must_change_password = false where id = $1', [id]);
  const byPassword = async (at = house) => {
    const browser = new Browser(at);
    expect((await browser.ask('POST', '/sign-in', { username, password: firstPassword })).status).toBe(200);
    return browser;
  };
  return { id, admin, byPassword, password: firstPassword };
}

/** Links a person's own account at the provider, as the account page does. */
export async function link(browser: Browser, sub: string, more: object): Promise<Answer> {
  provider.next = { sub };
  const begun = await browser.ask('POST', '/sign-in-links/oidc', more);
  if (begun.status !== 200) return begun;
  return browser.finish(await provider.walk(begun.body['url'] as string));
}

/** A person linked to `sub` by their own password. */
export async function makeLinked(role: Role = 'officer') {
  const person = await makePerson(role);
  const sub = `sub-${newId()}`;
  expect(await link(await person.byPassword(), sub, { current: person.password })).toMatchObject({ status: 200, body: { did: 'linked' } });
  return { ...person, sub };
}

export async function setUpFactor(browser: Browser): Promise<(away?: number) => string> {
  const { body } = await browser.ask('POST', '/second-factor');
  const bits = [...(body['key'] as string)]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const secret = Uint8Array.from(bits.match(/.{8}/g)!, (byte) => Number.parseInt(byte, 2));
  const code = (away = 0) => codeOf(secret, stepAt(house.auth.clock.now()) + away);
  expect((await browser.ask('POST', '/second-factor/confirm', { code: code() })).status).toBe(200);
  return code;
}
