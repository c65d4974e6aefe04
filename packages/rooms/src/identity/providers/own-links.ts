import { invalid, notFound } from '@vonggac/kernel';
import { inTransaction } from '@vonggac/store';
import { record } from '../../audit/index.ts';
import type { Auth } from '../auth.ts';
import { countFailure, forgetFailures, mustNotWait } from '../delay.ts';
import { mustBeFresh } from '../demands.ts';
import { isPassword } from '../password.ts';
import type { Request, SignedIn } from '../session.ts';
import { knownToDirectory, type NameAndPassword } from './ldap.ts';
import { addOwnLink, endLink, type LinkView, linksOf, providerOf } from './links.ts';
import { beginOidc } from './oidc.ts';
import type { ProviderKind } from './settings.ts';

/** One's own accounts at the configured providers. */
export async function listOwnLinks(auth: Auth, { person }: SignedIn): Promise<{ items: LinkView[] }> {
  return { items: await linksOf(auth, person.id) };
}

/**
 * That it is the person who asks, not somebody at an open screen: a fresh code, or the password where there is no second factor.
 * @throws DomainError `identity.fresh_code`, `identity.password_needed`, `identity.wrong_current`, `identity.wait`
 */
async function mustShowSelf(auth: Auth, signedIn: SignedIn, current: string | undefined): Promise<void> {
  const { person, factorSince, ctx } = signedIn;
  if (factorSince) return mustBeFresh(auth, signedIn);
  if (!current)
    throw invalid('identity.password_needed', 'current', {
      vi: 'Nhập mật khẩu hiện tại của tài khoản này.',
      en: 'Enter the current password of this account.',
    });
  await mustNotWait(auth, person.username, ctx.address);
  if (!(await isPassword(auth, person.id, current))) {
    await countFailure(auth, person.username, ctx.address);
    throw invalid('identity.wrong_current', 'current', { vi: 'Mật khẩu hiện tại không đúng.', en: 'The current password is wrong.' });
  }
  await forgetFailures(auth, person.username, ctx.address);
}

/** Begins to link one's account of the OpenID provider; `finishOidc` ends it. @throws as `mustShowSelf` and `beginOidc` */
export async function linkOwnOidc(
  auth: Auth,
  signedIn: SignedIn,
  request: Request,
  current: string | undefined,
): Promise<{ url: string; cookies: string[] }> {
  providerOf(auth, 'oidc');
  await mustShowSelf(auth, signedIn, current);
  return beginOidc(auth, signedIn.ctx, request, { link: signedIn, back: '/account' });
}

/** Links one's account of the directory, by its name and password. @throws as `mustShowSelf` and `signInByLdap` */
export async function linkOwnDirectory(
  auth: Auth,
  signedIn: SignedIn,
  request: Request,
  { current, ...given }: NameAndPassword & { current?: string | undefined },
): Promise<void> {
  providerOf(auth, 'ldap');
  await mustShowSelf(auth, signedIn, current);
  const { provider, subject } = await knownToDirectory(auth, signedIn.ctx, request, given);
  await addOwnLink(auth, signedIn, provider, subject);
}

/** Ends one's own link; the other sessions that it opened end too. */
export async function endOwnLink(auth: Auth, signedIn: SignedIn, kind: ProviderKind, current: string | undefined): Promise<void> {
  const { ctx, person, sessionId } = signedIn;
  const provider = providerOf(auth, kind);
  await mustShowSelf(auth, signedIn, current);
  await inTransaction(ctx, async (tx) =>
    auth.db.transaction(async (db) => {
      const subject = await endLink(db, provider, person.id, sessionId);
      if (subject === null) throw notFound('sign-in-link');
      await record(tx, ctx, {
        action: 'identity.account_unlinked',
        subject: { kind: 'person', id: person.id },
        before: { by: kind, issuer: provider.issuer, subject },
      });
    }),
  );
}
