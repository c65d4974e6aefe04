import type { Handled, RouteKey, routes } from '@vonggac/contract';
import type { Ctx } from '@vonggac/store';

type Table = typeof routes;

/** The request beside the parsed input, for the few handlers that set cookies or need the session. */
export type Web = { sessionId: string | null; headers: Headers; setCookies(cookies: readonly string[]): void };

/** One handler a route: parsed input in, plain answer out. It only translates between the contract and a verb. */
export type Handler<K extends RouteKey> = (
  ctx: Ctx,
  input: Pick<Handled<Table[K]>, 'params' | 'query' | 'body'>,
  web: Web,
) => Promise<Handled<Table[K]>['output']>;

export type Handlers<K extends RouteKey> = { [P in K]: Handler<P> };
