import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { DomainError } from '@vonggac/kernel';

/** A secret kept outside the data, in a file that only the owner reads; made at first use. */
export function readOrMakeKey(directory: string, name: string, make: () => string): string {
  const file = path.join(directory, name);
  // A key that is there is only read: making its directory again would stop the whole process on a disk that stands still.
  if (!existsSync(file)) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const fd = openSync(file, 'wx', 0o600);
    writeSync(fd, make());
    fsyncSync(fd);
    closeSync(fd);
  }
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw new DomainError('unavailable', 'store.key_readable', {
      vi: `Tệp khóa ${file} cho người khác đọc. Chạy: chmod 600 ${file}`,
      en: `The key file ${file} can be read by others. Run: chmod 600 ${file}`,
    });
  }
  return readFileSync(file, 'utf8');
}
