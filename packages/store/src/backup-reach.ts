import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Config, DomainError } from '@vonggac/kernel';
import { nothingThere, notReadable } from './backup-errors.ts';
import { connectDatabase, type Database, openDatabase } from './database.ts';
import { lockData } from './lock.ts';

export type Reached = { database: Database; /** Whether a running server holds the data. */ isRunning: boolean; close(): Promise<void> };

/**
 * The database of an installation, whether a server runs on it or not: by URL, by the socket of the embedded PostgreSQL that
 * runs, or by starting it under the data lock.
 * @throws DomainError `backup.nothing_there`, `store.in_use` while a start or a restore is under way
 */
export async function reachDatabase(
  config: Pick<Config, 'data' | 'keys' | 'postgres' | 'postgresApp' | 'postgresIdentity'>,
): Promise<Reached> {
  if (!config.postgres && !existsSync(path.join(config.data, 'postgres', 'PG_VERSION'))) throw nothingThere(config.data);
  if (config.postgres) {
    const database = await openDatabase(config);
    return { database, isRunning: true, close: () => database.close() };
  }
  try {
    const lock = lockData(config.data);
    try {
      const database = await openDatabase(config);
      return { database, isRunning: false, close: async () => (await database.close(), lock.release()) };
    } catch (error) {
      lock.release();
      throw error;
    }
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'store.in_use') throw error;
    const database = beside(config);
    await answers(database, error);
    return { database, isRunning: true, close: () => database.close() };
  }
}

/** The fifth line of `postmaster.pid` is the directory of the socket. */
function beside(config: Pick<Config, 'data' | 'keys'>): Database {
  const host = read(path.join(config.data, 'postgres', 'postmaster.pid')).split('\n')[4]!;
  const login = (role: string) => ({
    host,
    database: 'vonggac',
    user: `vg_${role}`,
    password: read(path.join(config.keys, `postgres-${role}`)),
  });
  return connectDatabase({ owner: login('owner'), app: login('app'), identity: login('identity') });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw notReadable(file, String(error));
  }
}

/** A server that is just starting holds the lock before its database answers. */
async function answers(database: Database, inUse: DomainError): Promise<void> {
  for (let i = 0; i < 50; i++) {
    const client = database.owner();
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query('select 1');
      return;
    } catch {
      await new Promise((done) => setTimeout(done, 200));
    } finally {
      await client.end().catch(() => {});
    }
  }
  await database.close();
  throw inUse;
}
