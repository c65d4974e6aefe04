import type { Text } from '@vonggac/kernel';

/** What a kind of sheet looks like: the same for going out and for coming back. */
export type SheetForm<Fact extends string, Column extends string> = {
  /** Marks the hidden sheet, and stands in the signature: a sheet of one kind is never one of another. */
  format: string;
  /** What the hidden sheet says besides the keys of the rows, in the order in which it is signed. */
  facts: readonly Fact[];
  /** The columns behind the hidden one of row keys, in their order. */
  columns: Readonly<Record<Column, { title: string; width: number }>>;
  /** Those that are filled in. */
  fills: readonly Column[];
  /** By which of them the line of heads is told. */
  answer: Column;
  /** The locked column that says which row it is, and what a row is called. */
  name: Column;
  noun: Text;
  /** Lines of the head that are filled in, by the key that stands in their hidden cell. */
  heads: Readonly<Record<string, { key: string; title: string }>>;
};

export const columnsOf = <Column extends string>(form: Pick<SheetForm<string, Column>, 'columns'>): Column[] =>
  Object.keys(form.columns) as Column[];

/** Stands in a hidden row above the heads, so that a column is found whatever its head says. */
export const columnMark = (column: string): string => `VG:${column}`;
