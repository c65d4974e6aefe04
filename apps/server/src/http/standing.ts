import type { standingRoutes } from '@vonggac/contract/standing';
import { exportMatrix, matrix, rowsOf, standing, standingCell } from '@vonggac/rooms/tasks';
import { XLSX_TYPE } from '@vonggac/outside';
import type { Handlers } from './handlers.ts';

export const standingHandlers: Handlers<keyof typeof standingRoutes> = {
  'GET /directives/{id}/standing': (ctx, { params }) => standing(ctx, params.id),
  'GET /directives/{id}/matrix': (ctx, { params, query }) => matrix(ctx, params.id, query),
  'GET /directives/{id}/matrix/export': async (ctx, { params, query }) => ({
    type: XLSX_TYPE,
    ...(await exportMatrix(ctx, params.id, query)),
  }),
  'GET /directives/{id}/figures/{figure}': (ctx, { params, query }) => rowsOf(ctx, params.id, { ...query, figure: params.figure }),
  'GET /directives/{id}/cells/{organisation}/{requirement}': (ctx, { params: { id, organisation, requirement } }) =>
    standingCell(ctx, { directive: id, organisation, requirement }),
};
