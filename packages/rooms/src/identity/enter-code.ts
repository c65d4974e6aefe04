import { inTransaction } from '@vonggac/store';
import { eq } from 'drizzle-orm';
import { record } from '../audit/index.ts';
import type { Auth } from './auth.ts';
import { claimCodeTry, countWrongCode, forgetWrongCodes } from './delay.ts';
import { confirmLink } from './providers/links.ts';
import { recoveryCodesLeft, useRecoveryCode } from './recovery-codes.ts';
import { takeCode, wrongCode } from './second-factor.ts';
import type { Request, SignedIn } from './session.ts';
import { session } from './tables.ts';

/**
 * Enters a code of the authenticator, or a recovery code: ends a sign-in, in a renewed session, or makes the present one
 * fresh again. @returns cookies to set, and how many recovery codes are left where one was used
 * @throws DomainError `identity.wrong_code`, `identity.wait`, `identity.factor_unreadable`
 */
export async function enterCode(
  auth: Auth,
  signedIn: SignedIn,
  request: Request,
  code: string,
): Promise<{ cookies: string[]; codesLeft: number | null }> {
  const { ctx, person } = signedIn;
  const plain = code.replaceAll(/\s/g, '');
  await claimCodeTry(auth, person.id, request.address);
  const by = /^\d{6}$/.test(plain) ? 'totp' : 'recovery-code';
  const isRight =
    signedIn.factorSince !== null &&
    (by === 'totp' ? await takeCode(auth, person.id, plain) : await useRecoveryCode(auth, person.id, plain));
  if (!isRight) {
    await countWrongCode(auth, request.address);
    await inTransaction(ctx, (tx) => record(tx, ctx, { action: 'identity.code_failed', subject: { kind: 'person', id: person.id } }));
    throw wrongCode();
  }
  const action = signedIn.waitsFor === 'code' ? 'identity.signed_in' : 'identity.code_entered';
  await inTransaction(ctx, (tx) => record(tx, ctx, { action, subject: { kind: 'person', id: person.id }, after: { by } }));
  await forgetWrongCodes(auth, person.id);
  if (signedIn.provider) await confirmLink(auth, person.id, signedIn.provider);
  const codesLeft = by === 'recovery-code' ? await recoveryCodesLeft(auth, person.id) : null;
  if (signedIn.waitsFor !== 'code') {
    await auth.db.update(session).set({ codeAt: auth.now() }).where(eq(session.id, signedIn.sessionId));
    return { cookies: [], codesLeft };
  }
  const answer = await auth.library.api.renewSession({
    body: { token: signedIn.token, actingOrganisation: null, actingRole: null, codeAt: auth.now() },
    headers: request.headers,
    returnHeaders: true,
  });
  return { cookies: answer.headers.getSetCookie(), codesLeft };
}
