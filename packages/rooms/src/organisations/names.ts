import type { Tx } from '@vonggac/store';
import { type SQL, sql } from 'drizzle-orm';
import { holdsOn, uuids } from './dated.ts';
import { type ORGANISATION_KINDS, organisationNames, organisationParents, organisations } from './tables.ts';

export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

export type NamedOrganisation = {
  id: string;
  kind: OrganisationKind;
  /** The official name on the day. */
  name: string;
  /** What tells it from its namesakes: `huyện Gia Viễn cũ`; null where it has none. */
  context: string | null;
  /** `UBND xã Gia Lạc (huyện Gia Viễn cũ)`; the name itself where nobody else bears it. */
  qualifiedName: string;
  existsFrom: string | null;
  existsTo: string | null;
};

type Dated = { validFrom: string | null; validTo: string | null };
export type BareRow = {
  id: string;
  kind: OrganisationKind;
  name: string;
  folded: string;
  existsFrom: string | null;
  existsTo: string | null;
};
export type NameRow = Dated & { organisation: string; kind: 'official' | 'alias'; name: string; folded: string };
export type ParentRow = Dated & { organisation: string; parent: string };
/** An ancestor as far as a name needs it. */
export type Above = Pick<BareRow, 'kind' | 'name' | 'existsFrom' | 'existsTo'>;

const OFFICE = /^(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+/iu;

/** The place that an office stands for: `UBND huyện Gia Viễn` → `huyện Gia Viễn`. */
export function placeOf(name: string): string {
  return name.replace(OFFICE, '');
}

/** The official name that holds on the day; the newest one where none does. */
export function officialOn(
  row: Pick<BareRow, 'name' | 'folded'>,
  names: readonly NameRow[],
  day: string,
): { name: string; folded: string } {
  const held = names.filter((one) => one.kind === 'official' && holdsOn(one, day));
  return held.toSorted((a, b) => (b.validFrom ?? '').localeCompare(a.validFrom ?? ''))[0] ?? row;
}

/** A district before anything else, a former parent before the present one: that is what people know a commune by. */
function tellingParent(parents: readonly ParentRow[], above: ReadonlyMap<string, Above>): ParentRow | undefined {
  const weight = (row: ParentRow): number => (above.get(row.parent)!.kind === 'district' ? 2 : 0) + (row.validTo === null ? 0 : 1);
  const known = parents.filter((row) => above.has(row.parent));
  return known.toSorted((a, b) => weight(b) - weight(a) || (b.validFrom ?? '').localeCompare(a.validFrom ?? ''))[0];
}

/** `huyện Gia Viễn`, with `cũ` where it no longer belongs there or the district is no more. */
export function contextOf(parents: readonly ParentRow[], above: ReadonlyMap<string, Above>, day: string): string | null {
  const row = tellingParent(parents, above);
  if (!row) return null;
  const parent = above.get(row.parent)!;
  const current = holdsOn(row, day) && holdsOn({ validFrom: parent.existsFrom, validTo: parent.existsTo }, day);
  return `${placeOf(parent.name)}${current ? '' : ' cũ'}`;
}

export function named(row: BareRow, name: string, context: string | null): NamedOrganisation {
  const { id, kind, existsFrom, existsTo } = row;
  return { id, kind, name, context, qualifiedName: context === null ? name : `${name} (${context})`, existsFrom, existsTo };
}

/** Rows by one of their columns. */
export function groupedBy<T, K>(rows: readonly T[], keyOf: (row: T) => K): Map<K, T[]> {
  const map = new Map<K, T[]>();
  for (const row of rows) {
    const held = map.get(keyOf(row));
    if (held) held.push(row);
    else map.set(keyOf(row), [row]);
  }
  return map;
}

export async function readBare(tx: Tx, where: SQL): Promise<BareRow[]> {
  const { rows } = await tx.execute<BareRow>(
    sql`select o.id, o.kind, o.name, o.folded, o.exists_from::text as "existsFrom", o.exists_to::text as "existsTo" from ${organisations} o where ${where}`,
  );
  return rows;
}

export async function readNames(tx: Tx, where: SQL): Promise<NameRow[]> {
  const { rows } = await tx.execute<NameRow>(
    sql`select n.organisation, n.kind, n.name, n.folded, n.valid_from::text as "validFrom", n.valid_to::text as "validTo" from ${organisationNames} n where ${where}`,
  );
  return rows;
}

export async function readParents(tx: Tx, where: SQL): Promise<ParentRow[]> {
  const { rows } = await tx.execute<ParentRow>(
    sql`select p.organisation, p.parent, p.valid_from::text as "validFrom", p.valid_to::text as "validTo" from ${organisationParents} p where ${where}`,
  );
  return rows;
}

/** `column in ids`, hashed: a long `= any(array)` is searched from its start for every row. */
export function among(column: SQL, ids: Iterable<string>): SQL {
  return sql`${column} in (select unnest(${uuids([...ids])}))`;
}

/** Of these folded names those that more than one organisation bears or bore officially. */
async function sharedNames(tx: Tx, folded: readonly string[]): Promise<Set<string>> {
  const { rows } = await tx.execute<{ folded: string }>(sql`
    select n.folded from ${organisationNames} n where n.kind = 'official' and n.folded in (select jsonb_array_elements_text(${JSON.stringify(folded)}::jsonb))
    group by n.folded having count(distinct n.organisation) > 1`);
  return new Set(rows.map((row) => row.folded));
}

/**
 * The names of organisations on a day, those that share a name told apart by the district or province that they
 * belong to or once belonged to (`cũ` where that is over). Ids outside the directory are left out.
 */
export async function namesOf(tx: Tx, ids: readonly string[], day: string): Promise<Map<string, NamedOrganisation>> {
  if (ids.length === 0) return new Map();
  const nameOn = await namingOf(tx, ids, [day]);
  return new Map([...new Set(ids)].flatMap((id) => nameOn(id, day) ?? []).map((one) => [one.id, one]));
}

/** How organisations are called on a day where they stand alone. */
export async function unitNamesOf(tx: Tx, ids: readonly string[], day: string): Promise<Map<string, string>> {
  return new Map([...(await namesOf(tx, ids, day))].map(([id, { qualifiedName }]) => [id, qualifiedName]));
}

/** `namesOf` for several days at once. @returns the name of one of `ids` on one of `days`; undefined outside the directory */
export async function namingOf(
  tx: Tx,
  ids: Iterable<string>,
  days: readonly string[],
): Promise<(id: string, day: string) => NamedOrganisation | undefined> {
  const wanted = new Set(ids);
  const rows = new Map((await readBare(tx, among(sql`o.id`, wanted))).map((row) => [row.id, row]));
  const names = groupedBy(await readNames(tx, among(sql`n.organisation`, wanted)), (row) => row.organisation);
  const official = (row: BareRow, day: string) => officialOn(row, names.get(row.id) ?? [], day);
  const foldedOf = (row: BareRow) => [...new Set(days.map((day) => official(row, day).folded))];
  const shared = await sharedNames(tx, [...new Set([...rows.values()].flatMap(foldedOf))]);
  const twins = [...rows.values()].filter((row) => foldedOf(row).some((folded) => shared.has(folded))).map((row) => row.id);
  const parents = twins.length === 0 ? [] : await readParents(tx, among(sql`p.organisation`, twins));
  const above = parents.length === 0 ? [] : await readBare(tx, among(sql`o.id`, new Set(parents.map((row) => row.parent))));
  const aboveById = new Map(above.map((row) => [row.id, row]));
  const byChild = groupedBy(parents, (row) => row.organisation);
  return (id, day) => {
    const row = rows.get(id);
    if (!row) return undefined;
    const { name, folded } = official(row, day);
    return named(row, name, shared.has(folded) ? contextOf(byChild.get(id) ?? [], aboveById, day) : null);
  };
}
