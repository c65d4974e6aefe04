import { DomainError } from '@vonggac/kernel';
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { migrationsOf } from './backup-catalogue.ts';
import { databaseNewer, migrationFailed, noBackupNoMigration } from './backup-errors.ts';
import type { MigrationRow } from './backup-format.ts';
import type { Database } from './database.ts';

/** The advisory lock under which the schema changes; a backup holds it shared. */
export const ONE_AT_A_TIME = 7400;

export type Migration = { tag: string; hash: string; createdAt: number; statements: string[] };
export type Migrated = { applied: string[]; /** The backup taken before, where there was something to lose. */ backup: string | null };

export function readMigrations(folder: string): Migration[] {
  const journal = JSON.parse(readFileSync(path.join(folder, 'meta/_journal.json'), 'utf8')) as { entries: { tag: string }[] };
  return readMigrationFiles({ migrationsFolder: folder }).map((one: MigrationMeta, at) => ({
    tag: journal.entries[at]!.tag,
    hash: one.hash,
    createdAt: one.folderMillis,
    statements: one.sql,
  }));
}

/**
 * Brings the schema forward to the newest migration in `folder`, one process at a time and all in one transaction: where
 * one fails, the database is as the old version left it. What has rows already is backed up first.
 * @param backup takes the backup and says where it lies; a failure of it is a refusal to migrate
 * @throws DomainError `backup.before_migration`, `backup.migration_failed`, `backup.database_newer`
 */
export async function migrateDatabase(
  database: Pick<Database, 'owner'>,
  folder: string,
  backup?: (next: string) => Promise<string>,
): Promise<Migrated> {
  const client = database.owner();
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [ONE_AT_A_TIME]);
    const all = readMigrations(folder);
    const seen = await migrationsOf(client);
    mustKnow(all, seen);
    const pending = pendingOf(all, seen);
    if (pending.length === 0) return { applied: [], backup: null };
    const kept = backup && seen.length > 0 ? await backup(pending[0]!.tag).catch(refuse) : null;
    await client.query('begin');
    await applyMigrations(client, pending, kept);
    await client.query('commit');
    return { applied: pending.map(({ tag }) => tag), backup: kept };
  } finally {
    await client.end();
  }
}

/** Inside the caller's transaction. @throws DomainError `backup.migration_failed`; the transaction must be given up then */
export async function applyMigrations(
  client: pg.ClientBase,
  migrations: readonly Migration[],
  backup: string | null = null,
): Promise<void> {
  await client.query('create table if not exists public.migrations (id serial primary key, hash text not null, created_at bigint)');
  for (const migration of migrations) {
    try {
      for (const statement of migration.statements) await client.query(statement);
      await client.query('insert into public.migrations (hash, created_at) values ($1, $2)', [migration.hash, migration.createdAt]);
    } catch (error) {
      throw migrationFailed(migration.tag, backup, String(error));
    }
  }
}

export function pendingOf(all: readonly Migration[], seen: readonly MigrationRow[]): Migration[] {
  const last = seen.at(-1)?.createdAt ?? -Infinity;
  return all.filter(({ createdAt }) => createdAt > last);
}

/** A database that a newer version has migrated must not be written to by this one. */
function mustKnow(all: readonly Migration[], seen: readonly MigrationRow[]): void {
  const newest = all.at(-1)?.createdAt ?? 0;
  if ((seen.at(-1)?.createdAt ?? 0) > newest) throw databaseNewer();
}

function refuse(error: unknown): never {
  throw error instanceof DomainError ? noBackupNoMigration(error) : error;
}
