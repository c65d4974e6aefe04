import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import {
  ANCHORS,
  HEAD,
  type Head,
  MANIFEST,
  type Manifest,
  type Part,
  qualified,
  quoted,
  type TableShape,
  tablePart,
} from './backup-format.ts';
import { TAR_END, tarHeader, tarPadding } from './backup-tar.ts';

/** A table is cut into entries of about this size, so that memory stays bounded. @unit bytes */
const SEGMENT = 4 * 2 ** 20;

export type StoredName = { sha256: string; bytes: number };

/** What goes into one archive: the snapshot that `client` holds open, and what lies beside the database. */
export type Contents = {
  client: pg.ClientBase;
  head: Head;
  /** The file of signed anchors and how much of it was there before the snapshot. */
  anchors: { file: string; bytes: number } | null;
  files: { directory: string; names: readonly StoredName[] };
};

/** The archive as a stream; `manifest` is filled as it goes, and complete when the stream ends. */
export async function* archive(contents: Contents, manifest: Manifest): AsyncGenerator<Buffer> {
  const mtime = Math.floor(Temporal.Instant.from(contents.head.takenAt).epochMilliseconds / 1000);
  yield* whole(HEAD, JSON.stringify(contents.head, null, 1), mtime);
  for (const table of contents.head.tables) yield* tableEntries(contents.client, table, { mtime, manifest });
  if (contents.anchors) yield* fileEntry(ANCHORS, contents.anchors.file, { mtime, manifest, limit: contents.anchors.bytes });
  for (const { sha256, bytes } of contents.files.names) {
    if (contents.head.files === 'in-place') manifest.parts.push({ name: `files/${sha256}`, sha256, bytes });
    else yield* fileEntry(`files/${sha256}`, path.join(contents.files.directory, sha256.slice(0, 2), sha256), { mtime, manifest });
  }
  yield* whole(MANIFEST, JSON.stringify(manifest), mtime);
  yield TAR_END;
}

function* whole(name: string, text: string, mtime: number): Generator<Buffer> {
  const bytes = Buffer.from(text);
  yield tarHeader(name, bytes.length, mtime);
  yield bytes;
  yield tarPadding(bytes.length);
}

type Into = { mtime: number; manifest: Manifest };

async function* tableEntries(client: pg.ClientBase, table: TableShape, { mtime, manifest }: Into): AsyncGenerator<Buffer> {
  const name = tablePart(table);
  const copy = client.query(copyTo(`copy ${qualified(table)} (${table.columns.map(quoted).join(', ')}) to stdout`));
  const hash = createHash('sha256');
  let held: Buffer[] = [];
  let size = 0;
  let total = 0;
  let segment = 0;
  const flush = function* (): Generator<Buffer> {
    yield tarHeader(`${name}/${String(segment++).padStart(5, '0')}`, size, mtime);
    yield* held;
    yield tarPadding(size);
    held = [];
    size = 0;
  };
  for await (const chunk of copy as AsyncIterable<Buffer>) {
    hash.update(chunk);
    held.push(chunk);
    size += chunk.length;
    total += chunk.length;
    if (size >= SEGMENT) yield* flush();
  }
  if (size > 0 || segment === 0) yield* flush();
  // The server says how many rows it copied only after their last byte.
  await client.query('select 1');
  manifest.parts.push({ name, sha256: hash.digest('hex'), bytes: total, rows: copy.rowCount });
}

async function* fileEntry(name: string, place: string, { mtime, manifest, limit }: Into & { limit?: number }): AsyncGenerator<Buffer> {
  let handle: FileHandle;
  try {
    handle = await open(place);
  } catch (error) {
    // Unnamed files are swept while the backup runs.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    const size = limit ?? (await handle.stat()).size;
    const hash = createHash('sha256');
    yield tarHeader(name, size, mtime);
    if (size > 0) yield* hashed(handle.createReadStream({ end: size - 1, autoClose: false }), hash);
    yield tarPadding(size);
    const part: Part = { name, sha256: hash.digest('hex'), bytes: size };
    manifest.parts.push(part);
    if (name.startsWith('files/') && part.sha256 !== name.slice('files/'.length)) manifest.damagedFiles.push(part.name);
  } finally {
    await handle.close();
  }
}

async function* hashed(source: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    hash.update(chunk);
    yield chunk;
  }
}

/** Every stored file by name, with its size. */
export async function storedFiles(directory: string): Promise<StoredName[]> {
  const found: StoredName[] = [];
  for (const prefix of await namesIn(directory)) {
    if (!/^[0-9a-f]{2}$/.test(prefix)) continue;
    for (const sha256 of await namesIn(path.join(directory, prefix))) {
      if (!/^[0-9a-f]{64}$/.test(sha256)) continue;
      const known = await stat(path.join(directory, prefix, sha256)).catch(() => null);
      if (known) found.push({ sha256, bytes: known.size });
    }
  }
  return found;
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).toSorted();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** How much of an append-only file of lines is whole lines now. @unit bytes */
export async function wholeLines(file: string): Promise<number> {
  const handle = await open(file).catch(() => null);
  if (!handle) return 0;
  try {
    const { size } = await handle.stat();
    const start = Math.max(0, size - 65_536);
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(size - start), position: start });
    return start + buffer.subarray(0, bytesRead).lastIndexOf('\n') + 1;
  } finally {
    await handle.close();
  }
}
