import type { Text } from '@vonggac/kernel';

export const IMPORT_KINDS = ['organisations', 'contacts'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** What a row would do or did: `row` is the line in the file, from 1. */
export type ImportRow = {
  row: number;
  state: 'new' | 'changed' | 'same' | 'refused';
  name: string;
  changes: string[];
  reason: Text | null;
};

export type ImportCounts = { new: number; changed: number; same: number; refused: number };

/** Kept with the import: the counts, and every row that was refused with its reason. */
export type ImportResult = { counts: ImportCounts; refused: ImportRow[]; doneAt: string };

/** Columns by meaning: the number of the column, from 0. */
export type ColumnMap = Readonly<Record<string, number>>;

/** Where the table lies in the file: sheet, and the index of the row with the heads, both from 0. */
export type ImportPlace = { sheet: number; head: number; columns: ColumnMap };
