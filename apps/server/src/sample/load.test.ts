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

it('tells the whole life of findings: lists, answers, verdicts, what waits, and who is silent', async () => {
  const owner = database.owner();
  await owner.connect();
  try {
    const one = async (text: string): Promise<Record<string, number>> => (await owner.query<Record<string, number>>(text)).rows[0]!;
    expect(
      await one(`select count(*) filter (where verdict = 'not-seen')::int as "notSeen", count(*) filter (where verdict = 'seen-again' and state = 'open')::int as "again",
        count(*) filter (where verdict = 'unverified')::int as unverified, count(*) filter (where answer = 'postponed' and approval = 'asked')::int as postponed,
        count(*) filter (where answer = 'not-ours' and approval = 'asked')::int as "notOurs", count(*) filter (where answer = 'head-office')::int as "headOffice",
        count(*) filter (where parent is not null)::int as split, count(*) filter (where in_newest and due is not null and requirement is not null)::int as dated from findings`),
    ).toEqual({ notSeen: 8, again: 3, unverified: 1, postponed: 1, notOurs: 1, headOffice: 1, split: 2, dated: 12 });
    expect(await one("select count(*)::int as n from list_rows where target is null and unit = 'Thanh tra tỉnh'")).toEqual({ n: 1 });
    expect(await one('select count(*)::int as n from finding_files')).toEqual({ n: 1 });
    expect(
      await one(`select count(*) filter (where state = 'approved')::int as approved, count(*) filter (where state = 'claimed')::int as claimed,
        count(*) filter (where usage = 'exit')::int as exits from assets`),
    ).toEqual({ approved: 21, claimed: 2, exits: 1 });
    // Addresses that nobody holds, so that the sample is about nobody.
    const { rows: strange } = await owner.query(`select network from assets where network is not null
      and not (network <<= any(array['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32']::cidr[]))`);
    expect(strange).toEqual([]);
  } finally {
    await owner.end();
  }
});
