import { describe, expect, it } from 'vitest';
import { listQuery, readListState } from './useListState.ts';

const defaults = { sort: '-due', size: 50, filters: ['group'] };

describe('a list reads its state from the address', () => {
  it('takes the defaults where the address says nothing', () => {
    expect(readListState({}, defaults)).toEqual({ page: 1, size: 50, sort: '-due', q: '', filters: { group: '' } });
  });
  it('refuses pages and sizes that are none', () => {
    expect(readListState({ page: '-3', size: '1000000' }, defaults)).toMatchObject({ page: 1, size: 50 });
    expect(readListState({ page: 'x', size: '100' }, defaults)).toMatchObject({ page: 1, size: 100 });
  });
  it('lets no filter overwrite page, size, sort or text', () => {
    const state = readListState({ page: '2', q: 'trực' }, { ...defaults, filters: ['q', 'page'] });
    expect(listQuery(state)).toEqual({ page: 2, size: 50, sort: '-due', q: 'trực' });
  });
});
