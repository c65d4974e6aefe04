export {
  type AssetRef,
  assetsOf,
  type Register,
  type Registered,
  type RegisteredDomain,
  type RegisteredHost,
  type RegisteredNetwork,
  registerOf,
  silentOrganisations,
} from './answers.ts';
export { authoritiesOf, livingAuthorities } from './authorities.ts';
export { type AssetChange, changeAsset } from './change.ts';
export { type Asked, checkAsset, type Checked } from './check.ts';
export { type Claim, claimAsset, claimAssets } from './claim.ts';
export { approveAssets, refuseAssets } from './decide.ts';
export type { Outcome } from './internal.ts';
export { endAssets, withdrawAssets } from './end.ts';
export { getAsset } from './get.ts';
export { type AssetInput } from './input.ts';
export { type AssetQuery, type AssetView, listAssets } from './list.ts';
export { assetsRegistered, registrationsOf } from './measures.ts';
export { ASSET_KINDS, type AssetKind, type AssetState, KIND_NAMES, type ShownState, type Usage, USAGE_NAMES, USAGES } from './model.ts';
export { followOverseers } from './overseer.ts';
export { heldAssets, moveOverseen } from './reorganise.ts';
export { listSilent, type SilentQuery } from './silent.ts';
export { assets } from './tables.ts';
export { transferAssets } from './transfer.ts';
export { undoAssetAct } from './undo.ts';
export { assetsDoer } from './import.ts';
export { assetTemplate, exportAssets, exportSilent } from './export.ts';
export { proposeRanges, tryProposals } from './propose.ts';
