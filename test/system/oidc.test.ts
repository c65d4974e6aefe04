import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId, readConfig } from '@vonggac/kernel';
import { disablePerson, revokeRole } from '@vonggac/rooms/identity';
import { expectAudit, makeHouseCtx } from '@vonggac/testkit';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { furnish, type House } from '../../apps/server/src/house.ts';
import { type Forged, type ForgingProvider, openForgingProvider } from '../support/forging-provider.ts';
import { CLIENT } from '../support/openid-provider.ts';
import {
  closeWorld,
  openWorld,
  type Answer,
  Browser,
  data,
  database,
  house,
  houseWith,
  makeLinked,
  makePerson,
  provider,
  RETURN,
  sql,
} from '../support/oidc-house.ts';

beforeAll(openWorld);
afterAll(closeWorld);

describe('signing in through an OpenID provider', () => {
  it('offers nothing where nothing is configured', async () => {
    const bare = await furnish(readConfig(['--data', data], {}), pino({ level: 'silent' }), { database, release: () => {} });
    const browser = new Browser(bare);
    expect((await browser.ask('GET', '/sign-in/providers')).body).toEqual({ items: [] });
    expect(await browser.ask('POST', '/sign-in/oidc')).toMatchObject({ status: 404, code: 'identity.no_provider' });
    expect((await new Browser().ask('GET', '/sign-in/providers')).body).toEqual({ items: [{ kind: 'oidc', name: 'Cổng xác thực' }] });
  });

  it('lets in who is linked by issuer and sub, and says where they wanted to go', async () => {
    const { id, sub } = await makeLinked();
    const browser = new Browser();
    provider.next = { sub };
    const url = await browser.begin('/directives?page=2');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      scope: 'openid',
      redirect_uri: RETURN,
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    const done = await browser.finish(await provider.walk(url.href));
    expect(done).toMatchObject({ status: 200, body: { did: 'signed-in', needsCode: false, back: '/directives?page=2' } });
    expect((await browser.ask('GET', '/session')).body['person']).toMatchObject({ id });
    expect(browser.jar.has('vonggac.attempt')).toBe(false);
    await expectAudit(await makeHouseCtx(house.stores), 'identity.signed_in', id);
    // The provider stands in for our password, also where the first one was never used.
    await sql('update people set must_change_password = true where id = $1', [id]);
    expect(await browser.waitsFor()).toBe(null);
  });

  it('never sends anybody to another place afterwards', async () => {
    const { sub } = await makeLinked();
    for (const back of ['//evil.example', 'https://evil.example', '/\\evil.example', '/\t/evil.example']) {
      const browser = new Browser();
      provider.next = { sub };
      const done = await browser.finish(await provider.walk((await browser.begin(back)).href));
      expect(done.body).toMatchObject({ did: 'signed-in', back: null });
    }
  });

  it('makes no account, and tells who is not linked how to be', async () => {
    const before = await sql('select id from people');
    const browser = new Browser();
    provider.next = { sub: 'nguoi-la' };
    const answer = await browser.signIn();
    expect(answer).toMatchObject({ status: 403, code: 'identity.unlinked', body: { error: { details: { subject: 'nguoi-la' } } } });
    expect((answer.body['error'] as { message: string }).message).toContain('nguoi-la');
    expect(browser.jar.size).toBe(1);
    expect(await sql('select id from people')).toEqual(before);
  });

  it('knows nobody by mail or name: the same mail with another sub is somebody else', async () => {
    const email = `trung.${newId()}@tinh.example`;
    await makePerson('officer', email);
    provider.next = { sub: `khac-${newId()}`, email };
    expect(await new Browser().signIn()).toMatchObject({ status: 403, code: 'identity.unlinked' });
  });

  it('refuses who is disabled, and who holds no role any more', async () => {
    const disabled = await makeLinked();
    await disablePerson(house.auth, disabled.admin, disabled.id, { disabled: true, reason: 'thôi việc' });
    provider.next = { sub: disabled.sub };
    expect(await new Browser().signIn()).toMatchObject({ status: 403, code: 'identity.disabled' });
    const idle = await makeLinked();
    const [membership] = await sql<{ id: string }>('select id from memberships where person = $1', [idle.id]);
    await revokeRole(idle.admin, membership!.id);
    provider.next = { sub: idle.sub };
    const browser = new Browser();
    expect(await browser.signIn()).toMatchObject({ status: 403, code: 'identity.no_role' });
    expect((await browser.ask('GET', '/session')).status).toBe(401);
  });
});

describe('what comes back from the provider', () => {
  it('is taken once', async () => {
    const { sub } = await makeLinked();
    const browser = new Browser();
    provider.next = { sub };
    const query = await provider.walk((await browser.begin()).href);
    const attempt = browser.jar.get('vonggac.attempt')!;
    expect((await browser.finish(query)).status).toBe(200);
    browser.jar.set('vonggac.attempt', attempt);
    expect(await browser.finish(query)).toMatchObject({ status: 409, code: 'identity.attempt_over' });
    // The same code under a new attempt is refused by the provider: it was redeemed, and for another challenge.
    const state = (await browser.begin()).searchParams.get('state')!;
    const params = new URLSearchParams(query);
    params.set('state', state);
    expect(await browser.finish(`?${params.toString()}`)).toMatchObject({ status: 403, code: 'identity.provider_answer' });
  });

  it('belongs to the browser that began, and to ten minutes', async () => {
    const { sub } = await makeLinked();
    provider.next = { sub };
    const mine = new Browser();
    const query = await provider.walk((await mine.begin()).href);
    expect(await new Browser().finish(query)).toMatchObject({ status: 409, code: 'identity.attempt_over' });
    const late = await provider.walk((await mine.begin()).href);
    await sql(`update identity.verification set expires_at = now() - interval '1 second'`);
    expect(await mine.finish(late)).toMatchObject({ status: 409, code: 'identity.attempt_over' });
  });

  it('is refused with another state, nonce, issuer, without PKCE, or with a refusal in it', async () => {
    const { sub } = await makeLinked();
    const changedBefore = async (change: (params: URLSearchParams) => void): Promise<Answer> => {
      const browser = new Browser();
      provider.next = { sub };
      const url = await browser.begin();
      change(url.searchParams);
      return browser.finish(await provider.walk(url.href));
    };
    const changedAfter = async (change: (params: URLSearchParams) => void): Promise<Answer> => {
      const browser = new Browser();
      provider.next = { sub };
      const params = new URLSearchParams(await provider.walk((await browser.begin()).href));
      change(params);
      return browser.finish(`?${params.toString()}`);
    };
    const over = { status: 409, code: 'identity.attempt_over' };
    const bad = { status: 403, code: 'identity.provider_answer' };
    expect(await changedAfter((params) => params.set('state', [...params.get('state')!].toReversed().join('')))).toMatchObject(over);
    expect(await changedAfter((params) => params.delete('state'))).toMatchObject(over);
    expect(await changedBefore((params) => params.set('nonce', 'mot-nonce-khac'))).toMatchObject(bad);
    expect(await changedBefore((params) => params.delete('nonce'))).toMatchObject(bad);
    expect(await changedAfter((params) => params.set('iss', 'https://khac.example'))).toMatchObject(bad);
    expect(await changedAfter((params) => params.delete('iss'))).toMatchObject(bad);
    expect(await changedAfter((params) => params.append('code', 'hai'))).toMatchObject(bad);
    // The provider refuses whoever sends no challenge, so that every success above shows that ours is sent.
    const unchallenged = changedBefore((params) => (params.delete('code_challenge'), params.delete('code_challenge_method')));
    expect(await unchallenged).toMatchObject({ status: 403, code: 'identity.provider_refused' });
    expect(await changedBefore((params) => params.set('prompt', 'none'))).toMatchObject({ status: 403, code: 'identity.provider_refused' });
  });
});

describe('the issuer', () => {
  let elsewhere: Server;
  let claimed: (own: string) => object;
  let own: string;
  beforeAll(async () => {
    elsewhere = createServer(async (request, response) => {
      const metadata = (await (await fetch(`${provider.issuer}/.well-known/openid-configuration`)).json()) as object;
      response.writeHead(request.url === '/.well-known/openid-configuration' ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ...metadata, ...claimed(own) }));
    });
    await new Promise<void>((done) => elsewhere.listen(0, '127.0.0.1', done));
    own = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  });
  afterAll(() => elsewhere.close());

  const at = (issuer: string) => houseWith(['--oidc-issuer', issuer], `${provider.address},${new URL(own).host}`);

  it('is compared letter by letter with what the provider says of itself', async () => {
    claimed = () => ({});
    expect(await new Browser(await at(own)).ask('POST', '/sign-in/oidc')).toMatchObject({ status: 403, code: 'identity.provider_answer' });
    // A slash more is another issuer.
    expect(await new Browser(await at(`${provider.issuer}/`)).ask('POST', '/sign-in/oidc')).toMatchObject({
      code: 'identity.provider_answer',
    });
  });

  it('is compared with that of the ID token and of the answer', async () => {
    const { sub } = await makeLinked();
    provider.next = { sub };
    claimed = (issuer) => ({ issuer });
    const browser = new Browser(await at(own));
    const query = await provider.walk((await browser.begin()).href);
    expect(await browser.finish(query)).toMatchObject({ status: 403, code: 'identity.provider_answer' });
    claimed = (issuer) => ({ issuer, authorization_response_iss_parameter_supported: false });
    const other = new Browser(await at(own));
    const params = new URLSearchParams(await provider.walk((await other.begin()).href));
    params.delete('iss');
    expect(await other.finish(`?${params.toString()}`)).toMatchObject({ status: 403, code: 'identity.provider_answer' });
  });

  it('hears so many from one address and no more', async () => {
    const browser = new Browser(await houseWith());
    let asked = 0;
    for (; asked < 400 && (await browser.finish('?state=doan')).code !== 'identity.too_fast'; asked++);
    expect(asked).toBe(300);
  });

  it('that cannot be reached, or is not on the list of what may be reached, is told from a wrong answer', async () => {
    const away = { status: 503, code: 'identity.provider_away' };
    expect(await new Browser(await houseWith([], '')).ask('POST', '/sign-in/oidc')).toMatchObject(away);
    const dead = createServer();
    await new Promise<void>((done) => dead.listen(0, '127.0.0.1', done));
    const address = `127.0.0.1:${(dead.address() as AddressInfo).port}`;
    await new Promise((done) => dead.close(done));
    expect(await new Browser(await houseWith(['--oidc-issuer', `http://${address}`], address)).ask('POST', '/sign-in/oidc')).toMatchObject(
      away,
    );
    const [row] = await sql<{ after: { why: string } }>(
      `select after from audit where action = 'identity.sign_in_failed' and after ->> 'why' like '%VONGGAC_OUTBOUND%' limit 1`,
    );
    expect(row?.after.why).toContain(provider.address);
  });
});

describe('the ID token', () => {
  let forger: ForgingProvider;
  let at: House;
  beforeAll(async () => {
    forger = await openForgingProvider(CLIENT);
    at = await houseWith(['--oidc-issuer', forger.issuer], forger.address);
  });
  afterAll(() => forger.close());

  const hour = () => Math.floor(Date.now() / 1000) + 3600;
  const refused = 'identity.provider_answer';
  it.each<[string, () => Forged, string]>([
    ['is right, and of somebody not linked', () => ({}), 'identity.unlinked'],
    ['is signed with another key', () => ({ by: 'stranger' }), refused],
    ['is not signed', () => ({ by: 'nobody' }), refused],
    ['is signed with what both know', () => ({ by: 'secret' }), refused],
    ['is of another issuer', () => ({ claims: { iss: 'https://khac.example' } }), refused],
    ['is of the same issuer with a slash', () => ({ claims: { iss: `${forger.issuer}/` } }), refused],
    ['is for another client', () => ({ claims: { aud: 'khac' } }), refused],
    ['is for several, and made for another of them', () => ({ claims: { aud: [CLIENT.client_id, 'khac'], azp: 'khac' } }), refused],
    ['has another nonce', () => ({ claims: { nonce: 'khac' } }), refused],
    ['has no nonce', () => ({ without: 'nonce' }), refused],
    ['has no sub', () => ({ without: 'sub' }), refused],
    ['has a sub that no database takes', () => ({ claims: { sub: 'a\u0000b' } }), refused],
    ['has no end', () => ({ without: 'exp' }), refused],
    ['is over by the clock of this machine', () => ({ claims: { exp: hour() - 3660 } }), 'identity.provider_clock'],
    ['is not yet valid by the clock of this machine', () => ({ claims: { nbf: hour() } }), 'identity.provider_clock'],
  ])('that %s', async (_, forged, code) => {
    const browser = new Browser(at);
    const { searchParams } = await browser.begin();
    forger.forge(searchParams.get('nonce')!, forged());
    expect((await browser.finish(`?code=ma&state=${searchParams.get('state')}`)).code).toBe(code);
  });
});
