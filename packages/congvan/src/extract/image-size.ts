/** Kinds of image that tesseract reads and scanners make. */
export type ImageKind = 'png' | 'jpeg' | 'tiff';

function startsWith(bytes: Uint8Array, ...start: number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte);
}

/** The kind of image by its first bytes; null for anything else. */
export function imageKind(bytes: Uint8Array): ImageKind | null {
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return 'jpeg';
  return startsWith(bytes, 0x49, 0x49, 0x2a, 0) || startsWith(bytes, 0x4d, 0x4d, 0, 0x2a) ? 'tiff' : null;
}

function jpegPixels(view: DataView): number | null {
  for (let at = 2; at + 9 < view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    // Start of frame: C0–CF without the tables C4, C8, CC (ITU-T T.81, table B.1).
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return view.getUint16(at + 5) * view.getUint16(at + 7);
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

function tiffPixels(view: DataView): number | null {
  const little = view.getUint8(0) === 0x49;
  const directory = view.getUint32(4, little);
  if (directory + 2 > view.byteLength) return null;
  const sides: number[] = [];
  const count = Math.min(view.getUint16(directory, little), 64);
  for (let at = directory + 2; at + 12 <= view.byteLength && at < directory + 2 + count * 12; at += 12) {
    const tag = view.getUint16(at, little);
    const short = view.getUint16(at + 2, little) === 3;
    if (tag === 256 || tag === 257) sides.push(short ? view.getUint16(at + 8, little) : view.getUint32(at + 8, little));
  }
  return sides.length === 2 ? (sides[0] ?? 0) * (sides[1] ?? 0) : null;
}

/** Pixels that an image declares, before anything is decoded; null where its header cannot be read. */
export function declaredPixels(bytes: Uint8Array, kind: ImageKind): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 24) return null;
  if (kind === 'png') return view.getUint32(16) * view.getUint32(20);
  return kind === 'jpeg' ? jpegPixels(view) : tiffPixels(view);
}
