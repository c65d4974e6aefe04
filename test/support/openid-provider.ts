import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Configuration, Provider } from 'oidc-provider';

/** Who signs in at the provider next, and how it says that it was. */
export type Next = { sub: string; email?: string; amr?: string[]; acr?: string };

export type OpenIdProvider = {
  issuer: string;
  address: string;
  next: Next;
  /** Walks as a browser from the address of our own to the way back. @returns what is sent along: `?code=…` */
  walk(url: string): Promise<string>;
  close(): Promise<void>;
};

export const CLIENT = { client_id: 'vonggac', client_secret: 'bi-mat-cua-ung-dung-thu-0123456789' };

/** `oidc-provider` on loopback; whoever comes is signed in as `next` and asked nothing. It refuses whoever sends no PKCE. */
export async function openProvider(redirectUri: string): Promise<OpenIdProvider> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = `http://${address}`;
  const provider = new Provider(issuer, configurationFor(redirectUri));
  const held: { next: Next } = { next: { sub: 'nobody' } };
  emails = () => held.next.email;
  const answer = provider.callback();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (request.url?.startsWith('/interaction/')) void interact(provider, held.next, { request, response });
    else void answer(request, response);
  });
  return {
    issuer,
    address,
    get next() {
      return held.next;
    },
    set next(next: Next) {
      held.next = next;
    },
    walk: (url) => walk(url, redirectUri),
    close: () => closing(server),
  };
}

let emails: () => string | undefined = () => undefined;

function configurationFor(redirectUri: string): Configuration {
  return {
    clients: [{ ...CLIENT, redirect_uris: [redirectUri], grant_types: ['authorization_code'], response_types: ['code'] }],
    pkce: { required: () => true },
    cookies: { keys: ['khoa-cookie-thu'] },
    acrValues: ['urn:muc-1', 'urn:muc-3'],
    claims: { openid: ['sub', 'email'], acr: null, amr: null },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false }, claimsParameter: { enabled: true } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    ttl: { Interaction: 600, Session: 600, Grant: 600 },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub, ...(emails() ? { email: emails() } : {}) }) }),
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client!.clientId, accountId: ctx.oidc.session!.accountId! });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
  };
}

async function interact(
  provider: Provider,
  next: Next,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const { sub: accountId, amr, acr } = next;
  const login = { accountId, ...(amr ? { amr } : {}), ...(acr ? { acr } : {}) };
  await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
}

async function walk(from: string, redirectUri: string): Promise<string> {
  const jar = new Map<string, string>();
  let url = new URL(from);
  for (let hop = 0; hop < 10; hop++) {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      jar.set(name!, value!);
    }
    const to = answer.headers.get('location');
    if (to === null) throw new Error(`the provider answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
    url = new URL(to, url);
    if (`${url.origin}${url.pathname}` === redirectUri) return url.search;
  }
  throw new Error('the provider never sent back');
}

const closing = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
