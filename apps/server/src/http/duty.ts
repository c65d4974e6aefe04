import type { dutyRoutes } from '@vonggac/contract/duty';
import { latestPick, listCalls, listDuty, logCall, pickForCalls } from '@vonggac/rooms/duty';
import type { Handlers } from './handlers.ts';

export const dutyHandlers: Handlers<keyof typeof dutyRoutes> = {
  'GET /duty/organisations': (ctx, { query }) => listDuty(ctx, query),
  'GET /duty/calls': (ctx, { query }) => listCalls(ctx, query),
  'POST /duty/calls': (ctx, { body }) => logCall(ctx, body),
  'POST /duty/picks': (ctx, { body }) => pickForCalls(ctx, body),
  'GET /duty/picks/latest': async (ctx) => ({ pick: await latestPick(ctx) }),
};
