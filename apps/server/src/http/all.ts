import type { RouteKey } from '@vonggac/contract';
import type { House } from '../house.ts';
import { answerSheetHandlers } from './answer-sheets.ts';
import { assetHandlers } from './assets.ts';
import { auditHandlers } from './audit.ts';
import { directiveHandlers } from './directives.ts';
import { dutyHandlers } from './duty.ts';
import { exchangeHandlers } from './exchange.ts';
import { exerciseHandlers } from './exercises.ts';
import { findingSheetHandlers } from './finding-sheets.ts';
import { findingHandlers } from './findings.ts';
import type { Handlers } from './handlers.ts';
import { identityHandlers, peopleImportHandlers } from './identity.ts';
import { listHandlers } from './lists.ts';
import { noticeHandlers } from './notices.ts';
import { notificationHandlers } from './notifications.ts';
import { organisationHandlers } from './organisations.ts';
import { printableHandlers } from './printable.ts';
import { reportHandlers } from './reports.ts';
import { searchHandlers } from './search.ts';
import { standingHandlers } from './standing.ts';
import { statusHandlers } from './status.ts';
import { workHandlers } from './work.ts';

/** Every room's handlers: one line a room. */
export function allHandlers(house: House): Handlers<RouteKey> {
  return {
    ...identityHandlers(house),
    ...peopleImportHandlers(house),
    ...auditHandlers(house),
    ...organisationHandlers,
    ...assetHandlers,
    ...listHandlers,
    ...exerciseHandlers,
    ...findingHandlers,
    ...findingSheetHandlers(house),
    ...directiveHandlers,
    ...workHandlers,
    ...answerSheetHandlers(house),
    ...standingHandlers,
    ...searchHandlers,
    ...dutyHandlers,
    ...notificationHandlers(house),
    ...noticeHandlers(house),
    ...exchangeHandlers,
    ...reportHandlers,
    ...statusHandlers(house),
    ...printableHandlers(house),
  };
}
