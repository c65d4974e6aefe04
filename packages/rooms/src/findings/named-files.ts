import { findingFiles } from './tables.ts';

/** What names files here: proof beside answers. */
export const findingProof = [findingFiles.sha256];
