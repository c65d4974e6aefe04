import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DomainError } from '@vonggac/kernel';

export type DataLock = { release(): void };

/**
 * Takes the data directory for this process before any engine opens. The lock is the operating system's (SQLite's
 * exclusive file lock), so it ends with the process, `kill -9` included.
 * @throws DomainError `store.in_use`
 */
export function lockData(directory: string): DataLock {
  mkdirSync(directory, { recursive: true, mode: 0o711 });
  const file = new DatabaseSync(path.join(directory, 'lock'));
  try {
    file.exec('pragma busy_timeout = 0; pragma locking_mode = exclusive; begin exclusive');
  } catch {
    file.close();
    throw new DomainError('conflict', 'store.in_use', {
      vi: `Thư mục dữ liệu ${directory} đang được một tiến trình khác sử dụng. Dừng tiến trình đó trước, hoặc chọn thư mục khác bằng VONGGAC_DATA.`,
      en: `The data directory ${directory} is in use by another process. Stop that one first, or choose another directory with VONGGAC_DATA.`,
    });
  }
  return { release: () => file.close() };
}
