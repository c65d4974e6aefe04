import type { Text } from '@vonggac/kernel';
import { type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { and, inArray, type SQL, sql } from 'drizzle-orm';
import { may, reaches } from '../access/index.ts';
import { readDomain, shownDomain } from './domain.ts';
import { amongAll, type Asset } from './internal.ts';
import { gapsOf, meets, type Period } from './model.ts';
import { isProblem, readAddress, readNetwork, isPrivate } from './network.ts';
import { assets } from './tables.ts';

export type Checked = {
  /** As it would be written; null where it cannot be read, with the cure in `problem`. */
  value: string | null;
  problem: Text | null;
  relations: Relation[];
  /** How many more there are than are listed. */
  more: number;
  /** Days between its holders on which nobody holds it. */
  gaps: { from: string; to: string }[];
};

export type Relation = {
  relation: 'same' | 'contains' | 'contained';
  /** Null, like the days, of a stranger's: it is only said that there is one. */
  id: string | null;
  value: string | null;
  organisation: { id: string; name: string } | null;
  state: 'claimed' | 'approved';
  from: string | null;
  to: string | null;
  /** Shares a day with the days that are asked for. */
  meets: boolean;
};

export type Asked = Period & { kind: 'range' | 'domain' | 'host'; value: string; except?: string | undefined };

const SHOWN = 50;

type Place = { value: string; related: SQL; relation: (row: Asset) => Relation['relation'] };

function placeOf({ kind, value }: Asked): Place | { problem: Text } {
  if (kind === 'range') {
    const network = readNetwork(value);
    if (isProblem(network)) return { problem: network.text };
    const length = (row: Asset): number => Number(row.network!.split('/')[1]);
    return {
      value: network.cidr,
      related: sql`${assets.network} && ${network.cidr}::inet`,
      relation: (row) => (row.network === network.cidr ? 'same' : length(row) < network.length ? 'contains' : 'contained'),
    };
  }
  if (kind === 'domain') {
    const domain = readDomain(value);
    if (typeof domain !== 'string') return { problem: domain.text };
    const above = domain.split('.').map((_, at, labels) => labels.slice(at).join('.'));
    return {
      value: domain,
      related: sql`(${assets.domain} = any(${sql.param(above)}::text[]) or ${assets.domain} like ${`%.${domain.replaceAll('_', String.raw`\_`)}`})`,
      relation: (row) => (row.domain === domain ? 'same' : domain.endsWith(`.${row.domain}`) ? 'contains' : 'contained'),
    };
  }
  const address = readAddress(value);
  if (!address)
    return { problem: { vi: 'Không đọc được địa chỉ IP. Ghi như 10.10.2.15.', en: 'This is no IP address. Write it like 10.10.2.15.' } };
  // A private address means something else in every organisation.
  const related = isPrivate(address)
    ? sql`false`
    : sql`(${assets.network} >>= ${address.text}::inet or ${assets.address} = ${address.text}::inet)`;
  return { value: address.text, related, relation: (row) => (row.address === address.text ? 'same' : 'contains') };
}

function shown(ctx: Ctx, row: Asset, asked: Asked, relation: Relation['relation']): Relation {
  const known = reaches(ctx, row.organisation) || reaches(ctx, row.overseer);
  const base = { relation, state: row.state as Relation['state'], meets: meets(asked, { from: row.validFrom, to: row.validTo }) };
  if (!known) return { ...base, id: null, value: null, organisation: null, from: null, to: null };
  return {
    ...base,
    id: row.id,
    value: row.network ?? (row.domain === null ? row.address : shownDomain(row.domain)),
    organisation: { id: row.organisation, name: row.organisationName },
    from: row.validFrom,
    to: row.validTo,
  };
}

/** Of strangers it is said once a relation that there are some, not how many. */
function strangersOnce(relations: readonly Relation[]): Relation[] {
  const known = relations.filter(({ id }) => id !== null);
  const strange = new Map<string, Relation>();
  for (const one of relations.filter(({ id }) => id === null)) {
    const former = strange.get(one.relation);
    const state = former?.state === 'approved' ? 'approved' : one.state;
    strange.set(one.relation, { ...one, state, meets: one.meets || former?.meets === true });
  }
  return [...known, ...strange.values()];
}

async function relatedTo(tx: Tx, place: Place, except: string | undefined): Promise<Asset[]> {
  return tx
    .select()
    .from(assets)
    .where(and(place.related, inArray(assets.state, ['claimed', 'approved']), sql`${assets.id} is distinct from ${except ?? null}::uuid`))
    .orderBy(assets.network, assets.domain, sql`${assets.validFrom} nulls first`, assets.id)
    .limit(2000);
}

/**
 * What a range, domain or address meets in the register, asked while it is typed. Of what lies outside of the actor's sight
 * it says only that it is there.
 */
export async function checkAsset(ctx: Ctx, asked: Asked): Promise<Checked> {
  may(ctx, 'assets:write');
  const place = placeOf(asked);
  if ('problem' in place) return { value: null, problem: place.problem, relations: [], more: 0, gaps: [] };
  const rows = await inSnapshot(ctx, (tx) => amongAll(tx, ctx, () => relatedTo(tx, place, asked.except)));
  const order = { same: 0, contains: 1, contained: 2 } as const;
  const relations = strangersOnce(rows.map((row) => shown(ctx, row, asked, place.relation(row)))).toSorted(
    (a, b) => order[a.relation] - order[b.relation],
  );
  // A stranger's days are not told, so neither are the gaps beside them.
  const same = rows.filter((row) => place.relation(row) === 'same' && row.state === 'approved');
  const told = same.every((row) => reaches(ctx, row.organisation) || reaches(ctx, row.overseer));
  const periods = [...same.map((row) => ({ from: row.validFrom, to: row.validTo })), { from: asked.from, to: asked.to }];
  return {
    value: asked.kind === 'domain' ? shownDomain(place.value) : place.value,
    problem: null,
    relations: relations.slice(0, SHOWN),
    more: Math.max(0, relations.length - SHOWN),
    gaps: told && same.length > 0 ? gapsOf(periods) : [],
  };
}
