import { DomainError } from '@vonggac/kernel';
import type { Ctx } from '@vonggac/store';
import type { Auth } from '../auth.ts';
import { countFailure, forgetFailures, mustNotWait } from '../delay.ts';
import type { Request } from '../session.ts';
import { wrong } from '../sign-in.ts';
import { enterBy, recordFailure } from './enter.ts';
import { noProvider, providerAway } from './errors.ts';
import { askDirectory } from './ldap-client.ts';
import { causeOf } from './oidc-client.ts';
import type { LdapProvider } from './settings.ts';

export type NameAndPassword = { username: string; password: string };

/**
 * Signs in with the name and password of the directory. Failures delay as those of our own sign-in do, under the same
 * names and addresses.
 * @throws DomainError `identity.no_provider`, `identity.wait`, `identity.wrong`, `identity.provider_away`,
 * `identity.directory_several`, `identity.unlinked`, `identity.disabled`
 */
export async function signInByLdap(
  auth: Auth,
  ctx: Ctx,
  request: Request,
  given: NameAndPassword,
): Promise<{ cookies: string[]; needsCode: boolean }> {
  const { provider, subject } = await knownToDirectory(auth, ctx, request, given);
  return enterBy(auth, ctx, request, { provider, vouched: { subject, factor: false } });
}

/** Whose name and password these are there. @throws as `signInByLdap` */
export async function knownToDirectory(
  auth: Auth,
  ctx: Ctx,
  { address }: Pick<Request, 'address'>,
  { username, password }: NameAndPassword,
): Promise<{ provider: LdapProvider; subject: string }> {
  const provider = auth.providers.ldap;
  if (!provider) throw noProvider();
  await mustNotWait(auth, username, address);
  const subject = await askDirectory(provider, ctx.stores.outbound, { username, password }).catch(async (error: unknown) => {
    const refusal = error instanceof DomainError && error.code !== 'outbound.refused' ? error : providerAway(provider);
    await recordFailure(ctx, provider, { subject: username, why: `${refusal.code}: ${causeOf(error)}` });
    throw refusal;
  });
  if (subject === null) {
    await countFailure(auth, username, address);
    await recordFailure(ctx, provider, { subject: username, why: 'identity.wrong' });
    throw wrong();
  }
  await forgetFailures(auth, username, address);
  return { provider, subject };
}
