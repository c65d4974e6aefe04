import { type Clock, DomainError } from '@vonggac/kernel';
import type { Stores } from '@vonggac/store';
import { and, eq, isNull, lt, or } from 'drizzle-orm';
import { findLiveToken } from './api-tokens.ts';
import type { Auth } from './auth.ts';
import { mustNotWaitFor } from './demands.ts';
import { mustNotHurry } from './hurry.ts';
import { type Known, knownAs, type Request, waiting } from './session.ts';
import { apiToken, user } from './tables.ts';

/** A program that acts in a person's name. */
export type ByToken = Known & { apiToken: { id: string; act: boolean; fresh: boolean } };

/** The last use is noted that often. @unit milliseconds */
const COARSE = 15 * 60_000;
/** What one token, or an address with wrong ones, may ask in a minute. */
const MOST_A_MINUTE = 300;
const MOST_WRONG_A_MINUTE = 30;

/** What a request shows as its token (RFC 6750 §2.1); null where it shows none. */
export function bearerOf(headers: Headers): string | null {
  return /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null;
}

/**
 * Who is asking by a token: the person as long as the account is open and the role is held, cut down to what the token
 * was given. Acts in the log name both.
 * @throws DomainError `identity.token_wrong`, `identity.token_ended`, `identity.too_fast`, `identity.disabled`
 */
export async function signedInByToken(auth: Auth, stores: Stores, clock: Clock, request: Request & { bearer: string }): Promise<ByToken> {
  const { bearer, address } = request;
  mustNotHurry(auth, `wrong:${address}`, MOST_WRONG_A_MINUTE, 0);
  const token = await findLiveToken(auth, bearer);
  if (!token) {
    mustNotHurry(auth, `wrong:${address}`, MOST_WRONG_A_MINUTE, 1);
    throw wrong();
  }
  mustNotHurry(auth, token.id, MOST_A_MINUTE, 1);
  const known = await knownAs(stores, clock, request, {
    person: token.userId,
    choose: (held) => {
      const acting = held.find((one) => one.organisation.id === token.organisation && one.role === token.role);
      if (!acting) throw ended();
      return acting;
    },
  });
  const [login] = await auth.db.select({ factorSince: user.factorSince }).from(user).where(eq(user.id, token.userId));
  const factorSince = login?.factorSince ?? null;
  mustNotWaitFor(await waiting(auth, known, { factorSince, codeAt: factorSince, provider: null, providerFactorAt: null }));
  await noteUse(auth, token.id, address);
  const { actor } = known.ctx;
  const name = `${known.person.name} (${token.prefix}, ${token.name})`;
  const ctx = {
    ...known.ctx,
    actor: actor.kind === 'person' ? { ...actor, name, token: { id: token.id, permissions: token.permissions } } : actor,
  };
  return { ...known, ctx, factorSince, apiToken: { id: token.id, act: token.act, fresh: token.fresh } };
}

async function noteUse(auth: Auth, id: string, address: string): Promise<void> {
  const now = auth.now();
  await auth.db
    .update(apiToken)
    .set({ lastUsedAt: now, lastAddress: address })
    .where(and(eq(apiToken.id, id), or(isNull(apiToken.lastUsedAt), lt(apiToken.lastUsedAt, new Date(now.getTime() - COARSE)))));
}

/** @throws DomainError `identity.token_reads` where a reading token would change something, `identity.token_never` for what only a person does */
export function mustBeForTokens(token: ByToken['apiToken'], route: { method: string; session?: true }): void {
  if (route.session) throw never();
  if (route.method !== 'GET' && !token.act) throw reads();
}

const wrong = () =>
  new DomainError('unauthenticated', 'identity.token_wrong', {
    vi: 'Khóa API không đúng, đã hết hạn hoặc đã bị thu hồi.',
    en: 'The API token is wrong, has expired or was revoked.',
  });
const ended = () =>
  new DomainError('unauthenticated', 'identity.token_ended', {
    vi: 'Người tạo khóa API không còn giữ vai trò mà khóa được tạo cho.',
    en: 'Whoever made this API token no longer holds the role it was made for.',
  });
const reads = () =>
  new DomainError('forbidden', 'identity.token_reads', {
    vi: 'Khóa API này chỉ được đọc.',
    en: 'This API token may only read.',
  });
const never = () =>
  new DomainError('forbidden', 'identity.token_never', {
    vi: 'Việc này chỉ thực hiện được khi đăng nhập, không dùng khóa API.',
    en: 'This is for a person who is signed in, not for an API token.',
  });
