import { fold } from '@vonggac/kernel';
import { containing, type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { and, asc, count, desc, eq, inArray, like, or, type SQL, sql } from 'drizzle-orm';
import { namesOf, organisationNames } from '../organisations/index.ts';
import { shownDomain } from './domain.ts';
import { type Asset, has, keeps, oversees, today } from './internal.ts';
import { ASSET_KINDS, type AssetKind, type ShownState, shownState, type Usage } from './model.ts';
import { searchedNetwork } from './network.ts';
import { assets } from './tables.ts';

export const SORTS = ['name', 'organisation', 'value', 'from', 'claimed', 'level'] as const;
export type AssetSort = (typeof SORTS)[number] | `-${(typeof SORTS)[number]}`;

export type AssetQuery = {
  q?: string | undefined;
  kind?: AssetKind | undefined;
  /** `live`, the default: claimed, and approved ones that are not over. */
  state: ShownState | 'live' | 'all';
  usage?: Usage | undefined;
  organisation?: string | undefined;
  /** What belongs to a system. */
  system?: string | undefined;
  sort: AssetSort;
  page: number;
  size: number;
};

export type AssetView = {
  id: string;
  kind: AssetKind;
  name: string;
  organisation: { id: string; name: string };
  /** Its range, domain or internal address as people read it. */
  value: string | null;
  mac: string | null;
  withSubdomains: boolean;
  usage: Usage;
  system: { id: string; name: string } | null;
  level: number | null;
  levelDecision: string | null;
  levelDay: string | null;
  state: ShownState;
  from: string | null;
  to: string | null;
  note: string | null;
  reason: string | null;
  claimed: { by: string; at: string };
  decided: { by: string; at: string } | null;
  /** Another holds the same in these days. */
  rivals: number;
  version: number;
  can: { change: boolean; decide: boolean; end: boolean; withdraw: boolean };
};

const over = (day: string): SQL => sql`coalesce(${assets.validTo}, 'infinity'::date) <= ${day}::date`;

function inState(state: AssetQuery['state'], day: string): SQL | undefined {
  if (state === 'all') return undefined;
  const approved = and(eq(assets.state, 'approved'), sql`not ${over(day)}`);
  if (state === 'live') return or(eq(assets.state, 'claimed'), approved);
  if (state === 'approved') return approved;
  return state === 'ended' ? and(eq(assets.state, 'approved'), over(day)) : eq(assets.state, state);
}

/** By name, address, domain, decision or unit without diacritics; an address also finds the ranges around and inside of it. */
function searched(q: string | undefined): SQL | undefined {
  if (!q) return undefined;
  const pattern = containing(fold(q));
  const network = searchedNetwork(q);
  return or(
    like(assets.folded, pattern),
    inArray(assets.organisation, sql`(select organisation from ${organisationNames} where folded like ${pattern})`),
    network === null ? undefined : sql`${assets.network} && ${network}::inet`,
    network === null ? undefined : sql`${assets.address} <<= ${network}::inet`,
  );
}

/** In one direction, so that an index reads them either way. */
function order(sort: AssetSort, kind: AssetKind | undefined): SQL[] {
  const by = {
    name: [assets.folded],
    organisation: [assets.organisationName, assets.folded],
    value: kind === 'range' ? [assets.network, assets.folded] : [assets.network, assets.domain, assets.address, assets.folded],
    from: [assets.validFrom, assets.folded],
    claimed: [assets.claimedAt],
    level: [assets.level, assets.folded],
  }[sort.replace('-', '') as (typeof SORTS)[number]];
  const direction = sort.startsWith('-') ? desc : asc;
  return [...by, assets.id].map((column) => direction(column));
}

export function narrowing(query: Omit<AssetQuery, 'page' | 'size' | 'sort' | 'kind'>, day: string): SQL | undefined {
  return and(
    inState(query.state, day),
    query.usage ? eq(assets.usage, query.usage) : undefined,
    query.organisation ? eq(assets.organisation, query.organisation) : undefined,
    query.system ? eq(assets.system, query.system) : undefined,
    searched(query.q),
  );
}

/** The systems that rows belong to, and how many others hold or claim the same in their days. */
async function besides(tx: Tx, rows: readonly Asset[]) {
  const systems = [...new Set(rows.flatMap((row) => row.system ?? []))];
  const named =
    systems.length === 0 ? [] : await tx.select({ id: assets.id, name: assets.name }).from(assets).where(inArray(assets.id, systems));
  const waiting = rows.filter((row) => row.state === 'claimed').map((row) => row.id);
  const { rows: rivals } =
    waiting.length === 0
      ? { rows: [] }
      : await tx.execute<{ id: string; rivals: number }>(sql`
          select a.id, count(*)::int as rivals from ${assets} a join ${assets} b on b.key = a.key and b.id <> a.id and b.state in ('claimed', 'approved')
            and greatest(coalesce(a.valid_from, '-infinity'), coalesce(b.valid_from, '-infinity')) < least(coalesce(a.valid_to, 'infinity'), coalesce(b.valid_to, 'infinity'))
          where a.id = any(${sql.param(waiting)}::uuid[]) group by a.id`);
  return { systems: new Map(named.map((row) => [row.id, row])), rivals: new Map(rivals.map((row) => [row.id, row.rivals])) };
}

/** Rows as screens read them, in their order. */
export async function viewsOf(tx: Tx, ctx: Ctx, rows: readonly Asset[]): Promise<AssetView[]> {
  const day = today(ctx);
  const names = await namesOf(tx, [...new Set(rows.map((row) => row.organisation))], day);
  const { systems, rivals } = await besides(tx, rows);
  const [writes, approves] = [has(ctx, 'assets:write'), has(ctx, 'assets:approve')];
  return rows.map((row) => {
    const decide = approves && oversees(ctx, row);
    const acts = writes && (keeps(ctx, row) || decide);
    const state = shownState(row, day);
    return {
      id: row.id,
      kind: row.kind,
      name: row.name,
      organisation: { id: row.organisation, name: names.get(row.organisation)?.qualifiedName ?? row.organisationName },
      value: row.network ?? (row.domain === null ? row.address : shownDomain(row.domain)),
      mac: row.mac,
      withSubdomains: row.withSubdomains,
      usage: row.usage,
      system: row.system === null ? null : (systems.get(row.system) ?? null),
      level: row.level,
      levelDecision: row.levelDecision,
      levelDay: row.levelDay,
      state,
      from: row.validFrom,
      to: row.validTo,
      note: row.note,
      reason: row.reason,
      claimed: { by: row.claimedByName, at: row.claimedAt },
      decided: row.decidedAt === null ? null : { by: row.decidedByName ?? '', at: row.decidedAt },
      rivals: rivals.get(row.id) ?? 0,
      version: row.version,
      can: {
        change: acts && (state === 'claimed' || state === 'approved'),
        decide: decide && state === 'claimed',
        end: acts && state === 'approved',
        withdraw: acts && state === 'claimed',
      },
    };
  });
}

/** The register within the actor's sight: filtered, sorted and paged, with how many there are of each kind. */
export async function listAssets(ctx: Ctx, query: AssetQuery) {
  return inSnapshot(ctx, async (tx) => {
    const narrowed = narrowing(query, today(ctx));
    const counted = await tx.select({ kind: assets.kind, count: count() }).from(assets).where(narrowed).groupBy(assets.kind);
    const kinds = Object.fromEntries(ASSET_KINDS.map((kind) => [kind, counted.find((row) => row.kind === kind)?.count ?? 0])) as Record<
      AssetKind,
      number
    >;
    const rows = await tx
      .select()
      .from(assets)
      .where(and(narrowed, query.kind ? eq(assets.kind, query.kind) : undefined))
      .orderBy(...order(query.sort, query.kind))
      .limit(query.size)
      .offset((query.page - 1) * query.size);
    return {
      total: query.kind ? kinds[query.kind] : counted.reduce((sum, row) => sum + row.count, 0),
      kinds,
      items: await viewsOf(tx, ctx, rows),
      can: { write: has(ctx, 'assets:write'), approve: has(ctx, 'assets:approve') },
    };
  });
}
