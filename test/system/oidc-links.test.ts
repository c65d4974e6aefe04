import { newId } from '@vonggac/kernel';
import { createPerson } from '@vonggac/rooms/identity';
import { expectAudit, makeCtx, makeHouseCtx } from '@vonggac/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  closeWorld,
  openWorld,
  Browser,
  house,
  houseWith,
  link,
  makeLinked,
  makePerson,
  province,
  provider,
  setUpFactor,
  sql,
} from '../support/oidc-house.ts';

beforeAll(openWorld);
afterAll(closeWorld);

describe('linking', () => {
  it('asks a person for the password, or for a fresh code', async () => {
    const person = await makePerson();
    const browser = await person.byPassword();
    expect(await link(browser, 'sub-a', {})).toMatchObject({ status: 422, code: 'identity.password_needed' });
    expect(await link(browser, 'sub-a', { current: 'khong dung dau' })).toMatchObject({ status: 422, code: 'identity.wrong_current' });
    const code = await setUpFactor(browser);
    await sql(`update identity.session set code_at = now() - interval '1 hour' where user_id = $1`, [person.id]);
    expect(await link(browser, 'sub-a', { current: person.password })).toMatchObject({ status: 403, code: 'identity.fresh_code' });
    expect((await browser.ask('POST', '/session/code', { code: code(1) })).status).toBe(200);
    const sub = `sub-${newId()}`;
    expect((await link(browser, sub, {})).status).toBe(200);
    await expectAudit(await makeHouseCtx(house.stores), 'identity.account_linked', person.id);
    const { items } = (await browser.ask('GET', '/sign-in-links')).body as { items: unknown[] };
    expect(items).toMatchObject([{ kind: 'oidc', name: 'Cổng xác thực', link: { subject: sub, isConfirmed: true } }]);
  });

  it('is finished in the session that began it', async () => {
    const [mine, other] = [await makePerson(), await makePerson()];
    const browser = await mine.byPassword();
    provider.next = { sub: `sub-${newId()}` };
    const begun = await browser.ask('POST', '/sign-in-links/oidc', { current: mine.password });
    const query = await provider.walk(begun.body['url'] as string);
    const theirs = await other.byPassword();
    theirs.jar.set('vonggac.attempt', browser.jar.get('vonggac.attempt')!);
    expect(await theirs.finish(query)).toMatchObject({ status: 409, code: 'identity.attempt_over' });
    expect((await new Browser().signIn()).code).toBe('identity.unlinked');
  });

  it('gives an account to one person alone, and back when it ends', async () => {
    const { sub, byPassword, password } = await makeLinked();
    const second = await makePerson();
    const theirs = await second.byPassword();
    expect(await link(theirs, sub, { current: second.password })).toMatchObject({ status: 409, code: 'identity.link_taken' });
    provider.next = { sub };
    const through = new Browser();
    expect((await through.signIn()).status).toBe(200);
    const mine = await byPassword();
    expect((await mine.ask('POST', '/sign-in-links/end', { kind: 'oidc', current: password })).status).toBe(200);
    expect((await through.ask('GET', '/session')).status).toBe(401);
    expect((await new Browser().signIn()).code).toBe('identity.unlinked');
    expect((await link(theirs, sub, { current: second.password })).status).toBe(200);
  });

  it('is done by an administrator too, in reach, with a fresh code and a reason', async () => {
    const administrator = await makePerson('administrator');
    const browser = await administrator.byPassword();
    const { id } = await makePerson();
    const sub = `sub-${newId()}`;
    const wish = { kind: 'oidc', subject: sub, reason: 'văn bản đề nghị số 12' };
    expect((await browser.ask('POST', `/people/${id}/sign-in-links`, wish)).code).toBe('identity.must_set_up_factor');
    await setUpFactor(browser);
    expect((await browser.ask('POST', `/people/${id}/sign-in-links`, wish)).status).toBe(200);
    await expectAudit(await makeHouseCtx(house.stores), 'identity.account_linked', id);
    provider.next = { sub };
    const through = new Browser();
    expect((await through.signIn()).status).toBe(200);
    expect((await browser.ask('GET', `/people/${id}/sign-in-links`)).body['items']).toMatchObject([
      { link: { subject: sub, isConfirmed: false } },
    ]);
    expect((await browser.ask('POST', `/people/${id}/sign-in-links/end`, { kind: 'oidc', reason: 'nghỉ việc' })).status).toBe(200);
    await expectAudit(await makeHouseCtx(house.stores), 'identity.account_unlinked', id);
    expect((await through.ask('GET', '/session')).status).toBe(401);
    // Another organisation's people are not there, and an officer links nobody.
    const far = await makeCtx(house.stores, province.sogd, 'administrator');
    const { id: stranger } = await createPerson(house.auth, far, {
      organisationId: province.sogd,
      name: 'Xa',
      username: 'nguoi.xa',
      role: 'officer',
    });
    expect((await browser.ask('POST', `/people/${stranger}/sign-in-links`, wish)).status).toBe(404);
    expect((await browser.ask('GET', `/people/${stranger}/sign-in-links`)).status).toBe(404);
    const officer = await (await makePerson()).byPassword();
    expect((await officer.ask('GET', `/people/${id}/sign-in-links`)).status).toBe(403);
  });
});

describe('the second factor', () => {
  it('is our own for the roles that need it', async () => {
    const { sub } = await makeLinked();
    const desk = await makePerson('desk');
    const browser = await desk.byPassword();
    const code = await setUpFactor(browser);
    expect((await link(browser, `${sub}-desk`, {})).status).toBe(200);
    provider.next = { sub: `${sub}-desk`, amr: ['mfa'] };
    const through = new Browser();
    expect((await through.signIn()).body).toMatchObject({ needsCode: true });
    expect(await through.ask('GET', '/directives')).toMatchObject({ status: 403, code: 'identity.must_enter_code' });
    expect((await through.ask('POST', '/session/code', { code: code(1) })).status).toBe(200);
    expect((await through.ask('GET', '/directives')).status).toBe(200);
  });

  it('is the provider’s only where the configuration names what the token must say', async () => {
    const trusting = await houseWith(['--oidc-factor', 'amr=mfa, acr=urn:muc-3']);
    const desk = await makePerson('desk');
    const browser = await desk.byPassword();
    await setUpFactor(browser);
    const sub = `sub-${newId()}`;
    expect((await link(browser, sub, {})).status).toBe(200);
    const signInAs = async (more: object, at = trusting) => {
      provider.next = { sub, ...more };
      const through = new Browser(at);
      await through.signIn();
      return { waits: await through.waitsFor(), through };
    };
    expect((await signInAs({})).waits).toBe('code');
    expect((await signInAs({ amr: ['pwd'] })).waits).toBe('code');
    expect((await signInAs({ acr: 'urn:muc-1' })).waits).toBe('code');
    expect((await signInAs({ amr: ['pwd', 'mfa'] }, house)).waits).toBe('code');
    expect((await signInAs({ acr: 'urn:muc-3' })).waits).toBe(null);
    const { waits, through } = await signInAs({ amr: ['pwd', 'mfa'] });
    expect(waits).toBe(null);
    // Acts that reach far still want our own code, and choosing another role changes nothing of that.
    expect((await through.ask('POST', '/second-factor/recovery-codes')).code).toBe('identity.fresh_code');
    const { body } = await through.ask('GET', '/session');
    const { organisation, role } = body['acting'] as { organisation: { id: string }; role: string };
    expect((await through.ask('POST', '/session/acting', { organisationId: organisation.id, role })).body['waitsFor']).toBe(null);
  });

  it('of the provider does not count for what an administrator linked, until the person entered an own code', async () => {
    const trusting = await houseWith(['--oidc-factor', 'amr=mfa']);
    const desk = await makePerson('desk');
    const code = await setUpFactor(await desk.byPassword());
    const administrator = await (await makePerson('administrator')).byPassword();
    await setUpFactor(administrator);
    const sub = `sub-${newId()}`;
    const wish = { kind: 'oidc', subject: sub, reason: 'văn bản đề nghị' };
    expect((await administrator.ask('POST', `/people/${desk.id}/sign-in-links`, wish)).status).toBe(200);
    provider.next = { sub, amr: ['mfa'] };
    const first = new Browser(trusting);
    expect((await first.signIn()).body).toMatchObject({ needsCode: true });
    expect((await first.ask('POST', '/session/code', { code: code(1) })).status).toBe(200);
    const second = new Browser(trusting);
    expect((await second.signIn()).body).toMatchObject({ needsCode: false });
    expect(await second.waitsFor()).toBe(null);
  });

  it('is set up first where there is none, and needs no setting up where the provider does it', async () => {
    const trusting = await houseWith(['--oidc-factor', 'amr=mfa']);
    const person = await makeLinked();
    await sql(`update memberships set role = 'desk' where person = $1`, [person.id]);
    provider.next = { sub: person.sub, amr: ['mfa'] };
    const own = new Browser();
    await own.signIn();
    expect(await own.waitsFor()).toBe('factor');
    const through = new Browser(trusting);
    await through.signIn();
    expect(await through.waitsFor()).toBe(null);
    expect((await through.ask('POST', '/api-tokens', { name: 'khóa', act: false, fresh: false, permissions: [], days: 30 })).code).toMatch(
      /^identity\.factor_needed$/,
    );
  });
});
