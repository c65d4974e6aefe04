export { DataTable } from './DataTable.tsx';
export type { Column, Filter } from './model.ts';
export { listQuery, useListState } from './useListState.ts';
