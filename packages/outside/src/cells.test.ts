import fc from 'fast-check';
import { expect, test } from 'vitest';
import { neutraliseCell, restoreCell } from './cells.ts';

test.each(['=1+1', '+84', '-1', '@x', '\t=1', '\r=1'])('%j cannot run as a formula', (value) => {
  expect(neutraliseCell(value)).toBe(`'${value}`);
});

test('ordinary text stays as it is', () => {
  expect(neutraliseCell('Sở Y tế')).toBe('Sở Y tế');
  expect(neutraliseCell("'chữ")).toBe("'chữ");
});

test('every value comes back as it was', () => {
  const risky = fc.stringMatching(/^'{0,3}[=+\-@\t\r]?.{0,5}$/u);
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), risky),
      (value) => restoreCell(neutraliseCell(value)) === value && !/^[=+\-@\t\r]/u.test(neutraliseCell(value)),
    ),
  );
});
