import type { Stores } from '@vonggac/store';

type Pool = Stores['pool'];
type Client = NonNullable<Parameters<Parameters<Pool['connect']>[0]>[1]>;

/**
 * Runs verbs, each of which thinks that it has a transaction of its own, in one: all of them commit or none does. The pool that `work`
 * gets hands out one client, in which the beginning and end of a transaction are those of a savepoint. For verbs one after another.
 */
export async function inOneTransaction<T>(pool: Pool, work: (pool: Pool) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const answer = await work(poolOf(pool, nested(client)));
    await client.query('commit');
    client.release();
    return answer;
  } catch (error) {
    await client.query('rollback').then(
      () => client.release(),
      (broken: Error) => client.release(broken),
    );
    throw error;
  }
}

function poolOf(pool: Pool, client: Client): Pool {
  return new Proxy(pool, {
    get: (target, name) => {
      if (name === 'connect') return () => Promise.resolve(client);
      if (name === 'query') return client.query.bind(client);
      return Reflect.get(target, name, target) as unknown;
    },
  });
}

function nested(client: Client): Client {
  let depth = 0;
  const asSavepoint = (statement: unknown): unknown => {
    if (typeof statement !== 'string') return statement;
    if (statement.startsWith('begin')) return statement.replace(/^begin[^;]*/, `savepoint one_${++depth}`);
    if (statement === 'commit') return `release savepoint one_${depth--}`;
    if (statement === 'rollback') return `rollback to savepoint one_${depth}; release savepoint one_${depth--}`;
    return statement;
  };
  return new Proxy(client, {
    get: (target, name) => {
      if (name === 'release') return () => {};
      const value = Reflect.get(target, name, target) as unknown;
      if (typeof value !== 'function') return value;
      if (name !== 'query') return value.bind(target) as unknown;
      return (statement: unknown, ...rest: unknown[]) =>
        (value as (...all: unknown[]) => unknown).call(target, asSavepoint(statement), ...rest);
    },
  });
}
