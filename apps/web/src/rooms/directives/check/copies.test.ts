import { describe, expect, it } from 'vitest';
import { copiesOf, copyLines, listOf } from './copies.ts';

describe('copies, one a line', () => {
  it('go to lines and back', () => {
    const copies = [
      { text: 'Như trên', purpose: null },
      { text: 'UBND tỉnh', purpose: 'b/c' },
      { text: 'Lưu: VT, CNTT (3)', purpose: null },
    ];
    expect(copyLines(copies)).toBe('Như trên\nUBND tỉnh (để b/c)\nLưu: VT, CNTT (3)');
    expect(copiesOf(copyLines(copies))).toEqual(copies);
  });
  it('take bullets and end marks as typed', () => {
    expect(copiesOf('- Công an tỉnh (để p/h);\n\n - Lãnh đạo Sở;')).toEqual([
      { text: 'Công an tỉnh', purpose: 'p/h' },
      { text: 'Lãnh đạo Sở', purpose: null },
    ]);
  });
  it('split numbers', () => expect(listOf(' 1; 2,3;')).toEqual(['1', '2', '3']));
});
