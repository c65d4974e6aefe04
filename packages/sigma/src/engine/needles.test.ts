import fc from 'fast-check';
import { expect, test } from 'vitest';
import { folded } from '../fold.ts';
import { canBeFound, type Needle, Needles } from './needles.ts';

const word = fc.string({
  unit: fc.constantFrom('a', 'A', 'b', 'ß', 'K', 'Σ', 'ς', 'Đ', 'đ', 'İ', '\u{1F40C}'),
  minLength: 1,
  maxLength: 5,
});
const needle: fc.Arbitrary<Needle> = fc.record({ text: word.map(folded), atStart: fc.boolean(), atEnd: fc.boolean() });
const haystack = fc.array(word, { maxLength: 6 }).map((words) => words.join(''));

const stands = (text: string, { text: wanted, atStart, atEnd }: Needle): boolean =>
  Array.from({ length: text.length }, (_, at) => at).some(
    (at) => text.startsWith(wanted, at) && (!atStart || at === 0) && (!atEnd || at + wanted.length === text.length),
  );

test('every needle is found where it stands, in strings and in code units, and no other', () => {
  fc.assert(
    fc.property(fc.array(needle.filter(canBeFound), { minLength: 1, maxLength: 12 }), haystack, fc.nat(3), (needles, text, before) => {
      const index = new Needles(needles);
      const expected = needles.flatMap((one, at) => (stands(folded(text), one) ? [at] : []));
      const inText = new Set<number>();
      index.findInText(text, (found) => inText.add(found));
      expect([...inText].sort((a, b) => a - b)).toEqual(expected);
      const around = 'a'.repeat(before) + text + 'b';
      const units = Uint16Array.from({ length: around.length }, (_, at) => around.charCodeAt(at));
      const inUnits = new Set<number>();
      index.findInUnits(units, { from: before, to: before + text.length }, (found) => inUnits.add(found));
      expect([...inUnits].sort((a, b) => a - b)).toEqual(expected);
    }),
    { numRuns: 2000 },
  );
});
