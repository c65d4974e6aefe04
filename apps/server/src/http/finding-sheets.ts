import type { findingSheetRoutes } from '@vonggac/contract/finding-sheets';
import {
  acceptSheetFile,
  downloadSheetFile,
  dropSheetFile,
  getSheetFile,
  issueFindingSheets,
  listSheetFiles,
  listSheetUnits,
  refusedSheetRows,
  uploadSheetFile,
} from '@vonggac/rooms/findings';
import type { House } from '../house.ts';
import type { Handlers } from './handlers.ts';

/** Translates the routes of sheets of findings to their verbs. */
export const findingSheetHandlers = ({ config: { keys } }: House): Handlers<keyof typeof findingSheetRoutes> => ({
  'GET /finding-sheets': (ctx, { query }) => listSheetUnits(ctx, query),
  'POST /finding-sheets': (ctx, { body }) => issueFindingSheets(ctx, keys, body),
  'GET /finding-sheet-files': (ctx, { query }) => listSheetFiles(ctx, query),
  'POST /finding-sheet-files': async (ctx, { query, body }) => uploadSheetFile(ctx, keys, { ...query, content: await body.bytes() }),
  'GET /finding-sheet-files/{id}': (ctx, { params }) => getSheetFile(ctx, params.id),
  'GET /finding-sheet-files/{id}/file': (ctx, { params }) => downloadSheetFile(ctx, params.id),
  'GET /finding-sheet-files/{id}/refusals': (ctx, { params }) => refusedSheetRows(ctx, params.id),
  'POST /finding-sheet-files/{id}/accept': (ctx, { params, body }) => acceptSheetFile(ctx, params.id, body),
  'POST /finding-sheet-files/{id}/drop': (ctx, { params }) => dropSheetFile(ctx, params.id).then(() => null),
});
