import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readDirective } from '@vonggac/congvan';
import { fold } from '@vonggac/kernel';
import { type Ctx, type Database, inSnapshot, type Measure, type MeasureValue } from '@vonggac/store';
import { makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { held, range } from '../assets/fixture.ts';
import { assetsRegistered, claimAsset } from '../assets/index.ts';
import { listOf, row, takeIn } from './fixture.ts';
import { answerFindings, findingsAgain, findingsDays, findingsOpen, findingsOverview, listFindings } from './index.ts';
import { medianOf } from './cleaning-times.ts';

let database: Database;
let province: Province;
let desk: Ctx;
let health: Ctx;
let school: Ctx;
let foreign: Ctx;

const BEFORE = '2024-04-10T03:00:00.000Z';
const AFTER = '2024-05-10T03:00:00.000Z';
const may = { coversFrom: '2024-05-01T00:00:00.000Z', coversTo: '2024-05-20T00:00:00.000Z', title: 'Danh sách tháng 5' };
const window = { from: null, to: null };
const all = (ctx: Ctx) => listFindings(ctx, { state: 'all', sort: 'seen', page: 1, size: 50 });
const on = (ctx: Ctx, now: string): Ctx => ({ ...ctx, clock: { now: () => Temporal.Instant.from(now) } });

const valuesOf = (ctx: Ctx, measure: Measure, ...of: string[]): Promise<MeasureValue[]> =>
  inSnapshot(ctx, (tx) => measure.compute(tx, ctx, of, window));
const rowsOf = (ctx: Ctx, measure: Measure, of: string) => inSnapshot(ctx, (tx) => measure.rows(tx, ctx, of, window));

/** The list that a figure opens has as many rows as it says, and the same ones. */
async function expectOpens(ctx: Ctx, measure: Measure, value: MeasureValue): Promise<void> {
  const { newest, cleaned, ...query } = value.list!.query as Record<string, string>;
  const flags = { ...(newest && { newest: newest === 'true' }), ...(cleaned && { cleaned: cleaned === 'true' }) };
  const list = await listFindings(ctx, { state: 'open', ...query, ...flags, sort: 'work', page: 1, size: 100 } as never);
  expect(list.total).toBe(value.list!.total);
  const rows = await rowsOf(ctx, measure, value.organisation);
  expect(rows.map(({ id }) => id).toSorted()).toEqual(list.items.map(({ id }) => id).toSorted());
}

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  const stores = makeStores(database);
  desk = await makeCtx(stores, province.sotttt, 'desk');
  health = await makeCtx(stores, province.soyte, 'officer');
  school = await makeCtx(stores, province.sogd, 'officer');
  foreign = await makeCtx(stores, province.foreign, 'desk');
  await held(health, desk, range(province.soyte, '14.225.10.0/24'));
  await held(desk, desk, range(province.nhoquan, '14.225.30.0/24'));
  await claimAsset(school, range(province.sogd, '14.225.20.0/24'));
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

describe('open findings of the newest list', () => {
  it('no list, no range and none of it are three things', async () => {
    const { soyte, sogd, nhoquan, foreign: stranger } = province;
    expect((await valuesOf(desk, findingsOpen, soyte)).map(({ state }) => state)).toEqual(['no-data']);
    await takeIn(desk, listOf(province.sotttt), [row(soyte, '14.225.10.5', BEFORE)]);
    const values = await valuesOf(desk, findingsOpen, soyte, sogd, nhoquan, stranger);
    expect(values.map(({ state, value, of }) => [state, value, of])).toEqual([
      ['missed', 1, 1],
      ['no-data', null, null],
      ['met', 0, 0],
      ['no-data', null, null],
    ]);
    expect(values[1]!.text.vi).toMatch(/Chưa có dải địa chỉ/);
    expect(values[2]!.text.vi).toMatch(/Không có trong danh sách mới nhất \(đến ngày 20\/4\/2024\)/);
  });

  it('counts against the newest list, opens its rows, and says the same to the organisation', async () => {
    const { soyte } = province;
    await takeIn(desk, listOf(province.sotttt), [
      row(soyte, '14.225.10.5', BEFORE),
      row(soyte, '14.225.10.6', BEFORE),
      row(soyte, '14.225.10.7', BEFORE),
    ]);
    await takeIn(desk, listOf(province.sotttt, { ...may, due: '2024-06-01' }), [
      row(soyte, '14.225.10.5', AFTER),
      row(soyte, '14.225.10.6', AFTER),
      row(soyte, '14.225.10.8', AFTER),
    ]);
    const [one] = (await all(health)).items.filter(({ address }) => address === '14.225.10.8');
    await answerFindings(health, { ids: [one!.id], answer: 'cleaned' });
    for (const ctx of [desk, health]) {
      const [value] = await valuesOf(ctx, findingsOpen, soyte);
      expect(value).toMatchObject({ state: 'at-risk', value: 2, of: 3 });
      expect(value!.text.vi).toMatch(/2\/3 .*1 điểm đã trả lời.*1 điểm của các danh sách trước còn mở/);
      await expectOpens(ctx, findingsOpen, value!);
    }
    const late = on(desk, '2024-06-05T03:00:00Z');
    expect((await valuesOf({ ...late, scope: { ...late.scope, day: '2024-06-05' } }, findingsOpen, soyte))[0]!.state).toBe('missed');
    const ids = (await all(health)).items.filter(({ inNewest }) => inNewest).map(({ id }) => id);
    await answerFindings(health, { ids, answer: 'patched' });
    expect((await valuesOf(desk, findingsOpen, soyte))[0]).toMatchObject({ state: 'at-risk', value: 0, of: 3 });
  });

  it('nobody else learns of them, and an exercise counts in itself alone', async () => {
    const exercise = '01900000-0000-7000-8000-0000000000ee';
    await takeIn(desk, listOf(province.sotttt, { exercise }), [row(province.soyte, '14.225.10.5', BEFORE)]);
    expect((await valuesOf(desk, findingsOpen, province.soyte))[0]!.state).toBe('no-data');
    const within = await inSnapshot(desk, (tx) => findingsOpen.compute(tx, desk, [province.soyte], { ...window, exercise }));
    expect(within[0]).toMatchObject({ state: 'missed', value: 1, of: 1 });
    expect(within[0]!.list).toBeUndefined();
    await takeIn(desk, listOf(province.sotttt), [row(province.soyte, '14.225.10.5', BEFORE)]);
    for (const stranger of [school, foreign]) {
      for (const measure of [findingsOpen, findingsAgain, findingsDays, assetsRegistered]) {
        expect((await valuesOf(stranger, measure, province.soyte))[0]).toMatchObject({ state: 'no-data', value: null, of: null });
        expect(await rowsOf(stranger, measure, province.soyte)).toEqual([]);
      }
    }
  });
});

describe('after answers', () => {
  it('seen again is of those that a later list judged, and days are working days until a cleaning that stands', async () => {
    const { soyte } = province;
    const taken = on(desk, '2024-04-22T03:00:00Z');
    await takeIn(
      taken,
      listOf(province.sotttt),
      ['5', '6', '7', '8'].map((host) => row(soyte, `14.225.10.${host}`, BEFORE)),
    );
    expect((await valuesOf(desk, findingsDays, soyte))[0]).toMatchObject({ state: 'no-data', value: null });
    const idOf = async (host: string) => (await all(health)).items.find(({ address }) => address === `14.225.10.${host}`)!.id;
    // 30 April and 1 May are holidays: 2 May is the sixth working day after 22 April.
    await answerFindings(on(health, '2024-04-22T09:00:00Z'), { ids: [await idOf('5')], answer: 'cleaned' });
    await answerFindings(on(health, '2024-04-24T09:00:00Z'), { ids: [await idOf('6')], answer: 'patched' });
    await answerFindings(on(health, '2024-05-02T09:00:00Z'), { ids: [await idOf('7')], answer: 'cleaned' });
    expect((await valuesOf(desk, findingsAgain, soyte))[0]).toMatchObject({ state: 'no-data', value: null });
    expect((await valuesOf(desk, findingsAgain, soyte))[0]!.text.vi).toMatch(/^3 điểm đã bóc gỡ, chờ/);
    const [before] = await valuesOf(health, findingsDays, soyte);
    expect(before).toMatchObject({ state: 'met', value: 2, of: null });
    await expectOpens(health, findingsDays, before!);
    await takeIn(on(desk, '2024-05-21T03:00:00Z'), listOf(province.sotttt, may), [row(soyte, '14.225.10.5', AFTER)]);
    const [again] = await valuesOf(desk, findingsAgain, soyte);
    expect(again).toMatchObject({ state: 'missed', value: 1, of: 3 });
    await expectOpens(desk, findingsAgain, again!);
    const [days] = await valuesOf(desk, findingsDays, soyte);
    expect(days).toMatchObject({ value: 4, list: { total: 2 } });
    await expectOpens(desk, findingsDays, days!);
    const overall = await inSnapshot(desk, (tx) => findingsDays.overall!(tx, desk, [soyte, province.sogd], window));
    expect(overall).toEqual({ value: 4, of: null });
  });

  it('the median of an even number is the mean of the middle two', () => {
    expect(medianOf([])).toBeNull();
    expect(
      medianOf([
        { days: 7, n: 1 },
        { days: 0, n: 1 },
      ]),
    ).toBe(3.5);
    expect(
      medianOf([
        { days: 7, n: 1 },
        { days: 0, n: 2 },
      ]),
    ).toBe(0);
    expect(
      medianOf([
        { days: 9, n: 2 },
        { days: 1, n: 2 },
      ]),
    ).toBe(5);
  });
});

it('a unit below a supervised one has its name for the authority, and the overview counts the days until cleaned', async () => {
  const hospital = await makeCtx(desk.stores, province.benhvien, 'officer');
  await held(hospital, desk, range(province.benhvien, '14.225.40.0/24'));
  await takeIn(on(desk, '2024-04-22T03:00:00Z'), listOf(province.sotttt), [row(province.benhvien, '14.225.40.1', BEFORE)]);
  expect((await findingsOverview(desk, {})).units).toMatchObject([{ organisation: { name: 'Bệnh viện Đa khoa tỉnh' }, open: 1 }]);
  expect((await findingsOverview(desk, {})).cleaning).toEqual({ days: null, of: 0 });
  const { items } = await all(hospital);
  expect(items[0]!.organisation.name).toBe('Bệnh viện Đa khoa tỉnh');
  await answerFindings(on(hospital, '2024-04-24T03:00:00Z'), { ids: [items[0]!.id], answer: 'cleaned' });
  for (const ctx of [desk, hospital]) expect((await findingsOverview(ctx, {})).cleaning).toEqual({ days: 2, of: 1 });
});

describe('organisations without a range', () => {
  it('are no data: neither nothing nor a claim that waits is good', async () => {
    const { soyte, sogd, giavien } = province;
    const values = await valuesOf(desk, assetsRegistered, soyte, sogd, giavien);
    expect(values.map(({ state, value }) => [state, value])).toEqual([
      ['met', 1],
      ['no-data', null],
      ['no-data', null],
    ]);
    expect(values[1]!.text.vi).toMatch(/1 đăng ký đang chờ duyệt/);
    expect(await rowsOf(desk, assetsRegistered, soyte)).toHaveLength(1);
    expect(await rowsOf(desk, assetsRegistered, sogd)).toEqual([]);
  });
});

const proposed = (text: string): string[] =>
  [findingsOpen, findingsAgain, findingsDays, assetsRegistered].filter((one) => one.proposes(fold(text))).map(({ id }) => id);

describe('the text of a requirement', () => {
  it.each([
    ['Bóc gỡ triệt để mã độc trên toàn bộ máy trạm, không để tái nhiễm', ['findings.open', 'findings.again']],
    ['Khẩn trương rà soát, xử lý các máy tính bị nhiễm mã độc theo danh sách gửi kèm', ['findings.open', 'findings.days']],
    ['Kiểm tra các địa chỉ IP thuộc mạng máy tính ma, báo cáo kết quả', ['findings.open']],
    ['Đối chiếu với danh sách địa chỉ IP được cảnh báo hằng tháng hoặc đột xuất', ['findings.open', 'assets.registered']],
    ['Rà soát, đăng ký dải địa chỉ IP công cộng đang sử dụng', ['assets.registered']],
  ])('%s', (text, measures) => {
    expect(proposed(text)).toEqual(measures);
  });

  it.each([
    'Tổ chức tuyên truyền, nâng cao nhận thức về mã độc, mạng botnet và cách bóc gỡ mã độc',
    'Theo dõi thường xuyên hệ thống phòng, chống mã độc tập trung, phát hiện, xử lý kịp thời cảnh báo mã độc được xác minh',
    'Báo cáo hằng tháng hoặc đột xuất về danh sách cán bộ đầu mối',
    'Rà soát máy tính mà cơ quan được cấp, lập danh sách thanh lý',
    'Kiểm tra máy tính mã hóa dữ liệu theo quy định',
    'Loại bỏ các thủ tục hành chính không cần thiết',
    'Cập nhật danh sách IP của máy in',
  ])('not: %s', (text) => {
    expect(proposed(text)).toEqual([]);
  });
});

const SHARED = new URL('../../../../../shared/', import.meta.url);
const isThere = existsSync(SHARED);
if (!isThere) console.warn('Skipped: the real directive and other dispatches need ../shared.');
const itemsOf = (text: string) => readDirective(text).requirements.map((item) => ({ path: item.path, measures: proposed(item.text) }));

describe.skipIf(!isThere)('real documents', () => {
  it('of the directive from which the product was thought out, item 1.c alone', () => {
    const seed = new URL('seed/', SHARED);
    const name = readdirSync(seed).find((file) => file.endsWith('.txt'))!;
    expect(itemsOf(readFileSync(new URL(name, seed), 'utf8')).filter(({ measures }) => measures.length > 0)).toEqual([
      { path: '1.c', measures: ['findings.open', 'assets.registered'] },
    ]);
  });

  it('of no other one', () => {
    const others = new URL('data/dispatches/', SHARED);
    const files = readdirSync(others).filter((file) => file.endsWith('.txt') && !file.startsWith('01-'));
    const items = files.flatMap((file) => itemsOf(readFileSync(new URL(file, others), 'utf8')).map((item) => ({ file, ...item })));
    expect(items.length).toBeGreaterThan(20);
    expect(items.filter(({ measures }) => measures.length > 0)).toEqual([]);
  });
});
