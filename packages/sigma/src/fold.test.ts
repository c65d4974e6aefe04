import fc from 'fast-check';
import { expect, it } from 'vitest';
import { folded, foldTable } from './fold.ts';

const units = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit));

it('folds a text unit by unit, as the table does', () => {
  const table = foldTable();
  expect(units.map((unit) => folded(unit).charCodeAt(0))).toEqual([...table]);
  fc.assert(
    fc.property(fc.string({ unit: fc.oneof(fc.constantFrom(...'Aaİß ςΣσKſẞĐđ'), fc.constantFrom(...units)), maxLength: 50 }), (text) => {
      expect(folded(text)).toBe(
        Array.from({ length: text.length }, (_, at) => String.fromCharCode(table[text.charCodeAt(at)] ?? 0)).join(''),
      );
    }),
  );
});

it('is settled after once', () => {
  for (const unit of units) expect(folded(folded(unit))).toBe(folded(unit));
});

it('keeps eszett and dotted capital I, and makes the small sigmas one', () => {
  expect(folded('STRAßE İI ΟΔΟΣ ς')).toBe('straße İi οδοσ σ');
  expect(folded('Đặng Thị ẢNH')).toBe('đặng thị ảnh');
  expect(folded('\u{10400}A')).toBe('\u{10400}a');
  expect(folded(`${'İ'.repeat(9000)}A`)).toBe(`${'İ'.repeat(9000)}a`);
});
