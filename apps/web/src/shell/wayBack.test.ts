import { describe, expect, it } from 'vitest';
import { parseSearch, stringifySearch } from './search-params.ts';
import { safeWayBack } from './wayBack.ts';

describe('the way back after signing in', () => {
  it.each([
    ['/directives/42?q=tr%E1%BB%B1c', '/directives/42?q=tr%E1%BB%B1c'],
    ['//evil.example/x', '/'],
    ['/\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/sign-in?back=/x', '/'],
    [undefined, '/'],
  ])('%s leads to %s', (back, to) => {
    expect(safeWayBack(back)).toBe(to);
  });
});

describe('the address', () => {
  it('keeps words as they are typed and drops what is empty', () => {
    expect(stringifySearch({ q: 'trực 24/7', page: 2, group: '' })).toBe('?q=tr%E1%BB%B1c+24%2F7&page=2');
    expect(parseSearch('?q=tr%E1%BB%B1c+24%2F7&page=2')).toEqual({ q: 'trực 24/7', page: '2' });
  });
});
