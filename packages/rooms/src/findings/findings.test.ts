import { type Ctx, type Database, inSnapshot } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FINDING_SORTS, idsOf } from './list.ts';
import { correct, listOf, row, takeIn, TIMES_APART, withdraw } from './fixture.ts';
import {
  addFindingFile,
  answerFindings,
  approvePostponements,
  decideFindings,
  downloadFindingFile,
  exportFindings,
  findingsOverview,
  getFinding,
  listFindings,
  listHolidays,
  removeHoliday,
  setHoliday,
  splitFinding,
} from './index.ts';

let database: Database;
let province: Province;
let desk: Ctx;
let health: Ctx;
let school: Ctx;
let foreign: Ctx;
const page = { state: 'all', sort: 'work', page: 1, size: 50 } as const;
const all = async (ctx: Ctx, more: object = {}) => (await listFindings(ctx, { ...page, ...more })).items;
const only = async (ctx: Ctx, more: object = {}) => (await all(ctx, more))[0]!;
const later = (ctx: Ctx, now: string): Ctx => ({ ...ctx, clock: { now: () => Temporal.Instant.from(now) } });
const BEFORE = '2024-04-10T03:00:00.000Z';
const AFTER = '2024-05-10T03:00:00.000Z';
const may = { coversFrom: '2024-05-01T00:00:00.000Z', coversTo: '2024-05-20T00:00:00.000Z', title: 'Danh sách tháng 5' };

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  const stores = makeStores(database);
  desk = await makeCtx(stores, province.sotttt, 'desk');
  health = await makeCtx(stores, province.soyte, 'officer');
  school = await makeCtx(stores, province.sogd, 'officer');
  foreign = await makeCtx(stores, province.foreign, 'desk');
});
afterAll(() => database.close());

beforeEach(async () => {
  const owner = database.owner();
  await owner.connect();
  await owner.query(
    'truncate findings, sightings, finding_events, finding_files, finding_lists, list_shares, finding_counts, finding_sums, finding_families, finding_times',
  );
  await owner.end();
});

/** What counters say against what is there. */
async function expectCounted(): Promise<void> {
  const house = { ...desk, scope: { ...desk.scope, organisations: Object.values(province) } };
  const { rows } = await inSnapshot(house, (tx) =>
    tx.execute(sql`
      select overseer, organisation, kind, family, state, in_newest, coalesce(verdict, '') as verdict, coalesce(exercise::text, '') as exercise, count(*)::int as n from findings group by 1, 2, 3, 4, 5, 6, 7, 8
      except select overseer, organisation, kind, family, state, in_newest, verdict, exercise, n from finding_counts`),
  );
  expect(rows).toEqual([]);
  const sums = await inSnapshot(house, (tx) =>
    tx.execute<{ a: number; b: number }>(
      sql`select (select count(*)::int from findings) as a, (select coalesce(sum(n), 0)::int from finding_counts) as b`,
    ),
  );
  expect(sums.rows[0]!.a).toBe(sums.rows[0]!.b);
  const { rows: summed } = await inSnapshot(house, (tx) =>
    tx.execute(sql`
      (select overseer::text, organisation::text as of, state, in_newest, verdict, exercise, sum(n)::int as n from finding_counts group by 1, 2, 3, 4, 5, 6
       union all select overseer::text, family, state, in_newest, verdict, exercise, sum(n)::int from finding_counts group by 1, 2, 3, 4, 5, 6)
      except (select overseer::text, organisation::text, state, in_newest, verdict, exercise, n from finding_sums
       union all select overseer::text, family, state, in_newest, verdict, exercise, n from finding_families)`),
  );
  expect(summed).toEqual([]);
  expect((await inSnapshot(house, (tx) => tx.execute(sql.raw(TIMES_APART)))).rows).toEqual([]);
}

describe('lists become findings', () => {
  it('the same machine and family again is one finding with more sightings', async () => {
    const first = listOf(province.sotttt);
    const rows = [
      row(province.soyte, '14.225.10.5', BEFORE),
      row(province.soyte, '14.225.10.5', '2024-04-11T03:00:00.000Z'),
      row(province.soyte, '14.225.10.5', BEFORE, { family: 'ANDROMEDA' }),
      row(province.soyte, '14.225.10.6', BEFORE),
      row(province.sogd, '14.225.20.6', BEFORE, { family: 'Zeus', level: 3 }),
    ];
    expect(await takeIn(desk, first, rows)).toEqual({ findingsNew: 3, findingsAgain: 0 });
    expect(await takeIn(desk, listOf(province.sotttt, may), [row(province.soyte, '14.225.10.5', AFTER)])).toEqual({
      findingsNew: 0,
      findingsAgain: 1,
    });
    expect(await all(desk)).toMatchObject([
      { address: '14.225.10.5', sightings: 4, lists: 2, inNewest: true, firstSeen: BEFORE, lastSeen: AFTER, list: { title: may.title } },
      { family: 'zeus', inNewest: false, level: 3 },
      { address: '14.225.10.6', inNewest: false, sightings: 1 },
    ]);
    await expectCounted();
    await expectAudit(desk, 'findings.judged', first.id);
  });

  it('nobody else sees them: list, page, counts, search, export, overview', async () => {
    await takeIn(desk, listOf(province.sotttt), [row(province.soyte, '14.225.10.5', BEFORE, { machine: 'KETOAN-01' })]);
    const { id } = await only(health);
    expect((await only(health, { q: 'ketoan' })).list).toMatchObject({ sender: 'Cục An toàn thông tin' });
    for (const stranger of [school, foreign]) {
      expect(await listFindings(stranger, page)).toMatchObject({ items: [], total: 0, states: { open: 0 }, families: [] });
      expect(await all(stranger, { q: '14.225.' })).toEqual([]);
      expect((await findingsOverview(stranger, {})).units).toEqual([]);
      expect((await findingsOverview(stranger, {})).trend).toEqual([]);
      await expect(getFinding(stranger, id)).rejects.toThrow(/not_found/);
      await expect(answerFindings(stranger, { ids: [id], answer: 'cleaned' })).rejects.toThrow(/not_found/);
      await expect(addFindingFile(stranger, id, { name: 'a.txt', content: new TextEncoder().encode('x') })).rejects.toThrow(/not_found/);
      const { rows } = await inSnapshot(stranger, (tx) =>
        tx.execute(
          sql`select 1 from findings union all select 1 from sightings union all select 1 from finding_counts union all select 1 from finding_sums union all select 1 from finding_families union all select 1 from finding_times`,
        ),
      );
      expect(rows).toEqual([]);
      expect((await exportFindings(stranger, page)).content.byteLength).toBeGreaterThan(0);
    }
    await expectAudit(school, 'findings.exported', province.sogd);
  });

  it('a list that comes late does not become the newest', async () => {
    await takeIn(desk, listOf(province.sotttt, may), [row(province.soyte, '14.225.10.5', AFTER)]);
    await takeIn(desk, listOf(province.sotttt), [row(province.soyte, '14.225.10.5', BEFORE), row(province.soyte, '14.225.10.6', BEFORE)]);
    expect(await all(desk)).toMatchObject([
      { address: '14.225.10.5', inNewest: true, list: { title: may.title }, firstSeen: BEFORE },
      { address: '14.225.10.6', inNewest: false },
    ]);
    await expectCounted();
  });

  it('filters and orders agree for the authority and the organisation', async () => {
    await takeIn(desk, listOf(province.sotttt, { due: '2024-04-20' }), [
      row(province.soyte, '14.225.10.5', BEFORE, { usage: 'exit' }),
      row(province.soyte, '14.225.10.6', '2024-04-12T03:00:00.000Z', { level: 4 }),
      row(province.sogd, '14.225.20.7', '2024-04-09T03:00:00.000Z', { family: 'Zeus', machine: 'MAY-07' }),
    ]);
    const addresses = async (ctx: Ctx, more: object) => (await all(ctx, more)).map(({ address }) => address!.split('.')[3]);
    expect(await addresses(desk, {})).toEqual(['6', '7', '5']);
    expect(await addresses(desk, { sort: '-seen' })).toEqual(['6', '5', '7']);
    expect(await addresses(desk, { sort: 'seen' })).toEqual(['7', '5', '6']);
    expect(await addresses(desk, { sort: 'organisation' })).toEqual(['7', '6', '5']);
    expect(await addresses(desk, { sort: '-organisation', size: 1, page: 3 })).toEqual(['7']);
    expect(await addresses(health, { sort: 'seen' })).toEqual(['5', '6']);
    expect(await addresses(desk, { q: '14.225.20' })).toEqual(['7']);
    expect(await addresses(desk, { q: 'may-0' })).toEqual(['7']);
    expect(await addresses(desk, { q: 'so y te' })).toEqual(['6', '5']);
    expect(await addresses(desk, { usage: 'exit' })).toEqual(['5']);
    expect(await addresses(desk, { level: 4 })).toEqual(['6']);
    expect(await addresses(desk, { family: 'zeus' })).toEqual(['7']);
    expect(await addresses(desk, { organisation: province.sogd })).toEqual(['7']);
    expect(await addresses(desk, { due: 'overdue' })).toHaveLength(3);
    expect(await listFindings(desk, { ...page, due: 'none' })).toMatchObject({ total: 0, states: { open: 3 } });
    await expect(listFindings(desk, { ...page, page: 1000 })).rejects.toThrow(/too_deep/);
  });

  it('a page cut from the indexes is the page that sorting gives', async () => {
    const usages = ['own', 'exit', 'dynamic', 'carrier'] as const;
    for (const [month, due] of [
      ['2024-02', '2024-05-20'],
      ['2024-03', null],
    ] as const)
      await takeIn(
        desk,
        listOf(province.sotttt, { due, coversTo: `${month}-28T00:00:00.000Z` }),
        Array.from({ length: 24 }, (_, n) => {
          const usage = usages[n % 4]!;
          return row(province.soyte, `14.225.10.${month.endsWith('2') ? n : n + 12}`, `${month}-${10 + (n % 9)}T03:00:00.000Z`, {
            usage,
            level: (n % 5) + 1,
          });
        }),
      );
    for (const ctx of [desk, health])
      for (const sort of FINDING_SORTS)
        for (const more of [
          {},
          { newest: false },
          { due: 'none' as const },
          { level: 3 },
          { family: 'andromeda' },
          ...usages.map((usage) => ({ usage })),
        ]) {
          const query = { ...page, state: 'all' as const, size: 100, sort, ...more };
          const sorted = (await listFindings(ctx, query)).items.map(({ id }) => id);
          const cut = await inSnapshot(ctx, (tx) => idsOf(tx, ctx, query, 100));
          expect(cut, JSON.stringify({ sort, more })).toEqual(sorted);
          expect(cut.length).toBeGreaterThan(0);
        }
  });

  it('by due day, what has none comes last in either direction', async () => {
    const on = (due: string | null, last: string) =>
      takeIn(desk, listOf(province.sotttt, { due }), [row(province.soyte, `14.225.10.${last}`, BEFORE)]);
    await on('2024-05-20', '1');
    await on(null, '2');
    await on('2024-04-20', '3');
    await on(null, '4');
    for (const [ctx, whose] of [
      [desk, 'authority'],
      [health, 'organisation'],
    ] as const) {
      const order = async (query: object): Promise<string> => (await all(ctx, query)).map(({ address }) => address!.at(-1)).join('');
      const undated = await order({ due: 'none' });
      expect(await order({ sort: 'due' }), whose).toBe(`31${undated}`);
      expect(await order({ sort: '-due' }), whose).toBe(`13${undated}`);
      expect(await order({ sort: 'due', due: 'overdue' }), whose).toBe('3');
      expect(await order({ sort: '-due', due: 'none' }), whose).toBe(undated);
      expect(await order({ sort: 'due', size: 2, page: 2 }), whose).toBe(undated);
    }
  });
});

describe('answers and what the next list says', () => {
  it('cleaned waits for the next list, which finds it again or not', async () => {
    await takeIn(desk, listOf(province.sotttt), [row(province.soyte, '14.225.10.5', BEFORE), row(province.soyte, '14.225.10.6', BEFORE)]);
    const ids = (await all(health)).map(({ id }) => id);
    const auditor = await makeCtx(desk.stores, province.soyte, 'auditor');
    await expect(answerFindings(auditor, { ids, answer: 'cleaned' })).rejects.toThrow(/access.role/);
    await expect(answerFindings(health, { ids, answer: 'cleaned', machinesDone: 3, machinesTotal: 2 })).rejects.toThrow(/machines/);
    expect(await answerFindings(health, { ids, answer: 'cleaned', note: 'Đã quét', machinesDone: 2, machinesTotal: 2 })).toEqual({
      done: 2,
      refused: [],
    });
    expect(await only(health)).toMatchObject({ state: 'answered', verdict: 'unverified', verdictWhy: 'no-list', machinesDone: 2 });
    const next = listOf(province.sotttt, may);
    await takeIn(desk, next, [row(province.soyte, '14.225.10.5', AFTER)]);
    expect(await all(health, { sort: 'seen' })).toMatchObject([
      { address: '14.225.10.6', state: 'closed', verdict: 'not-seen', verdictList: { title: may.title } },
      { address: '14.225.10.5', state: 'open', verdict: 'seen-again', relapses: 1 },
    ]);
    await expectCounted();
    await expectAudit(health, 'findings.answered', province.soyte);
    const again = (await all(health, { state: 'open' }))[0]!;
    expect((await getFinding(health, again.id)).events.map(({ act }) => act)).toEqual(['answered', 'verdict']);

    expect(await withdraw(desk, next)).toEqual({ removed: 0, kept: 0 });
    expect((await all(health)).map(({ state, verdict, relapses, inNewest }) => ({ state, verdict, relapses, inNewest }))).toEqual([
      { state: 'answered', verdict: 'unverified', relapses: 0, inNewest: true },
      { state: 'answered', verdict: 'unverified', relapses: 0, inNewest: true },
    ]);
    await expectCounted();
  });

  it('a list of old sightings proves nothing, nor one without times over the day of the answer', async () => {
    await takeIn(desk, listOf(province.sotttt), [row(province.soyte, '14.225.10.5', BEFORE)]);
    const { id } = await only(health);
    await answerFindings(health, { ids: [id], answer: 'cleaned' });
    await takeIn(desk, listOf(province.sotttt), [row(province.soyte, '14.225.10.5', '2024-04-19T00:00:00.000Z')]);
    expect(await only(health)).toMatchObject({ state: 'answered', verdict: 'unverified' });
    const untimed = { isTimed: false };
    await takeIn(desk, listOf(province.sotttt, { ...may, coversFrom: '2024-04-20T00:00:00.000Z' }), [
      row(province.soyte, '14.225.10.5', may.coversTo, untimed),
    ]);
    expect(await only(health)).toMatchObject({ state: 'answered', verdict: 'unverified', verdictWhy: 'no-list' });
    await takeIn(desk, listOf(province.sotttt, { ...may, coversTo: '2024-05-21T00:00:00.000Z' }), [
      row(province.soyte, '14.225.10.5', '2024-05-21T00:00:00.000Z', untimed),
    ]);
    expect(await only(health)).toMatchObject({ state: 'open', verdict: 'seen-again' });
  });

  it('a corrected list takes back what it no longer has; what was answered stays and is marked', async () => {
    const first = listOf(province.sotttt);
    const same = row(province.soyte, '14.225.10.5', BEFORE);
    await takeIn(desk, first, [same, row(province.soyte, '14.225.10.6', BEFORE), row(province.soyte, '14.225.10.7', BEFORE)]);
    const kept = (await all(health)).find(({ address }) => address === '14.225.10.7')!;
    await answerFindings(health, { ids: [kept.id], answer: 'patched' });
    const second = listOf(province.sotttt, { title: 'Danh sách đính chính' });
    expect(await correct(desk, first, second, [{ ...same, isSame: true }, row(province.soyte, '14.225.10.8', BEFORE)])).toEqual({
      removed: 1,
      kept: 1,
    });
    expect((await all(health, { sort: 'seen' })).map(({ address, sightings }) => [address, sightings]).toSorted()).toEqual([
      ['14.225.10.5', 1],
      ['14.225.10.7', 0],
      ['14.225.10.8', 1],
    ]);
    await expectCounted();
  });

  it('behind a shared exit silence closes nothing, and it splits by machine', async () => {
    await takeIn(desk, listOf(province.sotttt), [row(province.soyte, '14.225.10.5', BEFORE, { usage: 'exit' })]);
    const { id } = await only(health);
    await answerFindings(health, { ids: [id], answer: 'cleaned' });
    await takeIn(desk, listOf(province.sotttt, may), [row(province.sogd, '14.225.20.5', AFTER)]);
    expect(await only(health)).toMatchObject({ state: 'answered', verdict: 'unverified', verdictWhy: 'shared' });
    await takeIn(desk, listOf(province.sotttt, { ...may, coversTo: '2024-05-25T00:00:00.000Z' }), [
      row(province.soyte, '14.225.10.5', '2024-05-24T00:00:00.000Z', { usage: 'exit' }),
    ]);
    await expect(splitFinding(health, id, { parts: [{ organisation: province.sogd, privateAddress: '10.1.1.5' }] })).rejects.toThrow(
      /not_found/,
    );
    const { ids } = await splitFinding(desk, id, {
      parts: [
        { organisation: province.sogd, privateAddress: '10.1.1.5' },
        { organisation: province.soyte, machine: 'KETOAN-02' },
      ],
    });
    expect(await getFinding(school, ids[0]!)).toMatchObject({ state: 'open', privateAddress: '10.1.1.5', usage: 'own' });
    expect(await getFinding(health, id)).toMatchObject({ state: 'closed', answer: 'passed-on', related: [{ id: ids[1], relation: 'to' }] });
    await expectAudit(desk, 'findings.split', id);
    await expectCounted();
  });

  it('not ours goes to the authority, which moves it to whom it belongs', async () => {
    await takeIn(desk, listOf(province.sotttt), [row(province.soyte, '14.225.10.5', BEFORE), row(province.soyte, '14.225.10.6', BEFORE)]);
    const [one, other] = (await all(health)).map(({ id }) => id) as [string, string];
    await expect(answerFindings(health, { ids: [one], answer: 'not-ours' })).rejects.toThrow(/findings.note/);
    await answerFindings(health, { ids: [one, other], answer: 'not-ours', note: 'Địa chỉ của Sở Giáo dục' });
    expect((await answerFindings(health, { ids: [one], answer: 'cleaned' })).refused).toHaveLength(1);
    await expect(decideFindings(health, { ids: [one], accept: true })).rejects.toThrow(/access.role/);
    await expect(decideFindings(desk, { ids: [one], accept: true, moveTo: province.foreign })).rejects.toThrow(/not_found/);
    expect(await listFindings(desk, { ...page, waiting: true })).toMatchObject({ total: 2, can: { decide: true } });
    expect((await decideFindings(desk, { ids: [one], accept: true, moveTo: province.sogd, registerFrom: '2024-04-01' })).done).toBe(1);
    await expect(decideFindings(desk, { ids: [other], accept: false })).rejects.toThrow(/findings.reason/);
    await decideFindings(desk, { ids: [other], accept: false, note: 'Đúng dải của đơn vị' });
    expect(await getFinding(health, other)).toMatchObject({ state: 'open', approval: 'refused' });
    expect(await getFinding(health, one)).toMatchObject({ state: 'closed', approval: 'given' });
    expect(await only(school)).toMatchObject({ state: 'open', matchedBy: 'hand', address: '14.225.10.5' });
    await expectAudit(desk, 'findings.decided', one);
    await expectCounted();
  });

  it('a postponement needs a leader, not the one who asks', async () => {
    await takeIn(desk, listOf(province.sotttt), [row(province.soyte, '14.225.10.5', BEFORE)]);
    const { id } = await only(health);
    const leader = await makeCtx(desk.stores, province.soyte, 'leader');
    await expect(answerFindings(leader, { ids: [id], answer: 'postponed', postponedTo: '2024-04-26' })).rejects.toThrow(/postponed_to/);
    await answerFindings(leader, { ids: [id], answer: 'postponed', postponedTo: '2024-05-15' });
    await expect(approvePostponements(desk, { ids: [id], accept: true })).rejects.toThrow(/access.role/);
    expect((await approvePostponements(leader, { ids: [id], accept: true })).refused).toHaveLength(1);
    const second = await makeCtx(desk.stores, province.soyte, 'leader');
    expect((await approvePostponements(second, { ids: [id], accept: true })).done).toBe(1);
    expect(await getFinding(health, id)).toMatchObject({ state: 'open', due: '2024-05-15', approval: 'given' });
    await expectAudit(second, 'findings.postponement_approved', id);
  });

  it('an operator passes it to its head office under a number, whose clock runs in working days', async () => {
    await takeIn(desk, listOf(province.sotttt), [
      row(province.viettel, '27.64.1.1', BEFORE, { usage: 'carrier' }),
      row(province.soyte, '14.225.10.5', BEFORE),
    ]);
    const operator = await makeCtx(desk.stores, province.viettel, 'operator');
    const { id } = await only(operator);
    await expect(answerFindings(operator, { ids: [id], answer: 'head-office' })).rejects.toThrow(/reference/);
    await answerFindings(operator, { ids: [id], answer: 'head-office', reference: '123/VTTN' });
    expect(await getFinding(later(operator, '2024-05-06T03:00:00Z'), id)).toMatchObject({
      state: 'answered',
      reference: '123/VTTN',
      waitingDays: 4,
    });
    const mine = await only(health);
    expect((await answerFindings(health, { ids: [mine.id], answer: 'informed' })).refused).toHaveLength(1);
  });

  it('proof is kept once, read by both and logged', async () => {
    await takeIn(desk, listOf(province.sotttt), [row(province.soyte, '14.225.10.5', BEFORE)]);
    const { id } = await only(health);
    const content = new TextEncoder().encode('Nhật ký quét mã độc: sạch\n');
    const { id: file } = await addFindingFile(health, id, { name: 'nhat-ky.txt', content });
    expect((await addFindingFile(health, id, { name: 'nhat-ky.txt', content })).id).toBe(file);
    expect((await downloadFindingFile(desk, file)).content).toEqual(Buffer.from(content));
    await expect(downloadFindingFile(school, file)).rejects.toThrow(/not_found/);
    expect((await getFinding(desk, id)).files).toMatchObject([{ id: file, name: 'nhat-ky.txt' }]);
    await expectAudit(health, 'findings.file_added', id);
  });

  it('the overview adds up by organisation and family, with the trend by list', async () => {
    await takeIn(desk, listOf(province.sotttt), [
      row(province.soyte, '14.225.10.5', BEFORE),
      row(province.sogd, '14.225.20.6', BEFORE, { family: 'Zeus' }),
    ]);
    await takeIn(desk, listOf(province.sotttt, may), [row(province.soyte, '14.225.10.5', AFTER)]);
    expect(await findingsOverview(desk, {})).toMatchObject({
      total: { open: 2, newest: 1 },
      units: [
        { organisation: { id: province.sogd }, families: [0, 1] },
        { organisation: { id: province.soyte }, families: [1, 0] },
      ],
      trend: [
        { findings: 2, families: [1, 1] },
        { findings: 1, families: [1, 0] },
      ],
    });
    const own = await findingsOverview(health, {});
    expect(own).toMatchObject({ side: 'own', total: { open: 1 }, silent: null });
    expect(own.trend.map(({ findings }) => findings)).toEqual([1, 1]);
  });
});

describe('the calendar', () => {
  it('is kept by the administrator and read by everybody', async () => {
    const keeper = await makeCtx(desk.stores, province.ubnd, 'administrator');
    await expect(setHoliday(desk, '2024-04-29', { kind: 'off', name: { vi: 'Nghỉ hoán đổi', en: 'Day in exchange' } })).rejects.toThrow(
      /access.role/,
    );
    await setHoliday(keeper, '2024-04-29', { kind: 'off', name: { vi: 'Nghỉ hoán đổi', en: 'Day in exchange' } });
    expect((await listHolidays(health, 2024)).items.map(({ day, fixed }) => [day, fixed])).toEqual([
      ['2024-01-01', true],
      ['2024-04-29', false],
      ['2024-04-30', true],
      ['2024-05-01', true],
      ['2024-09-02', true],
    ]);
    await expectAudit(keeper, 'calendar.day_set', '2024-04-29');
    await removeHoliday(keeper, '2024-04-29');
    expect((await listHolidays(health, 2024)).items).toHaveLength(4);
  });
});
