import { isUtf8 } from 'node:buffer';
import { refusal } from './errors.ts';
import type { OutsideWarning } from './errors.ts';
import { decodeFontText, decodeLegacy } from './legacy-encodings.ts';
import type { LegacyEncoding } from './legacy-encodings.ts';
import { scoreVietnamese } from './vietnamese-score.ts';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | LegacyEncoding;

export interface DecodedText {
  /** Unicode NFC, lines ended by \n, no byte order mark. */
  readonly text: string;
  readonly encoding: TextEncoding;
  readonly warnings: OutsideWarning[];
}

const LEGACY: readonly LegacyEncoding[] = ['tcvn3', 'vni', 'windows-1258', 'viscii'];
const SAMPLE = 65_536;

function binary(): Error {
  return refusal('binary', undefined, {
    vi: 'Tệp không phải là văn bản thuần. Hãy tải lên .docx, .pdf hoặc .txt.',
    en: 'The file is not plain text. Upload .docx, .pdf or .txt.',
  });
}

function unknownEncoding(): Error {
  return refusal('unknown-encoding', undefined, {
    vi: 'Không nhận ra bảng mã của văn bản. Hãy lưu lại ở bảng mã Unicode (UTF-8) rồi thử lại.',
    en: 'The encoding of the text was not recognised. Save it as Unicode (UTF-8) and retry.',
  });
}

function tidy(text: string): string {
  return text
    .replace(/^\uFEFF/u, '')
    .replace(/\r\n?|[\v\f\u2028\u2029]/gu, '\n')
    .replaceAll('\u0000', '')
    .normalize('NFC');
}

/** UTF-16 without a mark: nearly all high bytes are those of Latin and Vietnamese letters, many are zero. */
function bareUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(bytes.length, SAMPLE) & ~1;
  if (length < 8 || bytes.length % 2 !== 0) return null;
  for (const [label, high] of [
    ['utf-16le', 1],
    ['utf-16be', 0],
  ] as const) {
    let usual = 0;
    let zero = 0;
    for (let at = high; at < length; at += 2) {
      const byte = bytes[at] as number;
      if (byte === 0) zero += 1;
      if (byte <= 3 || byte === 0x1e || byte === 0x20) usual += 1;
    }
    if (usual > (length / 2) * 0.97 && zero > (length / 2) * 0.3 && !alsoZero(bytes, length, high)) return label;
  }
  return null;
}

function alsoZero(bytes: Uint8Array, length: number, high: number): boolean {
  for (let at = 1 - high; at < length; at += 2) if (bytes[at] === 0) return true;
  return false;
}

function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bareUtf16(bytes);
}

function looksBinary(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return true;
  const sample = bytes.subarray(0, SAMPLE);
  let strange = 0;
  for (const byte of sample) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) strange += 1;
  return strange > sample.length * 0.01;
}

function decodeUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): DecodedText {
  try {
    return { text: tidy(new TextDecoder(encoding, { fatal: true }).decode(bytes)), encoding, warnings: [] };
  } catch {
    throw unknownEncoding();
  }
}

function warning(code: string, vi: string, en: string): OutsideWarning {
  return { code, messages: { vi, en } };
}

function legacyWarning(encoding: string): OutsideWarning {
  return warning(
    'legacy-encoding',
    `Văn bản dùng bảng mã cũ (${encoding.toUpperCase()}) và đã được chuyển sang Unicode. Hãy đối chiếu với bản gốc.`,
    `The text uses an old encoding (${encoding.toUpperCase()}) and was converted to Unicode. Compare it with the original.`,
  );
}

/**
 * Text typed with an old Vietnamese font but stored as Unicode reads like "C«ng v¨n". Where that is so, returns it
 * converted; otherwise null. Recognised by how many words are built like Vietnamese before and after.
 */
export function repairFontText(text: string): { text: string; encoding: 'tcvn3' | 'vni' } | null {
  const before = scoreVietnamese(text);
  if (before.words < 3 || before.share > 0.5) return null;
  for (const encoding of ['tcvn3', 'vni'] as const) {
    const repaired = decodeFontText(text, encoding);
    if (repaired !== null && scoreVietnamese(repaired).share > Math.max(0.8, before.share)) return { text: repaired, encoding };
  }
  return null;
}

function fromUtf8(bytes: Uint8Array): DecodedText {
  const text = tidy(new TextDecoder('utf-8').decode(bytes));
  const repaired = repairFontText(text);
  if (repaired === null) return { text, encoding: 'utf-8', warnings: [] };
  return { ...repaired, warnings: [legacyWarning(repaired.encoding)] };
}

/** UTF-8 in which a few bytes were damaged is still UTF-8: most of its sequences hold. */
function damagedUtf8(bytes: Uint8Array): DecodedText | null {
  const text = tidy(new TextDecoder('utf-8').decode(bytes));
  const lost = text.split('\uFFFD').length - 1;
  const { words, share } = scoreVietnamese(text);
  if (lost * 20 > text.length || words === 0 || share < 0.6) return null;
  const damaged = warning(
    'damaged-text',
    `Có ${lost} chỗ trong văn bản bị hỏng mã và được thay bằng ký hiệu \uFFFD. Hãy đối chiếu với bản gốc.`,
    `${lost} places of the text are damaged and shown as \uFFFD. Compare it with the original.`,
  );
  return { text, encoding: 'utf-8', warnings: [damaged] };
}

function fromLegacy(bytes: Uint8Array): DecodedText {
  const sample = bytes.subarray(0, SAMPLE);
  const tried = LEGACY.map((encoding) => ({ encoding, ...scoreVietnamese(decodeLegacy(sample, encoding)) }));
  const best = tried.reduce((a, b) => (b.share > a.share ? b : a));
  const western = sample.filter((byte) => byte > 127).length < sample.length * 0.02;
  if (best.share < 0.6 && !western) throw unknownEncoding();
  const encoding = best.share < 0.6 ? 'windows-1258' : best.encoding;
  return { text: tidy(decodeLegacy(bytes, encoding)), encoding, warnings: [legacyWarning(encoding)] };
}

/**
 * Bytes of a text file to Unicode NFC: UTF-8 and UTF-16 with or without mark, else the old Vietnamese encodings
 * TCVN3 (ABC), VNI, windows-1258 and VISCII, told apart by which of them gives Vietnamese syllables.
 *
 * @throws OutsideError `binary`, `unknown-encoding`
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const wide = utf16Of(bytes);
  if (wide !== null) return decodeUtf16(bytes, wide);
  if (isUtf8(bytes)) {
    if (looksBinary(bytes)) throw binary();
    return fromUtf8(bytes);
  }
  // VISCII puts six capitals below 0x20, far below the share that makes a text binary.
  if (looksBinary(bytes)) throw binary();
  return damagedUtf8(bytes) ?? fromLegacy(bytes);
}
