import { closeSync, fsync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/** Room on the file system of a directory for those who are not root. @unit bytes */
export type Room = { total: number; free: number };

export function roomIn(directory: string): Room {
  const { bsize, blocks, bavail } = statfsSync(directory);
  return { total: blocks * bsize, free: bavail * bsize };
}

const sync = promisify(fsync);
const PROBE = Buffer.alloc(4096, 1);

/** How long it takes to bring four kilobytes onto the disk of a directory. @unit milliseconds */
export async function syncTime(directory: string): Promise<number> {
  const file = path.join(directory, '.sync-probe');
  const fd = openSync(file, 'w', 0o600);
  try {
    writeSync(fd, PROBE);
    const started = performance.now();
    await sync(fd);
    return performance.now() - started;
  } finally {
    closeSync(fd);
    rmSync(file, { force: true });
  }
}
