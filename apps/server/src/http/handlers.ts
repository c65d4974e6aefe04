import type { Handled, RouteKey, routes } from '@vonggac/contract';
import { type ByToken, type Request, type SignedIn, unauthenticated } from '@vonggac/rooms/identity';
import type { Ctx } from '@vonggac/store';

type Table = typeof routes;

/**
 * What few handlers need besides their input: the request, who is signed in (null on public routes), cookies to set, and
 * `gone`, which aborts when the caller goes away before the answer.
 */
export type Web = {
  request: Request;
  signedIn: SignedIn | ByToken | null;
  setCookies(cookies: readonly string[]): void;
  gone: AbortSignal;
};

/** One handler a route: parsed input in, plain answer out. It only translates between the contract and a verb. */
export type Handler<K extends RouteKey> = (
  ctx: Ctx,
  input: Pick<Handled<Table[K]>, 'params' | 'query' | 'body'>,
  web: Web,
) => Promise<Handled<Table[K]>['output']>;

export type Handlers<K extends RouteKey> = { [P in K]: Handler<P> };

/** The person at a screen. @throws DomainError `identity.signed_out` for a token and for nobody */
export function atScreen({ signedIn: found }: Web): SignedIn {
  if (!found || 'apiToken' in found) throw unauthenticated();
  return found;
}
