import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { newId } from '@vonggac/kernel';
import type { Ctx, Database } from '@vonggac/store';
import { inTransaction } from '@vonggac/store';
import { makeCtx, makeHouseCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anchorAudit, listAudit, record, sealAudit, verifyAudit } from './index.ts';

let database: Database;
let province: Province;
let house: Ctx;
let places: { keys: string; file: string };

beforeEach(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  house = await makeHouseCtx(makeStores(database));
  const directory = mkdtempSync(path.join(os.tmpdir(), 'vg-anchor-'));
  places = { keys: path.join(directory, 'keys'), file: path.join(directory, 'anchors.log') };
});
afterEach(() => database.close());

async function write(count: number): Promise<void> {
  const desk = await makeCtx(house.stores, province.sotttt, 'desk');
  for (let i = 0; i < count; i++) {
    await inTransaction(desk, (tx) =>
      record(tx, desk, { action: 'test.done', subject: { kind: 'test', id: newId() }, after: { z: 1, a: [i] } }),
    );
  }
}

async function asOwner(statement: string): Promise<void> {
  const owner = database.owner();
  await owner.connect();
  await owner.query(statement);
  await owner.end();
}

async function sealedAndAnchored(count: number): Promise<void> {
  await write(count);
  expect(await sealAudit(house)).toBe(count);
  expect((await anchorAudit(house, places))?.seq).toBe(count);
}

describe('a whole chain', () => {
  it('verifies, and sealing again seals nothing', async () => {
    await sealedAndAnchored(5);
    expect(await sealAudit(house)).toBe(0);
    expect(await anchorAudit(house, places)).toBeNull();
    expect(await verifyAudit(house, places)).toEqual({ rows: 5, anchors: 1, head: 5, findings: [] });
  });
});

describe('tampering is found and the first bad row named', () => {
  it('a changed row', async () => {
    await sealedAndAnchored(5);
    await asOwner(`update audit set reason = 'x' where id = (select row from audit_seals where seq = 3)`);
    expect((await verifyAudit(house, places)).findings[0]).toMatchObject({ kind: 'changed', seq: 3 });
  });

  it('a removed row', async () => {
    await sealedAndAnchored(5);
    await asOwner(`delete from audit where id = (select row from audit_seals where seq = 2)`);
    expect((await verifyAudit(house, places)).findings[0]).toMatchObject({ kind: 'removed', seq: 2 });
  });

  it('a row and its link removed', async () => {
    await sealedAndAnchored(5);
    await asOwner(
      `with gone as (delete from audit_seals where seq = 2 returning row) delete from audit where id in (select row from gone)`,
    );
    expect((await verifyAudit(house, places)).findings[0]).toMatchObject({ kind: 'removed', seq: 2 });
  });

  it('a truncated end', async () => {
    await sealedAndAnchored(5);
    await asOwner(
      `with gone as (delete from audit_seals where seq > 3 returning row) delete from audit where id in (select row from gone)`,
    );
    expect((await verifyAudit(house, places)).findings).toMatchObject([{ kind: 'truncated', seq: 4 }]);
  });

  it('a chain written anew from the first row', async () => {
    await sealedAndAnchored(3);
    await asOwner(`update audit set actor_name = 'x'; delete from audit_seals; insert into audit_unsealed select id from audit`);
    expect(await sealAudit(house)).toBe(3);
    expect((await verifyAudit(house, places)).findings).toMatchObject([{ kind: 'rewritten', seq: 3 }]);
  });

  it('a row put in beside the chain', async () => {
    await sealedAndAnchored(2);
    await write(1);
    await asOwner('delete from audit_unsealed');
    expect((await verifyAudit(house, places)).findings).toMatchObject([{ kind: 'unsealed', seq: null }]);
  });

  it('anchors that are gone, or gone up to a late one', async () => {
    await sealedAndAnchored(3);
    writeFileSync(places.file, '');
    expect((await verifyAudit(house, places)).findings).toMatchObject([{ kind: 'anchor-missing', seq: null }]);
    const later = { ...house, clock: { now: () => house.clock.now().add({ minutes: 30 }) } };
    await anchorAudit(later, places);
    expect((await verifyAudit(house, places)).findings).toMatchObject([{ kind: 'anchor-missing', seq: 3 }]);
  });

  it('a line among the anchors that is none', async () => {
    await sealedAndAnchored(2);
    appendFileSync(places.file, 'x\n');
    expect((await verifyAudit(house, places)).findings).toMatchObject([{ kind: 'anchor-forged' }]);
  });

  it('a forged anchor', async () => {
    await sealedAndAnchored(2);
    const anchor = JSON.parse(readFileSync(places.file, 'utf8')) as { head: string };
    writeFileSync(places.file, '');
    appendFileSync(places.file, `${JSON.stringify({ ...anchor, head: 'f'.repeat(64) })}\n`);
    expect((await verifyAudit(house, places)).findings.map((finding) => finding.kind)).toContain('anchor-forged');
  });
});

describe('the log itself', () => {
  it('cannot be changed or emptied by the application login', async () => {
    await write(1);
    for (const statement of ["update audit set reason = 'x'", 'delete from audit', 'delete from audit_seals', 'truncate audit']) {
      await expect(database.app.query(statement)).rejects.toThrow(/permission denied/);
    }
  });

  it('shows an organisation its own rows only, and refuses roles without the right', async () => {
    await write(2);
    const auditor = await makeCtx(house.stores, province.ubnd, 'auditor');
    expect((await listAudit(auditor, { limit: 10 })).items).toHaveLength(2);
    const foreign = await makeCtx(house.stores, province.foreign, 'auditor');
    expect((await listAudit(foreign, { limit: 10 })).items).toHaveLength(0);
    await expect(listAudit(await makeCtx(house.stores, province.sotttt, 'officer'), { limit: 10 })).rejects.toThrow(/access.role/);
  });

  it('is found by who acted, with and without diacritics', async () => {
    await write(2);
    const auditor = await makeCtx(house.stores, province.ubnd, 'auditor');
    const found = await Promise.all(['cán bộ', 'CAN BO', 'không ai'].map((q) => listAudit(auditor, { limit: 10, q })));
    expect(found.map(({ items }) => items.length)).toEqual([2, 2, 0]);
  });

  it('raises when the scope is unset, also on a connection that was used before', async () => {
    await write(1);
    for (let i = 0; i < 8; i++) await expect(database.app.query('select * from audit')).rejects.toThrow();
  });
});
