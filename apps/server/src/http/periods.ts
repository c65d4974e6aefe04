import type { periodRoutes } from '@vonggac/contract/periods';
import { endRecurrence } from '@vonggac/rooms/directives';
import { listPast, reportPast, reviewPast } from '@vonggac/rooms/tasks';
import type { Handlers } from './handlers.ts';

export const periodHandlers: Handlers<keyof typeof periodRoutes> = {
  'GET /periods': (ctx, { query }) => listPast(ctx, query),
  'POST /work/{directive}/{organisation}/periods/{period}': (ctx, { params, body }) => reportPast(ctx, { ...params, ...body }),
  'POST /work/periods': (ctx, { body }) => reviewPast(ctx, body),
  'POST /directives/{id}/recurrence': async (ctx, { params, body }) => {
    await endRecurrence(ctx, { directive: params.id, ...body });
    return null;
  },
};
