import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readConfig } from '@vonggac/kernel';
import type { Database } from '@vonggac/store';
import { makeCtx, makeProvince, makeTestDatabase, type Province } from '@vonggac/testkit';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { furnish, type House } from '../house.ts';
import { statusOf } from './status.ts';

let database: Database;
let province: Province;
let house: House;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  const data = mkdtempSync(path.join(os.tmpdir(), 'vg-status-'));
  house = await furnish(readConfig(['--data', data, '--disk-warn', '0', '--disk-stop', '0'], {}), pino({ level: 'silent' }), {
    database,
    release: () => {},
  });
});
afterAll(async () => house.close());

describe('the status of the installation', () => {
  it('is told to the administrator at its root', async () => {
    const status = await statusOf(house, await makeCtx(house.stores, province.ubnd, 'administrator'));
    expect(status.database).toMatchObject({ kind: 'embedded', replicas: 0 });
    expect(status.database.size).toBeGreaterThan(1_000_000);
    expect(status.disk.free).toBeGreaterThan(0);
    expect(status.disk.level).toBe('ok');
    expect(status.signs.map(({ code }) => code)).toEqual(['backup.none']);
  });

  it('is not told to the administrator of a part, nor to who is none', async () => {
    await expect(statusOf(house, await makeCtx(house.stores, province.soyte, 'administrator'))).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(statusOf(house, await makeCtx(house.stores, province.ubnd, 'auditor'))).rejects.toMatchObject({ code: 'access.role' });
  });

  it('names what fails and what waits', async () => {
    house.watch.jobs.plan('try', { vi: 'thử', en: 'try' }, () => null);
    await house.watch.jobs
      .run(
        'try',
        () => house.watch.now(),
        () => Promise.reject(new Error('no')),
      )
      .catch(() => {});
    const owner = database.owner();
    await owner.connect();
    await owner.query(
      "insert into outbox (id, key, kind, organisation, payload, due_at, attempts) values (gen_random_uuid(), 'a', 'mail', $1, '{}', now(), 10), (gen_random_uuid(), 'b', 'mail', $1, '{}', now(), 2)",
      [province.ubnd],
    );
    await owner.end();
    const status = await statusOf(house, await makeCtx(house.stores, province.ubnd, 'administrator'));
    expect(status.signs.map(({ code }) => code)).toEqual(['jobs.failing', 'outbox.failed', 'backup.none']);
    expect(status.outbox).toMatchObject({ waiting: 1, retrying: 1, failed: 1, held: null });
  });
});
