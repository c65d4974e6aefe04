import type { auditRoutes } from '@vonggac/contract/audit';
import { may } from '@vonggac/rooms/access';
import { listAudit, verifyAudit } from '@vonggac/rooms/audit';
import type { House } from '../house.ts';
import type { Handlers } from './handlers.ts';

export function auditHandlers(house: House): Handlers<keyof typeof auditRoutes> {
  return {
    'GET /audit': (ctx, { query }) => listAudit(ctx, query),
    'POST /audit/verify': async (ctx) => {
      may(ctx, 'audit:read');
      return verifyAudit(await house.ctx({ name: 'audit' }), house.anchors);
    },
  };
}
