import type { findingRoutes } from '@vonggac/contract/findings';
import {
  addFindingFile,
  answerFindings,
  approvePostponements,
  decideFindings,
  downloadFindingFile,
  exportFindings,
  findingsOverview,
  findSubscribers,
  getFinding,
  listFindings,
  listHolidays,
  removeHoliday,
  sayOfEntered,
  setHoliday,
  splitFinding,
} from '@vonggac/rooms/findings';
import type { Handlers } from './handlers.ts';

/** Translates the routes of findings and of the calendar of working days to their verbs. */
export const findingHandlers: Handlers<keyof typeof findingRoutes> = {
  'GET /findings': (ctx, { query }) => listFindings(ctx, query),
  'GET /findings/export': (ctx, { query }) => exportFindings(ctx, query),
  'GET /findings/overview': (ctx, { query }) => findingsOverview(ctx, query),
  'GET /findings/{id}': (ctx, { params }) => getFinding(ctx, params.id),
  'POST /findings/answer': (ctx, { body: { findings, ...given } }) => answerFindings(ctx, { ...given, ids: findings }),
  'POST /findings/decide': (ctx, { body: { findings, ...decision } }) => decideFindings(ctx, { ...decision, ids: findings }),
  'POST /findings/postponements': (ctx, { body: { findings, ...decision } }) => approvePostponements(ctx, { ...decision, ids: findings }),
  'POST /findings/{id}/entered': (ctx, { params, body }) => sayOfEntered(ctx, params.id, body).then(() => null),
  'GET /findings/{id}/subscribers': (ctx, { params, query }) => findSubscribers(ctx, params.id, query.q),
  'POST /findings/{id}/split': (ctx, { params, body }) => splitFinding(ctx, params.id, body),
  'POST /findings/{id}/files': async (ctx, { params, query, body }) =>
    addFindingFile(ctx, params.id, { name: query.name || body.name, content: await body.bytes() }),
  'GET /finding-files/{id}': (ctx, { params }) => downloadFindingFile(ctx, params.id),
  'GET /holidays': (ctx, { query }) => listHolidays(ctx, query.year),
  'PUT /holidays/{day}': (ctx, { params, body }) => setHoliday(ctx, params.day, body),
  'DELETE /holidays/{day}': (ctx, { params }) => removeHoliday(ctx, params.day),
};
