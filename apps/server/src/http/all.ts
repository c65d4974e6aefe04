import type { RouteKey } from '@vonggac/contract';
import type { House } from '../house.ts';
import { auditHandlers } from './audit.ts';
import type { Handlers } from './handlers.ts';
import { identityHandlers, peopleImportHandlers } from './identity.ts';

/** Every room's handlers: one line a room. */
export function allHandlers(house: House): Handlers<RouteKey> {
  return {
    ...identityHandlers(house),
    ...peopleImportHandlers(house),
    ...auditHandlers(house),
  } as Handlers<RouteKey>;
}
