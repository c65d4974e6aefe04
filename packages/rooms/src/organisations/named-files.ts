import { imports } from './tables.ts';

/** What names files here: the lists that were read in. */
export const importFiles = [imports.sha256];
