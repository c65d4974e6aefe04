import { fold } from '@vonggac/kernel';
import { type Ctx, containing, inSnapshot, type Tx } from '@vonggac/store';
import { type SQL, sql } from 'drizzle-orm';
import { organisationNames, unitNamesOf } from '../organisations/index.ts';
import { today } from './internal.ts';
import type { FindingState } from './model.ts';
import { begins, searchedNetwork, withinNetwork } from './query.ts';
import { findings, findingSums } from './tables.ts';

/** A finding as far as a search shows it. `shown`: the address, machine or domain that was found. */
export type FoundFinding = { id: string; shown: string; family: string; organisation: string; state: FindingState };
/** An organisation with findings, and how many of them are open. */
export type FoundUnit = { id: string; name: string; open: number };

/** Who holds fewer is read whole; who holds more fills a page from the index long before it has been read through. */
const FEW = 5_000;

type Found = Pick<FoundFinding, 'id' | 'shown' | 'family' | 'state'> & { organisation: string };
/** Whose findings a search looks at, and how many these are. */
type Holding = { column: 'overseer' | 'organisation'; keys: string[]; n: number };
type Searched = { holding: Holding; limit: number };

/**
 * Findings within reach whose address, machine or domain begins as typed, and the organisations with findings that are named so,
 * diacritics or not. Of an address at least two parts have to be there: `14.` is half of the country.
 */
export async function searchFindings(ctx: Ctx, q: string, limit: number): Promise<{ findings: FoundFinding[]; units: FoundUnit[] }> {
  const typed = fold(q).trim();
  return inSnapshot(ctx, async (tx) => {
    const { rows } = await tx.execute<{ overseer: string; organisation: string; n: number; open: number }>(sql`
      select overseer, organisation, sum(n)::int as n, (sum(n) filter (where state = 'open' and exercise = ''))::int as open
      from ${findingSums} where n > 0 group by overseer, organisation`);
    if (rows.length === 0) return { findings: [], units: [] };
    const found = new Map<string, Found>();
    for (const holding of holdingsIn(ctx, rows))
      for (const one of await lookedUp(tx, typed, { holding, limit })) if (found.size < limit) found.set(one.id, one);
    const units = await unitsNamed(tx, ctx, { typed, rows, limit });
    const names = await unitNamesOf(
      tx,
      [...found.values()].map(({ organisation }) => organisation),
      today(ctx),
    );
    const named = [...found.values()].map((one) => ({ ...one, organisation: names.get(one.organisation) ?? '' }));
    return { findings: named, units };
  });
}

function holdingsIn(ctx: Ctx, rows: readonly { overseer: string; organisation: string; n: number }[]): Holding[] {
  const scope = new Set(ctx.scope.organisations);
  return (['overseer', 'organisation'] as const).flatMap((column): Holding[] => {
    const mine = rows.filter((row) => scope.has(row[column]));
    if (mine.length === 0) return [];
    return [{ column, keys: [...new Set(mine.map((row) => row[column]))], n: mine.reduce((sum, { n }) => sum + n, 0) }];
  });
}

async function lookedUp(tx: Tx, typed: string, searched: Searched): Promise<Found[]> {
  if (typed.length < 2) return [];
  const network = searchedNetwork(typed);
  if (network !== null) {
    const isWide = !typed.includes(':') && typed.split('/')[0]!.split('.').filter(Boolean).length < 2;
    if (isWide) return [];
    return looked(tx, searched, { shown: sql`host(f.address)`, within: withinNetwork(network), order: sql`f.address` });
  }
  const machines = await looked(tx, searched, {
    shown: sql`f.machine`,
    within: begins('machine_folded', typed),
    order: byBytes('machine_folded'),
  });
  if (machines.length >= searched.limit) return machines;
  return [
    ...machines,
    ...(await looked(tx, searched, { shown: sql`f.domain`, within: begins('domain', typed), order: byBytes('domain') })),
  ];
}

const byBytes = (column: 'machine_folded' | 'domain'): SQL => sql`${sql.raw(`f.${column}`)} using ~<~`;

async function looked(
  tx: Tx,
  { holding: { column, keys, n }, limit }: Searched,
  { shown, within, order }: { shown: SQL; within: SQL; order: SQL },
): Promise<Found[]> {
  const mine = sql`f.${sql.raw(column)} = any(${sql.param(keys)}::uuid[]) and f.state <> 'void' and f.exercise is null`;
  const from = n <= FEW ? sql`(select * from ${findings} f where ${mine} offset 0)` : sql`${findings}`;
  const { rows } = await tx.execute<Found>(sql`
    select f.id, ${shown} as shown, f.family, f.state, f.organisation from ${from} f
    where ${n <= FEW ? sql`true` : mine} and ${within} order by ${order} limit ${limit}`);
  return rows;
}

type Naming = { typed: string; rows: readonly { organisation: string; open: number | null }[]; limit: number };

async function unitsNamed(tx: Tx, ctx: Ctx, { typed, rows, limit }: Naming): Promise<FoundUnit[]> {
  const open = new Map<string, number>();
  for (const { organisation, open: n } of rows) open.set(organisation, (open.get(organisation) ?? 0) + (n ?? 0));
  const { rows: like } = await tx.execute<{ organisation: string }>(sql`
    select distinct organisation from ${organisationNames}
    where organisation = any(${sql.param([...open.keys()])}::uuid[]) and folded like ${containing(typed)}`);
  const most = like
    .map(({ organisation }) => ({ id: organisation, open: open.get(organisation) ?? 0 }))
    .toSorted((a, b) => b.open - a.open || (a.id < b.id ? -1 : 1))
    .slice(0, limit);
  const names = await unitNamesOf(
    tx,
    most.map(({ id }) => id),
    today(ctx),
  );
  return most.map((one) => ({ ...one, name: names.get(one.id) ?? '' }));
}
