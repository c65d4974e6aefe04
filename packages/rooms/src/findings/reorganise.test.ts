import { type Ctx, type Database, on } from '@vonggac/store';
import { expectAudit, makeCtx, makeHouseCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { range } from '../assets/fixture.ts';
import { claimAsset, heldAssets, moveOverseen, registerOf, transferAssets } from '../assets/index.ts';
import { handOn, listLeftovers, offerHoldings, type OrganisationReorganised, reorganise } from '../organisations/index.ts';
import { listOf, row, takeIn, TIMES_APART } from './fixture.ts';
import {
  answerFindings,
  findingsOverview,
  followFindingOverseers,
  getFinding,
  heldFindings,
  listFindings,
  moveOverseenFindings,
} from './index.ts';
import { inSnapshot } from '@vonggac/store';

offerHoldings(heldAssets);
offerHoldings(heldFindings);
on<OrganisationReorganised>('organisations.reorganised', moveOverseen);
on<OrganisationReorganised>('organisations.reorganised', moveOverseenFindings);

let database: Database;
let province: Province;
let root: Ctx;
let desk: Ctx;

const NOW = '2024-06-03T08:00:00+07:00';
const ON = '2024-06-01';
const BEFORE = '2024-04-10T03:00:00.000Z';
const ANSWERED = '2024-04-25T03:00:00Z';
const at = (ctx: Ctx, now: string): Ctx => ({ ...ctx, clock: { now: () => Temporal.Instant.from(now) } });
const ctxOf = (organisation: string, role: 'desk' | 'officer' = 'officer') =>
  makeCtx(makeStores(database), organisation, role, { now: NOW });
const all = async (ctx: Ctx, more: object = {}) =>
  (await listFindings(ctx, { state: 'all', sort: 'seen', page: 1, size: 50, ...more })).items.toSorted((a, b) =>
    `${a.address}` < `${b.address}` ? -1 : 1,
  );
const may = { coversFrom: '2024-05-01T00:00:00.000Z', coversTo: '2024-05-20T00:00:00.000Z', title: 'Danh sách tháng 5' };
const june = { coversFrom: '2024-06-02T00:00:00.000Z', coversTo: '2024-06-20T00:00:00.000Z', title: 'Danh sách tháng 6' };

beforeEach(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  root = await ctxOf(province.ubnd, 'desk');
  desk = await ctxOf(province.sotttt, 'desk');
});
afterEach(() => database.close());

const query = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> => {
  const owner = database.owner();
  await owner.connect();
  try {
    return (await owner.query<T>(text, values)).rows;
  } finally {
    await owner.end();
  }
};

/** Every counter against a count of the findings themselves, both ways; and the sightings of each finding. */
async function expectTrue(): Promise<void> {
  const counted = `select overseer, organisation, kind, family, state, in_newest, coalesce(verdict, '') as verdict, coalesce(exercise::text, '') as exercise, count(*)::int as n from findings group by 1, 2, 3, 4, 5, 6, 7, 8`;
  const kept = `select overseer, organisation, kind, family, state, in_newest, verdict, exercise, n from finding_counts where n <> 0`;
  expect(await query(`(${counted} except ${kept}) union all (${kept} except ${counted})`)).toEqual([]);
  const sums = `select overseer, organisation, state, in_newest, verdict, exercise, sum(n)::int as n from finding_counts group by 1, 2, 3, 4, 5, 6 having sum(n) <> 0`;
  const keptSums = `select overseer, organisation, state, in_newest, verdict, exercise, n from finding_sums where n <> 0`;
  expect(await query(`(${sums} except ${keptSums}) union all (${keptSums} except ${sums})`)).toEqual([]);
  expect(await query(TIMES_APART)).toEqual([]);
  expect(
    await query(`select f.id from findings f where f.state <> 'void' and (f.sightings, f.lists) is distinct from
      (select (count(distinct s.key)::int, count(distinct s.list)::int) from sightings s where s.finding = f.id)`),
  ).toEqual([]);
  expect(
    await query(
      `select 1 from sightings s join findings f on f.id = s.finding where (s.organisation, s.overseer) <> (f.organisation, f.overseer)`,
    ),
  ).toEqual([]);
  const shares = `select s.list, s.organisation, f.family, count(distinct s.finding)::int as findings, count(*)::int as sightings from sightings s join findings f on f.id = s.finding group by 1, 2, 3`;
  const keptShares = `select list, organisation, family, findings, sightings from list_shares`;
  expect(await query(`(${shares} except ${keptShares}) union all (${keptShares} except ${shares})`)).toEqual([]);
  const totals = `select f.list, (select count(distinct organisation) from list_shares s where s.list = f.list)::int as organisations, jsonb_object_agg(f.family, f.n) as families
    from (select list, family, sum(findings)::int as n from list_shares group by list, family) f group by f.list`;
  const keptTotals = `select id, (totals ->> 'organisations')::int, totals -> 'families' from finding_lists`;
  expect(await query(`(${totals} except ${keptTotals}) union all (${keptTotals} except ${totals})`)).toEqual([]);
}

const merge = (from: string, to: string) =>
  reorganise(root, { kind: 'merge', on: ON, predecessors: [from], successors: [to], reason: 'Nghị quyết thử', assignments: [] });

/** Three of Gia Viễn on its range: open, answered, closed by the list of May; one of Nho Quan that Gia Viễn has too. */
async function threeOf(giavien: string): Promise<Record<'open' | 'answered' | 'closed', string>> {
  const { id: asset } = await claimAsset(desk, range(giavien, '14.225.40.0/24'));
  const held = { asset };
  await takeIn(
    desk,
    listOf(province.sotttt),
    ['5', '6', '7'].map((host) => row(giavien, `14.225.40.${host}`, BEFORE, held)),
  );
  const agency = await ctxOf(giavien);
  const [open, answered, closed] = (await all(agency)).map(({ id }) => id) as [string, string, string];
  await answerFindings(at(agency, ANSWERED), { ids: [closed], answer: 'cleaned', note: 'Đã quét' });
  await takeIn(desk, listOf(province.sotttt, may), [row(giavien, '14.225.40.5', '2024-05-10T03:00:00.000Z', held)]);
  await answerFindings(at(agency, '2024-05-22T03:00:00Z'), { ids: [answered], answer: 'patched' });
  return { open, answered, closed };
}

describe('a merger', () => {
  it('takes findings along with their history, and is no change of hands', async () => {
    const { giavien, nhoquan } = province;
    const ids = await threeOf(giavien);
    await merge(giavien, nhoquan);
    await expectTrue();
    await expectAudit(root, 'findings.carried_over', giavien);
    const successor = await ctxOf(nhoquan);
    expect((await all(successor)).map(({ id, state }) => [id, state])).toEqual([
      [ids.open, 'open'],
      [ids.answered, 'answered'],
      [ids.closed, 'closed'],
    ]);
    expect(await all(await ctxOf(giavien))).toEqual([]);
    const detail = await getFinding(successor, ids.answered);
    expect(detail.events.map(({ act, organisation }) => [act, organisation])).toEqual([
      ['answered', 'UBND huyện Gia Viễn'],
      ['moved', 'UBND tỉnh Thử Nghiệm'],
    ]);
    expect(detail.events.at(-1)!.data).toMatchObject({ fromName: 'UBND huyện Gia Viễn', on: ON });
    expect(detail.seen.map(({ list }) => list?.title)).toEqual(['Danh sách tháng 4']);
    // The old entry of the register has ended; the machine has not changed hands.
    await takeIn(desk, listOf(province.sotttt, june), [row(nhoquan, '14.225.99.9', '2024-06-10T03:00:00.000Z')]);
    expect(await getFinding(successor, ids.answered)).toMatchObject({
      state: 'closed',
      verdict: 'not-seen',
      verdictList: { title: june.title },
    });
    await expectTrue();
  });

  it('whereas a transfer to another unit is one', async () => {
    const { giavien, nhoquan } = province;
    const ids = await threeOf(giavien);
    const register = await inSnapshot(desk, (tx) => registerOf(tx, { networks: true }));
    await transferAssets(desk, { ids: [register.networks[0]!.asset], to: nhoquan, on: ON, reason: 'Chuyển giao' });
    await takeIn(desk, listOf(province.sotttt, june), [row(nhoquan, '14.225.99.9', '2024-06-10T03:00:00.000Z')]);
    expect(await getFinding(await ctxOf(giavien), ids.answered)).toMatchObject({
      state: 'answered',
      verdict: 'unverified',
      verdictWhy: 'moved',
    });
  });

  it('one that is seen again afterwards is the same finding, with its relapse', async () => {
    const { giavien, nhoquan } = province;
    const ids = await threeOf(giavien);
    await merge(giavien, nhoquan);
    await takeIn(desk, listOf(province.sotttt, june), [row(nhoquan, '14.225.40.7', '2024-06-10T03:00:00.000Z')]);
    expect(await getFinding(await ctxOf(nhoquan), ids.closed)).toMatchObject({
      state: 'open',
      verdict: 'seen-again',
      relapses: 1,
      sightings: 2,
    });
    await expectTrue();
  });

  it('a machine known by its entry in the register is known by the entry that goes on', async () => {
    const { giavien, nhoquan } = province;
    const { id: asset } = await claimAsset(desk, {
      kind: 'host',
      name: 'KETOAN-01',
      address: '10.1.1.5',
      organisation: giavien,
      from: null,
      to: null,
    });
    await takeIn(desk, listOf(province.sotttt), [row(giavien, '14.225.40.5', BEFORE, { asset, machineKey: `asset:${asset}` })]);
    await merge(giavien, nhoquan);
    const register = await inSnapshot(desk, (tx) => registerOf(tx, { hosts: true }));
    const next = register.hosts.find(({ organisation }) => organisation === nhoquan)!.asset;
    await takeIn(desk, listOf(province.sotttt, june), [
      row(nhoquan, '14.225.40.5', '2024-06-10T03:00:00.000Z', { asset: next, machineKey: `asset:${next}` }),
    ]);
    expect(await all(desk)).toMatchObject([{ organisation: { id: nhoquan }, sightings: 2, lists: 2 }]);
  });

  it('what both had becomes one with all sightings; the open one goes on', async () => {
    const { giavien, nhoquan } = province;
    const first = listOf(province.sotttt);
    await takeIn(desk, first, [
      row(giavien, '14.225.40.5', BEFORE),
      row(nhoquan, '14.225.40.5', '2024-04-11T03:00:00.000Z'),
      row(giavien, '14.225.40.6', BEFORE),
      row(nhoquan, '14.225.40.6', BEFORE),
    ]);
    await takeIn(desk, listOf(province.sotttt, may), [row(giavien, '14.225.40.5', '2024-05-10T03:00:00.000Z')]);
    const successor = await ctxOf(nhoquan);
    const mine = await all(successor);
    await answerFindings(at(successor, '2024-05-22T03:00:00Z'), { ids: [mine[0]!.id], answer: 'cleaned' });
    const theirs = await all(await ctxOf(giavien));
    await merge(giavien, nhoquan);
    await expectTrue();
    expect(await all(successor)).toMatchObject([
      { id: theirs[0]!.id, state: 'open', sightings: 3, lists: 2, inNewest: true, firstSeen: BEFORE },
      { id: mine[1]!.id, state: 'open', sightings: 2, lists: 1, inNewest: false },
    ]);
    const { related } = await getFinding(successor, theirs[0]!.id);
    expect(related).toMatchObject([{ id: mine[0]!.id, relation: 'to', state: 'void' }]);
    expect((await getFinding(successor, mine[0]!.id)).events.map(({ act }) => act)).toContain('answered');
    expect((await findingsOverview(desk, {})).units).toMatchObject([{ organisation: { id: nhoquan }, open: 2 }]);
  });
});

it('what nobody was assigned in a split waits with the authority under the old name', async () => {
  const { giavien, nhoquan, soyte, sotttt } = province;
  const ids = await threeOf(giavien);
  const rows = await inSnapshot(root, (tx) => heldFindings.rows!(tx, giavien, ON));
  expect(rows.map(({ id }) => id).toSorted()).toEqual([ids.open, ids.answered].toSorted());
  await reorganise(root, {
    kind: 'split',
    on: ON,
    predecessors: [giavien],
    successors: [nhoquan, soyte],
    reason: 'Nghị quyết thử',
    assignments: [{ kind: 'findings', row: ids.open, to: soyte }],
  });
  await expectTrue();
  expect((await all(await ctxOf(soyte))).map(({ id }) => id)).toEqual([ids.open]);
  expect((await all(desk, { organisation: giavien })).map(({ id }) => id).toSorted()).toEqual([ids.answered, ids.closed].toSorted());
  const left = await listLeftovers(desk, { state: 'waiting', kind: 'findings', page: 1, size: 10 });
  expect(left.items.map(({ text }) => text.vi)).toEqual(['14.225.40.6 · andromeda']);
  await handOn(await ctxOf(sotttt, 'desk'), { assignments: [{ leftover: left.items[0]!.id, to: nhoquan }], reason: 'Bàn giao' });
  await expectTrue();
  expect(await all(await ctxOf(nhoquan))).toMatchObject([{ id: ids.answered, state: 'answered', answer: 'patched' }]);
  expect((await listLeftovers(desk, { state: 'waiting', kind: 'findings', page: 1, size: 10 })).total).toBe(0);
});

describe('another authority', () => {
  const end = (from: string, to: string) =>
    query(
      `with ended as (update supervisions set valid_to = '${ON}' where supervisor = $1 and valid_to is null returning organisation)
       insert into supervisions (id, supervisor, organisation, field, valid_from) select gen_random_uuid(), $2, organisation, 'attt', '${ON}' from ended where organisation <> $2`,
      [from, to],
    );

  it('that takes the place of an ended one has its findings, and its lists go on proving', async () => {
    const { giavien, sotttt, sogd } = province;
    const ids = await threeOf(giavien);
    await merge(sotttt, sogd);
    await expectTrue();
    const next = await ctxOf(sogd, 'desk');
    expect((await all(next, { side: 'overseer' })).map(({ state, verdict }) => [state, verdict])).toEqual([
      ['open', null],
      ['answered', 'unverified'],
      ['closed', 'not-seen'],
    ]);
    await expectAudit(root, 'findings.overseer_changed', sotttt);
    await takeIn(next, listOf(sogd, june), [row(giavien, '14.225.40.5', '2024-06-10T03:00:00.000Z')]);
    expect(await getFinding(next, ids.closed)).toMatchObject({ state: 'closed', verdict: 'not-seen', verdictList: { title: may.title } });
    expect(await getFinding(next, ids.answered)).toMatchObject({
      state: 'closed',
      verdict: 'not-seen',
      verdictList: { title: june.title },
    });
    expect(await getFinding(next, ids.open)).toMatchObject({ sightings: 3, lists: 3 });
  });

  it('that takes the supervision over from a day on has everything, once', async () => {
    const { giavien, sotttt, sogd } = province;
    await threeOf(giavien);
    await end(sotttt, sogd);
    const house = await makeHouseCtx(makeStores(database), NOW);
    await followFindingOverseers(house);
    await followFindingOverseers(house);
    await expectTrue();
    expect(await all(await ctxOf(sogd, 'desk'), { side: 'overseer' })).toHaveLength(3);
    expect(await all(desk)).toEqual([]);
    const events = await query<{ n: number }>("select count(*)::int as n from finding_events where act = 'moved'");
    expect(events[0]!.n).toBe(3);
  });

  it('of a part alone has what nobody has answered; the lists that judge the others stay', async () => {
    const { giavien, nhoquan, sotttt, sogd } = province;
    const ids = await threeOf(giavien);
    await takeIn(desk, listOf(sotttt, { ...june, sender: '01900000-0000-7000-8000-00000000000b' }), [row(nhoquan, '14.225.50.1', BEFORE)]);
    await query(`update supervisions set valid_to = '${ON}' where organisation = $1`, [giavien]);
    await query(
      `insert into supervisions (id, supervisor, organisation, field, valid_from) values (gen_random_uuid(), $1, $2, 'attt', '${ON}')`,
      [sogd, giavien],
    );
    await followFindingOverseers(await makeHouseCtx(makeStores(database), NOW));
    await expectTrue();
    expect((await all(await ctxOf(sogd, 'desk'), { side: 'overseer' })).map(({ id }) => id)).toEqual([ids.open]);
    expect((await all(desk)).map(({ id }) => id)).toEqual(expect.arrayContaining([ids.answered, ids.closed]));
    expect(await getFinding(desk, ids.closed)).toMatchObject({ state: 'closed', verdict: 'not-seen' });
  });
});
