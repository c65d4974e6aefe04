import { newId } from '@vonggac/kernel';
import { type Ctx, type Database, inTransaction } from '@vonggac/store';
import { expectAudit, makeCtx, makeHouseCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deliverOutbox } from './deliver.ts';
import { heldQueue, holdAfterRestore, releaseHeld } from './held.ts';

const HOUSE = '00000000-0000-0000-0000-000000000000';
const NOWHERE = { smtp: 'smtp://127.0.0.1:1', from: 'x@y.example', publicUrl: 'https://vg.example' };
let database: Database;
let province: Province;
let house: Ctx;
let administrator: Ctx;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  house = await makeHouseCtx(makeStores(database));
  administrator = await makeCtx(house.stores, province.ubnd, 'administrator');
});
afterAll(() => database.close());

/** Two mails: one that waited in the backup, one written since. */
beforeEach(async () => {
  await sql('delete from outbox');
  await sql("delete from settings where key = 'outbox.held'");
  for (const [key, written] of [
    ['old', '2024-04-25'],
    ['new', '2024-04-27'],
  ])
    await sql(
      "insert into outbox (id, key, kind, organisation, overseer, payload, due_at, written_at) values ($1, $2, 'mail', $3, $4, $5, '2024-04-25', $6)",
      [
        newId(),
        key,
        province.soyte,
        province.sotttt,
        { reminder: newId(), directive: newId(), organisation: province.soyte, ticket: 'x', person: null },
        written,
      ],
    );
  await inTransaction(house, (tx) =>
    holdAfterRestore(tx, house, {
      takenAt: '2024-04-26T00:00:00.000Z',
      restoredAt: '2024-04-26T12:00:00.000Z',
      product: '0.1.0',
      lostKeys: [],
    }),
  );
});

async function sql(statement: string, values: unknown[] = []): Promise<{ key: string; attempts: number }[]> {
  const owner = database.owner();
  await owner.connect();
  const { rows } = await owner.query(statement, values);
  await owner.end();
  return rows as { key: string; attempts: number }[];
}

const outbox = () => sql('select key, attempts from outbox order by written_at');

describe('after a restore', () => {
  it('nothing is taken from the queue until a person releases it', async () => {
    expect(await deliverOutbox(house, NOWHERE)).toEqual({ sent: 0, failed: 0, dropped: 0, held: 0 });
    expect((await outbox()).map(({ attempts }) => attempts)).toEqual([0, 0]);
    expect(await heldQueue(administrator)).toMatchObject({ messages: 2, takenAt: '2024-04-26T00:00:00.000Z' });
    await releaseHeld(administrator, 'send');
    const { sent, failed, dropped } = await deliverOutbox(house, NOWHERE);
    expect(sent + failed + dropped).toBe(2);
    expect(await heldQueue(administrator)).toBeNull();
    await expectAudit(administrator, 'backup.released', HOUSE);
  });

  it('what waited in the backup can be discarded; what came since goes on', async () => {
    expect(await releaseHeld(administrator, 'discard')).toEqual({ discarded: 1 });
    expect(await outbox()).toMatchObject([
      { key: 'old', attempts: 1000 },
      { key: 'new', attempts: 0 },
    ]);
    await expect(releaseHeld(administrator, 'send')).rejects.toThrow(/notifications.not_held/);
  });

  it('is in the log of the installation and of its root', async () => await expectAudit(administrator, 'backup.restored', HOUSE));

  it('is decided by an administrator of the whole alone', async () => {
    const part = await makeCtx(house.stores, province.soyte, 'administrator');
    const foreign = await makeCtx(house.stores, province.foreign, 'administrator');
    for (const ctx of [part, foreign]) {
      expect(await heldQueue(ctx)).toBeNull();
      await expect(releaseHeld(ctx, 'send')).rejects.toThrow(/organisation.not_found/);
    }
    for (const role of ['auditor', 'desk', 'officer'] as const) {
      const ctx = await makeCtx(house.stores, province.ubnd, role);
      await expect(heldQueue(ctx)).rejects.toThrow(/access.role/);
      await expect(releaseHeld(ctx, 'send')).rejects.toThrow(/access.role/);
    }
    expect(await heldQueue(administrator)).not.toBeNull();
  });
});
