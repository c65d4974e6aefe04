import { answerFiles, evidence } from './tables.ts';

/** What names files here: evidence, the signed reports among it, and the answer sheets that came back. */
export const evidenceFiles = [evidence.sha256, answerFiles.sha256];
