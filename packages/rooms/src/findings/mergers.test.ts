import { type Ctx, type Database, on } from '@vonggac/store';
import { makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { heldAssets, moveOverseen } from '../assets/index.ts';
import { createOrganisation, offerHoldings, type OrganisationReorganised, reorganise } from '../organisations/index.ts';
import { listOf, row, takeIn } from './fixture.ts';
import { answerFindings, heldFindings, listFindings } from './index.ts';

offerHoldings(heldAssets);
offerHoldings(heldFindings);
on<OrganisationReorganised>('organisations.reorganised', moveOverseen);

let database: Database;
let province: Province;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
});
afterAll(() => database.close());

const NOW = '2024-06-03T08:00:00+07:00';
const root = (): Promise<Ctx> => makeCtx(makeStores(database), province.ubnd, 'desk', { now: NOW });

type Seen = { unit: number; machine: number; family: number };
type Step = { act: 'list'; rows: Seen[] } | { act: 'answer'; at: number } | { act: 'merge'; from: number; to: number };
const four = fc.integer({ min: 0, max: 3 });
const seen: fc.Arbitrary<Seen> = fc.record({ unit: four, machine: fc.integer({ min: 0, max: 2 }), family: fc.integer({ min: 0, max: 1 }) });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('list' as const), rows: fc.array(seen, { minLength: 1, maxLength: 8 }) }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('answer' as const), at: fc.integer({ min: 0, max: 20 }) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('merge' as const), from: four, to: four }) },
);

/** Which sightings a machine of a unit has, kept in a map: nothing about findings, their states or who answered. */
class Naive {
  readonly at = new Map<string, { sightings: number; lists: Set<number> }>();
  readonly into = new Map<number, number>();

  living(unit: number): number {
    return this.into.has(unit) ? this.living(this.into.get(unit)!) : unit;
  }
  add(list: number, { unit, machine, family }: Seen): void {
    const key = `${this.living(unit)} ${machine} ${family}`;
    const held = this.at.get(key) ?? { sightings: 0, lists: new Set() };
    held.sightings++;
    held.lists.add(list);
    this.at.set(key, held);
  }
  merge(from: number, to: number): void {
    this.into.set(from, to);
    for (const [key, held] of new Map(this.at)) {
      const [unit, machine, family] = key.split(' ');
      if (unit !== String(from)) continue;
      this.at.delete(key);
      const target = `${to} ${machine} ${family}`;
      const there = this.at.get(target);
      this.at.set(target, {
        sightings: held.sightings + (there?.sightings ?? 0),
        lists: new Set([...held.lists, ...(there?.lists ?? [])]),
      });
    }
  }
}

const query = async (text: string, values: unknown[] = []): Promise<object[]> => {
  const owner = database.owner();
  await owner.connect();
  try {
    return (await owner.query<Record<string, unknown>>(text, values)).rows;
  } finally {
    await owner.end();
  }
};

it('after any lists, answers and mergers each machine of each unit is one finding with all its sightings, and counters are true', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 10 }), async (steps) => {
      run++;
      await query(
        'truncate findings, sightings, finding_events, finding_files, finding_lists, list_shares, finding_counts, finding_sums, finding_families, finding_times',
      );
      const units: string[] = [];
      for (const letter of ['A', 'B', 'C', 'D'])
        units.push((await createOrganisation(await root(), { kind: 'unit', name: `Đơn vị ${letter} ${run}`, parentId: province.ubnd })).id);
      const desk = await root();
      const naive = new Naive();
      for (const [at, one] of steps.entries()) await act(desk, units, one, { at, naive });
      const rows = await query(
        `select array_position($1::uuid[], organisation) - 1 || ' ' || split_part(machine_key, '.', 4) || ' ' || family as key, sightings, lists from findings where state <> 'void' order by 1`,
        [units],
      );
      const wanted = [...naive.at].map(([key, { sightings, lists }]) => ({ key, sightings, lists: lists.size }));
      expect(rows).toEqual(wanted.toSorted((a, b) => (a.key < b.key ? -1 : 1)));
      const wrong = await query(
        `select organisation, state, in_newest, coalesce(verdict, '') as verdict, count(*)::int as n from findings group by 1, 2, 3, 4
         except select organisation, state, in_newest, verdict, sum(n)::int from finding_sums group by 1, 2, 3, 4`,
      );
      expect(wrong).toEqual([]);
    }),
    { numRuns: 20 },
  );
}, 180_000);

async function act(desk: Ctx, units: readonly string[], one: Step, { at, naive }: { at: number; naive: Naive }): Promise<void> {
  const day = `2024-0${1 + Math.floor(at / 20)}-${String(1 + (at % 20)).padStart(2, '0')}`;
  if (one.act === 'list') {
    const list = listOf(province.ubnd, { title: `Danh sách ${at}`, coversFrom: `${day}T00:00:00.000Z`, coversTo: `${day}T23:00:00.000Z` });
    const rows = one.rows.map(({ unit, machine, family }, n) =>
      row(units[naive.living(unit)]!, `14.225.10.${machine}`, `${day}T10:00:${String(n).padStart(2, '0')}.000Z`, {
        family: String(family),
      }),
    );
    await takeIn(desk, list, rows);
    for (const each of one.rows) naive.add(at, each);
  } else if (one.act === 'answer') {
    const clock = { now: () => Temporal.Instant.from(`${day}T12:00:00Z`) };
    const { items } = await listFindings(desk, { state: 'open', sort: 'seen', page: 1, size: 50 });
    const found = items[one.at % Math.max(1, items.length)];
    if (!found) return;
    const agency = await makeCtx(desk.stores, found.organisation.id, 'officer', { now: NOW });
    await answerFindings({ ...agency, clock }, { ids: [found.id], answer: 'cleaned' });
  } else {
    const [from, to] = [naive.living(one.from), naive.living(one.to)];
    if (from === to) return;
    const merged = { predecessors: [units[from]!], successors: [units[to]!] };
    await reorganise(desk, { kind: 'merge', on: '2024-06-01', ...merged, reason: 'x', assignments: [] });
    naive.merge(from, to);
  }
}
