import { describe, expect, it } from 'vitest';
import { base32, codeOf, keyUri, stepAt, stepOfCode } from './totp.ts';

const SECRET = new TextEncoder().encode('12345678901234567890');

describe('codes of the authenticator', () => {
  it.each([
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ])('are those of RFC 6238, appendix B, at %i s', (seconds, code) => {
    const step = stepAt(Temporal.Instant.fromEpochMilliseconds(seconds * 1000));
    expect(codeOf(SECRET, step, 8)).toBe(code);
  });

  it('are taken one step early and late, not two', () => {
    const now = Temporal.Instant.from('2026-03-01T00:00:10Z');
    const step = stepAt(now);
    expect([-2, -1, 0, 1, 2].map((away) => stepOfCode(SECRET, codeOf(SECRET, step + away), now))).toEqual([
      null,
      step - 1,
      step,
      step + 1,
      null,
    ]);
    for (const text of ['', '12345', 'abcdef', '1234567', '１２３４５６']) expect(stepOfCode(SECRET, text, now)).toBeNull();
  });

  it('hand their secret on as apps read it (RFC 4648, §10)', () => {
    const plain = ['f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) => base32(new TextEncoder().encode(text)));
    expect(plain).toEqual(['MY', 'MZXQ', 'MZXW6', 'MZXW6YQ', 'MZXW6YTB', 'MZXW6YTBOI']);
    const uri = new URL(keyUri(SECRET, 'nguyen.a'));
    expect(uri.searchParams.get('secret')).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
    expect([uri.searchParams.get('issuer'), decodeURIComponent(uri.pathname)]).toEqual([
      'Vọng Gác',
      expect.stringContaining('Vọng Gác:nguyen.a'),
    ]);
  });
});
