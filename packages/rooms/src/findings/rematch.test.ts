import { type Ctx, type Database, inSnapshot, on } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { and, eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { held, range } from '../assets/fixture.ts';
import { createExercise } from '../exercises/index.ts';
import {
  getList,
  type ListFinished,
  listRows,
  type ListSettings,
  previewRematch,
  rematchList,
  type RowsMatched,
  type RowsTakenBack,
  type RowsTried,
  runList,
  undoRematch,
  uploadList,
} from '../intelligence/index.ts';
import { answerFindings, finishList, foldRows, listFindings, takeRowsBack, tryRows } from './index.ts';

let database: Database;
let province: Province;
let desk: Ctx;
let health: Ctx;
let auditor: Ctx;
let foreign: Ctx;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  const stores = makeStores(database);
  desk = await makeCtx(stores, province.sotttt, 'desk');
  health = await makeCtx(stores, province.soyte, 'officer');
  auditor = await makeCtx(stores, province.sotttt, 'auditor');
  foreign = await makeCtx(stores, province.foreign, 'desk');
  on<RowsMatched>('intelligence.rows-matched', foldRows);
  on<RowsTried>('intelligence.rows-tried', tryRows);
  on<RowsTakenBack>('intelligence.rows-taken-back', takeRowsBack);
  on<ListFinished>('intelligence.list-finished', finishList);
});
afterAll(() => database.close());

async function takeIn(text: string, more: Partial<ListSettings> = {}, sender = 'Shadowserver'): Promise<string> {
  const up = await uploadList(desk, { name: 'list.csv', sender, title: null, content: new TextEncoder().encode(text) });
  const base = { title: up.title, mapping: up.recognition.mapping, families: null, coversFrom: null, coversTo: null, supersedes: null };
  const settings: ListSettings = { ...base, directive: null, requirement: null, due: null, ...more };
  const done = await runList(desk, up.id, settings, { refresh: async (ctx) => ctx, wait: 30_000 });
  expect(done.state).toBe('done');
  return up.id;
}

const openIn = async (ctx: Ctx, more: object = {}) =>
  (await listFindings(ctx, { state: 'all', sort: 'work', page: 1, size: 50, ...more })).items.map(({ address, sightings }) => [
    address,
    sightings,
  ]);
const nowhere = (list: string) => inSnapshot(desk, (tx) => tx.$count(listRows, and(eq(listRows.list, list), isNull(listRows.target))));

describe('a range that is approved after a list was taken in', () => {
  it('leads rows that led nowhere to its holder, and is taken back as far as nobody answered', async () => {
    const rows = ['20,mirai', '20,mirai', '21,mirai', '22,sality'].map((row, at) => `2024-04-20 0${at}:00:00,14.230.10.${row}`);
    const list = await takeIn(`timestamp,ip,infection\n${rows.join('\n')}\n2024-04-20 05:00:00,192.0.2.1,mirai\n`);
    expect((await previewRematch(desk, list)).rows).toBe(0);
    await expect(rematchList(desk, list)).rejects.toMatchObject({ code: 'intelligence.no_rows' });
    await held(health, desk, range(province.soyte, '14.230.10.0/24'));

    const seen = await previewRematch(desk, list);
    expect(seen).toMatchObject({ rows: 4, units: [{ unit: { id: province.soyte }, rows: 4 }], why: [{ why: 'longest-prefix', rows: 4 }] });
    expect(seen).toMatchObject({ findingsNew: 3, findingsAgain: 0, done: [], isMore: false });
    expect(await nowhere(list)).toBe(5);
    await expect(rematchList(auditor, list)).rejects.toMatchObject({ code: 'access.role' });
    await expect(previewRematch(foreign, list)).rejects.toMatchObject({ code: 'list.not_found' });

    const first = await rematchList(desk, list);
    expect(first).toMatchObject({ rows: 4, findingsNew: 3 });
    expect(await nowhere(list)).toBe(1);
    expect((await getList(desk, list)).counts).toMatchObject({ matched: 4, unmatched: 1, findingsNew: 3 });
    expect((await openIn(health)).toSorted()).toEqual([['14.230.10.20', 2], ['14.230.10.21', 1], ['14.230.10.22', 1]]); // prettier-ignore
    await expectAudit(desk, 'intelligence.rows_rematched', list);

    await expect(undoRematch(foreign, list, first.id)).rejects.toMatchObject({ code: 'list.not_found' });
    expect(await undoRematch(desk, list, first.id)).toEqual({ rows: 4, kept: 0, findingsRemoved: 3 });
    expect([await nowhere(list), await openIn(health)]).toEqual([5, []]);
    expect((await getList(desk, list)).counts).toMatchObject({ matched: 0, unmatched: 5, findingsNew: 0 });
    await expect(undoRematch(desk, list, first.id)).rejects.toMatchObject({ code: 'intelligence.rematch_undone' });
    await expectAudit(desk, 'intelligence.rematch_undone', list);

    const second = await rematchList(desk, list);
    const [finding] = (await listFindings(health, { state: 'all', sort: 'work', q: '14.230.10.20', page: 1, size: 9 })).items;
    await answerFindings(health, { ids: [finding!.id], answer: 'cleaned', machinesDone: 1, machinesTotal: 1 });
    expect(await undoRematch(desk, list, second.id)).toEqual({ rows: 2, kept: 2, findingsRemoved: 2 });
    expect([await nowhere(list), await openIn(health)]).toEqual([3, [['14.230.10.20', 2]]]);
    expect((await previewRematch(desk, list)).done.map(({ undone }) => undone?.kept)).toEqual([2, 0]);
  });

  it('why a row leads nowhere is said again when it is taken back', async () => {
    await held(health, desk, range(province.soyte, '14.230.13.0/25', { to: '2024-04-01' }));
    const list = await takeIn(
      'timestamp,ip,infection\n2024-04-20 01:00:00,14.230.13.7,mirai\n2024-04-20 01:00:00,14.230.13.200,mirai\n',
      {},
      'Nguồn C',
    );
    const whys = () =>
      inSnapshot(desk, (tx) => tx.select({ why: listRows.why }).from(listRows).where(eq(listRows.list, list)).orderBy(listRows.row));
    const before = [{ why: 'not-then' }, { why: 'no-range' }];
    expect(await whys()).toEqual(before);
    await held(health, desk, range(province.soyte, '14.230.13.0/24', { from: '2024-04-10' }));
    const again = await rematchList(desk, list);
    expect(await whys()).toEqual([{ why: 'longest-prefix' }, { why: 'longest-prefix' }]);
    await undoRematch(desk, list, again.id);
    expect(await whys()).toEqual(before);
  });

  it('a finding that another list shows too stays with the sightings of that list', async () => {
    await held(health, desk, range(province.soyte, '14.230.11.0/26'));
    await takeIn('timestamp,ip,infection\n2024-04-18 01:00:00,14.230.11.7,mirai\n', {}, 'Nguồn B');
    const later = await takeIn(
      'timestamp,ip,infection\n2024-04-20 01:00:00,14.230.11.200,mirai\n2024-04-20 02:00:00,14.230.11.7,mirai\n',
      {},
      'Nguồn B',
    );
    expect(await openIn(health, { q: '14.230.11.' })).toEqual([['14.230.11.7', 2]]);
    await held(health, desk, range(province.soyte, '14.230.11.128/25'));
    const again = await rematchList(desk, later);
    expect((await openIn(health, { q: '14.230.11.' })).toSorted()).toEqual([['14.230.11.200', 1], ['14.230.11.7', 2]]); // prettier-ignore
    await undoRematch(desk, later, again.id);
    expect(await openIn(health, { q: '14.230.11.' })).toEqual([['14.230.11.7', 2]]);
  });

  it('a finding that stands in the newest list by such a row alone stands there no more when the row is taken back', async () => {
    await held(health, desk, range(province.soyte, '14.230.14.0/26', { to: '2024-04-19' }));
    await takeIn('timestamp,ip,infection\n2024-04-18 01:00:00,14.230.14.7,mirai\n', {}, 'Nguồn D');
    const later = await takeIn('timestamp,ip,infection\n2024-04-20 01:00:00,14.230.14.7,mirai\n', {}, 'Nguồn D');
    const now = (newest: boolean) => openIn(health, { q: '14.230.14.', newest });
    expect([await now(true), await now(false)]).toEqual([[], [['14.230.14.7', 1]]]);
    await held(health, desk, range(province.soyte, '14.230.14.0/25', { from: '2024-04-19' }));
    const again = await rematchList(desk, later);
    expect([await now(true), await now(false)]).toEqual([[['14.230.14.7', 2]], []]);
    await undoRematch(desk, later, again.id);
    expect([await now(true), await now(false)]).toEqual([[], [['14.230.14.7', 1]]]);
  });
});

describe('a list of an exercise', () => {
  it('makes findings of its own; the same file for real is another list, and not the same sightings', async () => {
    await held(health, desk, range(province.soyte, '14.230.12.0/24'));
    const day = desk.scope.day;
    const { id: exercise } = await createExercise(desk, {
      name: 'Diễn tập tháng 4',
      from: day,
      to: day,
      destinations: [],
    });
    const text = 'timestamp,ip,infection\n2024-04-20 01:00:00,14.230.12.7,mirai\n';
    const drill = await takeIn(text, { exercise });
    expect(await getList(desk, drill)).toMatchObject({ exercise: { id: exercise }, isExercise: true, counts: { findingsNew: 1 } });
    const real = await takeIn(text);
    expect(await getList(desk, real)).toMatchObject({ exercise: null, counts: { same: 0, findingsNew: 1 } });
    await expect(takeIn(text, { exercise })).rejects.toMatchObject({ code: 'intelligence.same_file' });
    const next = await uploadList(desk, {
      name: 'x.csv',
      sender: 'Shadowserver',
      title: null,
      content: new TextEncoder().encode(`${text}\n`),
    });
    const base = { title: 'x', mapping: next.recognition.mapping, families: null, coversFrom: null, coversTo: null, directive: null };
    const settings = { ...base, requirement: null, due: null, supersedes: real, exercise };
    await expect(runList(desk, next.id, settings)).rejects.toMatchObject({ code: 'intelligence.supersedes' });
    await expect(runList(desk, next.id, { ...settings, supersedes: null, exercise: drill })).rejects.toMatchObject({
      code: 'exercise.not_found',
    });
  });
});
