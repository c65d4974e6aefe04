import { auditRoutes } from './audit.ts';
import { directiveRoutes } from './directives.ts';
import { dutyRoutes } from './duty.ts';
import { identityRoutes } from './identity.ts';
import { organisationRoutes } from './organisations.ts';
import type { Call, Route } from './route.ts';
import { workRoutes } from './work.ts';

/** Every route of the API, by `METHOD /path` below `/api/v1`. */
export const routes = {
  ...identityRoutes,
  ...auditRoutes,
  ...organisationRoutes,
  ...directiveRoutes,
  ...workRoutes,
  ...dutyRoutes,
} satisfies Record<string, Route>;

type Table = typeof routes;

/** What a caller gives and gets, by route. */
export type Routes = { [K in keyof Table]: Call<Table[K]> };
export type RouteKey = keyof Table;

export type { Call, FileAnswer, Handled, Route, UploadedBody } from './route.ts';
export { errorAnswer } from './route.ts';
