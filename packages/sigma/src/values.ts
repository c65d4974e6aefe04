import type { Value } from './event.ts';

/** A value that is no list. */
export type Single = Exclude<Value, readonly Value[]>;

/** How a single value is compared with texts; null for a list and where there is no value. */
export function textOf(value: Value): string | null {
  if (typeof value === 'string') return value;
  if (value === null || typeof value === 'object') return null;
  return String(value);
}

const NUMERIC = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/iu;

/** The number that a single value is, or that a text says in decimal digits; null for everything else. */
export function numberOf(value: Value): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' && value.length < 64 && NUMERIC.test(value) ? Number(value) : null;
}
