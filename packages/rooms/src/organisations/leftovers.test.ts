import { newId, type Role } from '@vonggac/kernel';
import { type Ctx, type Database, inTransaction, on } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  addContact,
  createGroup,
  getOrganisation,
  handOn,
  type LeftoversHandedOn,
  listLeftovers,
  planReorganisation,
  reorganise,
} from './index.ts';

let database: Database;
let province: Province;
let root: Ctx;
const opened: Database[] = [];
const facts: LeftoversHandedOn[] = [];
const NOW = '2025-07-02T08:00:00+07:00';
const TODAY = '2025-07-02';
const ON = '2025-07-01';
const all = { state: 'waiting', page: 1, size: 50 } as const;

const asOwner = async (text: string, values: unknown[] = []) => {
  const owner = database.owner();
  await owner.connect();
  try {
    return (await owner.query<Record<string, string>>(text, values)).rows;
  } finally {
    await owner.end();
  }
};
const member = (organisation: string, role: Role = 'officer', until: string | null = null) =>
  asOwner("insert into memberships (id, person, organisation, role, valid_from, valid_to) values ($1, $2, $3, $4, '2024-01-01', $5)", [
    newId(),
    newId(),
    organisation,
    role,
    until,
  ]);
const rolesAt = (organisation: string) =>
  asOwner('select role, valid_from::text as from, valid_to::text as to from memberships where organisation = $1 order by role', [
    organisation,
  ]);
const ctxOf = (organisation: string, role: Role = 'desk') => makeCtx(root.stores, organisation, role, { now: NOW });
const dissolve = (ctx: Ctx, predecessor: string) =>
  reorganise(ctx, { kind: 'dissolve', on: ON, predecessors: [predecessor], successors: [], reason: 'Nghị quyết thử', assignments: [] });
const contact = (ctx: Ctx, organisation: string) =>
  addContact(ctx, organisation, { role: 'records', name: 'Văn thư', phones: [], emails: ['vt@mau.example'], hotline: false });

beforeAll(() => on<LeftoversHandedOn>('organisations.handed-on', async (_tx, _ctx, fact) => void facts.push(fact)));
beforeEach(async () => {
  database = await makeTestDatabase();
  opened.push(database);
  province = await makeProvince(database);
  root = await makeCtx(makeStores(database), province.ubnd, 'desk', { now: NOW });
  facts.length = 0;
});
afterAll(async () => {
  for (const one of opened) await one.close();
});

describe('what a dissolution leaves', () => {
  it('waits with the desk; a role is granted anew and a contact enters unconfirmed with whoever takes it, from that day on', async () => {
    await member(province.giavien);
    await member(province.giavien, 'leader', '2025-12-31');
    await member(province.giavien, 'analyst', TODAY);
    await contact(root, province.giavien);
    await dissolve(root, province.giavien);
    const list = await listLeftovers(root, all);
    // The role that ends today of itself waits for nobody.
    expect(list.kinds.map(({ kind, count }) => [kind, count])).toEqual([
      ['accounts', 2],
      ['contacts', 1],
    ]);
    expect(list.items.map(({ text }) => text.vi).toSorted()).toEqual(['Văn thư: Văn thư', '… (Cán bộ đơn vị)', '… (Lãnh đạo)'].toSorted());
    expect((await listLeftovers(root, { ...all, kind: 'contacts' })).total).toBe(1);
    expect((await listLeftovers(root, { ...all, q: 'lanh dao' })).total).toBe(1);
    expect((await listLeftovers(root, { ...all, from: province.nhoquan })).total).toBe(0);
    expect((await listLeftovers(root, { ...all, size: 1, page: 2 })).items).toHaveLength(1);

    const assignments = list.items.map(({ id }) => ({ leftover: id, to: province.nhoquan }));
    expect(await handOn(root, { assignments, reason: 'Quyết định thử' })).toEqual({ handedOn: 3, letGo: 0 });
    expect(await rolesAt(province.nhoquan)).toEqual([
      { role: 'leader', from: TODAY, to: '2025-12-31' },
      { role: 'officer', from: TODAY, to: null },
    ]);
    expect((await rolesAt(province.giavien)).map(({ to }) => to)).toEqual([ON, ON, ON]);
    const { contacts } = await getOrganisation(await ctxOf(province.ubnd), province.nhoquan, undefined);
    expect(contacts).toMatchObject([{ name: 'Văn thư', confirmation: 'overdue' }]);
    expect(facts).toEqual([{ name: 'organisations.handed-on', from: province.giavien, to: province.nhoquan, on: TODAY }]);
    for (const id of [province.giavien, province.nhoquan]) await expectAudit(root, 'organisations.handed_on', id);
    await expect(handOn(root, { assignments, reason: 'x' })).rejects.toThrow(/organisations.settled/);
  });

  it('may be let go for good, and then nobody has it', async () => {
    await member(province.giavien);
    await dissolve(root, province.giavien);
    const [row] = (await listLeftovers(root, all)).items;
    expect(await handOn(root, { assignments: [{ leftover: row!.id, to: null }], reason: 'Nghỉ công tác' })).toEqual({
      handedOn: 0,
      letGo: 1,
    });
    expect((await listLeftovers(root, all)).total).toBe(0);
    expect((await listLeftovers(root, { ...all, state: 'settled' })).items).toMatchObject([
      { settled: { to: null, reason: 'Nghỉ công tác' } },
    ]);
    expect(facts).toEqual([]);
    await expectAudit(root, 'organisations.let_go', province.giavien);
  });

  it('the role of administrator is handed on by an administrator alone', async () => {
    await member(province.giavien, 'administrator');
    await dissolve(root, province.giavien);
    const assignments = (await listLeftovers(root, all)).items.map(({ id }) => ({ leftover: id, to: province.nhoquan }));
    await expect(handOn(root, { assignments, reason: 'x' })).rejects.toThrow(/only_administrators/);
    expect((await listLeftovers(root, all)).total).toBe(1);
    await handOn(await ctxOf(province.ubnd, 'administrator'), { assignments, reason: 'x' });
    expect(await rolesAt(province.nhoquan)).toMatchObject([{ role: 'administrator' }]);
  });

  it('a company’s accounts and contacts end with it, and its supervisor hands them on', async () => {
    const desk = await ctxOf(province.sotttt);
    await member(province.viettel, 'operator');
    await contact(desk, province.viettel);
    await dissolve(desk, province.viettel);
    expect((await rolesAt(province.viettel)).map(({ to }) => to)).toEqual([ON]);
    const later = await ctxOf(province.sotttt);
    expect(later.scope.supervised).not.toContain(province.viettel);
    const { items } = await listLeftovers(later, all);
    expect(items.map(({ kind }) => kind).toSorted()).toEqual(['accounts', 'contacts']);
    await handOn(later, { assignments: items.map(({ id }) => ({ leftover: id, to: province.vnpt })), reason: 'x' });
    expect(await rolesAt(province.vnpt)).toMatchObject([{ role: 'operator', from: TODAY }]);
    const { contacts } = await getOrganisation(later, province.vnpt, undefined);
    expect(contacts).toMatchObject([{ name: 'Văn thư' }]);
  });

  it('another organisation sees nothing and hands on nothing; a reader is refused; the database holds it too', async () => {
    await member(province.giavien);
    await dissolve(root, province.giavien);
    const [row] = (await listLeftovers(root, all)).items;
    const assignments = [{ leftover: row!.id, to: province.nhoquan }];
    for (const place of [province.foreign, province.soyte, province.nhoquan, province.sotttt]) {
      const other = await ctxOf(place);
      expect(await listLeftovers(other, { ...all, q: 'can bo' })).toMatchObject({
        total: 0,
        items: [],
        kinds: [{ count: 0 }, { count: 0 }],
      });
      await expect(handOn(other, { assignments: [{ leftover: row!.id, to: place }], reason: 'x' })).rejects.toThrow(/not_found/);
    }
    await expect(handOn(await ctxOf(province.ubnd, 'auditor'), { assignments, reason: 'x' })).rejects.toThrow(/access.role/);
    expect((await listLeftovers(await ctxOf(province.ubnd, 'auditor'), all)).total).toBe(1);
    await expect(handOn(root, { assignments: [{ leftover: row!.id, to: province.foreign }], reason: 'x' })).rejects.toThrow(/not_found/);
    const touched = await inTransaction(await ctxOf(province.foreign), (tx) => tx.execute(sql`update leftovers set reason = 'x'`));
    expect(touched.rowCount).toBe(0);
  });
});

describe('a part is separated', () => {
  const part = () =>
    ({
      kind: 'separate',
      on: ON,
      predecessors: [province.giavien],
      successors: [],
      founds: { kind: 'unit', name: 'Ban Quản lý thử', parentId: province.ubnd },
    }) as const;

  it('the old unit lives on and keeps what was not assigned; places in groups and supervision are for both', async () => {
    await member(province.giavien);
    await member(province.giavien, 'analyst');
    await contact(root, province.giavien);
    await createGroup(root, { name: 'Nhóm thử', members: [province.giavien] });
    const plan = await planReorganisation(root, part());
    expect(plan.problems).toEqual([]);
    expect(plan.predecessors[0]!.holdings.filter(({ shared }) => shared).map(({ kind }) => kind)).toEqual([
      'group-memberships',
      'supervised',
    ]);
    const goes = plan.predecessors[0]!.rows.filter(({ kind, text }) => kind !== 'accounts' || text.vi.includes('Trực'));
    expect(goes.map(({ kind }) => kind).toSorted()).toEqual(['accounts', 'children', 'contacts', 'group-memberships', 'supervised']);
    const { founded } = await reorganise(root, {
      ...part(),
      reason: 'Quyết định thử',
      assignments: goes.map(({ kind, id }) => ({ kind, row: id, to: 'founded' })),
    });
    const after = await ctxOf(province.ubnd);
    const old = await getOrganisation(after, province.giavien, undefined);
    expect(old).toMatchObject({
      lives: true,
      existsTo: null,
      groups: [{ name: 'Nhóm thử' }],
      supervisors: [{}],
      children: [],
      contacts: [],
    });
    expect(old.successions).toMatchObject([{ successor: { id: founded }, kind: 'separate' }]);
    const next = await getOrganisation(after, founded!, undefined);
    expect(next).toMatchObject({
      existsFrom: ON,
      groups: [{ name: 'Nhóm thử' }],
      supervisors: [{ organisation: { id: province.sotttt } }],
      children: [{ id: province.xaA }],
      contacts: [{ name: 'Văn thư', confirmation: 'overdue' }],
    });
    expect(await rolesAt(founded!)).toEqual([{ role: 'analyst', from: ON, to: null }]);
    expect(await rolesAt(province.giavien)).toMatchObject([
      { role: 'analyst', to: ON },
      { role: 'officer', to: null },
    ]);
    expect((await listLeftovers(after, all)).total).toBe(0);
    await expectAudit(after, 'organisations.reorganised', province.giavien);
  });

  it('says what stands in its way, and is refused to others', async () => {
    const { founds: _, ...nobody } = part();
    expect((await planReorganisation(root, nobody)).problems.map(({ code }) => code)).toEqual(['separate-none']);
    await expect(reorganise(await ctxOf(province.foreign), { ...part(), reason: 'x', assignments: [] })).rejects.toThrow(/not_found/);
    await expect(reorganise(await ctxOf(province.ubnd, 'auditor'), { ...part(), reason: 'x', assignments: [] })).rejects.toThrow(/role/);
    await expect(
      reorganise(root, { ...part(), reason: 'x', assignments: [{ kind: 'contacts', row: newId(), to: province.soyte }] }),
    ).rejects.toThrow(/assignment/);
  });
});
