import { findingFiles, findingSheetFiles } from './tables.ts';

/** What names files here: proof beside answers, and the sheets that came back. */
export const findingProof = [findingFiles.sha256, findingSheetFiles.sha256];
