import type { Handled, RouteKey, routes } from '@vonggac/contract';
import type { Request, SignedIn } from '@vonggac/rooms/identity';
import type { Ctx } from '@vonggac/store';

type Table = typeof routes;

/** What the few handlers need that deal in sessions: the request, who is signed in (null on public routes), and cookies to set. */
export type Web = { request: Request; signedIn: SignedIn | null; setCookies(cookies: readonly string[]): void };

/** One handler a route: parsed input in, plain answer out. It only translates between the contract and a verb. */
export type Handler<K extends RouteKey> = (
  ctx: Ctx,
  input: Pick<Handled<Table[K]>, 'params' | 'query' | 'body'>,
  web: Web,
) => Promise<Handled<Table[K]>['output']>;

export type Handlers<K extends RouteKey> = { [P in K]: Handler<P> };
