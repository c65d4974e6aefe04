export { signedClaims } from './claims.ts';
export { noColumns } from './errors.ts';
export type { SheetForm } from './form.ts';
export { fileName, uniqueName, ZIP_TYPE } from './names.ts';
export { openSheet, SHEET_LIMIT } from './open-file.ts';
export { readDay, type ReadDay } from './read-day.ts';
export { type KeyedRow, MOST_REMARKS, type ReadRows, readRows } from './read-rows.ts';
export { type Claims, newNonce, newRowKey } from './sign.ts';
export { type SheetBody, writeSheetOf } from './write-form-sheet.ts';
