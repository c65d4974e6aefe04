import { auditRoutes } from '@vonggac/contract/audit';
import { HOUSE, newId } from '@vonggac/kernel';
import { record } from '@vonggac/rooms/audit';
import { renameOrganisation } from '@vonggac/rooms/organisations';
import { type Ctx, type Database, inTransaction } from '@vonggac/store';
import { makeCtx, makeHouseCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditHandlers } from './audit.ts';

const BEFORE = '2024-04-24T23:30:00+07:00';
const AFTER = '2024-04-25T00:30:00+07:00';

let database: Database;
let province: Province;
let root: Ctx;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  root = await makeCtx(makeStores(database), province.ubnd, 'administrator');
  const early = await makeCtx(root.stores, province.ubnd, 'administrator', { now: '2024-04-01T08:00:00+07:00' });
  await renameOrganisation(early, province.soyte, { name: 'Sở Y tế và Dân số', from: '2024-04-25' });
});
afterAll(() => database.close());

/** One entry of the log, written at an instant; its id as the subject's. */
async function written(at: string, more: { after?: unknown; concerns?: string; by?: string }): Promise<string> {
  const ctx = await makeCtx(root.stores, more.by ?? province.soyte, 'desk', { now: at });
  const id = newId();
  const { after, concerns } = more;
  await inTransaction(ctx, (tx) =>
    record(tx, ctx, { action: 'test.done', subject: { kind: 'test', id }, ...(after ? { after } : {}), ...(concerns ? { concerns } : {}) }),
  );
  return id;
}

async function entry(subject: string, ctx = root) {
  const answer = await auditHandlers({} as never)['GET /audit'](
    ctx,
    { params: undefined, query: { subject, limit: 10 }, body: undefined },
    {} as never,
  );
  return auditRoutes['GET /audit'].output.parse(answer).items[0];
}

describe('the log', () => {
  it('names organisations as of the day of each entry, a day of Vietnam', async () => {
    expect((await entry(await written(BEFORE, {})))!.organisation).toEqual({ id: province.soyte, name: 'Sở Y tế' });
    expect((await entry(await written(AFTER, {})))!.organisation).toEqual({ id: province.soyte, name: 'Sở Y tế và Dân số' });
  });

  it('names what subject, before and after speak of, and tells namesakes apart', async () => {
    const subject = await written(BEFORE, {
      after: { organisations: [province.xaA, province.xaB], other: newId() },
      concerns: province.ubnd,
    });
    const found = (await entry(subject))!;
    expect(found.concerns).toEqual({ id: province.ubnd, name: 'UBND tỉnh Thử Nghiệm' });
    expect(found.names).toMatchObject({
      [province.xaA]: 'UBND xã Gia Lạc (huyện Gia Viễn)',
      [province.xaB]: 'UBND xã Gia Lạc (huyện Nho Quan)',
    });
    expect(Object.keys(found.names)).not.toContain(subject);
  });

  it('names nobody who is outside the directory of the reader', async () => {
    const subject = await written(BEFORE, { after: { organisation: province.foreign } });
    expect((await entry(subject))!.names).not.toHaveProperty(province.foreign);
    const foreign = await makeCtx(root.stores, province.foreign, 'administrator');
    expect(await entry(subject, foreign)).toBeUndefined();
    const concerned = await written(BEFORE, { by: province.viettel, concerns: province.foreign });
    expect((await entry(concerned, foreign))!.organisation).toEqual({ id: province.viettel, name: null });
  });

  it('calls the house by its name in the asked language', async () => {
    const house = await makeHouseCtx(root.stores, BEFORE);
    const id = newId();
    await inTransaction(house, (tx) => record(tx, house, { action: 'test.done', subject: { kind: 'test', id } }));
    expect((await entry(id, { ...house, language: 'en' }))!.organisation).toEqual({ id: HOUSE, name: 'System' });
  });
});
