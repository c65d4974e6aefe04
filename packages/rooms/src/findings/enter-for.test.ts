import { fixedClock } from '@vonggac/kernel';
import { type Ctx, type Database, inTransaction } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { listOf, row, takeIn } from './fixture.ts';
import { answerFindings, decideFindings, findSubscribers, getFinding, listFindings, MOST_SEARCHES, sayOfEntered } from './index.ts';

const BEFORE = '2024-04-10T03:00:00.000Z';
const SAID = { via: 'phone' as const, who: 'Văn phòng Sở', at: '2024-04-26T00:30:00.000Z' };
let database: Database;
let province: Province;
let desk: Ctx;
let health: Ctx;
let operator: Ctx;
let ids: Record<'health' | 'school' | 'carrier', string>;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  const stores = makeStores(database);
  desk = await makeCtx(stores, province.sotttt, 'desk');
  health = await makeCtx(stores, province.soyte, 'officer');
  operator = await makeCtx(stores, province.viettel, 'operator');
});
afterAll(() => database.close());

beforeEach(async () => {
  const owner = database.owner();
  await owner.connect();
  await owner.query(
    'truncate findings, sightings, finding_events, finding_files, finding_lists, list_shares, finding_counts, finding_sums, finding_families, finding_times, finding_lookups',
  );
  await owner.end();
  await takeIn(desk, listOf(province.sotttt), [
    row(province.soyte, '14.225.10.5', BEFORE),
    row(province.sogd, '14.225.20.5', BEFORE),
    row(province.viettel, '27.64.1.1', BEFORE, { usage: 'carrier' }),
  ]);
  const { items } = await listFindings(desk, { state: 'open', sort: 'work', page: 1, size: 9 });
  const of = (organisation: string): string => items.find((one) => one.organisation.id === organisation)!.id;
  ids = { health: of(province.soyte), school: of(province.sogd), carrier: of(province.viettel) };
});

it('the authority answers for an organisation by saying who there said it; both see it as entered for', async () => {
  await expect(answerFindings(desk, { ids: [ids.health], answer: 'cleaned' })).rejects.toThrow(/source_missing/);
  const tomorrow = { ...SAID, at: '2024-04-27T00:00:00.000Z' };
  await expect(answerFindings(desk, { ids: [ids.health], answer: 'cleaned', entered: tomorrow })).rejects.toThrow(/said_later/);
  await expect(answerFindings(desk, { ids: [ids.health, ids.school], answer: 'cleaned', entered: SAID })).rejects.toThrow(/several_units/);
  expect((await getFinding(desk, ids.health)).events).toEqual([]);
  expect((await answerFindings(desk, { ids: [ids.health], answer: 'cleaned', note: 'Đã cài lại', entered: SAID })).done).toBe(1);
  const seen = await getFinding(health, ids.health);
  expect(seen).toMatchObject({
    state: 'answered',
    entered: { ...SAID, organisation: 'Sở Thông tin và Truyền thông' },
    events: [{ act: 'answered', data: { entered: SAID } }],
  });
  await expectAudit(desk, 'findings.answered', ids.health);
  // The organisation's own word takes its place, and both stay in the history.
  await answerFindings(health, { ids: [ids.health], answer: 'patched' });
  expect(await getFinding(health, ids.health)).toMatchObject({
    answer: 'patched',
    entered: null,
    events: [{}, { data: { answer: 'patched' } }],
  });
});

it('the organisation confirms what was entered for it, or contests it: then it is open again', async () => {
  await answerFindings(desk, { ids: [ids.health], answer: 'cleaned', entered: SAID });
  await expect(sayOfEntered(desk, ids.health, { agree: true })).rejects.toThrow(/not_own/);
  await expect(sayOfEntered(await makeCtx(desk.stores, province.soyte, 'auditor'), ids.health, { agree: true })).rejects.toThrow(
    /access.role/,
  );
  await expect(sayOfEntered(await makeCtx(desk.stores, province.sogd, 'officer'), ids.health, { agree: true })).rejects.toThrow(
    /not_found/,
  );
  expect((await getFinding(health, ids.health)).entered).toMatchObject({ confirmed: false, mine: true });
  expect((await getFinding(desk, ids.health)).entered).toMatchObject({ mine: false });
  await sayOfEntered(health, ids.health, { agree: true });
  expect(await getFinding(health, ids.health)).toMatchObject({ state: 'answered', entered: { confirmed: true, mine: false } });
  await expect(sayOfEntered(health, ids.health, { agree: true })).rejects.toThrow(/not_entered/);
  await expectAudit(health, 'findings.entered_confirmed', ids.health);

  // What waits for a decision could not be answered anew otherwise.
  const school = await makeCtx(desk.stores, province.sogd, 'officer');
  await answerFindings(desk, { ids: [ids.school], answer: 'not-ours', note: 'Theo điện thoại', entered: SAID });
  await expect(sayOfEntered(school, ids.school, { agree: false })).rejects.toThrow(/findings.reason/);
  await sayOfEntered(school, ids.school, { agree: false, note: 'Đơn vị không nói vậy' });
  const seen = await getFinding(desk, ids.school);
  expect(seen).toMatchObject({ state: 'open', answer: null, approval: null, entered: null });
  expect(seen.events.map(({ act, note }) => [act, note])).toEqual([
    ['answered', 'Theo điện thoại'],
    ['noted', 'Đơn vị không nói vậy'],
  ]);
  await expectAudit(school, 'findings.entered_contested', ids.school);
  expect((await answerFindings(school, { ids: [ids.school], answer: 'cleaned' })).done).toBe(1);
});

it('what the organisation contests is no promise that a later sighting could break', async () => {
  await answerFindings(desk, { ids: [ids.health], answer: 'cleaned', entered: SAID });
  await sayOfEntered(health, ids.health, { agree: false, note: 'Chưa làm' });
  const later = { ...health, clock: fixedClock('2024-04-30T02:00:00.000Z') };
  await answerFindings(later, { ids: [ids.health], answer: 'cleaned' });
  await takeIn(desk, listOf(province.sotttt), [row(province.soyte, '14.225.10.5', '2024-04-27T03:00:00.000Z')]);
  expect(await getFinding(health, ids.health)).toMatchObject({ state: 'answered', verdict: 'unverified', relapses: 0 });
});

it('what one answers oneself is never entered for', async () => {
  await answerFindings(health, { ids: [ids.health], answer: 'cleaned', entered: SAID });
  expect((await getFinding(health, ids.health)).entered).toBeNull();
});

it('an operator finds the unit of a subscriber by its official name alone, and the authority decides', async () => {
  const names = async (q: string, ctx = operator) => (await findSubscribers(ctx, ids.carrier, q)).items;
  expect(await names('so y')).toEqual([{ id: province.soyte, name: 'Sở Y tế' }]);
  expect((await names('gia vien')).map(({ name }) => name)).toEqual(['UBND huyện Gia Viễn']);
  // Units of the same authority only: nothing of another province, nothing below an agency.
  expect(await names('tinh khac')).toEqual([]);
  expect(await names('%_%abc')).toEqual([]);
  await expect(names('sở')).rejects.toThrow(/few_letters/);
  await expect(findSubscribers(health, ids.health, 'giao duc')).rejects.toThrow(/not_operator/);
  await expect(names('giao duc', health)).rejects.toThrow(/not_found/);
  await expect(names('giao duc', await makeCtx(desk.stores, province.viettel, 'auditor'))).rejects.toThrow(/access.role/);
  await expectAudit(operator, 'findings.subscriber_searched', ids.carrier);
  await expect(answerFindings(operator, { ids: [ids.carrier], answer: 'subscriber', subscriber: province.foreign })).rejects.toThrow(
    /findings.subscriber/,
  );
  await answerFindings(operator, { ids: [ids.carrier], answer: 'subscriber', subscriber: province.soyte });
  const waiting = await getFinding(desk, ids.carrier);
  expect(waiting).toMatchObject({ note: 'Sở Y tế', approval: 'asked', subscriber: { id: province.soyte, name: 'Sở Y tế' } });
  expect((await decideFindings(desk, { ids: [ids.carrier], accept: true, moveTo: province.soyte })).done).toBe(1);
  expect((await listFindings(health, { q: '27.64.1.1', state: 'open', sort: 'work', page: 1, size: 5 })).total).toBe(1);
});

it('searches are counted by person and hour, in whatever finding', async () => {
  await Promise.all(Array.from({ length: MOST_SEARCHES }, () => findSubscribers(operator, ids.carrier, 'so y te')));
  await expect(findSubscribers(operator, ids.carrier, 'so y te')).rejects.toThrow(/many_searches/);
  const later = { ...operator, clock: { now: () => Temporal.Instant.from('2024-04-26T05:00:00Z') } };
  expect((await findSubscribers(later, ids.carrier, 'so y te')).items).toHaveLength(1);
});

it('the function of the database answers for a finding in sight alone', async () => {
  const ask = (ctx: Ctx, finding: string) =>
    inTransaction(ctx, (tx) => tx.execute(sql`select * from vg_subscribers(${finding}::uuid, array['%'], null, '2024-04-26')`));
  expect((await ask(operator, ids.carrier)).rows.length).toBeGreaterThan(3);
  expect((await ask(health, ids.carrier)).rows).toEqual([]);
  expect((await ask(health, ids.health)).rows).toEqual([]);
});
