import { describe, expect, it } from 'vitest';
import { paragraphsOf } from './marks.ts';
import { visibleParts } from './visible.ts';

const mark = (id: string, start: number, end: number) => ({ id, start, end, kind: 'other' as const });

describe('marks in a text', () => {
  it('loses no character and keeps offsets', () => {
    const text = 'Kính gửi:\n- Các Sở, ban, ngành;\n\nThực hiện 342/UBND-VP6';
    const pieces = paragraphsOf(text, [mark('a', 12, 30), mark('b', 16, 18)]).flatMap((paragraph) => paragraph.pieces);
    for (const { text: part, start } of pieces) expect(text.slice(start, start + part.length)).toBe(part);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text.replaceAll('\n', ''));
  });
  it('gives the innermost mark where marks lie inside each other', () => {
    const [line] = paragraphsOf('abcdefgh', [mark('outer', 0, 8), mark('inner', 2, 4)]);
    expect(line?.pieces.map((piece) => `${piece.text}:${piece.mark?.id}`)).toEqual(['ab:outer', 'cd:inner', 'efgh:outer']);
    expect(line?.pieces.map((piece) => piece.begins.map(({ id }) => id))).toEqual([['outer'], ['inner'], []]);
  });
  it('carries a mark over the end of a line and begins it once', () => {
    const lines = paragraphsOf('ab\ncd', [mark('m', 1, 4)]);
    expect(lines[1]?.pieces[0]).toMatchObject({ text: 'c', mark: { id: 'm' }, begins: [] });
  });
  it('leaves out marks that lie outside the text', () => {
    expect(paragraphsOf('ab', [mark('x', 1, 9), mark('y', 2, 1)])[0]?.pieces).toHaveLength(1);
  });
});

describe('characters that hide', () => {
  it('are shown by their code point', () => {
    expect(visibleParts('a\u202eb\u0007\u200bc')).toEqual(['a', { code: 'U+202E' }, 'b', { code: 'U+0007' }, { code: 'U+200B' }, 'c']);
  });
  it('leaves letters, marks and tabs alone', () => {
    expect(visibleParts('Điện\tBiên e\u0301')).toEqual(['Điện\tBiên e\u0301']);
  });
});
