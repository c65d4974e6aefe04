import { describe, expect, it } from 'vitest';
import { maskEmail, maskPhone, readPhone } from './phones.ts';

describe('readPhone', () => {
  it.each([
    ['024.3640.4421', '+842436404421', 'fixed'],
    ['02432091616', '+842432091616', 'fixed'],
    ['086.9100.317', '+84869100317', 'mobile'],
    ['0389942878', '+84389942878', 'mobile'],
    ['0985962548./.', '+84985962548', 'mobile'],
    ['+84 (0)24 3640 4421'.replace('(0)', ''), '+842436404421', 'fixed'],
    ['84985962548', '+84985962548', 'mobile'],
    ['0165 123 4567', '+84351234567', 'mobile'],
    ['1900 6017', '19006017', 'short'],
    ['156', '156', 'short'],
    ['+66 2 123 4567', '+6621234567', 'foreign'],
  ])('%s', (text, value, kind) => expect(readPhone(text)).toEqual({ value, kind }));
  it.each(['(84-4) 3821 5137', '04 3821 5137', 'không có', '', '098596254', '0985962548 0985962549', '024 3640 4421 máy lẻ 12'])(
    'refuses %s',
    (text) => {
      expect(readPhone(text)).toBeNull();
    },
  );
});

it('masks what is personal', () => {
  expect(maskPhone('+84985962548')).toBe('+84985***548');
  expect(maskPhone('19006017')).toBe('19006017');
  expect(maskEmail('nguyenvana@so.gov.vn')).toBe('n***@so.gov.vn');
});
