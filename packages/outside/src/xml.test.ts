import { describe, expect, test } from 'vitest';
import { parseXml, walkXml, XML_LIMITS } from './xml.ts';

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : `other: ${String(error)}`;
  }
  return 'nothing was thrown';
}

const LAUGHS = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><lolz>&b;</lolz>`;
const OUTSIDE = `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>`;

describe('parseXml', () => {
  test('reads names, namespaces, attributes and text', () => {
    const root = parseXml('<w:a xmlns:w="urn:w" w:val="1&amp;2"><w:b/>t<![CDATA[<c>]]></w:a>');
    expect(root).toMatchObject({ name: 'a', space: 'urn:w' });
    expect(root.attributes.get('val')).toBe('1&2');
    expect(root.children).toMatchObject([{ name: 'b' }, 't', '<c>']);
  });

  test('takes names of foreign keys for what they are', () => {
    const root = parseXml('<a __proto__="x" constructor="y"><__proto__/></a>');
    expect(root.attributes.get('__proto__')).toBe('x');
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  test('reads UTF-16 and refuses bytes that are neither', () => {
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<a>ộ</a>', 'utf16le')]);
    expect(parseXml(wide).children).toEqual(['ộ']);
    expect(codeOf(() => parseXml(new Uint8Array([0x3c, 0x61, 0x3e, 0xb8, 0x3c, 0x2f, 0x61, 0x3e])))).toBe('xml-broken');
  });

  test.each([
    ['xml-entities', LAUGHS],
    ['xml-entities', OUTSIDE],
    ['xml-entities', '<a>&undeclared;</a>'],
    ['xml-broken', '<a><b></a>'],
    ['xml-broken', ''],
    ['xml-broken', '<a x="1" x="2"/>'],
    ['xml-broken', '<w:a/>'],
  ])('refuses with %s: %s', (code, source) => {
    expect(codeOf(() => parseXml(source))).toBe(code);
  });

  test('stops at the limits', () => {
    expect(codeOf(() => parseXml('<a>'.repeat(200)))).toBe('xml-too-deep');
    const limits = { ...XML_LIMITS, nodes: 10, text: 10 };
    expect(codeOf(() => parseXml(`<a>${'<b/>'.repeat(20)}</a>`, { limits }))).toBe('xml-too-big');
    expect(codeOf(() => parseXml(`<a>${'x'.repeat(20)}</a>`, { limits }))).toBe('xml-too-big');
  });

  test('names the part in an error', () => {
    expect(() => parseXml('<a', { place: 'word/document.xml' })).toThrow(expect.objectContaining({ place: 'word/document.xml' }));
  });
});

test('walkXml visits without building a tree', () => {
  const seen: string[] = [];
  walkXml('<a><b>x</b></a>', { open: (one) => seen.push(one.name), close: () => seen.push('/'), text: (text) => seen.push(text) });
  expect(seen).toEqual(['a', 'b', 'x', '/', '/']);
});
