import type { signInProviderRoutes } from '@vonggac/contract/sign-in-providers';
import {
  beginOidc,
  clearLink,
  endOwnLink,
  finishOidc,
  linkOwnDirectory,
  linkOwnOidc,
  listLinks,
  listOwnLinks,
  setLink,
  signInByLdap,
} from '@vonggac/rooms/identity';
import type { House } from '../house.ts';
import { atScreen, type Handlers } from './handlers.ts';

/** Signing in through a provider, and the links that this needs. */
export function signInProviderHandlers({ auth }: House): Handlers<keyof typeof signInProviderRoutes> {
  const { oidc, ldap } = auth.providers;
  return {
    'GET /sign-in/providers': async () => ({ items: [oidc, ldap].flatMap((one) => (one ? [{ kind: one.kind, name: one.name }] : [])) }),
    'POST /sign-in/oidc': async (ctx, { body }, web) => {
      const { url, cookies } = await beginOidc(auth, ctx, web.request, body);
      web.setCookies(cookies);
      return { url };
    },
    'POST /sign-in/oidc/finish': async (ctx, { body }, web) => {
      const { cookies, ...answer } = await finishOidc(auth, ctx, web.request, body.query);
      web.setCookies(cookies);
      return answer;
    },
    'POST /sign-in/ldap': async (ctx, { body }, web) => {
      const { cookies, needsCode } = await signInByLdap(auth, ctx, web.request, body);
      web.setCookies(cookies);
      return { needsCode };
    },
    'GET /sign-in-links': async (_ctx, _input, web) => listOwnLinks(auth, atScreen(web)),
    'POST /sign-in-links/oidc': async (_ctx, { body }, web) => {
      const { url, cookies } = await linkOwnOidc(auth, atScreen(web), web.request, body.current);
      web.setCookies(cookies);
      return { url };
    },
    'POST /sign-in-links/ldap': async (_ctx, { body }, web) => (await linkOwnDirectory(auth, atScreen(web), web.request, body), null),
    'POST /sign-in-links/end': async (_ctx, { body }, web) => (await endOwnLink(auth, atScreen(web), body.kind, body.current), null),
    'GET /people/{id}/sign-in-links': async (ctx, { params }) => listLinks(auth, ctx, params.id),
    'POST /people/{id}/sign-in-links': async (ctx, { params, body }) => (await setLink(auth, ctx, params.id, body), null),
    'POST /people/{id}/sign-in-links/end': async (ctx, { params, body }) => (await clearLink(auth, ctx, params.id, body), null),
  };
}
