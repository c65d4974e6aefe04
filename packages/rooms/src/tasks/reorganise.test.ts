import type { Ctx, Database } from '@vonggac/store';
import { inTransaction } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { inArray } from 'drizzle-orm';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { handOn, listLeftovers, offerHoldings, planReorganisation, reorganise } from '../organisations/index.ts';
import { END_26, END_30, type Issued, issueForTest } from './fixture.ts';
import { getWork, liveTasks, tasks } from './index.ts';

let province: Province;
let ubnd: Ctx;
let desk: Ctx;
let issued: Issued;
const opened: Database[] = [];
const ON = '2024-04-26';
const all = { state: 'waiting', page: 1, size: 50 } as const;

beforeEach(async () => {
  const database = await makeTestDatabase();
  opened.push(database);
  province = await makeProvince(database);
  ubnd = await makeCtx(makeStores(database), province.ubnd, 'desk');
  desk = await makeCtx(ubnd.stores, province.sotttt, 'desk');
  offerHoldings(liveTasks);
  issued = await issueForTest(desk, [province.giavien, province.sogd], [END_26, END_30, null]);
});
afterAll(async () => {
  for (const one of opened) await one.close();
});

const again = (ctx: Ctx) => makeCtx(ubnd.stores, ctx.actor.organisation, 'desk');
const setState = (ids: readonly string[], state: 'accepted') =>
  inTransaction(ubnd, (tx) =>
    tx
      .update(tasks)
      .set({ state })
      .where(inArray(tasks.id, [...ids])),
  );
const itemsOf = async (organisation: string) =>
  (await getWork(await again(ubnd), { directive: issued.directive, organisation })).items.map(({ path, state }) => [path, state]);

it('tasks that nobody took wait with their overseer, which hands them on; both histories say so', async () => {
  const { items } = await getWork(ubnd, { directive: issued.directive, organisation: province.giavien });
  await setState([items[0]!.task], 'accepted');
  await reorganise(ubnd, {
    kind: 'dissolve',
    on: ON,
    predecessors: [province.giavien],
    successors: [],
    reason: 'Nghị quyết thử',
    assignments: [],
  });
  // The supervision of Gia Viễn ended with it: what its overseer sees it sees by the tasks alone.
  const overseer = await again(desk);
  expect(overseer.scope.supervised).not.toContain(province.giavien);
  const list = await listLeftovers(overseer, all);
  expect(list).toMatchObject({
    total: 2,
    items: [
      { kind: 'tasks', from: { id: province.giavien }, act: { kind: 'dissolve', on: ON, basis: 'Nghị quyết thử' }, lapses: false },
      { kind: 'tasks' },
    ],
  });
  const [first, second] = list.items;
  await expect(handOn(overseer, { assignments: [{ leftover: first!.id, to: null }], reason: 'x' })).rejects.toThrow(/cannot_lapse/);
  await expect(handOn(overseer, { assignments: [{ leftover: first!.id, to: province.giavien }], reason: 'x' })).rejects.toThrow(
    /not_found/,
  );
  const toBoth = [
    { leftover: first!.id, to: province.nhoquan },
    { leftover: second!.id, to: province.sogd },
  ];
  expect(await handOn(overseer, { assignments: toBoth, reason: 'Theo quyết định thử' })).toEqual({ handedOn: 2, letGo: 0 });

  expect(await listLeftovers(overseer, all)).toMatchObject({ total: 0, items: [] });
  expect(await listLeftovers(overseer, { ...all, state: 'settled' })).toMatchObject({
    total: 2,
    items: [{ settled: { reason: 'Theo quyết định thử' } }, { settled: { by: overseer.actor.name } }],
  });
  expect(await itemsOf(province.nhoquan)).toEqual([['1.b', 'assigned']]);
  // Finished under the old name; the second had its twin at Sở GD, so it ends where it was.
  expect(await itemsOf(province.giavien)).toEqual([
    ['1.a', 'accepted'],
    ['1.c', 'withdrawn'],
  ]);
  const acts = async (organisation: string) =>
    (await getWork(await again(ubnd), { directive: issued.directive, organisation })).history.filter(({ act }) => act === 'moved').length;
  expect(await acts(province.giavien)).toBeGreaterThanOrEqual(2);
  expect(await acts(province.nhoquan)).toBeGreaterThanOrEqual(1);
  for (const id of [province.giavien, province.nhoquan]) await expectAudit(ubnd, 'organisations.handed_on', id);
  await expect(handOn(overseer, { assignments: toBoth, reason: 'x' })).rejects.toThrow(/organisations.settled/);
});

it('what is finished in the meantime waits no longer', async () => {
  const { items } = await getWork(ubnd, { directive: issued.directive, organisation: province.giavien });
  await reorganise(ubnd, { kind: 'dissolve', on: ON, predecessors: [province.giavien], successors: [], reason: 'x', assignments: [] });
  expect((await listLeftovers(ubnd, all)).kinds.find(({ kind }) => kind === 'tasks')!.count).toBe(3);
  await setState([items[0]!.task, items[1]!.task], 'accepted');
  expect((await listLeftovers(ubnd, { ...all, kind: 'tasks' })).total).toBe(1);
});

it('a separated part takes the tasks that were assigned to it, the old unit lives on with the others', async () => {
  const input = {
    kind: 'separate',
    on: ON,
    predecessors: [province.giavien],
    successors: [],
    founds: { kind: 'unit', name: 'Ban Quản lý thử', parentId: province.ubnd },
  } as const;
  const plan = await planReorganisation(ubnd, input);
  expect(plan).toMatchObject({ problems: [], assigns: true });
  const rows = plan.predecessors[0]!.rows.filter(({ kind }) => kind === 'tasks');
  expect(rows).toHaveLength(3);
  const { founded } = await reorganise(ubnd, {
    ...input,
    reason: 'x',
    assignments: [
      { kind: 'tasks', row: rows[0]!.id, to: 'founded' },
      { kind: 'tasks', row: rows[1]!.id, to: null },
    ],
  });
  expect(await itemsOf(founded!)).toEqual([['1.a', 'assigned']]);
  expect((await itemsOf(province.giavien)).map(([path]) => path)).toEqual(['1.b', '1.c']);
  expect((await listLeftovers(await again(ubnd), all)).total).toBe(0);
});
