import { directives } from './tables.ts';

/** What names files here: the one that was read and the signed one. */
export const directiveFiles = [directives.sourceFile, directives.signedFile];
