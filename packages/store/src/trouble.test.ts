import { DrizzleQueryError } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { troubleOf } from './trouble.ts';

const error = (more: Record<string, unknown>, message = 'x') => Object.assign(new Error(message), more);

describe('what an error of a store means', () => {
  it.each([
    ['a socket that is not there', error({ code: 'ENOENT', syscall: 'connect' }), 'store.away'],
    ['a refused connection, wrapped by a library', new DrizzleQueryError('select 1', [], error({ code: 'ECONNREFUSED' })), 'store.away'],
    ['a server that shuts down', error({ code: '57P01' }), 'store.away'],
    ['a connection that broke off', error({}, 'Connection terminated unexpectedly'), 'store.away'],
    ['no room in PostgreSQL', new DrizzleQueryError('insert', [], error({ code: '53100' })), 'store.disk_full'],
    ['no room for a file', error({ code: 'ENOSPC', path: '/data/files/x' }), 'store.disk_full'],
    ['a read-only disk', error({ code: 'EROFS', path: '/data/files/x' }), 'store.disk_broken'],
  ])('%s', (_, given, code) => {
    expect(troubleOf(given)?.code).toBe(code);
  });

  it('a missing file, a broken rule and a bug are none', () => {
    for (const given of [error({ code: 'ENOENT', syscall: 'open' }), error({ code: '23505' }), new TypeError('x'), 'text', null])
      expect(troubleOf(given)).toBeNull();
  });

  it('names the place', () => {
    expect(troubleOf(error({ code: 'ENOSPC', path: '/data/files/x' }))).toMatchObject({ kind: 'full', place: '/data/files/x' });
  });
});
