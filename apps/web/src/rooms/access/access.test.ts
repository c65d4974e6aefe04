import { describe, expect, it } from 'vitest';
import { standingOf } from './api.ts';
import { csvOf } from './refusals.ts';
import { proposeUsername } from './username.ts';

describe('a proposed account name', () => {
  it.each([
    ['Cán bộ Trực Đêm', 'dem.cbt'],
    ['  Đầu   mối ', 'moi.d'],
    ['Điện', 'dien'],
    ['Ý', ''],
    ['', ''],
  ])('%s → %s', (name, proposed) => {
    expect(proposeUsername(name)).toBe(proposed);
  });
});

describe('a role on a day', () => {
  it.each([
    ['2024-04-01', null, 'live'],
    ['2024-04-26', '2024-04-27', 'live'],
    ['2024-04-01', '2024-04-26', 'over'],
    ['2024-04-27', null, 'ahead'],
  ] as const)('%s to %s is %s', (validFrom, validTo, standing) => {
    expect(standingOf({ validFrom, validTo }, '2024-04-26')).toBe(standing);
  });
});

describe('refused rows as .csv', () => {
  it('quotes every cell and disarms formulas', () => {
    expect(csvOf([['Sở "Y"', '=1+1', 'a,b']])).toBe('\uFEFF"Sở ""Y""","\'=1+1","a,b"\r\n');
  });
});
