import type { Comparison } from './model.ts';

/** Whether a number stands so to another one. */
export function compares(left: number, by: Comparison | 'eq' | 'neq', right: number): boolean {
  switch (by) {
    case 'lt':
      return left < right;
    case 'lte':
      return left <= right;
    case 'gt':
      return left > right;
    case 'gte':
      return left >= right;
    case 'eq':
      return left === right;
    case 'neq':
      return left !== right;
  }
}
