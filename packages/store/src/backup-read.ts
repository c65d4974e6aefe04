import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createZstdDecompress } from 'node:zlib';
import { DomainError } from '@vonggac/kernel';
import { damaged, newerThanProduct, notABackup, notReadable, wrongKey } from './backup-errors.ts';
import { FORMAT, HEAD, type Head, MANIFEST, type Manifest, type Part, partOf } from './backup-format.ts';
import { opened, type OpenWith } from './backup-secrets.ts';
import { readTar, type TarEntry } from './backup-tar.ts';

/** What a reader of a backup does with it. `part` must read `chunks` to the end, and answers the rows that it loaded, for tables. */
export type BackupReader = {
  head?(head: Head): Promise<void>;
  part(name: string, chunks: AsyncIterable<Buffer>): Promise<number | undefined>;
};

export type BackupRead = { head: Head; manifest: Manifest };

/**
 * Reads a backup from beginning to end, hands its parts on and compares each with the manifest: whoever writes what it
 * reads must not commit before this resolves.
 * @throws DomainError `backup.wrong_key`, `backup.damaged`, `backup.not_a_backup`, `backup.newer`
 */
export async function readBackup(file: string, using: OpenWith, reader: BackupReader): Promise<BackupRead> {
  const place = { at: HEAD };
  const entries = named(file, place, readTar(await plainStream(file, using, place)));
  const head = await readHead(file, await entries.next());
  await reader.head?.(head);
  const found: Part[] = [];
  let next = await entries.next();
  while (!next.done && next.value.name !== MANIFEST) {
    const name = partOf(next.value.name);
    const part = { name, hash: createHash('sha256'), bytes: 0 };
    const first = next.value;
    const chunks = async function* () {
      for (let entry = first; ; entry = next.value as TarEntry) {
        for await (const chunk of mapped(file, place, entry.chunks)) {
          part.hash.update(chunk);
          part.bytes += chunk.length;
          yield chunk;
        }
        next = await entries.next();
        if (next.done || next.value.name === MANIFEST || partOf(next.value.name) !== name || !name.startsWith('tables/')) return;
      }
    };
    const rows = await reader.part(name, chunks());
    found.push({ name, sha256: part.hash.digest('hex'), bytes: part.bytes, ...(rows === undefined ? {} : { rows }) });
  }
  if (next.done) throw damaged(file, MANIFEST);
  const manifest = JSON.parse(await textOf(mapped(file, place, next.value.chunks))) as Manifest;
  if (!(await entries.next()).done) throw damaged(file, MANIFEST);
  mustMatch(file, { head, manifest, found });
  return { head, manifest };
}

/** Checks every hash of a backup without restoring anything. @throws DomainError as `readBackup` */
export async function verifyBackup(file: string, using: OpenWith): Promise<BackupRead> {
  return readBackup(file, using, {
    part: async (_name, chunks) => {
      for await (const _ of chunks);
      return undefined;
    },
  });
}

async function readHead(file: string, first: IteratorResult<TarEntry>): Promise<Head> {
  if (first.done || first.value.name !== HEAD) throw notABackup(file);
  const head = JSON.parse(await textOf(first.value.chunks)) as Head;
  if (head.format > FORMAT) throw newerThanProduct(file, head.product);
  return head;
}

async function textOf(chunks: AsyncIterable<Buffer>): Promise<string> {
  return Buffer.concat(await Array.fromAsync(chunks)).toString('utf8');
}

function mustMatch(file: string, { head, manifest, found }: BackupRead & { found: readonly Part[] }): void {
  const expected = manifest.parts.filter(({ name }) => head.files === 'included' || !name.startsWith('files/'));
  for (const [at, part] of expected.entries()) {
    const got = found[at];
    const isSame = got?.name === part.name && got.sha256 === part.sha256 && got.bytes === part.bytes;
    if (!isSame || (got.rows !== undefined && got.rows !== part.rows)) throw damaged(file, part.name);
  }
  if (found.length !== expected.length) throw damaged(file, found[expected.length]!.name);
}

const MAGIC = 'age-encryption.org/';

async function plainStream(file: string, using: OpenWith, place: { at: string }): Promise<AsyncIterable<Uint8Array>> {
  const handle = await open(file).catch((error: unknown) => {
    throw notReadable(file, String(error));
  });
  try {
    const { buffer } = await handle.read({ buffer: Buffer.alloc(MAGIC.length), position: 0 });
    if (buffer.toString('latin1') !== MAGIC) throw notABackup(file);
  } finally {
    await handle.close();
  }
  const raw = createReadStream(file);
  let plain: ReadableStream<Uint8Array>;
  try {
    plain = await opened(Readable.toWeb(raw) as ReadableStream<Uint8Array>, using);
  } catch (error) {
    raw.destroy();
    throw /no identity matched|scrypt/i.test(String(error)) ? wrongKey(file) : damaged(file, place.at, String(error));
  }
  const cipher = Readable.fromWeb(plain as Parameters<typeof Readable.fromWeb>[0]);
  const inflated = createZstdDecompress();
  cipher.once('error', (error) => inflated.destroy(error));
  inflated.once('close', () => (cipher.destroy(), raw.destroy()));
  return cipher.pipe(inflated);
}

/** What goes wrong below, in cipher, compression or archive, is damage to the file. */
async function* mapped<T>(file: string, place: { at: string }, source: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (error) {
    throw error instanceof DomainError ? error : damaged(file, place.at, String(error));
  }
}

async function* named(file: string, place: { at: string }, entries: AsyncIterable<TarEntry>): AsyncGenerator<TarEntry> {
  for await (const entry of mapped(file, place, entries)) {
    place.at = entry.name;
    yield entry;
  }
}
