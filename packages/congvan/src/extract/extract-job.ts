import { decodeText } from '@vonggac/outside';
import { readDocx } from './docx-text.ts';
import { declaredPixels, imageKind } from './image-size.ts';
import type { ImageKind } from './image-size.ts';
import type { ExtractedText, ExtractLimits } from './model.ts';
import { refuse } from './refusals.ts';

export interface JobInput {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly limits: ExtractLimits;
}

/** What the child says: the text, or that the pages have to be recognised. */
export type JobResult =
  | { readonly kind: 'text'; readonly extracted: ExtractedText }
  | { readonly kind: 'scan'; readonly source: 'pdf' | ImageKind; readonly pages: number };

const SCAN_PIXELS = 120_000_000;
const START = 1024;

function latin(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.min(to, bytes.byteLength) - from).toString('latin1');
}

/** An OLE compound file: a password-protected .docx keeps its content in a stream of this name (MS-OFFCRYPTO §2.3.4). */
function refuseCompound(bytes: Uint8Array, name: string): never {
  const wanted = Buffer.from('EncryptedPackage', 'utf16le');
  throw refuse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(wanted) ? 'encrypted' : 'old-doc', name);
}

function scan(bytes: Uint8Array, name: string, kind: ImageKind): JobResult {
  const pixels = declaredPixels(bytes, kind);
  if (pixels === null || pixels === 0) throw refuse('scan-unreadable', name);
  if (pixels > SCAN_PIXELS) throw refuse('image-too-big', name);
  return { kind: 'scan', source: kind, pages: 1 };
}

// NUL and its like mean nothing in a document, and databases refuse them.
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/gu;

/** The last checks of a text that was read; control characters are taken out, fixed spaces become spaces. */
export function extracted(raw: ExtractedText, input: JobInput): JobResult {
  const result = { ...raw, text: raw.text.replace(CONTROL, '').replaceAll('\u00a0', ' ').toWellFormed() };
  if (result.text.length > input.limits.textLength) throw refuse('text-too-long', input.name);
  if (result.text.trim() === '') throw refuse('empty', input.name);
  return { kind: 'text', extracted: result };
}

function plainText(input: JobInput): JobResult {
  const { bytes, name, limits } = input;
  // A character takes at most four bytes, three in Vietnamese: what is longer need not be decoded to be refused.
  if (bytes.byteLength > limits.textLength * 4) throw refuse('text-too-long', name);
  const { text, encoding, warnings } = decodeText(bytes);
  if (/^\s*<(?:\?xml|!doctype|html|edxml|[a-z]+:[a-z]+\s)/iu.test(text.slice(0, 200))) throw refuse('markup', name);
  return extracted({ text, format: 'text', encoding, warnings }, input);
}

/**
 * Runs in the child: tells by its content what a file other than a PDF is, and reads it. The name is not believed.
 *
 * @throws OutsideError with a code of `refusals.ts` or of @vonggac/outside
 */
export function extractJob(input: JobInput): JobResult {
  const { bytes, name } = input;
  const start = latin(bytes, 0, START);
  const image = imageKind(bytes);
  if (image !== null) return scan(bytes, name, image);
  if (start.startsWith('PK\u0003\u0004') || start.startsWith('PK\u0005\u0006')) {
    const { text, warnings } = readDocx(bytes, name);
    return extracted({ text, format: 'docx', warnings }, input);
  }
  if (start.startsWith('\u00d0\u00cf\u0011\u00e0')) refuseCompound(bytes, name);
  if (/^\s*\{\\rtf/u.test(start)) throw refuse('rtf', name);
  try {
    return plainText(input);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'binary') throw refuse('unknown-format', name);
    throw error;
  }
}
