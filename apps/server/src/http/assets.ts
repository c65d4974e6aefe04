import type { assetRoutes } from '@vonggac/contract/assets';
import {
  approveAssets,
  assetsDoer,
  assetTemplate,
  changeAsset,
  checkAsset,
  claimAsset,
  claimAssets,
  endAssets,
  exportAssets,
  exportSilent,
  getAsset,
  listAssets,
  listSilent,
  proposeRanges,
  refuseAssets,
  transferAssets,
  tryProposals,
  undoAssetAct,
  withdrawAssets,
} from '@vonggac/rooms/assets';
import { stillActing } from '@vonggac/rooms/identity';
import { planImport, runImport, uploadImport } from '@vonggac/rooms/organisations';
import type { Handlers } from './handlers.ts';

const doers = { assets: assetsDoer };

/** Translates the routes of the register of assets, its imports and the proposals of operators' ranges to their verbs. */
export const assetHandlers: Handlers<keyof typeof assetRoutes> = {
  'GET /assets': (ctx, { query }) => listAssets(ctx, query),
  'GET /assets/check': (ctx, { query }) => checkAsset(ctx, { ...query, from: query.from ?? null, to: query.to ?? null }),
  'GET /assets/silent': (ctx, { query }) => listSilent(ctx, query),
  'GET /assets/silent/export': (ctx, { query }) => exportSilent(ctx, query),
  'GET /assets/export': (ctx, { query }) => exportAssets(ctx, query),
  'GET /assets/{id}': (ctx, { params }) => getAsset(ctx, params.id),
  'POST /assets': (ctx, { body }) => claimAsset(ctx, body),
  'POST /assets/bulk': (ctx, { body }) => claimAssets(ctx, body),
  'PUT /assets/{id}': (ctx, { params, body }) => changeAsset(ctx, params.id, body),
  'POST /assets/approve': (ctx, { body }) => approveAssets(ctx, { ...body, ids: body.assets }),
  'POST /assets/refuse': (ctx, { body }) => refuseAssets(ctx, { ...body, ids: body.assets }),
  'POST /assets/end': (ctx, { body }) => endAssets(ctx, { ...body, ids: body.assets }),
  'POST /assets/withdraw': (ctx, { body }) => withdrawAssets(ctx, { ...body, ids: body.assets }),
  'POST /assets/transfer': (ctx, { body }) => transferAssets(ctx, { ...body, ids: body.assets }),
  'POST /assets/acts/{id}/undo': (ctx, { params }) => undoAssetAct(ctx, params.id),

  'POST /asset-imports': (ctx, { query, body }) =>
    body.bytes().then((bytes) => uploadImport(ctx, { kind: 'assets', name: query.name || body.name, bytes }, doers)),
  'POST /asset-imports/{id}/plan': (ctx, { params, body }) => planImport(ctx, params.id, body, doers),
  'POST /asset-imports/{id}/run': (ctx, { params, body }) => runImport(ctx, params.id, body, { doers, refresh: stillActing }),
  'GET /asset-imports/template': (ctx) => assetTemplate(ctx),

  'POST /asset-proposals/try': (ctx, { body }) => tryProposals(ctx, body),
  'POST /asset-proposals': (ctx, { body }) => proposeRanges(ctx, body),
};
