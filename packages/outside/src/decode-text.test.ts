import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { decodeText, repairFontText } from './decode-text.ts';

const TEXT = 'Sở Thông tin và Truyền thông đề nghị các cơ quan, đơn vị kiểm tra, cập nhật đầy đủ bản vá; bóc gỡ mã độc, ứng trực 24/7.\n';
// The same sentence typed in VNI: letters and their marks as separate characters of windows-1252.
const VNI =
  'Sôû Thoâng tin vaø Truyeàn thoâng ñeà nghò caùc cô quan, ñôn vò kieåm tra, caäp nhaät ñaày ñuû baûn vaù; boùc gôõ maõ ñoäc, öùng tröïc 24/7.\n';

function tcvn3(text: string): Uint8Array {
  return new Uint8Array(iconv.encode(text, 'tcvn'));
}

function codeOf(bytes: Uint8Array): string {
  try {
    decodeText(bytes);
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'other';
  }
  return 'nothing was thrown';
}

describe('decodeText', () => {
  test.each([
    ['utf-8', new TextEncoder().encode(TEXT)],
    ['utf-8', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(TEXT)])],
    ['utf-8', new TextEncoder().encode(TEXT.normalize('NFD'))],
    ['utf-16le', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(TEXT, 'utf16le')])],
    ['utf-16be', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(TEXT, 'utf16le').swap16()])],
    ['utf-16le', Buffer.from(TEXT, 'utf16le')],
    ['utf-16be', Buffer.from(TEXT, 'utf16le').swap16()],
    ['tcvn3', tcvn3(TEXT)],
    ['vni', new Uint8Array(iconv.encode(VNI, 'windows-1252'))],
    ['viscii', new Uint8Array(iconv.encode(TEXT, 'viscii'))],
  ])('recognises %s', (encoding, bytes) => {
    expect(decodeText(bytes)).toMatchObject({ encoding, text: TEXT });
  });

  test('recognises windows-1258, whose tones are letters of their own', () => {
    const apart = TEXT.normalize('NFD')
      .replace(/([aeouAEOU])([\u0300-\u0323]?)([\u0302\u0306\u031b])/gu, '$1$3$2')
      .replace(/([aeou])\u0323([\u0302\u0306])/gu, '$1$2\u0323');
    const composed = apart.replace(/[aeouAEOU][\u0302\u0306\u031b]/gu, (pair) => pair.normalize('NFC'));
    const bytes = new Uint8Array(iconv.encode(composed, 'windows-1258'));
    expect(decodeText(bytes)).toMatchObject({ encoding: 'windows-1258', text: TEXT });
  });

  test('says when an old encoding was converted', () => {
    expect(decodeText(tcvn3(TEXT)).warnings).toMatchObject([{ code: 'legacy-encoding' }]);
    expect(decodeText(new TextEncoder().encode(TEXT)).warnings).toEqual([]);
  });

  test('converts text of an old font that was stored as Unicode', () => {
    const stored = iconv.decode(Buffer.from(tcvn3(TEXT)), 'windows-1252');
    expect(decodeText(new TextEncoder().encode(stored))).toMatchObject({ encoding: 'tcvn3', text: TEXT });
    expect(repairFontText(VNI)).toEqual({ encoding: 'vni', text: TEXT });
    expect(repairFontText(TEXT)).toBeNull();
    expect(repairFontText('Café à la carte, naïve façade, Übergröße für Straße')).toBeNull();
  });

  test('keeps damaged UTF-8 as UTF-8 and counts the damage', () => {
    const bytes = new TextEncoder().encode(TEXT.repeat(5));
    bytes[3] = 0xff;
    bytes[200] = 0xc3;
    const { encoding, warnings } = decodeText(bytes);
    expect(encoding).toBe('utf-8');
    expect(warnings).toMatchObject([{ code: 'damaged-text' }]);
  });

  test('ends every line with one line feed', () => {
    expect(decodeText(new TextEncoder().encode('a\r\nb\rc\fd\u2028e')).text).toBe('a\nb\nc\nd\ne');
  });

  test('refuses what is not text', () => {
    expect(codeOf(new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1, 2, 3]))).toBe('binary');
    expect(codeOf(Uint8Array.from({ length: 4000 }, (_, at) => (at * 7919) % 256))).toBe('binary');
    expect(codeOf(Uint8Array.from({ length: 4000 }, (_, at) => 0x80 + ((at * 7919) % 128)))).toBe('unknown-encoding');
  });
});
