import type { Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { uuids, validOn } from './dated.ts';
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

type Row = {
  id: string;
  kind: OrganisationKind;
  name: string;
  parent: string | null;
  current: boolean | null;
  exists_from: string | null;
  exists_to: string | null;
};

const OFFICE = /^(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+/iu;

/** The place that an office stands for: `UBND huyện Gia Viễn` → `huyện Gia Viễn`. */
export function placeOf(name: string): string {
  return name.replace(OFFICE, '');
}

function named(row: Row): NamedOrganisation {
  const context = row.parent === null ? null : `${placeOf(row.parent)}${row.current ? '' : ' cũ'}`;
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    context,
    qualifiedName: context === null ? row.name : `${row.name} (${context})`,
    existsFrom: row.exists_from,
    existsTo: row.exists_to,
  };
}

/**
 * The names of organisations on a day, those that share a name told apart by the district or province that they
 * belong to or once belonged to (`cũ` where that is over). Ids outside the directory are left out.
 */
export async function namesOf(tx: Tx, ids: readonly string[], day: string): Promise<Map<string, NamedOrganisation>> {
  if (ids.length === 0) return new Map();
  const { rows } = await tx.execute<Row>(sql`
    select o.id, o.kind, o.exists_from::text, o.exists_to::text, coalesce(n.name, o.name) as name, q.parent, q.current
    from ${organisations} o
    left join lateral (
      select n.name, n.folded from ${organisationNames} n
      where n.organisation = o.id and n.kind = 'official' and ${validOn(sql`n.valid_from`, sql`n.valid_to`, day)}
      order by n.valid_from desc nulls last limit 1
    ) n on true
    left join lateral (
      select po.name as parent,
        ${validOn(sql`p.valid_from`, sql`p.valid_to`, day)} and ${validOn(sql`po.exists_from`, sql`po.exists_to`, day)} as current
      from ${organisationParents} p join ${organisations} po on po.id = p.parent
      where p.organisation = o.id
      order by (po.kind = 'district') desc, (p.valid_to is not null) desc, p.valid_from desc nulls last limit 1
    ) q on exists (
      select 1 from ${organisationNames} t where t.folded = coalesce(n.folded, o.folded) and t.kind = 'official' and t.organisation <> o.id
    )
    where o.id = any(${uuids([...new Set(ids)])})`);
  return new Map(rows.map((row) => [row.id, named(row)]));
}
