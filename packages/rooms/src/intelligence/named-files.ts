import { lists } from './tables.ts';

/** What names files here: the lists as they came. */
export const listFiles = [lists.sha256];
