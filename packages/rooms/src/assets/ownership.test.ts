import { type Ctx, type Database, inSnapshot } from '@vonggac/store';
import { makeCtx, makeHouseCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createOrganisation, listLeftovers, handOn, offerHoldings, reorganise } from '../organisations/index.ts';
import { held, range } from './fixture.ts';
import {
  approveAssets,
  claimAsset,
  followOverseers,
  getAsset,
  heldAssets,
  listAssets,
  type RegisteredNetwork,
  registerOf,
  transferAssets,
} from './index.ts';
import { networkOf, readAddress } from './network.ts';
import { assets } from './tables.ts';

let database: Database;
let province: Province;
let ubnd: Ctx;
const NOW = '2026-04-26T08:00:00+07:00';

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  ubnd = await makeCtx(makeStores(database), province.ubnd, 'desk', { now: NOW });
  offerHoldings(heldAssets);
});
afterAll(() => database.close());
afterEach(async () => {
  const owner = database.owner();
  await owner.connect();
  await owner.query('delete from assets');
  await owner.end();
});

const again = () => makeCtx(ubnd.stores, province.ubnd, 'desk', { now: NOW });
const register = async () => inSnapshot(await makeHouseCtx(ubnd.stores, NOW), (tx) => registerOf(tx, { networks: true }));

/** Longest prefix among those that hold on the day; on equal prefixes the later start. */
function holderAt(networks: readonly RegisteredNetwork[], address: string, day: string): string | null {
  const wanted = readAddress(address)!;
  const found = networks.filter(({ network, from, to }) => {
    const [first = '', length = ''] = network.split('/');
    const start = readAddress(first)!;
    const prefix = networkOf(start.family, start.value, Number(length));
    return (
      prefix.family === wanted.family &&
      prefix.first <= wanted.value &&
      wanted.value <= prefix.last &&
      (from ?? '') <= day &&
      (to === null || day < to)
    );
  });
  const lengthOf = (one: RegisteredNetwork): number => Number(one.network.split('/')[1]);
  return found.toSorted((a, b) => lengthOf(b) - lengthOf(a) || ((a.from ?? '') < (b.from ?? '') ? 1 : -1))[0]?.organisation ?? null;
}

const unit = async (name: string): Promise<string> =>
  (await createOrganisation(await again(), { kind: 'unit', name, parentId: province.ubnd })).id;

describe('a reorganisation', () => {
  it('carries ownership with its date: days before it keep the old unit, and the history is one line', async () => {
    const [old, next] = [await unit('Trung tâm Cũ'), await unit('Trung tâm Mới')];
    const desk = await again();
    const id = await held(desk, desk, range(old, '14.225.60.0/24'));
    const system = await held(desk, desk, { kind: 'system', name: 'Cổng', level: 2, organisation: old, from: null, to: null });
    await held(desk, desk, { ...range(old, '2405:4800:60::/48'), system });
    const { id: waiting } = await claimAsset(await makeCtx(ubnd.stores, old, 'officer', { now: NOW }), range(old, '14.225.61.0/24'));
    await reorganise(desk, { kind: 'merge', on: '2025-07-01', predecessors: [old], successors: [next], reason: 'NQ', assignments: [] });
    const { networks } = await register();
    for (const address of ['14.225.60.7', '2405:4800:60::1']) {
      expect(holderAt(networks, address, '2025-06-30')).toBe(old);
      expect(holderAt(networks, address, '2025-07-01')).toBe(next);
    }
    // The system went along, its range belongs to the new one.
    expect(networks.find((one) => one.organisation === next && one.network.startsWith('2405'))).toMatchObject({ level: 2 });
    const after = await again();
    const line = (await getAsset(after, id)).line;
    expect(line.map(({ organisation }) => organisation!.id)).toEqual([old, next]);
    expect(await getAsset(after, waiting)).toMatchObject({ organisation: { id: next }, state: 'claimed' });
  });

  it('that dissolves leaves the register with the desk, which hands it on', async () => {
    const [old, next] = [await unit('Trạm Cũ'), await unit('Trạm Mới')];
    const desk = await again();
    await held(desk, desk, range(old, '14.225.62.0/24'));
    await reorganise(desk, { kind: 'dissolve', on: '2025-07-01', predecessors: [old], successors: [], reason: 'NQ', assignments: [] });
    expect(holderAt((await register()).networks, '14.225.62.1', '2026-01-01')).toBe(old);
    const { items } = await listLeftovers(await again(), { state: 'waiting', kind: 'assets', page: 1, size: 10 });
    expect(items).toMatchObject([{ from: { id: old } }]);
    await handOn(await again(), { assignments: [{ leftover: items[0]!.id, to: next }], reason: 'Bàn giao' });
    const { networks } = await register();
    expect(holderAt(networks, '14.225.62.1', '2026-04-25')).toBe(old);
    expect(holderAt(networks, '14.225.62.1', '2026-04-26')).toBe(next);
  });

  it('of the authority gives the register to the new one', async () => {
    const desk = await makeCtx(ubnd.stores, province.sotttt, 'desk', { now: NOW });
    await held(desk, desk, range(province.soyte, '14.225.63.0/24'));
    const owner = database.owner();
    await owner.connect();
    await owner.query(`update supervisions set valid_to = '2026-01-01' where organisation = $1`, [province.soyte]);
    await owner.query(
      `insert into supervisions (id, supervisor, organisation, field, valid_from) values (gen_random_uuid(), $1, $2, 'an toàn thông tin mạng', '2026-01-01')`,
      [province.sogd, province.soyte],
    );
    await owner.end();
    await followOverseers(await makeHouseCtx(ubnd.stores, NOW));
    const list = { state: 'live', sort: 'name', page: 1, size: 10 } as const;
    expect((await listAssets(await makeCtx(ubnd.stores, province.sogd, 'desk', { now: NOW }), list)).total).toBe(1);
    expect((await listAssets(await makeCtx(ubnd.stores, province.sotttt, 'desk', { now: NOW }), list)).total).toBe(0);
  });
});

type Step =
  | { act: 'hold'; unit: number; network: string; from: string; to: string | null }
  | { act: 'transfer'; network: string; unit: number; on: string }
  | { act: 'merge'; unit: number; into: number; on: string };

const NETWORKS = ['14.230.0.0/16', '14.230.0.0/17', '14.230.128.0/24', '14.230.128.64/26', '2405:4801::/32', '2405:4801:1::/48'];
const ADDRESSES = ['14.230.0.1', '14.230.128.1', '14.230.128.65', '14.230.200.1', '2405:4801::1', '2405:4801:1::1'];
const DAYS = ['2024-12-31', '2025-01-01', '2025-03-01', '2025-06-30', '2025-07-01', '2025-12-31', '2026-01-01'];
const network = fc.constantFrom(...NETWORKS);
const day = fc.constantFrom(...DAYS);
const place = fc.integer({ min: 0, max: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('hold' as const), unit: place, network, from: day, to: fc.option(day) }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('transfer' as const), network, unit: place, on: day }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('merge' as const), unit: place, into: place, on: day }) },
);

/** Who holds a network each day, written day by day: nothing about rows, periods or locks. */
class Naive {
  readonly by = new Map<string, (string | null)[]>(NETWORKS.map((one) => [one, DAYS.map(() => null)]));

  set(one: string, from: string, to: string | null, change: (holder: string | null) => string | null): void {
    this.by.set(
      one,
      this.by.get(one)!.map((holder, at) => (DAYS[at]! >= from && (to === null || DAYS[at]! < to) ? change(holder) : holder)),
    );
  }
  isFree(one: string, from: string, to: string | null): boolean {
    return this.by.get(one)!.every((holder, at) => holder === null || DAYS[at]! < from || (to !== null && DAYS[at]! >= to));
  }
  holderAt(address: string, at: number): string | null {
    const wanted = readAddress(address)!;
    const length = (one: string): number => Number(one.split('/')[1]);
    const found = NETWORKS.filter((one) => {
      const start = readAddress(one.split('/')[0]!)!;
      const host = BigInt((start.family === 4 ? 32 : 128) - length(one));
      return start.family === wanted.family && start.value >> host === wanted.value >> host && this.by.get(one)![at] !== null;
    });
    return found.length === 0 ? null : this.by.get(found.toSorted((a, b) => length(b) - length(a))[0]!)![at]!;
  }
}

async function act(desk: Ctx, units: string[], gone: Set<string>, one: Step, naive: Naive): Promise<void> {
  const to = units[one.act === 'merge' ? one.into : one.unit]!;
  if (gone.has(to)) return;
  if (one.act === 'hold') {
    if (one.to !== null && one.to <= one.from) return;
    const claim = range(to, one.network, { from: one.from, to: one.to });
    const isFree = naive.isFree(one.network, one.from, one.to);
    const done = await claimAsset(desk, claim).then(
      () => true,
      () => false,
    );
    expect(done).toBe(isFree);
    if (done) naive.set(one.network, one.from, one.to, () => to);
  } else if (one.act === 'transfer') {
    const { networks } = await register();
    const row = networks.find((row) => row.network === one.network && (row.from ?? '') < one.on && (row.to === null || one.on < row.to));
    if (!row || row.organisation === to) return;
    await transferAssets(desk, { ids: [row.asset], to, on: one.on, reason: 'x' });
    naive.set(one.network, one.on, row.to, () => to);
  } else {
    const from = units[one.unit]!;
    if (from === to || gone.has(from)) return;
    await reorganise(desk, { kind: 'merge', on: one.on, predecessors: [from], successors: [to], reason: 'x', assignments: [] });
    gone.add(from);
    for (const network of NETWORKS) naive.set(network, one.on, null, (holder) => (holder === from ? to : holder));
  }
}

describe('ownership by day', () => {
  it('is what a naive calendar says after any acts: equal and nested prefixes, IPv4 and IPv6, transfers and mergers', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        run++;
        const units: string[] = [];
        for (const letter of ['A', 'B', 'C', 'D']) units.push(await unit(`Đơn vị ${letter} ${run}`));
        const [desk, naive, gone] = [await again(), new Naive(), new Set<string>()];
        const owner = database.owner();
        await owner.connect();
        await owner.query('delete from assets');
        await owner.end();
        for (const one of steps) await act(desk, units, gone, one, naive);
        const { networks } = await register();
        for (const address of ADDRESSES)
          for (const [at, on] of DAYS.entries())
            expect([address, on, holderAt(networks, address, on)]).toEqual([address, on, naive.holderAt(address, at)]);
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});

it('a claim that goes on from another keeps the chain when approved by ending it', async () => {
  const desk = await again();
  const first = await held(desk, desk, range(province.giavien, '14.231.0.0/24'));
  const officer = await makeCtx(ubnd.stores, province.nhoquan, 'officer', { now: NOW });
  const { id } = await claimAsset(officer, range(province.nhoquan, '14.231.0.0/24'));
  await approveAssets(desk, { ids: [id], endOthersOn: '2026-01-01' });
  const [row] = await inSnapshot(desk, (tx) => tx.select().from(assets).where(eq(assets.id, id)));
  expect(row).toMatchObject({ continues: first, validFrom: '2026-01-01' });
});
