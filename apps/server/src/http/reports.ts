import type { reportRoutes } from '@vonggac/contract/reports';
import {
  approveReport,
  discardReport,
  downloadReport,
  downloadRollup,
  editReport,
  getReport,
  issueReport,
  listReports,
  makeReport,
  previewReport,
  proposeReport,
  readAgencyReport,
  reportRows,
  returnReport,
  scheduleOf,
  scheduleReports,
} from '@vonggac/rooms/reports';
import type { Handlers } from './handlers.ts';

const nothing = (done: Promise<void>) => done.then(() => null);

export const reportHandlers: Handlers<keyof typeof reportRoutes> = {
  'GET /directives/{id}/reports': (ctx, { params, query }) => listReports(ctx, params.id, query),
  'POST /directives/{id}/reports': async (ctx, { params, body }) => ({ id: await makeReport(ctx, { directive: params.id, ...body }) }),
  'POST /directives/{id}/agency-reports': async (ctx, { params, query, body }) =>
    readAgencyReport(ctx, params.id, { name: query.name, bytes: await body.bytes() }),
  'GET /rollups/{id}/file': (ctx, { params }) => downloadRollup(ctx, params.id),
  'GET /directives/{id}/report-schedule': async (ctx, { params }) => ({ schedule: await scheduleOf(ctx, params.id) }),
  'PUT /directives/{id}/report-schedule': (ctx, { params, body }) => nothing(scheduleReports(ctx, params.id, body.schedule)),
  'GET /reports/{id}': (ctx, { params }) => getReport(ctx, params.id),
  'GET /reports/{id}/rows': (ctx, { params, query }) => reportRows(ctx, params.id, query),
  'POST /reports/{id}/preview': (ctx, { params, body }) => previewReport(ctx, params.id, body),
  'PUT /reports/{id}': (ctx, { params, body }) => nothing(editReport(ctx, params.id, body)),
  'POST /reports/{id}/propose': (ctx, { params, body }) => nothing(proposeReport(ctx, params.id, body)),
  'POST /reports/{id}/approve': (ctx, { params, body }) => nothing(approveReport(ctx, params.id, body)),
  'POST /reports/{id}/return': (ctx, { params, body }) => nothing(returnReport(ctx, params.id, body)),
  'POST /reports/{id}/issue': (ctx, { params, body }) => nothing(issueReport(ctx, params.id, body)),
  'POST /reports/{id}/discard': (ctx, { params, body }) => nothing(discardReport(ctx, params.id, body)),
  'GET /reports/{id}/file': (ctx, { params, query }) => downloadReport(ctx, params.id, query.format),
};
