import { describe, expect, it } from 'vitest';
import { daysBetween, fold, formatBytes, formatDate, formatDateTime, formatNumber, formatTime, parseDate } from './format.ts';

describe('dates as an office writes them', () => {
  it('writes days without leading zeros and hours of 24', () => {
    expect(formatDate('2024-04-05')).toBe('5/4/2024');
    expect(formatDateTime('2024-04-26T14:05')).toBe('14:05 26/4/2024');
  });
  it('shows an instant in Việt Nam, also over midnight', () => {
    expect(formatDate('2024-04-26T18:30:00Z')).toBe('27/4/2024');
    expect(formatTime('2024-04-26T17:00:00Z')).toBe('00:00');
  });
  it('leaves alone what is no date', () => {
    expect(formatDate('không rõ')).toBe('không rõ');
  });
  it.each([
    ['20/4/2024', '2024-04-20'],
    ['01-5-24', '2024-05-01'],
    ['29.02.2024', '2024-02-29'],
    ['29/2/2023', null],
    ['31/4/2024', null],
    ['4/2024', null],
  ])('reads %s', (typed, day) => {
    expect(parseDate(typed)).toBe(day);
  });
  it('counts days as a calendar does', () => {
    expect(daysBetween('2024-04-28', '2024-05-02')).toBe(4);
    expect(daysBetween('2024-05-02', '2024-04-28')).toBe(-4);
  });
});

describe('numbers in Vietnamese', () => {
  it.each([
    [1234, 0, '1.234'],
    [1234567.891, 2, '1.234.567,89'],
    [-0.2, 0, '0'],
    [-1500, 0, '-1.500'],
    [999, 0, '999'],
  ])('%d with %d decimals', (value, digits, text) => {
    expect(formatNumber(value, digits)).toBe(text);
  });
  it('writes sizes', () => {
    expect([formatBytes(0), formatBytes(999), formatBytes(1_540_000)]).toEqual(['0 B', '999 B', '1,5 MB']);
  });
});

it('folds diacritics away', () => {
  expect(fold('Điện Biên Phủ, ĐẮK LẮK')).toBe('dien bien phu, dak lak');
});
