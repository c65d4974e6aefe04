export { Matrix } from './Matrix.tsx';
export type { MatrixCell, MatrixColumn, MatrixPlace, MatrixRow } from './model.ts';
