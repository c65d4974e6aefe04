import { closeSync, createReadStream, createWriteStream, openSync, readSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { STDIN } from './inputs.ts';
import type { Input } from './inputs.ts';

/** What a file holds, told by its first bytes; only a file named .evtx is an event log whatever they are, so that a damaged one is told as such. */
export type Opened =
  /** An event log as a file; `close` deletes it where it was unpacked. */
  | { readonly form: 'evtx'; readonly path: string; close(): Promise<void> }
  /** UTF-8 text. */
  | { readonly form: 'json'; readonly pieces: AsyncIterable<Buffer> };

export const MOST_UNPACKED_BYTES = 8 * 2 ** 30;
const PIECE_BYTES = 2 ** 20;
const EVTX = Buffer.from('ElfFile\0');
const GZIP = Buffer.from([0x1f, 0x8b]);
const UTF16 = [
  { mark: Buffer.from([0xff, 0xfe]), encoding: 'utf-16le' },
  { mark: Buffer.from([0xfe, 0xff]), encoding: 'utf-16be' },
] as const;

/** What a packed event log unpacks to is more than the disk is trusted with. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/**
 * Opens a file or standard input, unpacking gzip. An event log that is packed or comes by standard input is written to a temporary file.
 * `onBytes` is told the bytes of the file as they are read. @throws errors of the file system and of gzip; TooLarge
 */
export async function openInput(input: Input, onBytes: (count: number) => void): Promise<Opened> {
  const isNamedEvtx = /\.evtx(?:\.gz)?$/iu.test(input.path);
  const start = input.path === STDIN ? Buffer.alloc(0) : startOf(input.path);
  const isPacked = start.subarray(0, GZIP.length).equals(GZIP);
  if (start.equals(EVTX) || (isNamedEvtx && !isPacked)) return { form: 'evtx', path: input.path, close: async () => {} };
  const source = input.path === STDIN ? process.stdin : createReadStream(input.path, { highWaterMark: PIECE_BYTES });
  const raw = await peeked(counted(source as AsyncIterable<Buffer>, onBytes));
  const plain = raw.start.subarray(0, 2).equals(GZIP) ? await peeked(unpacked(raw.pieces)) : raw;
  if (isNamedEvtx || plain.start.subarray(0, EVTX.length).equals(EVTX)) return written(plain.pieces);
  const utf16 = UTF16.find(({ mark }) => plain.start.subarray(0, 2).equals(mark));
  return { form: 'json', pieces: utf16 ? recoded(plain.pieces, utf16.encoding) : plain.pieces };
}

/** Not by a promise: a folder of many small logs would wait more than it reads. */
function startOf(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(EVTX.length);
    return start.subarray(0, readSync(file, start, 0, start.length, 0));
  } finally {
    closeSync(file);
  }
}

async function* counted(source: AsyncIterable<Buffer>, onBytes: (count: number) => void): AsyncGenerator<Buffer> {
  for await (const piece of source) {
    onBytes(piece.length);
    yield piece;
  }
}

/** The first bytes, and all pieces from the first on. */
async function peeked(source: AsyncIterable<Buffer>): Promise<{ start: Buffer; pieces: AsyncIterable<Buffer> }> {
  const pieces = source[Symbol.asyncIterator]();
  let start = Buffer.alloc(0);
  while (start.length < EVTX.length) {
    const next = await pieces.next();
    if (next.done === true) break;
    start = Buffer.concat([start, next.value]);
  }
  async function* all(): AsyncGenerator<Buffer> {
    if (start.length > 0) yield start;
    yield* { [Symbol.asyncIterator]: () => pieces };
  }
  return { start, pieces: all() };
}

async function* unpacked(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: PIECE_BYTES });
  const source = Readable.from(packed, { objectMode: false });
  source.on('error', (error) => gunzip.destroy(error));
  yield* source.pipe(gunzip) as AsyncIterable<Buffer>;
}

async function* recoded(pieces: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of pieces) yield Buffer.from(decoder.decode(piece, { stream: true }));
  yield Buffer.from(decoder.decode());
}

async function written(pieces: AsyncIterable<Buffer>): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'vonggac-scan-'));
  const close = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const path = join(folder, 'log.evtx');
  try {
    await pipeline(limited(pieces), createWriteStream(path));
  } catch (error) {
    // What came before a packed file breaks off is read all the same: the log says itself what it lacks.
    if (error instanceof TooLarge || !(error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))) {
      await close();
      throw error;
    }
  }
  return { form: 'evtx', path, close };
}

async function* limited(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > MOST_UNPACKED_BYTES) throw new TooLarge(`more than ${MOST_UNPACKED_BYTES / 2 ** 30} GiB unpacked`);
    yield piece;
  }
}
