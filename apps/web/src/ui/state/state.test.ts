import { describe, expect, it } from 'vitest';
import type { TFunction } from 'i18next';
import { longText, shortText } from './state.ts';

const t = ((key: string, values?: Record<string, unknown>) =>
  key === 'state.countOf'
    ? `${String(values?.['shown'])}/${String(values?.['of'])} ${String(values?.['noun'])}`
    : key) as unknown as TFunction;

describe('what a state says', () => {
  it('never rounds an unfinished share up to the whole', () => {
    expect(shortText('at-risk', { kind: 'share', count: 999, of: 1000, noun: 'máy' }, t)).toBe('99%');
  });
  it('always names the denominator of a share', () => {
    expect(longText('at-risk', { kind: 'share', count: 47, of: 50, noun: 'máy' }, t)).toBe('state.at-risk: 47/50 máy');
  });
  it('does not divide by nothing', () => {
    expect(shortText('met', { kind: 'share', count: 0, of: 0, noun: 'máy' }, t)).toBe('state.short.none');
  });
  it('shows no number where there is no data', () => {
    expect(shortText('no-data', { kind: 'count', count: 0, noun: 'máy' }, t)).toBe('');
    expect(longText('no-data', { kind: 'count', count: 0, noun: 'máy' }, t)).toBe('state.no-data');
  });
});
