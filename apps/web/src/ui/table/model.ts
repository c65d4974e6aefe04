import type { ReactNode } from 'react';

export interface Column<Row> {
  id: string;
  header: string;
  /** What stands on hover over the head: unit, denominator, source. */
  hint?: string;
  cell: (row: Row) => ReactNode;
  /** The server sorts by the column's id. */
  sortable?: boolean;
  /** Right-aligned tabular figures. */
  number?: boolean;
  width?: number | string;
  /** Running text: on a phone it keeps the width to be read, and the table scrolls. */
  wide?: boolean;
}

export interface Filter {
  name: string;
  label: string;
  options: readonly { value: string; label: string }[];
  /** What stands for no choice where that is not everything. */
  unset?: string;
}

export interface ListAnswer<Row> {
  items: readonly Row[];
  total: number;
}
