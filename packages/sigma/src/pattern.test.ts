import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Piece } from './model.ts';
import { coveredBy } from './pattern.ts';

const piece: fc.Arbitrary<Piece> = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', '.'), minLength: 1, maxLength: 3 }),
  fc.constantFrom<Piece>({ wild: '*' }, { wild: '?' }),
);

/** The same by a regular expression. */
function expectedOf(pieces: readonly Piece[]): RegExp {
  const parts = pieces.map((one) => (typeof one === 'string' ? one.replaceAll('.', '\\.') : one.wild === '*' ? '[^]*' : '[^]'));
  return new RegExp(`^${parts.join('')}$`);
}

test('a pattern covers what the same regular expression matches', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 10 });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), text, (pieces, text) => {
      expect(coveredBy(pieces)(text)).toBe(expectedOf(pieces).test(text));
    }),
    { numRuns: 5000 },
  );
});

test('many stars over a long text take no time', () => {
  const pieces = Array.from({ length: 60 }, (_, at): Piece => (at % 2 === 0 ? { wild: '*' } : 'ab'));
  const covers = coveredBy([...pieces, 'c']);
  expect(covers(`${'ab'.repeat(50_000)}`)).toBe(false);
  expect(covers(`${'ab'.repeat(50_000)}c`)).toBe(true);
});
