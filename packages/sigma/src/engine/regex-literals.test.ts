import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, test } from 'vitest';
import { folded } from '../fold.ts';
import { literalsOf } from './regex-literals.ts';

describe('literals that a pattern cannot do without', () => {
  test.each([
    ['foo.*bar', '', ['foo', 'bar']],
    ['fo?o', '', ['f', 'o']],
    ['fo+o', '', ['fo', 'o']],
    ['a{0,3}bc', '', ['bc']],
    ['a{2}bc', '', ['a', 'bc']],
    ['foo|bar', '', []],
    ['(?:foo|bar)baz', '', ['baz']],
    ['(foo)?baz\\.exe', '', ['baz.exe']],
    ['[]a|b]c', '', ['c']],
    ['[^\\]]x', '', ['x']],
    ['ab\\x41cd|e', '', []],
    ['\\Qa|b\\E', '', []],
    ['\\\\server\\d', '', ['\\server']],
    ['\\\\server\\d', 'i', ['\\', 'erver']],
    ['(?i)ask', '', ['a', 'k']],
    ['é\u{1F40C}?x', '', ['é', 'x']],
    ['[[:alpha:]]]z', '', ['z']],
  ])('%s /%s', (source, flags, expected) => {
    expect(literalsOf(source, flags)).toEqual(expected);
  });

  test('whatever a pattern matches has them all', () => {
    const atom = fc.constantFrom('a', 's', 'K', '.', '\\.', '[ab]', '[^a]', '(a|s)', '(?:(?:ks)?)', '\\w', 'x', '\\\\', '^', '$', '\\bx');
    const times = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{0,1}', '+?');
    const source = fc
      .array(fc.tuple(atom, times), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.map(([a, t]) => (/[$^]/.test(a) && a.length === 1 ? a : a + t)).join(''));
    const text = fc.string({ unit: fc.constantFrom('a', 's', 'ſ', 'k', 'K', 'x', '.', '\\', 'b'), maxLength: 10 });
    let matched = 0;
    fc.assert(
      fc.property(source, fc.constantFrom('', 'i'), text, (source, flags, text) => {
        const pattern = RE2JS.compile(source, flags === 'i' ? RE2JS.CASE_INSENSITIVE : 0);
        if (!pattern.test(text)) return;
        matched++;
        for (const literal of literalsOf(source, flags)) expect(folded(text)).toContain(folded(literal));
      }),
      { numRuns: 20_000 },
    );
    expect(matched).toBeGreaterThan(1000);
  });
});
