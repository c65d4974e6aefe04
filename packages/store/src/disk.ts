import { statfsSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import path from 'node:path';

/** Room on the file system of a directory for those who are not root. @unit bytes */
export type Room = { total: number; free: number };

export function roomIn(directory: string): Room {
  const { bsize, blocks, bavail } = statfsSync(directory);
  return { total: blocks * bsize, free: bavail * bsize };
}

const PROBE = Buffer.alloc(4096, 1);

/** How long it takes to bring four kilobytes onto the disk of a directory. @unit milliseconds */
export async function syncTime(directory: string): Promise<number> {
  const file = path.join(directory, '.sync-probe');
  // Never the synchronous calls: on a disk that stands still they would stop the whole process.
  const probe = await open(file, 'w', 0o600);
  try {
    await probe.write(PROBE);
    const started = performance.now();
    await probe.sync();
    return performance.now() - started;
  } finally {
    await probe.close();
    await rm(file, { force: true });
  }
}
