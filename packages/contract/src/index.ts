import { answerSheetRoutes } from './answer-sheets.ts';
import { assetRoutes } from './assets.ts';
import { auditRoutes } from './audit.ts';
import { directiveRoutes } from './directives.ts';
import { dutyRoutes } from './duty.ts';
import { exchangeRoutes } from './exchange.ts';
import { exerciseRoutes } from './exercises.ts';
import { findingSheetRoutes } from './finding-sheets.ts';
import { findingRoutes } from './findings.ts';
import { identityRoutes } from './identity.ts';
import { listRoutes } from './lists.ts';
import { noticeRoutes } from './notices.ts';
import { notificationRoutes } from './notifications.ts';
import { organisationRoutes } from './organisations.ts';
import { peopleImportRoutes } from './people-import.ts';
import { printableRoutes } from './printable.ts';
import { reportRoutes } from './reports.ts';
import type { Call, Route } from './route.ts';
import { searchRoutes } from './search.ts';
import { standingRoutes } from './standing.ts';
import { statusRoutes } from './status.ts';
import { workRoutes } from './work.ts';

/** Every route of the API, by `METHOD /path` below `/api/v1`. */
export const routes = {
  ...identityRoutes,
  ...peopleImportRoutes,
  ...auditRoutes,
  ...organisationRoutes,
  ...assetRoutes,
  ...listRoutes,
  ...exerciseRoutes,
  ...findingRoutes,
  ...findingSheetRoutes,
  ...directiveRoutes,
  ...workRoutes,
  ...answerSheetRoutes,
  ...dutyRoutes,
  ...standingRoutes,
  ...searchRoutes,
  ...notificationRoutes,
  ...noticeRoutes,
  ...exchangeRoutes,
  ...reportRoutes,
  ...statusRoutes,
  ...printableRoutes,
} satisfies Record<string, Route>;

type Table = typeof routes;

/** What a caller gives and gets, by route. */
export type Routes = { [K in keyof Table]: Call<Table[K]> };
export type RouteKey = keyof Table;

export type { Call, FileAnswer, Handled, Route, UploadedBody } from './route.ts';
export { errorAnswer } from './route.ts';
