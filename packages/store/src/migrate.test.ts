import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DomainError } from '@vonggac/kernel';
import { makeTestDatabase } from '@vonggac/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from './database.ts';
import { migrateDatabase } from './migrate.ts';

const MIGRATIONS = path.join(import.meta.dirname, '../../../apps/server/migrations');
let database: Database;
let folder: string;

beforeAll(async () => {
  database = await makeTestDatabase();
});
afterAll(() => database.close());
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'vg-migrations-'));
  cpSync(MIGRATIONS, folder, { recursive: true });
  return () => rmSync(folder, { recursive: true, force: true });
});

/** Plants migrations after the newest one. */
function plant(...planted: { tag: string; sql: string }[]): void {
  const file = path.join(folder, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(file, 'utf8')) as { entries: { idx: number; when: number; tag: string; breakpoints: boolean }[] };
  for (const { tag, sql } of planted) {
    const last = journal.entries.at(-1)!;
    journal.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1000, tag });
    writeFileSync(path.join(folder, `${tag}.sql`), sql);
  }
  writeFileSync(file, JSON.stringify(journal));
}

const one = async (text: string) => Object.values((await database.app.query(text)).rows[0] as object)[0] as unknown;
const planted = () => one("select to_regclass('public.planted')::text");

describe('a migration', () => {
  it('that fails undoes the ones before it too, and the old version starts as if nothing had been', async () => {
    plant(
      { tag: '9001_good', sql: 'create table planted (id int)' },
      { tag: '9002_bad', sql: 'select 1;--> statement-breakpoint\nselect nonsense' },
    );
    const failed = migrateDatabase(database, folder, async () => '/backups/before.age');
    await expect(failed).rejects.toThrow(/backup.migration_failed.*9002_bad.*\/backups\/before\.age/s);
    expect(await planted()).toBeNull();
    expect(await migrateDatabase(database, MIGRATIONS)).toEqual({ applied: [], backup: null });
  });

  it('is backed up before, and not made when the backup fails', async () => {
    plant({ tag: '9001_good', sql: 'create table planted (id int)' });
    const full = async () => {
      expect(await planted()).toBeNull();
      throw new DomainError('unavailable', 'backup.no_space', { vi: 'Không đủ chỗ.', en: 'Not enough space.' });
    };
    await expect(migrateDatabase(database, folder, full)).rejects.toThrow(/backup.before_migration.*Not enough space/);
    expect(await planted()).toBeNull();
    const done = await migrateDatabase(database, folder, async (next) => `${next}.age`);
    expect(done).toEqual({ applied: ['9001_good'], backup: '9001_good.age' });
    expect(await planted()).toBe('planted');
  });

  it('of a newer version is not written over by an older one', async () => {
    await expect(migrateDatabase(database, MIGRATIONS)).rejects.toThrow(/backup.database_newer/);
  });
});
