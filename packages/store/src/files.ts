import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, statSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '@vonggac/kernel';

export type StoredFile = { sha256: string; size: number };

/** Files kept by their SHA-256. A file is on disk, synced, before `put` resolves; it is never changed afterwards. */
export type Files = {
  put(content: Readable | Uint8Array, limit: number): Promise<StoredFile>;
  read(sha256: string): Readable;
  bytes(sha256: string): Promise<Uint8Array>;
  has(sha256: string): boolean;
  /** Where it lies on disk, for whoever streams it more than once or by another process; never written to. */
  pathOf(sha256: string): string;
  /**
   * Removes what was last put more than `days` ago and is not among the named, and what an upload that broke off left.
   * `namedAmong` is asked for some at a time. @returns how many
   */
  sweep(namedAmong: (sha256s: readonly string[]) => Promise<ReadonlySet<string>>, days: number): Promise<number>;
};

export function openFiles(directory: string): Files {
  const incoming = path.join(directory, 'incoming');
  mkdirSync(incoming, { recursive: true, mode: 0o700 });
  const placeOf = (sha256: string) => path.join(directory, sha256.slice(0, 2), sha256);
  const inTurn = turns();

  async function put(content: Readable | Uint8Array, limit: number): Promise<StoredFile> {
    const temporary = path.join(incoming, randomBytes(12).toString('hex'));
    try {
      const { sha256, size } = await writeHashed(content, temporary, limit);
      const place = placeOf(sha256);
      await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
      // Also where it lies there already: its age begins again, so that no sweep takes it before its row is written.
      await inTurn(() => rename(temporary, place));
      await syncDirectory(path.dirname(place));
      await syncDirectory(directory);
      return { sha256, size };
    } finally {
      await rm(temporary, { force: true });
    }
  }

  return {
    put,
    read: (sha256) => createReadStream(placeOf(checked(sha256))),
    bytes: async (sha256) => {
      const file = await open(placeOf(checked(sha256)));
      try {
        return await file.readFile();
      } finally {
        await file.close();
      }
    },
    has: (sha256) => existsSync(placeOf(checked(sha256))),
    pathOf: (sha256) => placeOf(checked(sha256)),
    sweep: async (namedAmong, days) => {
      const before = Date.now() - days * 86_400_000;
      let removed = 0;
      for (const prefix of await readdir(directory)) {
        if (!/^[0-9a-f]{2}$/.test(prefix)) continue;
        const old = await oldIn(path.join(directory, prefix), before);
        if (old.length === 0) continue;
        const named = await namedAmong(old);
        for (const sha256 of old) if (!named.has(sha256) && (await inTurn(() => removeOld(placeOf(sha256), before)))) removed++;
      }
      for (const name of await oldIn(incoming, before)) if (await removeOld(path.join(incoming, name), before)) removed++;
      return removed;
    },
  };
}

async function oldIn(directory: string, before: number): Promise<string[]> {
  const names = await readdir(directory);
  return names.filter((name) => {
    const found = statSync(path.join(directory, name), { throwIfNoEntry: false });
    return found !== undefined && found.mtimeMs < before;
  });
}

/** Looks at its age once more: it may have been put again since. */
async function removeOld(place: string, before: number): Promise<boolean> {
  const found = statSync(place, { throwIfNoEntry: false });
  if (found === undefined || found.mtimeMs >= before) return false;
  await rm(place);
  return true;
}

/** One act after the other, so that nothing is put between looking at a file's age and removing it. */
function turns(): <T>(act: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const turn = last.then(act, act);
    last = turn;
    return turn;
  };
}

function checked(sha256: string): string {
  if (/^[0-9a-f]{64}$/.test(sha256)) return sha256;
  throw new DomainError('not-found', 'file.not_found', { vi: 'Không tìm thấy tệp.', en: 'The file was not found.' });
}

async function writeHashed(content: Readable | Uint8Array, place: string, limit: number): Promise<StoredFile> {
  const hash = createHash('sha256');
  let size = 0;
  async function* measured() {
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      const bytes = chunk as Uint8Array;
      size += bytes.length;
      if (size > limit) throw tooLarge(limit);
      hash.update(bytes);
      yield bytes;
    }
  }
  await pipeline(measured, createWriteStream(place, { mode: 0o600, flush: true }));
  return { sha256: hash.digest('hex'), size };
}

function tooLarge(limit: number): DomainError {
  const mb = Math.floor(limit / 1_048_576);
  return new DomainError('too-large', 'file.too_large', {
    vi: `Tệp lớn hơn ${mb} MB. Nén hoặc chia nhỏ tệp rồi gửi lại.`,
    en: `The file is larger than ${mb} MB. Compress or split it and send it again.`,
  });
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
