import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '@vonggac/kernel';
import type pg from 'pg';
import { storedFiles } from './backup-archive.ts';
import { notEmpty, unfinished } from './backup-errors.ts';
import { ANCHORS, type Head } from './backup-format.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';

/** Lies in the data directory while a restore is under way. */
const MARK = 'restore-unfinished';

export function markUnfinished(data: string): void {
  writeFileSync(path.join(data, MARK), '', { mode: 0o600, flush: true });
}

export function unmark(data: string): void {
  rmSync(path.join(data, MARK), { force: true });
}

/** A server must not start on what an interrupted restore left. @throws DomainError `backup.unfinished_restore` */
export function mustBeWhole(data: string): void {
  if (existsSync(path.join(data, MARK))) throw unfinished(data);
}

/** Takes away what an interrupted restore of ours left in the directory; nothing else carries the mark. */
export async function clearUnfinished(config: Pick<Config, 'data' | 'keys'>, keepFiles: boolean): Promise<void> {
  if (!existsSync(path.join(config.data, MARK))) return;
  // Its PostgreSQL may still run, and would take the socket of the next one along when it ends: opening it ends it.
  if (existsSync(path.join(config.data, 'postgres', 'PG_VERSION')))
    await startEmbeddedPostgres(config).then(
      (left) => left.stop(),
      () => {},
    );
  removeRestored(config.data, keepFiles);
}

export function removeRestored(data: string, keepFiles: boolean): void {
  for (const name of ['postgres', ...(keepFiles ? [] : ['files', ANCHORS]), `${ANCHORS}.restored`])
    rmSync(path.join(data, name), { recursive: true, force: true });
}

/**
 * The directory holds no database and, unless the backup leaves its files in place, no files and no anchors.
 * @throws DomainError `backup.not_empty` that names what is in the way
 */
export async function mustBeEmptyDirectory(data: string, kind: Head['files']): Promise<void> {
  if (!existsSync(data)) return;
  const inTheWay = ['postgres', ...(kind === 'included' ? [ANCHORS] : [])].find((name) => {
    const place = path.join(data, name);
    return existsSync(place) && (name === ANCHORS || readdirSync(place).length > 0);
  });
  if (inTheWay) throw notEmpty(path.join(data, inTheWay));
  if (kind === 'included' && (await storedFiles(path.join(data, 'files'))).length > 0) throw notEmpty(path.join(data, 'files'));
}

/** @throws DomainError `backup.not_empty` */
export async function mustBeEmptyDatabase(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string; database: string }>(
    `select n.nspname || '.' || c.relname as name, current_database() as database from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' limit 1`,
  );
  if (rows[0]) throw notEmpty(`PostgreSQL ${rows[0].database}: ${rows[0].name}`);
}
