import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { connectDatabase, type Database, migrateDatabase, openDatabase, startEmbeddedPostgres } from '@vonggac/store';
import pg from 'pg';

const MIGRATIONS = path.join(import.meta.dirname, '../../../apps/server/migrations');

type Shared = { host: string; passwords: Record<'vg_owner' | 'vg_app' | 'vg_identity', string> };

/** Once a test run: one PostgreSQL with a migrated template. @returns what ends it */
export async function startTestPostgres(): Promise<() => Promise<void>> {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'vg-test-'));
  chmodSync(directory, 0o711);
  const at = { data: path.join(directory, 'data'), keys: path.join(directory, 'keys') };
  const database = await openDatabase(at, { fsync: false });
  await migrateDatabase(database, MIGRATIONS);
  await database.close();
  const postgres = await startEmbeddedPostgres({ ...at, fsync: false });
  const { readOrMakeKey } = await import('@vonggac/store');
  const shared: Shared = {
    host: postgres.socket,
    passwords: {
      vg_owner: postgres.password,
      vg_app: readOrMakeKey(at.keys, 'postgres-app', () => ''),
      vg_identity: readOrMakeKey(at.keys, 'postgres-identity', () => ''),
    },
  };
  process.env['VONGGAC_TEST_POSTGRES'] = JSON.stringify(shared);
  return async () => {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}

/** A database of its own for a test file, copied from the migrated template. */
export async function makeTestDatabase(options: { pool?: number } = {}): Promise<Database> {
  const shared = JSON.parse(process.env['VONGGAC_TEST_POSTGRES']!) as Shared;
  const name = `t_${randomBytes(6).toString('hex')}`;
  const login = (user: keyof Shared['passwords'], database = name) => ({
    host: shared.host,
    database,
    user,
    password: shared.passwords[user],
  });
  await asOwner(login('vg_owner', 'postgres'), `create database ${name} template vonggac`);
  const database = connectDatabase({
    owner: login('vg_owner'),
    app: { options: '-c TimeZone=UTC', ...login('vg_app'), max: options.pool ?? 6 },
    identity: { ...login('vg_identity'), max: 2 },
  });
  return {
    ...database,
    close: async () => {
      await database.close();
      await asOwner(login('vg_owner', 'postgres'), `drop database ${name} with (force)`);
    },
  };
}

async function asOwner(connection: pg.ClientConfig, statement: string): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  // `create database` copies a template that nobody else may be using at that moment; test files start together.
  await client.query('select pg_advisory_lock(1)');
  await client.query(statement);
  await client.end();
}
