import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isoOf } from './columns.ts';

it('reads instants as PostgreSQL prints them', () => {
  expect(isoOf('2024-04-22 02:00:00+00')).toBe('2024-04-22T02:00:00.000Z');
  expect(isoOf('2024-04-22 02:00:00.5+00')).toBe('2024-04-22T02:00:00.500Z');
  expect(isoOf('2024-04-22 09:00:00.123+07')).toBe('2024-04-22T02:00:00.123Z');
  expect(isoOf('2024-04-22T02:00:00.123Z')).toBe('2024-04-22T02:00:00.123Z');
});

it('the short way and the long way agree', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1000-01-01'), max: new Date('9999-01-01'), noInvalidDate: true }), (date) => {
      const iso = date.toISOString();
      expect(isoOf(`${iso.slice(0, 10)} ${iso.slice(11, 23)}+00`)).toBe(iso);
    }),
  );
});
