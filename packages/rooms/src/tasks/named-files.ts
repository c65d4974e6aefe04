import { evidence } from './tables.ts';

/** What names files here: evidence, the signed reports among it. */
export const evidenceFiles = [evidence.sha256];
