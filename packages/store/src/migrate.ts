import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import type { Database } from './database.ts';

const ONE_AT_A_TIME = 7400;

/** Brings the schema forward to the newest migration in `folder`, one process at a time. */
export async function migrateDatabase(database: Pick<Database, 'owner'>, folder: string): Promise<void> {
  const client = database.owner();
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [ONE_AT_A_TIME]);
    await migrate(drizzle(client), { migrationsFolder: folder, migrationsSchema: 'public', migrationsTable: 'migrations' });
  } finally {
    await client.end();
  }
}
