import type { exchangeRoutes } from '@vonggac/contract/exchange';
import {
  arrivalOf,
  confirmFiles,
  decideRequest,
  discardFile,
  downloadMessage,
  downloadMessages,
  listFiles,
  listMessages,
  makeStatuses,
  markSent,
  readStatusFile,
  refuseArrival,
  registerArrival,
  statusesOf,
} from '@vonggac/rooms/exchange';
import type { Handlers } from './handlers.ts';

const EDXML = 'application/octet-stream';

export const exchangeHandlers: Handlers<keyof typeof exchangeRoutes> = {
  'GET /work/{directive}/{organisation}/statuses': (ctx, { params }) => statusesOf(ctx, params),
  'POST /work/{directive}/{organisation}/statuses': async (ctx, { params }) => ({ made: await makeStatuses(ctx, params) }),
  'GET /work/{directive}/{organisation}/statuses.zip': async (ctx, { params }) => ({
    ...(await downloadMessages(ctx, params)),
    type: 'application/zip',
  }),
  'GET /directives/{id}/arrival': (ctx, { params }) => arrivalOf(ctx, params.id),
  'PUT /directives/{id}/arrival': async (ctx, { params, body }) => {
    await registerArrival(ctx, params.id, body);
    return null;
  },
  'POST /directives/{id}/arrival/refuse': async (ctx, { params, body }) => {
    await refuseArrival(ctx, params.id, body.reason);
    return null;
  },
  'GET /status-messages': (ctx, { query }) => listMessages(ctx, query),
  'GET /status-messages/{id}/file': async (ctx, { params }) => ({ ...(await downloadMessage(ctx, params.id)), type: EDXML }),
  'POST /status-messages/sent': async (ctx, { body }) => ({ marked: await markSent(ctx, body.ids) }),
  'POST /status-files': async (ctx, { query, body }) => readStatusFile(ctx, { name: query.name, bytes: await body.bytes() }),
  'GET /status-files': (ctx, { query }) => listFiles(ctx, query),
  'POST /status-files/confirm': async (ctx, { body }) => ({ items: await confirmFiles(ctx, body.ids) }),
  'POST /status-files/{id}/discard': async (ctx, { params, body }) => {
    await discardFile(ctx, params.id, body.reason);
    return null;
  },
  'POST /status-files/{id}/decision': async (ctx, { params, body }) => ({ message: await decideRequest(ctx, params.id, body) }),
};
