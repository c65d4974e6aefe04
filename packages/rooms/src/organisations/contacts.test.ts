import { type Ctx, type Database, inSnapshot } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addContact,
  changeContact,
  confirmContact,
  confirmContacts,
  contactsConfirmed,
  contactsDuty,
  endContact,
  exportContacts,
  getOrganisation,
  listContacts,
  unmaskContact,
} from './index.ts';
import type { ContactInput } from './contact-model.ts';

let database: Database;
let province: Province;
let officer: Ctx;
let desk: Ctx;
let foreign: Ctx;
let auditor: Ctx;
const query = { sort: 'organisation', page: 1, size: 100 } as const;
const base: ContactInput = { role: 'focal', phones: [], emails: [], hotline: false };
const duty: ContactInput = { ...base, role: 'duty', phones: ['024.3640.4421'], hotline: true };

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  const stores = makeStores(database);
  officer = await makeCtx(stores, province.soyte, 'officer');
  desk = await makeCtx(stores, province.sotttt, 'desk');
  foreign = await makeCtx(stores, province.foreign, 'desk');
  auditor = await makeCtx(stores, province.soyte, 'auditor');
});
afterAll(() => database.close());

describe('what a role requires', () => {
  const place = (input: Partial<ContactInput>) =>
    addContact(officer, province.soyte, { ...base, ...input }).then(
      () => 'taken',
      (error: { place?: string }) => error.place,
    );
  it('names the field that is missing or wrong', async () => {
    expect(await place({ role: 'leader', name: 'A', phones: ['0985962548'] })).toBe('position');
    expect(await place({ role: 'focal', name: 'A', phones: ['0985962548'] })).toBe('emails');
    expect(await place({ role: 'duty', name: 'A' })).toBe('phones');
    expect(await place({ role: 'duty', phones: ['0985962548'] })).toBe('name');
    expect(await place({ role: 'records' })).toBe('emails');
    const technical = {
      role: 'technical',
      name: 'A',
      department: 'P. CNTT',
      position: 'CV',
      address: '1 X',
      emails: ['a@b.vn'],
      digitalSignature: 'chưa có',
    } as const;
    expect(await place({ ...technical, phones: ['0985962548'] })).toBe('phones');
    expect(await place({ role: 'records', emails: ['khong phai'] })).toBe('emails[0]');
    expect(await place({ role: 'duty', hotline: true, phones: ['19006017', '(84-4) 3821 5137'] })).toBe('phones[1]');
  });
});

describe('the register', () => {
  it('keeps E.164, confirms, changes with history, ends', async () => {
    const { id } = await addContact(officer, province.benhvien, duty);
    await expectAudit(officer, 'contacts.added', id);
    const seen = async (ctx: Ctx) => (await getOrganisation(ctx, province.benhvien, undefined)).contacts;
    expect(await seen(officer)).toMatchObject([{ phones: ['+842436404421'], confirmation: 'confirmed', editable: true }]);
    const { id: next } = await changeContact(officer, id, { ...duty, phones: ['1900 6017'] });
    await expect(changeContact(officer, id, duty)).rejects.toThrow(/not_found|over/);
    expect((await getOrganisation(officer, province.benhvien, undefined)).formerContacts.map((one) => one.id)).toEqual([id]);
    const later = await makeCtx(officer.stores, province.soyte, 'officer', { now: '2024-08-01T08:00:00+07:00' });
    expect((await seen(later))[0]).toMatchObject({ id: next, confirmation: 'overdue' });
    await confirmContact(later, next);
    expect((await seen(later))[0]!.confirmation).toBe('confirmed');
    expect(await confirmContacts(later, province.benhvien)).toEqual({ confirmed: 1 });
    await endContact(later, next, { reason: 'đổi người' });
    expect(await seen(later)).toHaveLength(0);
    await expectAudit(later, 'contacts.ended', next);
  });

  it('the desk may enter for whom it supervises, which does not confirm', async () => {
    await addContact(desk, province.viettel, { ...duty, phones: ['0985962548'] });
    const { items, withoutContact, total } = await listContacts(desk, { ...query, q: 'viettel' });
    expect([total, items[0]!.confirmation, items[0]!.masked]).toEqual([1, 'overdue', false]);
    expect(withoutContact).toEqual([]);
    expect((await listContacts(desk, query)).withoutContact.map(({ id }) => id)).toContain(province.vnpt);
    expect((await listContacts(desk, { ...query, confirmation: 'overdue' })).total).toBe(1);
    expect((await listContacts(desk, { ...query, confirmation: 'confirmed' })).total).toBe(0);
  });

  it('another organisation sees nothing; an auditor sees masked and unmasks with a reason; read-only is refused', async () => {
    const { id } = await addContact(officer, province.soyte, {
      ...base,
      role: 'leader',
      name: 'Lãnh đạo',
      position: 'Phó Giám đốc',
      phones: ['0985962548'],
      emails: ['lanhdao@soyte.gov.vn'],
    });
    expect((await listContacts(foreign, query)).total).toBe(0);
    await expect(addContact(foreign, province.soyte, duty)).rejects.toThrow(/not_found/);
    await expect(confirmContact(foreign, id)).rejects.toThrow(/not_found/);
    await expect(unmaskContact(foreign, id, 'x')).rejects.toThrow(/not_found/);
    await expect(confirmContact(auditor, id)).rejects.toThrow(/access.role/);
    const [shown] = (await listContacts(auditor, { ...query, organisation: province.soyte })).items;
    expect(shown).toMatchObject({ masked: true, phones: ['+84985***548'], emails: ['l***@soyte.gov.vn'], editable: false });
    expect(await unmaskContact(auditor, id, 'kiểm tra')).toEqual({ phones: ['+84985962548'], emails: ['lanhdao@soyte.gov.vn'] });
    await expectAudit(auditor, 'contacts.unmasked', id);
    expect((await exportContacts(auditor, query)).name).toBe('Danh bạ đầu mối.xlsx');
    await expectAudit(auditor, 'organisations.exported', province.soyte);
  });
});

describe('measures', () => {
  const window = { from: null, to: null };
  const states = (measure: typeof contactsDuty, ctx: Ctx, ids: string[]) => inSnapshot(ctx, (tx) => measure.compute(tx, ctx, ids, window));
  it('count the register, and say no data only where it may not be seen', async () => {
    const [none, foreignOne] = await states(contactsConfirmed, desk, [province.vnpt, province.foreign]);
    expect(none).toMatchObject({ state: 'missed', value: 0, of: 0 });
    expect(foreignOne).toMatchObject({ state: 'no-data', value: null });
    expect((await states(contactsDuty, desk, [province.vnpt, province.viettel])).map(({ state }) => state)).toEqual(['missed', 'at-risk']);
    await confirmContacts(desk, province.viettel);
    expect((await states(contactsDuty, desk, [province.viettel]))[0]).toMatchObject({ state: 'met', value: 1, of: null, target: 1 });
    expect((await states(contactsConfirmed, desk, [province.viettel]))[0]).toMatchObject({ state: 'met', value: 1, of: 1 });
    const later = await makeCtx(desk.stores, province.sotttt, 'desk', { now: '2024-07-20T08:00:00+07:00' });
    expect((await states(contactsConfirmed, later, [province.viettel]))[0]!.state).toBe('at-risk');
    expect(await inSnapshot(desk, (tx) => contactsDuty.rows(tx, desk, province.viettel, window))).toHaveLength(1);
  });
  it('propose themselves from the words of a requirement', () => {
    expect(contactsDuty.proposes('uu tien nguon luc cho nhiem vu ung truc, giam sat 24/7')).toBe(true);
    expect(contactsConfirmed.proposes('ra soat danh sach dau moi lien he')).toBe(true);
    expect(contactsDuty.proposes('cap nhat ban va')).toBe(false);
  });
});
