import { type Clock, DomainError, isoInstant } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { eq } from 'drizzle-orm';
import { record } from '../audit/index.ts';
import type { Auth } from './auth.ts';
import { countFailure, forgetFailures, mustNotWait } from './delay.ts';
import { disabled, type Request, withCookies } from './session.ts';
import { people, user } from './tables.ts';

/**
 * Signs in with account name and password, in the house's own context; the cookies go to the caller. Where there is a
 * second factor the session is good for nothing but its code. Every attempt is in the log.
 * @throws DomainError `identity.wrong` (never which of the two), `identity.wait`, `identity.disabled`, `identity.expired`
 */
export async function signIn(
  auth: Auth,
  ctx: Ctx,
  request: Request,
  input: { username: string; password: string },
): Promise<{ cookies: string[]; mustChangePassword: boolean; needsCode: boolean }> {
  const username = input.username.toLowerCase();
  await mustNotWait(auth, username, request.address);
  const answer = await auth.library.api
    .signInUsername({ body: { username, password: input.password }, headers: request.headers, returnHeaders: true })
    .catch(() => null);
  const userId = answer?.response?.user.id;
  if (!answer || !userId) {
    await countFailure(auth, username, request.address);
    await inTransaction(ctx, (tx) =>
      record(tx, ctx, { action: 'identity.sign_in_failed', subject: { kind: 'account', id: username.slice(0, 100) } }),
    );
    throw wrong();
  }
  const [login] = await auth.db.select({ factorSince: user.factorSince }).from(user).where(eq(user.id, userId));
  const needsCode = login?.factorSince != null;
  const person = await inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(people).where(eq(people.id, userId));
    if (row)
      await record(
        tx,
        { ...ctx, actor: { kind: 'person', id: row.id, name: row.name, organisation: row.organisation, role: 'officer' } },
        { action: needsCode ? 'identity.password_given' : 'identity.signed_in', subject: { kind: 'person', id: row.id } },
      );
    return row;
  });
  const refusal = !person ? wrong() : person.disabledAt ? disabled() : hasExpired(person, ctx.clock) ? expired() : null;
  if (refusal) {
    await auth.library.api
      .revokeSession({ body: { token: answer.response!.token }, headers: withCookies(request.headers, answer.headers.getSetCookie()) })
      .catch(() => {});
    throw refusal;
  }
  await forgetFailures(auth, username, request.address);
  return { cookies: answer.headers.getSetCookie(), mustChangePassword: person!.mustChangePassword, needsCode };
}

function hasExpired(person: { mustChangePassword: boolean; firstPasswordUntil: string | null }, clock: Clock): boolean {
  return person.mustChangePassword && person.firstPasswordUntil !== null && person.firstPasswordUntil < isoInstant(clock.now());
}

/** Never which of the two. */
export const wrong = () =>
  new DomainError('unauthenticated', 'identity.wrong', {
    vi: 'Tên tài khoản hoặc mật khẩu không đúng.',
    en: 'The account name or the password is wrong.',
  });
const expired = () =>
  new DomainError('forbidden', 'identity.expired', {
    vi: 'Mật khẩu cấp lần đầu đã hết hạn. Đề nghị bộ phận quản trị cấp lại.',
    en: 'The first password has expired. Ask the administrator for a new one.',
  });

/** Ends the session of these headers, if there is one. @returns the cookies that clear it */
export async function signOut(auth: Auth, request: Request): Promise<string[]> {
  const answer = await auth.library.api.signOut({ headers: request.headers, returnHeaders: true }).catch(() => null);
  return answer?.headers.getSetCookie() ?? [];
}
