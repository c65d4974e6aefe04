import { describe, expect, test } from 'vitest';
import { makeZip } from './test-zip.ts';
import { openZip, ZIP_LIMITS } from './zip.ts';

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : `other: ${String(error)}`;
  }
  return 'nothing was thrown';
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('openZip', () => {
  test('reads entries by name', () => {
    const zip = openZip(
      makeZip([
        { name: 'a/b.xml', content: 'Công văn' },
        { name: 'c.txt', content: 'x'.repeat(100_000) },
      ]),
    );
    expect(zip.entries.map((entry) => entry.name)).toEqual(['a/b.xml', 'c.txt']);
    expect(text(zip.read('a/b.xml'))).toBe('Công văn');
    expect(zip.read('c.txt')).toHaveLength(100_000);
    expect(zip.has('d')).toBe(false);
    expect(codeOf(() => zip.read('d'))).toBe('zip-broken');
  });

  test.each([
    ['zip-unsafe-name', [{ name: '../evil', content: 'x' }]],
    ['zip-unsafe-name', [{ name: '/etc/passwd', content: 'x' }]],
    ['zip-unsafe-name', [{ name: 'a\\..\\b', content: 'x' }]],
    ['zip-unsafe-name', [{ name: 'C:/x', content: 'x' }]],
    [
      'zip-duplicate-name',
      [
        { name: 'word/document.xml', content: 'x' },
        { name: 'word/Document.xml', content: 'y' },
      ],
    ],
    ['zip-encrypted', [{ name: 'a', content: 'x', flags: 1 }]],
    ['zip-unsupported', [{ name: 'a', content: 'x', method: 14 }]],
    ['zip-broken', [{ name: 'a', content: 'x', localName: 'b' }]],
    ['zip-bomb', [{ name: 'a', content: 'x', declaredSize: 0x7fffffff }]],
    ['zip-bomb', [{ name: 'a', content: new Uint8Array(20_000_000) }]],
  ])('refuses with %s before anything is inflated', (code, entries) => {
    expect(codeOf(() => openZip(makeZip(entries)))).toBe(code);
  });

  test('refuses entries that share their data', () => {
    const second = makeZip([{ name: 'inner', content: 'y' }]).subarray(0, 30 + 5);
    // The data of the first entry holds the local header of the second.
    const bytes = makeZip([
      { name: 'outer', content: Buffer.concat([second, Buffer.alloc(40)]), method: 0 },
      { name: 'inner', content: 'y', sharesHeaderOf: 0, shift: 35 },
    ]);
    expect(codeOf(() => openZip(bytes))).toBe('zip-overlap');
    expect(
      codeOf(() =>
        openZip(
          makeZip([
            { name: 'a', content: 'x' },
            { name: 'b', content: 'x', sharesHeaderOf: 0 },
          ]),
        ),
      ),
    ).toBe('zip-broken');
  });

  test('refuses too many entries', () => {
    const many = Array.from({ length: 11 }, (_, at) => ({ name: `f${at}`, content: '' }));
    expect(codeOf(() => openZip(makeZip(many), { ...ZIP_LIMITS, entries: 10 }))).toBe('zip-too-many-entries');
  });

  test('stops a bomb whose header lies about its size', () => {
    const zip = openZip(makeZip([{ name: 'a', content: new Uint8Array(50_000_000), declaredSize: 1000 }]));
    const began = performance.now();
    expect(codeOf(() => zip.read('a'))).toBe('zip-bomb');
    expect(performance.now() - began).toBeLessThan(500);
  });

  test('counts what is really inflated against the total', () => {
    const limits = { ...ZIP_LIMITS, totalBytes: 150_000 };
    const zip = openZip(makeZip([{ name: 'a', content: 'x'.repeat(100_000) }]), limits);
    zip.read('a');
    expect(codeOf(() => zip.read('a'))).toBe('zip-bomb');
  });

  test('finds a wrong checksum and a cut archive', () => {
    expect(codeOf(() => openZip(makeZip([{ name: 'a', content: 'x', crc: 1 }])).read('a'))).toBe('zip-broken');
    const whole = makeZip([{ name: 'a', content: 'x' }]);
    for (let length = 0; length < whole.length; length++) {
      expect(codeOf(() => openZip(whole.subarray(0, length)))).toBe('zip-broken');
    }
  });

  test('opens an archive inside an archive only as deep as allowed', () => {
    const inner = makeZip([{ name: 'x', content: 'deep' }]);
    const outer = makeZip([{ name: 'inner.zip', content: inner }]);
    expect(codeOf(() => openZip(outer).open('inner.zip'))).toBe('zip-too-deep');
    expect(
      text(
        openZip(outer, { ...ZIP_LIMITS, nesting: 1 })
          .open('inner.zip')
          .read('x'),
      ),
    ).toBe('deep');
  });
});
