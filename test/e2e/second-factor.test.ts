import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readConfig } from '@vonggac/kernel';
import { reachDatabase } from '@vonggac/store/backup';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESK, launch, noBrowser, Person, PHONE } from './support/browser.ts';
import { firstSignIn, freshInstallation, type Installation, signInAs, startEmpty } from './support/house.ts';
import { wordsIn } from './support/words.ts';

const LONG = 150_000;
const STEP = 30_000;

/** An authenticator as on a phone: from the key typed by hand, never the same code twice. */
function authenticator(key: string): () => Promise<string> {
  const bits = [...key].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const secret = Uint8Array.from(bits.match(/.{8}/g)!, (byte) => Number.parseInt(byte, 2));
  let last = 0;
  return async () => {
    const step = Math.max(Math.floor(Date.now() / STEP), last + 1);
    // The server takes the code that comes next, too: the phone's clock may be ahead.
    await new Promise((done) => setTimeout(done, Math.max(0, (step - 1) * STEP - Date.now())));
    last = step;
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(step));
    const mac = createHmac('sha1', secret).update(counter).digest();
    return String((mac.readUInt32BE(mac[19]! & 15) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
  };
}

describe.skipIf(noBrowser)('an administrator with a second factor, in a real browser', () => {
  let browser: Browser;
  let house: Installation;
  let person: Person;
  let code: () => Promise<string>;
  let recoveryCode = '';
  const t = wordsIn('vi');

  beforeAll(async () => {
    [browser, house] = await Promise.all([launch(), freshInstallation(['--totp', 'required'])]);
    person = await Person.at(browser, house.url, { language: 'vi', viewport: DESK });
  }, LONG);

  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  }, LONG);

  it('sets it up before anything else, and keeps ten codes', { timeout: LONG }, async () => {
    const { page } = person;
    const password = readFileSync(`${house.data}-keys/first-password`, 'utf8').trim();
    await firstSignIn(person, t, { username: 'quantri', password });
    await page.getByRole('heading', { name: t('identity:factor.title') }).waitFor();
    await person.open('/organisations');
    await page.getByText(t('identity:factor.forced')).waitFor();
    await person.mustBeAccessible('a second factor is demanded');
    await person.click(person.button(t('identity:factor.begin')));
    await page.getByRole('img', { name: t('identity:factor.qr') }).waitFor();
    await person.mustBeAccessible('the QR code');
    code = authenticator((await page.locator('code').innerText()).replaceAll(' ', ''));
    await person.type(page.getByRole('textbox', { name: t('identity:factor.firstCode') }), '000000');
    await person.click(person.button(t('identity:factor.confirm')));
    await page.locator('[aria-invalid=true]').waitFor();
    await person.type(page.getByRole('textbox', { name: t('identity:factor.firstCode') }), await code());
    await person.click(person.button(t('identity:factor.confirm')));
    await page.getByText(t('identity:recovery.once')).waitFor();
    await person.mustBeAccessible('the recovery codes');
    expect(await page.locator('code').count()).toBe(10);
    recoveryCode = await page.locator('code').nth(6).innerText();
    await person.click(page.getByRole('checkbox', { name: t('identity:recovery.kept') }));
    await person.click(person.button(t('identity:recovery.done')));
    await startEmpty(person, t, 'UBND tỉnh Ninh Bình');
  });

  it('is asked for a code in the middle of a far-reaching act, and goes on with what was typed', { timeout: LONG }, async () => {
    const { page } = person;
    const { database, close } = await reachDatabase(readConfig(['--data', house.data], {}));
    const owner = database.owner();
    await owner.connect();
    await owner.query("update identity.session set code_at = now() - interval '1 hour'");
    await owner.end();
    await close();
    await person.open('/account');
    await person.click(person.button(t('identity:token.make')));
    await person.type(page.getByRole('textbox', { name: t('identity:token.name') }), 'đồng bộ danh bạ');
    await person.mustBeAccessible('a new token');
    await person.click(person.button(t('identity:token.make'), page.getByRole('dialog')));
    const asked = page.getByRole('dialog', { name: t('identity:fresh.title') });
    await person.type(asked.getByRole('textbox', { name: t('identity:code.field') }), await code());
    await person.mustBeAccessible('a fresh code');
    await person.click(person.button(t('identity:fresh.button'), asked));
    const token = page.getByRole('dialog').locator('code');
    await token.waitFor();
    const answer = await fetch(`${house.url}/api/v1/organisations`, { headers: { authorization: `Bearer ${await token.innerText()}` } });
    expect(answer.status).toBe(200);
    await person.click(person.button(t('identity:token.kept')));
    await page.getByText('đồng bộ danh bạ').waitFor();
    await person.mustBeAccessible('the account');
  });

  it('signs in with a code, and with a recovery code where the phone is gone', { timeout: LONG }, async () => {
    const phone = await Person.at(browser, house.url, { language: 'vi', viewport: PHONE });
    await signInAs(phone, t, 'quantri');
    const { page } = phone;
    await page.getByRole('heading', { name: t('identity:code.title') }).waitFor();
    await phone.mustBeAccessible('the code at sign-in');
    await phone.mustFit('the code at sign-in');
    await phone.click(phone.button(t('identity:code.lost')));
    await phone.type(page.getByRole('textbox', { name: t('identity:code.recovery') }), recoveryCode);
    await phone.click(phone.button(t('identity:signIn.button')));
    await page.waitForURL((url) => url.pathname !== '/second-factor');
    await phone.open('/account');
    await page.getByText(t.like('identity:factor.codesLeft')).waitFor();
    await phone.mustFit('the account');
    expect([...phone.faults, ...person.faults]).toEqual([]);
  });
});
