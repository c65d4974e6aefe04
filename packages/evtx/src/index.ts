export type { EvtxField, EvtxObject, EvtxRecord, EvtxShape, EvtxValue, EvtxWarning } from './model.ts';
export { EvtxError } from './model.ts';
export { type EvtxOptions, readEvtx } from './read.ts';
