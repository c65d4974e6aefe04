import type { RouteKey } from '@vonggac/contract';
import type { House } from '../house.ts';
import { auditHandlers } from './audit.ts';
import { directiveHandlers } from './directives.ts';
import { dutyHandlers } from './duty.ts';
import type { Handlers } from './handlers.ts';
import { identityHandlers, peopleImportHandlers } from './identity.ts';
import { notificationHandlers } from './notifications.ts';
import { organisationHandlers } from './organisations.ts';
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
    ...directiveHandlers,
    ...workHandlers,
    ...standingHandlers,
    ...searchHandlers,
    ...dutyHandlers,
    ...notificationHandlers(house),
    ...reportHandlers,
    ...statusHandlers(house),
  };
}
