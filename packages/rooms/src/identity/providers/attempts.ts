import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { newId } from '@vonggac/kernel';
import { and, eq, like, lt } from 'drizzle-orm';
import { z } from 'zod';
import { type Auth, COOKIE_PREFIX } from '../auth.ts';
import { verification } from '../tables.ts';
import { attemptOver } from './errors.ts';

/** @unit milliseconds */
const GOOD_FOR = 10 * 60_000;
const COOKIE = `${COOKIE_PREFIX}.attempt`;
const PREFIX = 'oidc:';

const attempt = z.object({
  nonce: z.string(),
  verifier: z.string(),
  back: z.string().nullable(),
  /** The person and the session that link an account; null: somebody signs in. */
  link: z.object({ person: z.string(), session: z.string() }).nullable(),
});

/** One way to the provider and back. */
export type Attempt = z.infer<typeof attempt>;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Keeps what belongs to a `state`, for ten minutes and for this browser. @returns the cookie that says which browser */
export async function keepAttempt(auth: Auth, state: string, kept: Attempt & { secure: boolean }): Promise<string> {
  const browser = randomBytes(32).toString('base64url');
  const now = auth.now();
  await auth.db.delete(verification).where(and(like(verification.identifier, `${PREFIX}%`), lt(verification.expiresAt, now)));
  await auth.db.insert(verification).values({
    id: newId(),
    identifier: PREFIX + hashOf(state),
    value: JSON.stringify({ ...attempt.parse(kept), browser: hashOf(browser) }),
    expiresAt: new Date(now.getTime() + GOOD_FOR),
  });
  return cookie(browser, GOOD_FOR / 1000, kept.secure);
}

/** Takes the attempt of a `state`, once, from the browser that began it. @throws DomainError `identity.attempt_over` */
export async function takeAttempt(auth: Auth, state: string, headers: Headers): Promise<Attempt> {
  const [row] = await auth.db
    .delete(verification)
    .where(eq(verification.identifier, PREFIX + hashOf(state)))
    .returning();
  if (!row || row.expiresAt < auth.now()) throw attemptOver();
  const kept = attempt.extend({ browser: z.string() }).parse(JSON.parse(row.value));
  const shown = new RegExp(`(?:^|; )${COOKIE.replace('.', '\\.')}=([\\w-]{43})(?:;|$)`).exec(headers.get('cookie') ?? '')?.[1];
  if (shown === undefined || !timingSafeEqual(Buffer.from(hashOf(shown)), Buffer.from(kept.browser))) throw attemptOver();
  return kept;
}

/** The cookie's end, once the attempt is over. */
export const forgetCookie = (secure: boolean): string => cookie('', 0, secure);

function cookie(value: string, age: number, secure: boolean): string {
  return `${COOKIE}=${value}; Path=/api/v1/sign-in; HttpOnly; SameSite=Lax; Max-Age=${age}${secure ? '; Secure' : ''}`;
}
