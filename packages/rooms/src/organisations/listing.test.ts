import { fold } from '@vonggac/kernel';
import { expect, it } from 'vitest';
import { closenessOf, type Listed, matcherOf } from './listing.ts';

const listed = (...names: string[]) => ({ searched: { names: names.map(fold), places: '' } }) as unknown as Listed;

it('what has the words together stands before what has them apart, whole words before the beginning of others', () => {
  const names = ['UBND xã Hà Đông', 'UBND xã Đông Hải', 'UBND phường Đông Hà', 'Đông Hà Telecom', 'Đông Hà', 'Đông Hải 2'];
  const rows = names.map((name) => listed(name));
  expect(rows.every(matcherOf('dong ha'))).toBe(true);
  const order = rows.toSorted((a, b) => closenessOf('đông hà')(a) - closenessOf('đông hà')(b)).map((row) => names[rows.indexOf(row)]);
  expect(order).toEqual(['Đông Hà', 'Đông Hà Telecom', 'UBND phường Đông Hà', 'Đông Hải 2', 'UBND xã Đông Hải', 'UBND xã Hà Đông']);
  expect(closenessOf('so tttt')(listed('Sở Thông tin và Truyền thông', 'Sở TTTT'))).toBe(0);
});
