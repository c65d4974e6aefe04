import { newId } from '@vonggac/kernel';
import { type Ctx, type Database, inSnapshot } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dutyCallsPickedUp, latestPick, listCalls, listDuty, logCall, pickForCalls } from './index.ts';
import { drawPick } from './model.ts';

let database: Database;
let province: Province;
let desk: Ctx;
const all = { show: 'all', page: 1, size: 50 } as const;
const WINDOW = { from: '2024-04-26', to: '2024-05-02' };

beforeEach(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  desk = await makeCtx(makeStores(database), province.sotttt, 'desk');
});
afterEach(() => database.close());

async function sql(statement: string, values: unknown[] = []): Promise<void> {
  const owner = database.owner();
  await owner.connect();
  await owner.query(statement, values);
  await owner.end();
}
const contact = (organisation: string, phone: string, hotline = false) =>
  sql(
    `insert into contacts (id, organisation, role, name, phones, hotline, valid_from) values ($1, $2, 'duty', 'Trực', $3, $4, '2024-01-01')`,
    [newId(), organisation, JSON.stringify([phone]), hotline],
  );
const measured = async (ctx: Ctx, organisation: string) =>
  (await inSnapshot(ctx, (tx) => dutyCallsPickedUp.compute(tx, ctx, [organisation], WINDOW)))[0]!;

describe('a check call', () => {
  it('is logged once however often it is sent, and is in the log of both', async () => {
    await contact(province.soyte, '+84912345678');
    const call = { id: newId(), organisation: province.soyte, phone: '+84912345678', result: 'picked-up' as const, note: 'trực ban nghe' };
    await logCall(desk, call);
    await logCall(desk, call);
    await expectAudit(desk, 'duty.called', call.id);
    const agency = await makeCtx(desk.stores, province.soyte, 'officer');
    for (const ctx of [desk, agency]) {
      const { items, total } = await listCalls(ctx, { page: 1, size: 10, q: 'so y te' });
      expect([total, items[0]?.result, items[0]?.phone]).toEqual([1, 'picked-up', '…678']);
    }
    await expectAudit(agency, 'duty.called', call.id);
  });
  it('is refused to a reading role, outside the supervision, and for another day', async () => {
    const call = { organisation: province.soyte, phone: '1', result: 'picked-up' as const };
    await expect(logCall(await makeCtx(desk.stores, province.sotttt, 'auditor'), call)).rejects.toThrow('access.role');
    await expect(logCall(desk, { ...call, organisation: province.foreign })).rejects.toThrow('organisation.not_found');
    await expect(logCall(desk, { ...call, calledAt: '2024-04-24T01:00:00Z' })).rejects.toThrow('duty.call_time');
    await expect(logCall(desk, { ...call, calledAt: '2024-04-26T05:00:00Z' })).rejects.toThrow('duty.call_time');
  });
  it('is seen by nobody else', async () => {
    await logCall(desk, { organisation: province.soyte, phone: '1', result: 'wrong-number' });
    for (const who of [province.foreign, province.giavien] as const) {
      const other = await makeCtx(desk.stores, who, 'desk');
      expect(await listCalls(other, { page: 1, size: 10 })).toEqual({ items: [], total: 0 });
      expect((await measured(other, province.soyte)).state).toBe('no-data');
    }
  });
});

describe('the measure', () => {
  it('follows the last call of the window; nobody called is no data', async () => {
    expect(await measured(desk, province.soyte)).toMatchObject({ state: 'no-data', value: null, of: null });
    await logCall(desk, { organisation: province.soyte, phone: '1', result: 'picked-up', calledAt: '2024-04-25T22:00:00Z' });
    expect(await measured(desk, province.soyte)).toMatchObject({ state: 'met', value: 1, of: 1 });
    await logCall(desk, { organisation: province.soyte, phone: '1', result: 'not-picked-up', calledAt: '2024-04-26T00:30:00Z' });
    expect(await measured(desk, province.soyte)).toMatchObject({ state: 'missed', value: 1, of: 2 });
    expect(await inSnapshot(desk, (tx) => dutyCallsPickedUp.rows(tx, desk, province.soyte, WINDOW))).toHaveLength(2);
  });
  it('says that its time has not begun', async () => {
    const later = await inSnapshot(desk, (tx) =>
      dutyCallsPickedUp.compute(tx, desk, [province.soyte], { from: '2024-04-30', to: '2024-05-01' }),
    );
    expect([later[0]?.state, later[0]?.text.vi]).toEqual(['no-data', 'Đợt này bắt đầu từ ngày 30/4/2024; chưa có cuộc gọi nào được tính.']);
  });
  it('leaves out what was called before the window', async () => {
    await logCall(desk, { organisation: province.soyte, phone: '1', result: 'picked-up', calledAt: '2024-04-25T16:59:00Z' });
    expect((await measured(desk, province.soyte)).state).toBe('no-data');
  });
  it('a wrong number is missed, and proposes itself for round-the-clock duty', async () => {
    await logCall(desk, { organisation: province.soyte, phone: '1', result: 'wrong-number' });
    expect((await measured(desk, province.soyte)).state).toBe('missed');
    expect(dutyCallsPickedUp.proposes('cung co va uu tien nguon luc cho nhiem vu ung truc, giam sat 24/7')).toBe(true);
    expect(dutyCallsPickedUp.proposes('cap nhat day du cac ban va')).toBe(false);
  });
});

describe('one hotline is enough for a company', () => {
  it('its branch answers through it and is measured by it', async () => {
    const branch = newId();
    await sql(`insert into organisations (id, kind, name, folded) values ($1, 'operator', 'Viettel huyện', 'viettel huyen')`, [branch]);
    await sql(
      `insert into organisation_names (id, organisation, kind, name, folded) values (gen_random_uuid(), $1, 'official', 'Viettel huyện', 'viettel huyen')`,
      [branch],
    );
    await sql(`insert into organisation_parents (id, organisation, parent) values (gen_random_uuid(), $1, $2)`, [branch, province.viettel]);
    await sql(`insert into supervisions (id, supervisor, organisation, field) values (gen_random_uuid(), $1, $2, 'attt')`, [
      province.sotttt,
      branch,
    ]);
    await contact(province.viettel, '18008098', true);
    const ctx = await makeCtx(desk.stores, province.sotttt, 'desk');
    const row = (await listDuty(ctx, { ...all, q: 'viettel huyen' })).items[0]!;
    expect(row.number).toMatchObject({ phones: ['18008098'], hotline: true, via: 'Viettel Thử Nghiệm' });
    await logCall(ctx, { organisation: province.viettel, phone: '18008098', contact: row.number!.contact, result: 'picked-up' });
    expect((await measured(ctx, branch)).state).toBe('met');
  });
});

describe('the list of duty numbers', () => {
  it('counts who is due, hides numbers from who may not call, and shows a stranger nothing of it', async () => {
    await contact(province.soyte, '+84912345678');
    const listed = await listDuty(desk, all);
    expect(listed.counts).toEqual({ all: 6, due: 6, called: 0, 'no-number': 5 });
    expect(listed.items.find(({ organisation }) => organisation.id === province.soyte)?.number?.phones).toEqual(['+84912345678']);
    await logCall(desk, { organisation: province.soyte, phone: '1', result: 'picked-up' });
    expect((await listDuty(desk, { ...all, show: 'called' })).items.map(({ organisation }) => organisation.id)).toEqual([province.soyte]);
    const auditor = await makeCtx(desk.stores, province.sotttt, 'auditor');
    expect((await listDuty(auditor, { ...all, q: 'so y te' })).items[0]?.number).toMatchObject({ phones: [], name: null, masked: true });
    expect((await listDuty(await makeCtx(desk.stores, province.foreign, 'desk'), all)).total).toBe(0);
  });
});

describe('a random pick', () => {
  it('can be drawn again from its seed, takes the least called first and is kept', async () => {
    for (const [at, key] of (['soyte', 'sogd', 'giavien', 'nhoquan'] as const).entries()) await contact(province[key], `+8491234567${at}`);
    await logCall(desk, { organisation: province.soyte, phone: '1', result: 'picked-up' });
    const pick = await pickForCalls(desk, { size: 3 });
    expect(pick.candidates).toBe(4);
    expect(pick.rows.map(({ organisation }) => organisation.id)).not.toContain(province.soyte);
    const candidates = (['soyte', 'sogd', 'giavien', 'nhoquan'] as const).map((key) => ({
      organisation: province[key],
      calls: key === 'soyte' ? 1 : 0,
    }));
    expect(drawPick(candidates, pick.seed, 3)).toEqual(pick.rows.map(({ organisation }) => organisation.id));
    await expectAudit(desk, 'duty.picked', pick.id);
    const called = pick.rows[0]!;
    await logCall(desk, { organisation: called.organisation.id, phone: '1', result: 'picked-up', pick: pick.id });
    const again = await latestPick(desk);
    expect([again?.id, again?.rows.filter(({ due }) => !due).map(({ organisation }) => organisation.id)]).toEqual([
      pick.id,
      [called.organisation.id],
    ]);
    expect(await latestPick(await makeCtx(desk.stores, province.ubnd, 'auditor'))).toBeNull();
  });
  it('has every candidate in reach of chance', () => {
    const candidates = Array.from({ length: 5 }, (_, at) => ({ organisation: `o${at}`, calls: 0 }));
    const first = new Set(Array.from({ length: 200 }, (_, at) => drawPick(candidates, `seed${at}`, 1)[0]));
    expect(first.size).toBe(5);
  });
  it('needs somebody to call', async () => {
    await expect(pickForCalls(desk, { size: 3 })).rejects.toThrow('duty.nobody_to_call');
    await expect(pickForCalls(await makeCtx(desk.stores, province.sotttt, 'leader'), { size: 3 })).rejects.toThrow('access.role');
  });
});
