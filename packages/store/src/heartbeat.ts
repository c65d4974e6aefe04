import type { DomainError } from '@vonggac/kernel';
import pg from 'pg';
import type { Database } from './database.ts';
import { databaseAway } from './trouble.ts';

/** Whether the database answers, and since when as the monotonic clock counts it (`performance.now()`). */
export type Heartbeat = {
  isUp(): boolean;
  /** Of the last beat that was answered. @unit milliseconds */
  roundTrip(): number | null;
  /** @throws DomainError `store.away` at once while nobody answers */
  mustBeUp(): void;
  /** The same work, given up with `store.away` when the database has been away for some seconds meanwhile. */
  whileUp<T>(work: Promise<T>): Promise<T>;
  /** While there is a reason, everything is refused with it and what waits is given up; null ends it. */
  refuse(why: DomainError | null): void;
  /** Looks now: after an error that says so, or when the database was started again. */
  look(): void;
  start(): void;
  stop(): Promise<void>;
};

/** @unit milliseconds */
const EVERY = 1000;
const PATIENCE = 2000;
const GIVE_UP = 4000;

/** Once started, asks the database each second on a connection of its own. `tell` hears each change. */
export function makeHeartbeat(pool: Database['app'], tell: (isUp: boolean) => void): Heartbeat {
  let client: pg.Client | null = null;
  let isUp = true;
  let refusal: DomainError | null = null;
  let awaySince = 0;
  let lateBeats = 0;
  let roundTrip: number | null = null;
  let beating: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  const waiting = new Set<(why: DomainError) => void>();

  const change = (next: boolean) => {
    if (next === isUp) return;
    isUp = next;
    awaySince = next ? 0 : performance.now();
    tell(next);
  };
  const beat = async () => {
    try {
      roundTrip = await answerTime(pool, (made) => (client = made), client);
      lateBeats = 0;
      change(true);
    } catch (error) {
      void client?.end().catch(() => {});
      client = null;
      // A busy process may hear a punctual answer late: one late beat says nothing yet.
      if (!(error instanceof Late) || ++lateBeats > 1) change(false);
    }
    if (!isUp && performance.now() - awaySince > GIVE_UP) for (const give of waiting) give(databaseAway());
  };
  const look = () => {
    if (timer) beating ??= beat().finally(() => (beating = null));
  };

  return {
    isUp: () => isUp && refusal === null,
    roundTrip: () => roundTrip,
    mustBeUp: () => {
      if (refusal) throw refusal;
      if (!isUp) throw databaseAway();
    },
    refuse: (why) => {
      refusal = why;
      if (why) for (const give of waiting) give(why);
    },
    whileUp: async (work) => {
      let give: (why: DomainError) => void = () => {};
      const away = new Promise<never>((_, fail) => waiting.add((give = fail)));
      try {
        return await Promise.race([work, away]);
      } finally {
        waiting.delete(give);
      }
    },
    look,
    start: () => {
      timer ??= setInterval(look, EVERY).unref();
    },
    stop: async () => {
      if (timer) clearInterval(timer);
      timer = null;
      await beating;
      await client?.end().catch(() => {});
    },
  };
}

class Late extends Error {}

async function answerTime(pool: Database['app'], keep: (made: pg.Client) => void, held: pg.Client | null): Promise<number> {
  const started = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => (timer = setTimeout(() => fail(new Late()), PATIENCE)));
  try {
    const answered = (async () => {
      const client = held ?? (await connected(pool, keep));
      await client.query('select 1');
    })();
    answered.catch(() => {});
    await Promise.race([answered, late]);
    return performance.now() - started;
  } finally {
    clearTimeout(timer);
  }
}

async function connected(pool: Database['app'], keep: (made: pg.Client) => void): Promise<pg.Client> {
  // Not a copy of the options: the password in them is hidden from a copy.
  const client = new pg.Client(pool.options);
  client.on('error', () => {});
  keep(client);
  await client.connect();
  return client;
}

export type DatabaseFacts = { version: string; size: number; connections: number; connectionLimit: number; replicas: number };

/** What an administrator wants to know of the database itself. `size` in bytes; `replicas` that stream from it now. */
export async function databaseFacts(pool: Database['app']): Promise<DatabaseFacts> {
  const { rows } = await pool.query<DatabaseFacts>(
    `select current_setting('server_version') as version, pg_database_size(current_database()) as size,
       (select count(*) from pg_stat_activity where datname = current_database()) as connections,
       current_setting('max_connections')::int as "connectionLimit",
       (select count(*) from pg_stat_replication) as replicas`,
  );
  return rows[0]!;
}
