import { randomBytes } from 'node:crypto';
import { conflict, DomainError, invalid } from '@vonggac/kernel';
import { inTransaction } from '@vonggac/store';
import { and, eq, lt, ne } from 'drizzle-orm';
import { encode } from 'uqr';
import { record } from '../audit/index.ts';
import type { Auth } from './auth.ts';
import { claimCodeTry, countWrongCode, forgetWrongCodes } from './delay.ts';
import { mayPutOff, mustBeFresh, needsFactor } from './demands.ts';
import { lastReset, markResetSeen } from './own-reset.ts';
import { recoveryCodesLeft, replaceRecoveryCodes } from './recovery-codes.ts';
import { openSecret, sealSecret } from './sealed-secret.ts';
import type { SignedIn } from './session.ts';
import { recoveryCode, secondFactor, session, user } from './tables.ts';
import { base32, keyUri, stepOfCode } from './totp.ts';

/** As long as the HMAC's output (RFC 4226 §4, R6). @unit bytes */
const SECRET_LENGTH = 20;

/** How one's own second factor stands. */
export async function getSecondFactor(auth: Auth, signedIn: SignedIn) {
  const { factorSince, memberships, ctx, person } = signedIn;
  const required = needsFactor(memberships) && !(await mayPutOff(auth, ctx));
  return {
    since: factorSince?.toISOString() ?? null,
    required,
    codesLeft: factorSince ? await recoveryCodesLeft(auth, person.id) : 0,
    reset: await lastReset(ctx, person.id),
  };
}

/**
 * Shows a new secret to one's authenticator; it counts only once a code confirms it. Moving to another phone goes the
 * same way, with a fresh code of the present one.
 * @returns the secret in base32, the address in the QR code, and the code's modules as the path of an SVG
 */
export async function beginSecondFactor(auth: Auth, signedIn: SignedIn) {
  const { person, factorSince, ctx } = signedIn;
  if (factorSince) await mustBeFresh(auth, signedIn);
  const secret = randomBytes(SECRET_LENGTH);
  const pendingSecret = sealSecret(auth.factorKey, person.id, secret);
  await inTransaction(ctx, async (tx) => {
    await record(tx, ctx, { action: 'identity.factor_begun', subject: { kind: 'person', id: person.id } });
    await auth.db
      .insert(secondFactor)
      .values({ userId: person.id, pendingSecret })
      .onConflictDoUpdate({ target: secondFactor.userId, set: { pendingSecret } });
  });
  const uri = keyUri(secret, person.username);
  return { key: base32(secret), uri, qr: drawQr(uri) };
}

/** @returns side length in modules, and the dark ones as an SVG path */
function drawQr(text: string): { size: number; path: string } {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return { size, path };
}

/**
 * Takes the shown secret into use. The person's other sessions end.
 * @returns ten recovery codes, this once
 * @throws DomainError `identity.wrong_code`, `identity.no_factor_begun`, `identity.wait`
 */
export async function confirmSecondFactor(auth: Auth, signedIn: SignedIn, code: string): Promise<{ recoveryCodes: string[] }> {
  const { person, ctx, sessionId } = signedIn;
  const [row] = await auth.db.select().from(secondFactor).where(eq(secondFactor.userId, person.id));
  if (!row?.pendingSecret) throw notBegun();
  await claimCodeTry(auth, person.id, ctx.address);
  const step = stepOfCode(openSecret(auth.factorKey, person.id, row.pendingSecret), code, auth.clock.now());
  if (step === null) {
    await countWrongCode(auth, ctx.address);
    throw wrongCode();
  }
  const recoveryCodes = await inTransaction(ctx, async (tx) => {
    await markResetSeen(tx, ctx, person.id);
    await record(tx, ctx, { action: 'identity.factor_set_up', subject: { kind: 'person', id: person.id } });
    return auth.db.transaction(async (db) => {
      const taken = await db
        .update(secondFactor)
        .set({ secret: row.pendingSecret, pendingSecret: null, lastStep: step })
        .where(and(eq(secondFactor.userId, person.id), eq(secondFactor.pendingSecret, row.pendingSecret!)))
        .returning({ userId: secondFactor.userId });
      if (taken.length === 0) throw notBegun();
      await db.update(user).set({ factorSince: auth.now() }).where(eq(user.id, person.id));
      await db.delete(session).where(and(eq(session.userId, person.id), ne(session.id, sessionId)));
      await db.update(session).set({ codeAt: auth.now() }).where(eq(session.id, sessionId));
      return replaceRecoveryCodes(db, person.id);
    });
  });
  await forgetWrongCodes(auth, person.id);
  return { recoveryCodes };
}

/**
 * Takes a code of the authenticator in, once.
 * @returns whether it was right; of two who give the same one, one succeeds
 */
export async function takeCode(auth: Auth, person: string, code: string): Promise<boolean> {
  const [row] = await auth.db.select().from(secondFactor).where(eq(secondFactor.userId, person));
  if (!row?.secret) return false;
  const step = stepOfCode(openSecret(auth.factorKey, person, row.secret), code, auth.clock.now());
  if (step === null) return false;
  const taken = await auth.db
    .update(secondFactor)
    .set({ lastStep: step })
    .where(and(eq(secondFactor.userId, person), eq(secondFactor.secret, row.secret), lt(secondFactor.lastStep, step)))
    .returning({ userId: secondFactor.userId });
  return taken.length === 1;
}

/** Ten new recovery codes; the former ones are void. The caller has entered a fresh code. */
export async function renewRecoveryCodes(auth: Auth, signedIn: SignedIn): Promise<{ recoveryCodes: string[] }> {
  const { person, ctx, factorSince } = signedIn;
  if (!factorSince) throw notBegun();
  return inTransaction(ctx, async (tx) => {
    await record(tx, ctx, { action: 'identity.recovery_codes_renewed', subject: { kind: 'person', id: person.id } });
    return { recoveryCodes: await auth.db.transaction((db) => replaceRecoveryCodes(db, person.id)) };
  });
}

/** Gives one's own second factor up, where it is not required. The caller has entered a fresh code. */
export async function dropSecondFactor(auth: Auth, signedIn: SignedIn): Promise<void> {
  const { person, ctx, memberships } = signedIn;
  if (needsFactor(memberships) && !(await mayPutOff(auth, ctx)))
    throw conflict('identity.factor_required', {
      vi: 'Vai trò đang giữ bắt buộc có xác thực hai lớp nên không tắt được.',
      en: 'A role you hold requires the second factor, so it cannot be turned off.',
    });
  await inTransaction(ctx, async (tx) => {
    await record(tx, ctx, { action: 'identity.factor_dropped', subject: { kind: 'person', id: person.id } });
    await clearSecondFactor(auth, person.id, signedIn.sessionId);
  });
}

/** Leaves nothing of a second factor; sessions end, but for the one to keep. */
export async function clearSecondFactor(auth: Auth, person: string, keepSession?: string): Promise<void> {
  await auth.db.transaction(async (db) => {
    await db.delete(secondFactor).where(eq(secondFactor.userId, person));
    await db.delete(recoveryCode).where(eq(recoveryCode.userId, person));
    await db.update(user).set({ factorSince: null }).where(eq(user.id, person));
    await db.delete(session).where(and(eq(session.userId, person), keepSession ? ne(session.id, keepSession) : undefined));
  });
}

export const wrongCode = () =>
  invalid('identity.wrong_code', 'code', {
    vi: 'Mã không đúng hoặc đã dùng. Chờ mã mới trên điện thoại (30 giây một mã) rồi nhập lại; kiểm tra giờ của điện thoại.',
    en: 'The code is wrong or was used already. Wait for the next one (every 30 seconds) and check the phone’s clock.',
  });
const notBegun = () =>
  new DomainError('conflict', 'identity.no_factor_begun', {
    vi: 'Bước cài đặt này không còn hiệu lực. Mở lại trang để lấy mã QR mới.',
    en: 'This step is no longer valid. Open the page again for a new QR code.',
  });
