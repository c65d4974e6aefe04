import type { Ctx as KernelCtx } from '@vonggac/kernel';
import { sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import type { Files } from './files.ts';
import type { Outbound } from './outbound.ts';

/** The stores that a verb may use. */
export type Stores = { pool: pg.Pool; files: Files; outbound: Outbound };

/** The context of every verb. */
export type Ctx = KernelCtx & { stores: Stores };

/** One transaction of the application's login, the actor's scope set in it. */
export type Tx = NodePgDatabase<Record<string, never>>;

const uuids = (list: readonly string[]) => `{${list.join(',')}}`;

/**
 * Runs `work` in one transaction as `vg_app`, with the scope that row-level security reads. What is awaited in it
 * commits together or not at all; the answer is durable when the promise resolves.
 */
export async function inTransaction<T>(ctx: Pick<Ctx, 'stores' | 'scope' | 'actor'>, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransactionWith(ctx, {}, work);
}

/**
 * The same for statements that look rows up one by one, until `readFreely`: of a table that is being filled the planner knows
 * nothing, and would read all of it for each batch.
 */
export async function inBatch<T>(ctx: Pick<Ctx, 'stores' | 'scope' | 'actor'>, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransactionWith(ctx, scansBeing('off'), work);
}

async function inTransactionWith<T>(
  ctx: Pick<Ctx, 'stores' | 'scope' | 'actor'>,
  settings: Readonly<Record<string, string>>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const client = await ctx.stores.pool.connect();
  try {
    await client.query(`begin; ${scopeStatement(client, ctx, settings)}`);
    const answer = await work(drizzle(client, { casing: 'snake_case' }));
    await client.query('commit');
    client.release();
    return answer;
  } catch (error) {
    await giveUp(client);
    throw error;
  }
}

/** The same for reading: one snapshot, nothing can be written, so nobody has to wait for its end. */
export async function inSnapshot<T>(ctx: Pick<Ctx, 'stores' | 'scope' | 'actor'>, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await ctx.stores.pool.connect();
  try {
    await client.query(`begin isolation level repeatable read read only; ${scopeStatement(client, ctx)}`);
    const answer = await work(drizzle(client, { casing: 'snake_case' }));
    void client.query('commit').then(
      () => client.release(),
      (error: Error) => client.release(error),
    );
    return answer;
  } catch (error) {
    await giveUp(client);
    throw error;
  }
}

async function giveUp(client: pg.PoolClient): Promise<void> {
  await client.query('rollback').then(
    () => client.release(),
    (error: Error) => client.release(error),
  );
}

/** One statement beside `begin`, so that opening a transaction is one trip to the database. */
function scopeStatement(
  client: pg.PoolClient,
  { scope, actor }: Pick<Ctx, 'scope' | 'actor'>,
  settings: Readonly<Record<string, string>> = {},
): string {
  const values = {
    ...settings,
    'app.scope': uuids(scope.organisations),
    'app.supervised': uuids(scope.supervised),
    'app.directory': uuids(scope.directory),
    'app.person': actor.kind === 'person' ? actor.id : '',
    'app.organisation': actor.organisation,
  };
  return `select ${Object.entries(values)
    .map(([key, value]) => `set_config('${key}', ${client.escapeLiteral(value)}, true)`)
    .join(', ')}`;
}

/** One reading with other organisations in sight as well; the actor's own scope holds again behind it. The caller answers for what becomes of it. */
export async function seeing<T>(
  tx: Tx,
  { scope }: Pick<Ctx, 'scope'>,
  organisations: readonly string[],
  read: () => Promise<T>,
): Promise<T> {
  await tx.execute(sql`select set_config('app.scope', ${uuids(organisations)}, true)`);
  const answer = await read();
  await tx.execute(sql`select set_config('app.scope', ${uuids(scope.organisations)}, true)`);
  return answer;
}

/** Lets `work` see what an organisation keeps to itself (`vg_among`), where it is reorganised by another one. */
export async function amongOwn<T>(tx: Tx, organisation: string, work: () => Promise<T>): Promise<T> {
  await tx.execute(sql`select set_config('app.lapsing', ${organisation}, true)`);
  const answer = await work();
  await tx.execute(sql`select set_config('app.lapsing', '', true)`);
  return answer;
}

/** What PostgreSQL is told so that it reads along indexes alone, or not. */
const scansBeing = (state: 'on' | 'off') => ({ enable_seqscan: state, enable_bitmapscan: state });

const scans = (tx: Tx, state: 'on' | 'off'): Promise<unknown> =>
  tx.execute(
    sql`select ${sql.join(
      Object.entries(scansBeing(state)).map(([name, value]) => sql`set_config(${name}, ${value}, true)`),
      sql`, `,
    )}`,
  );

/** Statements to come are planned as usual again (`inBatch`). */
export async function readFreely(tx: Tx): Promise<void> {
  await scans(tx, 'on');
}

/**
 * Lets `work` read along the index that has its order: of columns that go together the planner believes that hardly any row is left,
 * and would gather and sort them all.
 */
export async function inIndexOrder<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await scans(tx, 'off');
  const answer = await work();
  await scans(tx, 'on');
  return answer;
}
