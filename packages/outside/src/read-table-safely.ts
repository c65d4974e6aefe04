import { extname } from 'node:path';
import { refusal } from './errors.ts';
import type * as Job from './read-table.ts';
import { runInChild } from './run-in-child.ts';
import { TABLE_LIMITS } from './table.ts';
import type { Table, TableLimits } from './table.ts';

const MAX_BYTES = 50 * 2 ** 20;
const MODULE = new URL(`./read-table${extname(import.meta.url)}`, import.meta.url);

/**
 * `readTable` in a child process: for every upload. At most 50 MB; 2 s and 1 s more for each MB, at most 30 s.
 *
 * @throws OutsideError `too-big`, `too-slow`, `out-of-memory`, `crashed`, `cancelled`, and those of `readTable`
 */
export async function readTableSafely(
  bytes: Uint8Array,
  name: string,
  options: { signal?: AbortSignal; limits?: TableLimits } = {},
): Promise<Table> {
  if (bytes.byteLength > MAX_BYTES) {
    throw refusal('too-big', name, {
      vi: 'Tệp lớn hơn 50 MB. Hãy chia nhỏ rồi thử lại.',
      en: 'The file is larger than 50 MB. Split it, then retry.',
    });
  }
  const timeMs = Math.min(30_000, 2000 + Math.floor((bytes.byteLength / 2 ** 20) * 1000));
  return runInChild<Table>({
    module: MODULE,
    export: 'readTableJob' satisfies keyof typeof Job,
    input: { bytes, name, limits: options.limits ?? TABLE_LIMITS },
    limits: { memoryMb: 1024, timeMs, outputBytes: 128 * 2 ** 20 },
    ...(options.signal ? { signal: options.signal } : {}),
  });
}
