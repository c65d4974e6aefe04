import { appendFileSync, mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Ctx } from '@vonggac/store';
import { makeHouseCtx, makeStores, makeTestDatabase } from '@vonggac/testkit';
import { inTransaction } from '@vonggac/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anchorAudit, auditStanding, record, sealAudit, verifyAudit } from './index.ts';

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let house: Ctx;

beforeAll(async () => {
  database = await makeTestDatabase();
  house = await makeHouseCtx(makeStores(database));
});
afterAll(() => database.close());

async function act(): Promise<void> {
  await inTransaction(house, (tx) => record(tx, house, { action: 'test.done', subject: { kind: 'test', id: 'x' } }));
  await sealAudit(house);
}

describe('the file of anchors', () => {
  it('holds whole lines, also after a write that broke off', async () => {
    const place = mkdtempSync(path.join(os.tmpdir(), 'vg-anchor-'));
    const places = { keys: path.join(place, 'keys'), file: path.join(place, 'anchors.log') };
    await act();
    await anchorAudit(house, places);
    appendFileSync(places.file, '{"seq":2,"head":"ab');
    expect((await auditStanding(house, places.file)).anchor?.seq).toBe(1);
    expect((await verifyAudit(house, places)).findings).toEqual([]);
    await act();
    expect((await anchorAudit(house, places))?.seq).toBe(2);
    const lines = readFileSync(places.file, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { seq: number }).seq)).toEqual([1, 2]);
    expect(await auditStanding(house, places.file)).toMatchObject({ head: 2, waiting: 0, anchor: { seq: 2 } });
  });
});
