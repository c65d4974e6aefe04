import { readFileSync } from 'node:fs';
import { DomainError } from '@vonggac/kernel';
import type { Outbound } from '@vonggac/store';
import type * as OpenIdClient from 'openid-client';
import type { ClientAuth, Configuration } from 'openid-client';
import { badAnswer, clocksDiffer, providerAway, refusedThere } from './errors.ts';
import { gatedFetch } from './gated-fetch.ts';
import { type OidcProvider, readSecret } from './settings.ts';

type Library = typeof OpenIdClient;

/** What the provider publishes about itself is asked for again after that. @unit milliseconds */
const GOOD_FOR = 3_600_000;
/** @unit seconds */
const PATIENCE = 10;
const SKEW = 30;

export type Opened = { oidc: Library; config: Configuration };

const opened = new WeakMap<OidcProvider, Opened & { at: number }>();

/**
 * The provider as it describes itself, its issuer compared letter by letter (OpenID Connect Discovery 1.0 §4.3), and the
 * library, which is loaded when somebody signs in this way.
 * @throws whatever keeps it from being reached; `whyOidcFailed` says it
 */
export async function openOidc(provider: OidcProvider, outbound: Outbound): Promise<Opened> {
  const known = opened.get(provider);
  if (known && performance.now() - known.at < GOOD_FOR) return known;
  const oidc = await import('openid-client');
  const config = await oidc.discovery(
    new URL(provider.issuer),
    provider.client,
    { [oidc.clockTolerance]: SKEW },
    authenticationOf(oidc, provider),
    {
      timeout: PATIENCE,
      [oidc.customFetch]: gatedFetch(outbound, provider.ca === null ? undefined : readFileSync(provider.ca, 'utf8')),
      execute: [oidc.enableNonRepudiationChecks, ...(provider.issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [])],
    },
  );
  if (config.serverMetadata().issuer !== provider.issuer) throw badAnswer(provider);
  const made = { oidc, config, at: performance.now() };
  opened.set(provider, made);
  return made;
}

/** Basic as OpenID Connect Core 1.0 §9 has it by default, else in the body; without a secret PKCE alone. */
function authenticationOf(oidc: Library, { secretFile }: OidcProvider): ClientAuth {
  if (secretFile === null) return oidc.None();
  return (server, client, body, headers) => {
    const secret = readSecret(secretFile);
    const isBasic = server.token_endpoint_auth_methods_supported?.includes('client_secret_basic') ?? true;
    (isBasic ? oidc.ClientSecretBasic(secret) : oidc.ClientSecretPost(secret))(server, client, body, headers);
  };
}

/** The refusal for the person, and the cause for the log. */
export function whyOidcFailed(oidc: Library | null, provider: OidcProvider, error: unknown): { refusal: DomainError; cause: string } {
  const cause = causeOf(error);
  if (error instanceof DomainError) return { refusal: error.code === 'outbound.refused' ? providerAway(provider) : error, cause };
  if (oidc && error instanceof oidc.AuthorizationResponseError) return { refusal: refusedThere(provider), cause };
  const { code } = error as { code?: unknown };
  if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') return { refusal: clocksDiffer(provider), cause };
  const isAway =
    code === undefined || code === 'OAUTH_TIMEOUT' || code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' || !String(code).startsWith('OAUTH_');
  return { refusal: isAway ? providerAway(provider) : badAnswer(provider), cause };
}

/** The messages of an error and of what it came from. */
export function causeOf(error: unknown): string {
  const said: string[] = [];
  for (let at: unknown = error; at instanceof Error && said.length < 4; at = at.cause) said.push(at.message);
  return (said.length > 0 ? said.join(': ') : String(error)).slice(0, 300);
}
