import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import type { DomainError } from './errors.ts';

const NO_FILE = { VONGGAC_CONFIG: '/nonexistent/config.json' };

function refused(argv: string[], env: Record<string, string> = {}): DomainError {
  try {
    readConfig(argv, { ...NO_FILE, ...env });
  } catch (error) {
    return error as DomainError;
  }
  throw new Error('was taken');
}

describe('an entry that is not valid', () => {
  it.each([
    ['không phải số', ['--port', 'abc'], 'một số', 'a number'],
    ['lớn quá', ['--port', '70000'], 'không quá 65535', '65535 or less'],
    ['nhỏ quá', ['--port', '-1'], 'từ 0 trở lên', '0 or more'],
    ['lẻ', ['--port', '80.5'], 'một số nguyên', 'a whole number'],
  ])('a port that is %s: named with its cure in both languages', (_, argv, vi, en) => {
    const { code, place, text } = refused(argv);
    expect([code, place]).toEqual(['config.invalid', 'port']);
    expect(text.vi).toContain(vi);
    expect(text.en).toContain(en);
    expect(text.vi).toContain('VONGGAC_PORT, --port');
    expect(text.vi).toContain('Sửa lại');
    expect(text.vi).not.toMatch(/Invalid|expected|received|Too (big|small)/);
  });

  it('says what may be chosen, and which form an address has', () => {
    expect(refused([], { VONGGAC_LOG_LEVEL: 'loud' }).text.vi).toContain('debug, info, warn, error, silent');
    expect(refused([], { VONGGAC_PUBLIC_URL: 'vonggac' })).toMatchObject({ place: 'publicUrl' });
    expect(refused([], { VONGGAC_PUBLIC_URL: 'vonggac' }).text.vi).toContain('--public-url');
  });

  it('an unknown flag is named', () => {
    const { place, text } = refused(['--prot', '80']);
    expect(place).toBe('prot');
    expect(text.vi).toContain('Không có mục cấu hình “prot”');
  });
});
