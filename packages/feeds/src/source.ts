import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

const PIECE = 2 ** 16;

/** Bytes to read from: a path, a stream, or what is at hand. */
export type ByteSource = string | Uint8Array | AsyncIterable<Uint8Array>;

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

async function* raw(source: ByteSource): AsyncGenerator<Buffer> {
  if (typeof source === 'string') yield* createReadStream(source, { highWaterMark: PIECE }) as AsyncIterable<Buffer>;
  else if (source instanceof Uint8Array) for (let at = 0; at < source.length; at += PIECE) yield asBuffer(source.subarray(at, at + PIECE));
  else for await (const piece of source) yield asBuffer(piece);
}

/** Gives at least `least` bytes first, where there are as many. */
async function* withHead(pieces: AsyncIterable<Buffer>, least: number): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const piece of pieces) {
    if (head === null) yield piece;
    else {
      head = head.length === 0 ? piece : Buffer.concat([head, piece]);
      if (head.length < least) continue;
      yield head;
      head = null;
    }
  }
  if (head !== null) yield head;
}

async function* gunzipped(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let isOpen: boolean | null = null;
  const iterator = withHead(pieces, 2)[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done) return;
  isOpen = !(first.value[0] === 0x1f && first.value[1] === 0x8b);
  async function* all(): AsyncGenerator<Buffer> {
    yield first.value as Buffer;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  if (isOpen) return yield* all();
  const gunzip = createGunzip({ chunkSize: PIECE });
  const { pipeline } = await import('node:stream');
  const unpacked = pipeline(all(), gunzip, () => undefined);
  yield* unpacked as AsyncIterable<Buffer>;
}

/** Which UTF-16 a text is written in, by its mark of byte order, or by a zero beside each of its first letters. */
export function utf16Of(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head.length < 8) return null;
  const zeros = [0, 1].map((odd) => [0, 1, 2, 3].filter((pair) => head[pair * 2 + odd] === 0).length);
  if (zeros[1]! >= 3 && zeros[0] === 0) return 'utf-16le';
  return zeros[0]! >= 3 && zeros[1] === 0 ? 'utf-16be' : null;
}

/**
 * The bytes of a text, a quarter of a megabyte at a time: what is packed with gzip is unpacked, UTF-16 becomes UTF-8. Never
 * holds more than a piece.
 */
export async function* piecesOf(source: ByteSource, onEncoding?: (encoding: 'utf-16le' | 'utf-16be') => void): AsyncGenerator<Buffer> {
  let decoder: TextDecoder | null | undefined;
  for await (const piece of withHead(gunzipped(raw(source)), 8)) {
    if (decoder === undefined) {
      const wide = utf16Of(piece);
      if (wide !== null) onEncoding?.(wide);
      decoder = wide === null ? null : new TextDecoder(wide);
    }
    yield decoder === null ? piece : Buffer.from(decoder.decode(piece, { stream: true }));
  }
  const rest = decoder?.decode() ?? '';
  if (rest !== '') yield Buffer.from(rest);
}
