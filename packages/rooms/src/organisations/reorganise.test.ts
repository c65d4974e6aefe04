import { newId } from '@vonggac/kernel';
import type { Ctx, Database } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  addContact,
  createGroup,
  createOrganisation,
  getGroup,
  getOrganisation,
  listOrganisations,
  offerHoldings,
  planReorganisation,
  reorganise,
  treeOf,
  tryPhrase,
} from './index.ts';

let database: Database;
let province: Province;
let root: Ctx;
const opened: Database[] = [];
const sql = async (text: string, values: unknown[] = []) => {
  const owner = database.owner();
  await owner.connect();
  try {
    return (await owner.query<Record<string, string>>(text, values)).rows;
  } finally {
    await owner.end();
  }
};
const NOW = '2025-07-02T08:00:00+07:00';
const ON = '2025-07-01';
const member = (organisation: string) =>
  sql("insert into memberships (id, person, organisation, role, valid_from) values ($1, $2, $3, 'officer', '2024-01-01')", [
    newId(),
    newId(),
    organisation,
  ]);
const moved: unknown[] = [];

beforeEach(async () => {
  database = await makeTestDatabase();
  opened.push(database);
  province = await makeProvince(database);
  root = await makeCtx(makeStores(database), province.ubnd, 'desk', { now: NOW });
  moved.length = 0;
  offerHoldings({
    kind: 'test-tasks',
    name: { vi: 'Nhiệm vụ', en: 'Tasks' },
    count: async (_tx, organisation) => (organisation === province.giavien ? 2 : 0),
    move: async (_tx, _ctx, from, to, on) => void moved.push(['all', from, to, on]),
    rows: async (_tx, organisation) =>
      organisation === province.giavien ? ['t1', 't2'].map((id) => ({ id, text: { vi: id, en: id } })) : [],
    moveRow: async (_tx, _ctx, row, move) => void moved.push([row, move.from, move.to, move.on]),
  });
});
afterAll(async () => {
  for (const one of opened) await one.close();
});

const fresh = () => makeCtx(root.stores, province.ubnd, 'desk', { now: NOW });

describe('merge', () => {
  it('tells beforehand what hangs on it, then gives all to the one successor from the day on', async () => {
    await addContact(root, province.giavien, { role: 'records', phones: [], emails: ['vt@giavien.gov.vn'], hotline: false });
    await member(province.giavien);
    const group = await createGroup(root, { name: 'Nhóm thử', members: [province.giavien] });
    const input = { kind: 'merge', on: ON, predecessors: [province.giavien], successors: [province.nhoquan] } as const;
    const plan = await planReorganisation(root, input);
    expect(plan.problems).toEqual([]);
    expect(Object.fromEntries(plan.predecessors[0]!.holdings.map(({ kind, count }) => [kind, count]))).toEqual({
      'test-tasks': 2,
      accounts: 1,
      contacts: 1,
      children: 1,
      'group-memberships': 1,
      groups: 0,
      supervises: 0,
      supervised: 1,
    });
    expect(plan.predecessors[0]!.rows).toEqual([]);

    await reorganise(root, { ...input, reason: 'Nghị quyết thử', assignments: [] });
    expect(moved).toContainEqual(['all', province.giavien, province.nhoquan, ON]);
    const after = await fresh();
    expect(await sql('select valid_to::text as to, organisation from memberships order by valid_from')).toEqual([
      { to: ON, organisation: province.giavien },
      { to: null, organisation: province.nhoquan },
    ]);
    expect((await getOrganisation(after, province.xaA, undefined)).parents.map(({ parent }) => parent.id)).toEqual([
      province.nhoquan,
      province.giavien,
    ]);
    expect((await getOrganisation(after, province.nhoquan, undefined)).contacts).toMatchObject([
      { emails: ['vt@giavien.gov.vn'], confirmation: 'overdue' },
    ]);
    expect((await getGroup(after, group.id, ON)).list.filter(({ live }) => live).map(({ organisation }) => organisation.id)).toEqual([
      province.nhoquan,
    ]);
    const gone = await getOrganisation(after, province.giavien, undefined);
    expect(gone).toMatchObject({
      lives: false,
      existsTo: ON,
      officialName: 'UBND huyện Gia Viễn',
      successions: [{ successor: { id: province.nhoquan }, kind: 'merge' }],
    });
    await expectAudit(after, 'organisations.reorganised', province.giavien);
  });

  it('the tree before the day still has it, the list shows it among the ended, a phrase says since when', async () => {
    await reorganise(root, {
      kind: 'merge',
      on: ON,
      predecessors: [province.giavien],
      successors: [province.nhoquan],
      reason: 'x',
      assignments: [],
    });
    const after = await fresh();
    const has = async (on: string) => (await treeOf(after, on)).nodes.some(({ id }) => id === province.giavien);
    expect([await has('2025-06-30'), await has(ON)]).toEqual([true, false]);
    expect((await listOrganisations(after, { state: 'ended', sort: 'name', page: 1, size: 10 })).items.map(({ id }) => id)).toEqual([
      province.giavien,
    ]);
    expect((await tryPhrase(after, { text: 'UBND huyện Gia Viễn' })).why.vi).toContain('1/7/2025');
    expect(
      (await listOrganisations(after, { state: 'live', sort: 'name', page: 1, size: 10, q: 'gia lac' })).items.map(({ name }) => name),
    ).toContain('UBND xã Gia Lạc (huyện Gia Viễn cũ)');
  });

  it('can found the successor in the same act', async () => {
    const { founded } = await reorganise(root, {
      kind: 'merge',
      on: ON,
      predecessors: [province.xaA, province.xaB],
      successors: [],
      founds: { kind: 'commune', name: 'UBND xã Gia Hưng', parentId: province.ubnd },
      reason: 'x',
      assignments: [],
    });
    const got = await getOrganisation(await fresh(), founded!, undefined);
    expect(got).toMatchObject({ officialName: 'UBND xã Gia Hưng', existsFrom: ON });
    expect(got.successions.map(({ predecessor }) => predecessor.id).toSorted()).toEqual([province.xaA, province.xaB].toSorted());
  });
});

describe('split and dissolution', () => {
  it('with several successors each row goes where it was assigned, the rest to the desk', async () => {
    const { id: c } = await createOrganisation(root, { kind: 'commune', name: 'UBND xã Mới', parentId: province.ubnd, from: ON });
    const ctx = await fresh();
    const input = { kind: 'split', on: ON, predecessors: [province.giavien], successors: [province.nhoquan, c] } as const;
    const plan = await planReorganisation(ctx, input);
    expect(plan.predecessors[0]!.rows.filter(({ kind }) => kind === 'test-tasks').map(({ id }) => id)).toEqual(['t1', 't2']);
    const child = plan.predecessors[0]!.rows.find(({ kind }) => kind === 'children')!;
    await reorganise(ctx, {
      ...input,
      reason: 'x',
      assignments: [
        { kind: 'test-tasks', row: 't1', to: c },
        { kind: 'children', row: child.id, to: province.nhoquan },
      ],
    });
    expect(moved).toEqual([
      ['t1', province.giavien, c, ON],
      ['t2', province.giavien, null, ON],
    ]);
    expect((await getOrganisation(await fresh(), province.xaA, undefined)).parents[0]!.parent.id).toBe(province.nhoquan);
  });

  it('a dissolution without successor ends accounts and leaves subordinates to the parent above', async () => {
    await member(province.giavien);
    await reorganise(root, { kind: 'dissolve', on: ON, predecessors: [province.giavien], successors: [], reason: 'x', assignments: [] });
    expect(await sql('select valid_to::text as to from memberships')).toEqual([{ to: ON }]);
    expect((await getOrganisation(await fresh(), province.xaA, undefined)).parents[0]!.parent.id).toBe(province.ubnd);
    expect(moved).toEqual([['all', province.giavien, null, ON]]);
  });
});

it('what was already decided for a later day passes on with its own days', async () => {
  await sql("update supervisions set valid_to = '2025-09-01' where organisation = $1", [province.giavien]);
  await sql("insert into supervisions (id, supervisor, organisation, field, valid_from) values ($1, $2, $3, 'attt', '2025-09-01')", [
    newId(),
    province.soyte,
    province.giavien,
  ]);
  await sql('delete from supervisions where organisation = $1', [province.nhoquan]);
  const merged = { kind: 'merge', on: ON, predecessors: [province.giavien], successors: [province.nhoquan] } as const;
  await reorganise(root, { ...merged, reason: 'x', assignments: [] });
  const rows = await sql(
    'select supervisor, valid_from::text as from, valid_to::text as to from supervisions where organisation = $1 order by valid_from',
    [province.nhoquan],
  );
  expect(rows).toEqual([
    { supervisor: province.sotttt, from: ON, to: '2025-09-01' },
    { supervisor: province.soyte, from: '2025-09-01', to: null },
  ]);
});

it('a successor that hung under what ends moves up', async () => {
  await reorganise(root, {
    kind: 'dissolve',
    on: ON,
    predecessors: [province.giavien],
    successors: [province.xaA],
    reason: 'x',
    assignments: [],
  });
  expect((await getOrganisation(await fresh(), province.xaA, undefined)).parents[0]!.parent.id).toBe(province.ubnd);
});

it('refuses what cannot be, outside the scope, without the right, and a second time', async () => {
  const input = {
    kind: 'merge',
    on: ON,
    predecessors: [province.giavien],
    successors: [province.nhoquan],
    reason: 'x',
    assignments: [],
  } as const;
  const codes = async (more: object) => (await planReorganisation(root, { ...input, ...more })).problems.map(({ code }) => code);
  expect(await codes({ on: '2025-08-01' })).toEqual(['too-early']);
  expect(await codes({ successors: [province.giavien] })).toContain('same-twice');
  expect(await codes({ successors: [] })).toEqual(['merge-one']);
  expect(await codes({ kind: 'split' })).toEqual(['split-several']);
  const foreign = await makeCtx(root.stores, province.foreign, 'desk', { now: NOW });
  await expect(planReorganisation(foreign, input)).rejects.toThrow(/not_found/);
  await expect(reorganise(foreign, input)).rejects.toThrow(/not_found/);
  const auditor = await makeCtx(root.stores, province.ubnd, 'auditor', { now: NOW });
  await expect(reorganise(auditor, input)).rejects.toThrow(/access.role/);
  await expect(reorganise(root, { ...input, assignments: [{ kind: 'x', row: 'y', to: province.soyte }] })).rejects.toThrow(/assignment/);
  expect(await sql('select 1 as one from organisations where exists_to is not null')).toEqual([]);
  await reorganise(root, input);
  await expect(reorganise(await fresh(), input)).rejects.toThrow(/reorganisation/);
});
