export { DataTable } from './DataTable.tsx';
export type { DataTableProps } from './DataTable.tsx';
export type { Column, Filter, ListAnswer } from './model.ts';
export { listQuery, useListState } from './useListState.ts';
export type { ListControl, ListState } from './useListState.ts';
