import { statusFiles } from './tables.ts';

/** Files that rows of this room name: the messages as they came. */
export const exchangeFiles = [statusFiles.sha256];
