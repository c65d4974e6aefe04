import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { open, rename, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import { DomainError, isoInstant } from '@vonggac/kernel';
import type pg from 'pg';
import { archive, storedFiles, wholeLines } from './backup-archive.ts';
import { databaseBytes, letOwnerRead, migrationsOf, sequencesOf, tablesOf } from './backup-catalogue.ts';
import { diskFull, fileExists, noSpace, notWritable } from './backup-errors.ts';
import { ANCHORS, FORMAT, type Head, type Manifest, PLAIN_SESSION } from './backup-format.ts';
import { fingerprints, sealed, type SealTo } from './backup-secrets.ts';
import type { Database } from './database.ts';
import { ONE_AT_A_TIME } from './migrate.ts';

export type BackupRequest = {
  database: Pick<Database, 'owner'>;
  data: string;
  keys: string;
  /** Where the backup goes; must not exist yet. */
  file: string;
  seal: SealTo;
  product: string;
  now: Temporal.Instant;
  /** `schema.name` of tables whose rows must not travel: sessions. */
  leaveOut: readonly string[];
  files?: Head['files'];
  /** The caller holds the migrations' lock already. */
  isLocked?: boolean;
  /** Free bytes at a place; for tests. */
  free?: (directory: string) => Promise<number>;
};

export type BackupDone = { file: string; bytes: number; sha256: string; head: Head; manifest: Manifest };

/**
 * Takes one backup while everything goes on: a repeatable-read snapshot of all tables, then the stored files, in one
 * encrypted file, written beside its name, synced and renamed. Memory stays bounded by a few segments of 4 MiB.
 * @throws DomainError `backup.no_space`, `backup.file_exists`, `backup.not_writable`
 */
export async function takeBackup(request: BackupRequest): Promise<BackupDone> {
  const { file, data } = request;
  if (existsSync(file)) throw fileExists(file);
  const files = { directory: path.join(data, 'files'), names: await storedFiles(path.join(data, 'files')) };
  // Before the snapshot: an anchor of a later head would make the restored chain look cut.
  const anchors = { file: path.join(data, ANCHORS), bytes: await wholeLines(path.join(data, ANCHORS)) };
  const client = request.database.owner();
  client.on('error', () => {});
  await client.connect();
  try {
    const head = await snapshot(
      client,
      request,
      files.names.reduce((sum, { bytes }) => sum + bytes, 0),
    );
    await mustFit(path.dirname(file), head, request.free ?? freeBytes);
    const manifest: Manifest = { parts: [], damagedFiles: [] };
    // Files that came meanwhile are named by no row of the snapshot; those that it names were there before.
    const later = { ...files, names: await storedFiles(files.directory) };
    const contents = { client, head, anchors: anchors.bytes > 0 ? anchors : null, files: later };
    const { bytes, sha256 } = await writeSealed(Readable.from(archive(contents, manifest), { objectMode: false }), file, request.seal);
    await client.query('commit');
    return { file, bytes, sha256, head, manifest };
  } finally {
    await client.end();
  }
}

async function snapshot(client: pg.Client, request: BackupRequest, filesBytes: number): Promise<Head> {
  await client.query(PLAIN_SESSION);
  if (!request.isLocked) await client.query('select pg_advisory_lock_shared($1)', [ONE_AT_A_TIME]);
  await letOwnerRead(client);
  await client.query('begin isolation level repeatable read read only');
  return {
    format: FORMAT,
    product: request.product,
    takenAt: isoInstant(request.now),
    migrations: await migrationsOf(client),
    tables: await tablesOf(client, request.leaveOut),
    sequences: await sequencesOf(client),
    files: request.files ?? 'included',
    databaseBytes: await databaseBytes(client),
    filesBytes: request.files === 'in-place' ? 0 : filesBytes,
    keys: fingerprints(request.keys),
  };
}

/** Rows compress to much less than the database takes with its indexes; stored files mostly do not compress. */
async function mustFit(directory: string, head: Head, free: (directory: string) => Promise<number>): Promise<void> {
  const needed = head.databaseBytes / 2 + head.filesBytes + 16 * 2 ** 20;
  const there = await free(directory).catch((error: unknown) => {
    throw notWritable(directory, String(error));
  });
  if (there < needed) throw noSpace(directory, needed, there);
}

export async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

/** Compresses, encrypts and writes under a temporary name; the name itself appears only when all of it is on disk. */
export async function writeSealed(plain: Readable, file: string, seal: SealTo): Promise<{ bytes: number; sha256: string }> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.part`);
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = async function* (source: AsyncIterable<Uint8Array>) {
    for await (const chunk of source) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  };
  const { ZSTD_c_compressionLevel: level, ZSTD_c_checksumFlag: checksum } = constants;
  const squeezed = createZstdCompress({ params: { [level]: 3, [checksum]: 1 } });
  try {
    const cipher = await sealed(Readable.toWeb(squeezed) as ReadableStream<Uint8Array>, seal);
    await both(
      pipeline(plain, squeezed),
      pipeline(
        Readable.fromWeb(cipher as Parameters<typeof Readable.fromWeb>[0]),
        counted,
        createWriteStream(temporary, { mode: 0o600, flush: true, flags: 'wx' }),
      ),
    );
    await rename(temporary, file);
    await syncDirectory(path.dirname(file));
    return { bytes, sha256: hash.digest('hex') };
  } catch (error) {
    await rm(temporary, { force: true });
    throw writingError(error, file);
  }
}

/** Waits for both ends; the one that broke first says why, not the one that was torn along. */
async function both(...ends: Promise<void>[]): Promise<void> {
  const failures: unknown[] = [];
  await Promise.all(ends.map((end) => end.catch((error: unknown) => failures.push(error))));
  const isEcho = (error: unknown) => ['ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR'].includes(String((error as { code?: unknown })?.code));
  if (failures.length > 0) throw failures.find((error) => !isEcho(error)) ?? failures[0];
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function writingError(error: unknown, file: string): unknown {
  if (error instanceof DomainError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(path.dirname(file));
  return code?.startsWith('E') && !code.startsWith('ERR_') ? notWritable(file, `${code}: ${message}`) : error;
}
