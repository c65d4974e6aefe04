import type { listRoutes } from '@vonggac/contract/lists';
import {
  assignRows,
  cancelList,
  changeAlias,
  confirmAliases,
  continueList,
  decideWithdrawal,
  discardList,
  getList,
  listAliases,
  listLists,
  listRowsOf,
  listSenders,
  listUnmatched,
  previewRematch,
  proposeWithdrawal,
  recogniseAgain,
  refusedLines,
  rematchList,
  runList,
  setRowsAside,
  tryList,
  undoRematch,
  uploadAnnex,
  uploadList,
} from '@vonggac/rooms/intelligence';
import { Readable } from 'node:stream';
import type { Handlers } from './handlers.ts';

async function nothing(work: Promise<unknown>): Promise<null> {
  await work;
  return null;
}

/** Translates the routes of lists from outside to their verbs. */
export const listHandlers: Handlers<keyof typeof listRoutes> = {
  'GET /lists': (ctx, { query }) => listLists(ctx, query),
  'GET /list-senders': (ctx) => listSenders(ctx),
  'POST /lists': (ctx, { query, body }) =>
    uploadList(ctx, {
      name: query.name || body.name,
      sender: query.sender,
      title: query.title ?? null,
      directive: query.directive,
      content: Readable.from(body.stream),
    }),
  'POST /directives/{id}/lists': (ctx, { params, body }) => uploadAnnex(ctx, params.id, body),
  'GET /lists/{id}/recognition': (ctx, { params, query }) => recogniseAgain(ctx, params.id, query.sheet),
  'POST /lists/{id}/try': (ctx, { params, body }) => tryList(ctx, params.id, body),
  'POST /lists/{id}/run': (ctx, { params, body }) => runList(ctx, params.id, body),
  'POST /lists/{id}/continue': (ctx, { params }) => continueList(ctx, params.id),
  'POST /lists/{id}/cancel': (ctx, { params }) => cancelList(ctx, params.id),
  'DELETE /lists/{id}': (ctx, { params }) => nothing(discardList(ctx, params.id)),
  'GET /lists/{id}': (ctx, { params }) => getList(ctx, params.id),
  'GET /lists/{id}/rows': (ctx, { params, query }) => listRowsOf(ctx, params.id, query),
  'GET /lists/{id}/refused': (ctx, { params }) => refusedLines(ctx, params.id),
  'GET /lists/{id}/unmatched': (ctx, { params, query }) => listUnmatched(ctx, params.id, query),
  'POST /lists/{id}/assign': (ctx, { params, body }) => assignRows(ctx, params.id, body),
  'GET /lists/{id}/rematch': (ctx, { params }) => previewRematch(ctx, params.id),
  'POST /lists/{id}/rematch': (ctx, { params }) => rematchList(ctx, params.id),
  'POST /lists/{id}/rematches/{rematch}/undo': (ctx, { params }) => undoRematch(ctx, params.id, params.rematch),
  'GET /list-aliases': (ctx, { query }) => listAliases(ctx, query),
  'PUT /list-aliases/{id}': (ctx, { params, body }) => changeAlias(ctx, params.id, body),
  'POST /lists/{id}/aside': (ctx, { params, body }) => setRowsAside(ctx, params.id, body),
  'POST /lists/{id}/aliases': (ctx, { params, body }) => confirmAliases(ctx, params.id, body.aliases),
  'POST /lists/{id}/withdrawal': (ctx, { params, body }) => nothing(proposeWithdrawal(ctx, params.id, body.reason)),
  'POST /lists/{id}/withdrawal/decide': (ctx, { params, body }) => decideWithdrawal(ctx, params.id, body),
};
