import { randomBytes } from 'node:crypto';
import type { Config } from '@vonggac/kernel';
import pg from 'pg';
import { isoOf } from './columns.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { readOrMakeKey } from './keys.ts';
import type { DatabaseEvent } from './supervise.ts';

// Instants and days travel as text; a JavaScript Date would lose the day's zone.
for (const oid of [1082, 1114, 1184]) pg.types.setTypeParser(oid, (text) => (oid === 1184 ? isoOf(text) : text));
pg.types.setTypeParser(20, Number);

/** Three logins on one PostgreSQL: `vg_app` for verbs, `vg_identity` for sign-in, the owner for migrations. */
export type Database = {
  app: pg.Pool;
  identity: pg.Pool;
  owner: () => pg.Client;
  close(): Promise<void>;
};

/** How long a request waits for a connection before it is told that the database is away. @unit milliseconds */
const CONNECT = 10_000;

type Connection = { app: pg.PoolConfig; identity: pg.PoolConfig; owner: pg.ClientConfig };

/** Opens the configured PostgreSQL, or starts the embedded one. */
export async function openDatabase(
  config: Pick<Config, 'data' | 'keys' | 'postgres' | 'postgresApp' | 'postgresIdentity'>,
  options: { fsync?: boolean; tell?: (event: DatabaseEvent) => void } = {},
): Promise<Database> {
  if (config.postgres) {
    return connectDatabase({
      owner: { connectionString: config.postgres },
      app: { connectionString: config.postgresApp ?? config.postgres },
      identity: { connectionString: config.postgresIdentity ?? config.postgres },
    });
  }
  const embedded = await startEmbeddedPostgres({ data: config.data, keys: config.keys, ...options });
  const connection = await embeddedConnection(embedded, config.keys);
  const database = connectDatabase(connection);
  return { ...database, close: async () => (await database.close(), await embedded.stop()) };
}

export function connectDatabase(connection: Connection): Database {
  const common = { idleTimeoutMillis: 60_000, connectionTimeoutMillis: CONNECT, keepAlive: true };
  // A page of a list costs less than to compile its query.
  const app = new pg.Pool({ ...common, max: 10, options: '-c TimeZone=UTC -c jit=off', ...connection.app });
  const identity = new pg.Pool({ ...common, max: 4, ...connection.identity });
  for (const pool of [app, identity]) {
    // An idle connection that the server ends is replaced at the next use.
    pool.on('error', () => {});
    // One that is in use but has nothing to ask at that moment would end the process: its next question fails instead.
    pool.on('connect', (client) => client.on('error', () => {}));
  }
  return {
    app,
    identity,
    owner: () => new pg.Client(connection.owner),
    close: async () => {
      await Promise.all([app.end(), identity.end()]);
    },
  };
}

async function embeddedConnection(embedded: EmbeddedPostgres, keys: string): Promise<Connection> {
  const base = { host: embedded.socket, database: 'vonggac' };
  const password = (role: string) => readOrMakeKey(keys, `postgres-${role}`, () => randomBytes(24).toString('base64url'));
  const logins = { vg_app: password('app'), vg_identity: password('identity') };
  const owner = new pg.Client({ ...base, database: 'postgres', user: 'vg_owner', password: embedded.password });
  await owner.connect();
  try {
    for (const [role, secret] of Object.entries(logins)) {
      const known = await owner.query('select 1 from pg_roles where rolname = $1', [role]);
      if (known.rowCount === 0) await owner.query(`create role ${role} login nosuperuser nobypassrls password ${pg.escapeLiteral(secret)}`);
    }
    const made = await owner.query("select 1 from pg_database where datname = 'vonggac'");
    if (made.rowCount === 0)
      await owner.query("create database vonggac template template0 encoding 'UTF8' locale_provider icu icu_locale 'vi' locale 'C.UTF-8'");
  } finally {
    await owner.end();
  }
  return {
    owner: { ...base, user: 'vg_owner', password: embedded.password },
    app: { ...base, user: 'vg_app', password: logins.vg_app },
    identity: { ...base, user: 'vg_identity', password: logins.vg_identity },
  };
}
