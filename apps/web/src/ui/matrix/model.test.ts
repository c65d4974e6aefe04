import { describe, expect, it } from 'vitest';
import { linesOf, moved } from './model.ts';

const row = (id: string, group: string) => ({ id, name: id, group, cells: {} });
const lines = linesOf([row('a', 'huyện'), row('b', 'huyện'), row('c', 'sở')]);
const size = { lines, columns: 3, page: 10, control: false };

describe('the lines of a matrix', () => {
  it('heads every group once', () => {
    expect(lines.map((line) => (line.kind === 'group' ? `# ${line.label}` : line.row.id))).toEqual(['# huyện', 'a', 'b', '# sở', 'c']);
  });
  it('steps over headings in both directions', () => {
    expect(moved({ line: 2, column: 1 }, 'ArrowDown', size)).toEqual({ line: 4, column: 1 });
    expect(moved({ line: 4, column: 1 }, 'ArrowUp', size)).toEqual({ line: 2, column: 1 });
  });
  it('stays on the first row, though a heading stands above it', () => {
    expect(moved({ line: 1, column: 0 }, 'ArrowUp', size)).toEqual({ line: 1, column: 0 });
    expect(moved({ line: 4, column: 0 }, 'PageUp', size)).toEqual({ line: 1, column: 0 });
  });
  it('keeps within the columns, the name being column 0', () => {
    expect(moved({ line: 1, column: 3 }, 'ArrowRight', size)).toEqual({ line: 1, column: 3 });
    expect(moved({ line: 2, column: 3 }, 'Home', { ...size, control: true })).toEqual({ line: 1, column: 0 });
    expect(moved({ line: 1, column: 1 }, 'a', size)).toBeNull();
  });
});
