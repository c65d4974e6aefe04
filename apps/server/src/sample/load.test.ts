import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fixedClock, readConfig } from '@vonggac/kernel';
import { makeCtx, makeTestDatabase, TEST_NOW } from '@vonggac/testkit';
import type { Database } from '@vonggac/store';
import { newId } from '@vonggac/kernel';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { furnish, type House } from '../house.ts';
import { loadSample } from './load.ts';

let database: Database;
let house: House;
const hold = vi.fn();

beforeAll(async () => {
  database = await makeTestDatabase();
  const data = mkdtempSync(path.join(os.tmpdir(), 'vg-sample-'));
  const config = readConfig(['--data', data, '--totp', 'optional'], {});
  house = await furnish(config, pino({ level: 'silent' }), { database, release: () => {} });
  house.clock = Object.assign(fixedClock(TEST_NOW), { hold });
});
afterAll(() => database.close());

/** The rows of every table of the application, migrations and the log of reads aside. */
async function rows(): Promise<Record<string, number>> {
  const owner = database.owner();
  await owner.connect();
  try {
    const { rows: tables } = await owner.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1",
    );
    const counts: Record<string, number> = {};
    for (const { name } of tables) counts[name] = (await owner.query<{ n: number }>(`select count(*)::int as n from "${name}"`)).rows[0]!.n;
    return counts;
  } finally {
    await owner.end();
  }
}

it('what fails midway leaves nothing, and loading again works', async () => {
  const admin = await makeCtx(house.stores, newId(), 'administrator');
  const before = await rows();
  const put = vi.spyOn(house.stores.files, 'put').mockRejectedValueOnce(new Error('ENOSPC: no space left on device'));
  await expect(loadSample(house, admin)).rejects.toThrow('ENOSPC');
  expect(put).toHaveBeenCalled();
  expect(await rows()).toEqual(before);
  expect(hold).not.toHaveBeenCalled();
  await loadSample(house, admin);
  const after = await rows();
  expect(after['tasks']).toBeGreaterThan(100);

  expect(hold).toHaveBeenCalledOnce();
  await expect(loadSample(house, admin)).rejects.toMatchObject({ code: 'sample.not_empty' });
  expect(await rows()).toEqual(after);
});
