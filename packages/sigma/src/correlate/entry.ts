import { compares } from '../compare.ts';
import type { Correlation, Fired } from '../model.ts';

/** A hit of a rule, as a correlation keeps it. */
export type Entry<Reference> = {
  /** @unit milliseconds since 1970-01-01 UTC */
  readonly time: number;
  /** Which of the correlation's rules, counted from 0. */
  readonly rule: number;
  /** What is counted or summed; null where the type needs nothing. */
  readonly value: string | number | null;
  readonly reference: Reference;
};

/** Whether the figure that a correlation's type makes of a window meets its bounds; with none, every rule has fired. */
export function meets({ condition, rules }: Correlation, figure: number | null): boolean {
  if (figure === null) return false;
  if (condition === null) return figure >= rules.length;
  return condition.bounds.every(({ by, value }) => compares(figure, by, value));
}

/** Whether an expression over rules holds where these have fired. */
export function firedHolds(expression: Fired, fired: (rule: string) => boolean): boolean {
  switch (expression.op) {
    case 'rule':
      return fired(expression.rule);
    case 'and':
      return expression.nodes.every((node) => firedHolds(node, fired));
    case 'or':
      return expression.nodes.some((node) => firedHolds(node, fired));
    case 'not':
      return !firedHolds(expression.node, fired);
  }
}

/** By time; at the same time in the order in which the correlation names the rules, so that it does not matter which came first. */
export function isAfter(one: Pick<Entry<unknown>, 'time' | 'rule'>, other: Pick<Entry<unknown>, 'time' | 'rule'>): boolean {
  return one.time > other.time || (one.time === other.time && one.rule > other.rule);
}
