import type { Text } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import type { Permission } from '../access/index.ts';
import type { ImportColumn } from './import-columns.ts';

export const LIST_KINDS = ['organisations', 'contacts'] as const;
/** Lists that this room takes in. */
export type ListKind = (typeof LIST_KINDS)[number];
export type ImportKind = ListKind | 'people' | 'assets';

/** What a row would do or did: `row` is the line in the file, from 1. */
export type ImportRow = {
  row: number;
  state: 'new' | 'changed' | 'same' | 'refused';
  name: string;
  changes: string[];
  reason: Text | null;
};

export type ImportCounts = { new: number; changed: number; same: number; refused: number };

/** Kept with imports that were one act: the counts, and every row that was refused with its reason. */
export type ImportResult = { counts: ImportCounts; refused: ImportRow[]; doneAt: string };

/** Columns by meaning: the number of the column, from 0. */
export type ColumnMap = Readonly<Record<string, number>>;

/** Where the table lies in the file: sheet, and the index of the row with the heads, both from 0. */
export type ImportPlace = { sheet: number; head: number; columns: ColumnMap };

/** One row of the file by field, and what stands in columns without a field. */
export type SourceRow = { row: number; by: Record<string, string>; rest: string };

/** What a row made or changed, and what taking it back needs. */
export type Made = { subject: string; undo: Record<string, unknown> };

export type PlannedRow = ImportRow & { act: (tx: Tx, ctx: Ctx) => Promise<Made | null> };

/** A row of a run that can be taken back. */
export type DoneRow = { row: number; name: string; subject: string; undo: Record<string, unknown> };

/** How one kind of list is taken in and back. */
export type Doer = {
  /** The room in the names of audit acts. */
  room: 'organisations' | 'identity' | 'assets';
  permission: Permission;
  /** What the columns of its files may mean; none where it finds its columns itself. */
  columns?: readonly ImportColumn[];
  /** Rows a transaction. */
  batch: number;
  /** Rows a file. */
  most: number;
  /** What the rows leave to each other over the whole file: a merged cell above. */
  prepare?(rows: readonly SourceRow[]): SourceRow[];
  /** What each of these rows would do now; `freshId` gives ids that the transaction already reaches. */
  plan(tx: Tx, ctx: Ctx, rows: readonly SourceRow[], freshId: () => string): Promise<PlannedRow[]>;
  /** Takes rows back, the last one first; answers why for those that must stay. `ctx` is the actor's, `tx` sees the whole house. */
  undo(tx: Tx, ctx: Ctx, rows: readonly DoneRow[]): Promise<Map<number, Text>>;
};
