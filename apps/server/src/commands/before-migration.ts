import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type Config, systemClock } from '@vonggac/kernel';
import { type Database } from '@vonggac/store';
import { takeBackup } from '@vonggac/store/backup';
import { productVersion } from '../version.ts';
import { LEAVE_OUT, sealOf } from './backup.ts';

const KEEP = 5;
const PREFIX = 'before-';

/**
 * Backs the database up to `<data>/backups` before migration `next`, to the installation's own backup key. Stored files
 * stay where they are: a migration never touches them. The five newest are kept. @returns where it lies
 */
export async function backUpBeforeMigration(config: Config, database: Pick<Database, 'owner'>, next: string): Promise<string> {
  const directory = path.join(config.data, 'backups');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  for (const left of readdirSync(directory).filter((name) => name.endsWith('.part'))) rmSync(path.join(directory, left));
  const now = systemClock.now();
  const stamp = now.toString({ fractionalSecondDigits: 3 }).replaceAll(/[:.]/g, '-');
  const { file } = await takeBackup({
    database,
    data: config.data,
    keys: config.keys,
    file: path.join(directory, `${PREFIX}${stamp}-${next}.tar.zst.age`),
    seal: await sealOf(config, null),
    product: productVersion(),
    now,
    leaveOut: LEAVE_OUT,
    files: 'in-place',
    isLocked: true,
  });
  const kept = readdirSync(directory).filter((name) => name.startsWith(PREFIX) && name.endsWith('.age'));
  for (const old of kept.toSorted().slice(0, -KEEP)) rmSync(path.join(directory, old));
  return file;
}
