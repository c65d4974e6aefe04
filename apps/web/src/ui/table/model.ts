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
}

export interface Filter {
  name: string;
  label: string;
  options: readonly { value: string; label: string }[];
}

export interface ListAnswer<Row> {
  items: readonly Row[];
  total: number;
}
