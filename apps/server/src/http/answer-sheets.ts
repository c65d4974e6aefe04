import type { answerSheetRoutes } from '@vonggac/contract/answer-sheets';
import {
  confirmDeclaration,
  contestDeclaration,
  downloadFile,
  dropFile,
  enterFor,
  exportOwnSheet,
  exportSheets,
  getFile,
  importFile,
  keepFile,
  listDeclarations,
  listFiles,
  listSheets,
  undoFile,
} from '@vonggac/rooms/tasks';
import type { House } from '../house.ts';
import type { Handlers } from './handlers.ts';

const nothing = (done: Promise<void>) => done.then(() => null);

export const answerSheetHandlers = ({ config: { keys } }: House): Handlers<keyof typeof answerSheetRoutes> => ({
  'GET /directives/{id}/answer-sheets': (ctx, { params }) => listSheets(ctx, params.id),
  'POST /directives/{id}/answer-sheets': (ctx, { params, body }) => exportSheets(ctx, keys, { directive: params.id, ...body }),
  'POST /work/{directive}/{organisation}/answer-sheet': (ctx, { params }) => exportOwnSheet(ctx, keys, params),
  'GET /directives/{id}/answer-files': (ctx, { params, query }) => listFiles(ctx, { directive: params.id, ...query }),
  'POST /directives/{id}/answer-files': async (ctx, { params, query, body }) =>
    keepFile(ctx, keys, { directive: params.id, ...query, content: await body.bytes() }),
  'GET /answer-files/{id}': (ctx, { params }) => getFile(ctx, params.id),
  'GET /answer-files/{id}/file': (ctx, { params }) => downloadFile(ctx, params.id),
  'POST /answer-files/{id}/import': (ctx, { params, body }) => importFile(ctx, params.id, body),
  'POST /answer-files/{id}/drop': (ctx, { params }) => nothing(dropFile(ctx, params.id)),
  'POST /answer-files/{id}/undo': (ctx, { params }) => undoFile(ctx, params.id),
  'POST /work/{directive}/{organisation}/entered': (ctx, { params, body }) => enterFor(ctx, { ...params, ...body }),
  'GET /work/{directive}/{organisation}/declarations': (ctx, { params }) => listDeclarations(ctx, params),
  'POST /declarations/{id}/confirm': (ctx, { params }) => nothing(confirmDeclaration(ctx, params.id)),
  'POST /declarations/{id}/contest': (ctx, { params, body }) => nothing(contestDeclaration(ctx, params.id, body.reason)),
});
