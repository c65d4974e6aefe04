import type { TFunction } from 'i18next';
import { formatNumber } from '../../i18n/format.ts';

/**
 * The one state vocabulary. The first three are measured; `reported` was said by the agency; `no-data` is silence and never "no problem";
 * `not-concerned` means that the requirement does not address the organisation.
 */
export type State = 'met' | 'at-risk' | 'missed' | 'reported' | 'no-data' | 'not-concerned';

export const STATES: readonly State[] = ['met', 'at-risk', 'missed', 'reported', 'no-data', 'not-concerned'];

/** What a cell counts. `share` is shown as a percentage of `of` and therefore cannot be without it; `count` is a number of `noun`. */
export type StateValue =
  | { kind: 'share'; count: number; of: number; noun: string }
  | { kind: 'count'; count: number; of?: number | undefined; noun: string };

/** The short text inside a cell: `94%`, `3`, or the word for what has no number. */
export function shortText(state: State, value: StateValue | undefined, t: TFunction): string {
  if (state === 'not-concerned') return '–';
  if (state === 'no-data') return '';
  if (value === undefined) return t(`state.short.${state}`);
  if (value.kind === 'count') return formatNumber(value.count);
  return value.of === 0 ? t('state.short.none') : `${formatNumber(Math.floor((value.count / value.of) * 100))}%`;
}

/** The full sentence for hover and screen readers: state, number with its noun and denominator. */
export function longText(state: State, value: StateValue | undefined, t: TFunction): string {
  const word = t(`state.${state}`);
  if (value === undefined || state === 'no-data' || state === 'not-concerned') return word;
  const count = formatNumber(value.count);
  return value.of === undefined
    ? `${word}: ${count} ${value.noun}`
    : `${word}: ${t('state.countOf', { count: value.count, shown: count, of: formatNumber(value.of), noun: value.noun })}`;
}
