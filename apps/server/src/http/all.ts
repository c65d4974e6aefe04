import type { RouteKey } from '@vonggac/contract';
import type { House } from '../house.ts';
import { auditHandlers } from './audit.ts';
import { directiveHandlers } from './directives.ts';
import type { Handlers } from './handlers.ts';
import { identityHandlers, peopleImportHandlers } from './identity.ts';
import { workHandlers } from './work.ts';

/** Every room's handlers: one line a room. */
export function allHandlers(house: House): Handlers<RouteKey> {
  return {
    ...identityHandlers(house),
    ...peopleImportHandlers(house),
    ...auditHandlers(house),
    ...directiveHandlers,
    ...workHandlers,
  } as Handlers<RouteKey>;
}
