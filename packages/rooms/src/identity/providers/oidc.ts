import type { DomainError } from '@vonggac/kernel';
import type { Ctx } from '@vonggac/store';
import type { IDToken } from 'openid-client';
import type { Auth } from '../auth.ts';
import { mustNotHurry } from '../hurry.ts';
import { type Request, type SignedIn, signedInBy } from '../session.ts';
import { type Attempt, forgetCookie, keepAttempt, takeAttempt } from './attempts.ts';
import { enterBy, recordFailure, type Vouched } from './enter.ts';
import { attemptOver, badAnswer, noProvider } from './errors.ts';
import { addOwnLink } from './links.ts';
import { openOidc, type Opened, whyOidcFailed } from './oidc-client.ts';
import type { OidcProvider } from './settings.ts';

/** From one address: many people may share an office's. */
const MOST_A_MINUTE = 300;

/**
 * Begins a way to the provider: authorization code, PKCE with S256 (RFC 7636), `state` and `nonce`.
 * @param input `back`: where the person wanted to go; `link`: whose account is linked, where nobody signs in
 * @returns the address to go to, and the cookie that ties the way to this browser
 * @throws DomainError `identity.no_provider`, `identity.provider_away`, `identity.too_fast`
 */
export async function beginOidc(
  auth: Auth,
  ctx: Ctx,
  request: Request,
  input: { back?: string | undefined; link?: Pick<SignedIn, 'person' | 'sessionId'> },
): Promise<{ url: string; cookies: string[] }> {
  const provider = configured(auth);
  mustNotHurry(auth, `provider:${request.address}`, MOST_A_MINUTE, 1);
  const { oidc, config } = await opening(ctx, provider);
  const verifier = oidc.randomPKCECodeVerifier();
  const state = oidc.randomState();
  const nonce = oidc.randomNonce();
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: provider.redirectUri,
    scope: 'openid',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ui_locales: ctx.language,
    ...askForFactor(provider, config.serverMetadata().claims_parameter_supported === true),
    // On a shared machine somebody else may still be signed in there.
    ...(input.link ? { prompt: 'login' } : {}),
  });
  const link = input.link ? { person: input.link.person.id, session: input.link.sessionId } : null;
  const cookie = await keepAttempt(auth, state, { nonce, verifier, back: safeBack(input.back), link, secure: isSecure(provider) });
  return { url: url.href, cookies: [cookie] };
}

/** Asks for the claims by which a second factor is known (OpenID Connect Core 1.0 §3.1.2.1, §5.5). */
function askForFactor({ factor: { amr, acr } }: OidcProvider, takesClaims: boolean): Record<string, string> {
  const wanted = { ...(amr.length > 0 ? { amr: null } : {}), ...(acr.length > 0 ? { acr: { values: acr } } : {}) };
  return {
    ...(acr.length > 0 ? { acr_values: acr.join(' ') } : {}),
    ...(takesClaims && Object.keys(wanted).length > 0 ? { claims: JSON.stringify({ id_token: wanted }) } : {}),
  };
}

/** A path of our own, as the pages have them; nothing that a browser could take for another host. */
function safeBack(back: string | undefined): string | null {
  // oxlint-disable-next-line no-control-regex
  return back !== undefined && /^\/(?![/\\])/.test(back) && !/[\u0000-\u001f\\]/.test(back) ? back : null;
}

export type Finished = { did: 'signed-in' | 'linked'; needsCode: boolean; back: string | null; cookies: string[] };

/**
 * Ends the way: takes what the provider sent along (`?code=…&state=…`), once, and signs in or links.
 * @throws DomainError `identity.attempt_over`, `identity.provider_refused`, `identity.provider_answer`,
 * `identity.provider_clock`, `identity.provider_away`, `identity.unlinked`, `identity.link_taken`, `identity.disabled`
 */
export async function finishOidc(auth: Auth, ctx: Ctx, request: Request, query: string): Promise<Finished> {
  const provider = configured(auth);
  mustNotHurry(auth, `provider:${request.address}`, MOST_A_MINUTE, 1);
  const params = new URLSearchParams(query);
  const state = params.get('state') ?? '';
  const attempt = await takeAttempt(auth, state, request.headers).catch(async (error: DomainError) => {
    await recordFailure(ctx, provider, { why: error.code });
    throw error;
  });
  const vouched = await vouchedFor(ctx, provider, { params, state, attempt });
  const done = { back: attempt.back, cookies: [forgetCookie(isSecure(provider))] };
  if (attempt.link) {
    const signedIn = await signedInBy(auth, ctx.stores, ctx.clock, request);
    if (signedIn.person.id !== attempt.link.person || signedIn.sessionId !== attempt.link.session || signedIn.waitsFor) throw attemptOver();
    await addOwnLink(auth, signedIn, provider, vouched.subject);
    return { ...done, did: 'linked', needsCode: false };
  }
  const { cookies, needsCode } = await enterBy(auth, ctx, request, { provider, vouched });
  return { ...done, did: 'signed-in', needsCode, cookies: [...done.cookies, ...cookies] };
}

/** Redeems the code and checks the ID token: signature, issuer, audience, times, nonce (OpenID Connect Core 1.0 §3.1.3.7). */
async function vouchedFor(
  ctx: Ctx,
  provider: OidcProvider,
  { params, state, attempt }: { params: URLSearchParams; state: string; attempt: Attempt },
): Promise<Vouched> {
  const { oidc, config } = await opening(ctx, provider);
  try {
    const tokens = await oidc.authorizationCodeGrant(config, new URL(`${provider.redirectUri}?${params.toString()}`), {
      pkceCodeVerifier: attempt.verifier,
      expectedState: state,
      expectedNonce: attempt.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims || claims.iss !== provider.issuer || !/^[^\p{Cc}]{1,255}$/u.test(claims.sub)) throw badAnswer(provider);
    return { subject: claims.sub, factor: hasFactor(provider, claims) };
  } catch (error) {
    throw await failed(ctx, provider, oidc, error);
  }
}

function hasFactor({ factor }: OidcProvider, claims: IDToken): boolean {
  const amr: unknown[] = Array.isArray(claims['amr']) ? claims['amr'] : [];
  return factor.amr.some((one) => amr.includes(one)) || factor.acr.some((one) => one === claims['acr']);
}

async function opening(ctx: Ctx, provider: OidcProvider): Promise<Opened> {
  try {
    return await openOidc(provider, ctx.stores.outbound);
  } catch (error) {
    throw await failed(ctx, provider, null, error);
  }
}

async function failed(ctx: Ctx, provider: OidcProvider, oidc: Opened['oidc'] | null, error: unknown): Promise<DomainError> {
  const { refusal, cause } = whyOidcFailed(oidc, provider, error);
  await recordFailure(ctx, provider, { why: `${refusal.code}: ${cause}` });
  return refusal;
}

function configured({ providers }: Auth): OidcProvider {
  if (!providers.oidc) throw noProvider();
  return providers.oidc;
}

const isSecure = ({ redirectUri }: OidcProvider): boolean => redirectUri.startsWith('https:');
