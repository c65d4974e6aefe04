import { compareVietnamese } from '@vonggac/kernel';
import { type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { confirmationBounds } from './contact-model.ts';
import { validOn } from './dated.ts';
import { today } from './internal.ts';
import { closenessOf, type Listed, matcherOf, readListing } from './listing.ts';
import { among, type OrganisationKind } from './names.ts';
import { contacts, supervisions } from './tables.ts';

export type OrganisationQuery = {
  q?: string | undefined;
  on?: string | undefined;
  kind?: OrganisationKind | undefined;
  parent?: string | undefined;
  state: 'live' | 'ended' | 'all';
  /** `match`: what is closest to the words that were typed stands first. */
  sort: 'name' | '-name' | 'kind' | '-kind' | 'parent' | '-parent' | 'match';
  page: number;
  size: number;
};

type OnFile = { total: number; confirmed: number; duty: boolean };

/** Supervisors on the day and contacts on file, for the rows of one page. */
async function detailsOf(tx: Tx, ctx: Ctx, ids: readonly string[], day: string) {
  const { rows: over } = await tx.execute<{ organisation: string; supervisor: string }>(sql`
    select distinct s.organisation, s.supervisor from ${supervisions} s
    where ${among(sql`s.organisation`, ids)} and ${validOn(sql`s.valid_from`, sql`s.valid_to`, day)}`);
  const { rows: onFile } = await tx.execute<{ organisation: string; total: number; confirmed: number; duty: boolean }>(sql`
    select c.organisation, count(*)::int as total, count(*) filter (where c.confirmed_at > ${confirmationBounds(ctx.clock.now()).overdueBefore}::timestamptz)::int as confirmed,
      bool_or(c.role = 'duty' and jsonb_array_length(c.phones) > 0) as duty
    from ${contacts} c where ${among(sql`c.organisation`, ids)} and ${validOn(sql`c.valid_from`, sql`c.valid_to`, today(ctx))} group by c.organisation`);
  const supervisors = new Map<string, string[]>();
  for (const row of over) supervisors.set(row.organisation, [...(supervisors.get(row.organisation) ?? []), row.supervisor]);
  return { supervisors, onFile: new Map<string, OnFile>(onFile.map((row) => [row.organisation, row])) };
}

function sorted(rows: readonly Listed[], all: ReadonlyMap<string, Listed>, { sort, q }: Pick<OrganisationQuery, 'sort' | 'q'>): Listed[] {
  const closeness = new Map(sort === 'match' ? rows.map((row) => [row.id, closenessOf(q)(row)]) : []);
  const parentName = (row: Listed): string => (row.parent === null ? '' : (all.get(row.parent)?.qualifiedName ?? ''));
  const by = {
    name: () => 0,
    kind: (a: Listed, b: Listed) => a.kind.localeCompare(b.kind),
    parent: (a: Listed, b: Listed) => compareVietnamese(parentName(a), parentName(b)),
    match: (a: Listed, b: Listed) => closeness.get(a.id)! - closeness.get(b.id)!,
  };
  const first = by[sort.replace('-', '') as keyof typeof by];
  const sign = sort.startsWith('-') ? -1 : 1;
  const names = (a: Listed, b: Listed): number => compareVietnamese(a.qualifiedName, b.qualifiedName) || a.id.localeCompare(b.id);
  return rows.toSorted((a, b) => sign * (first(a, b) || (first === by.name ? names(a, b) : 0)) || names(a, b));
}

/** The organisations whose names the actor may know, as of a day; search without diacritics over all names. */
export async function listOrganisations(ctx: Ctx, query: OrganisationQuery) {
  const day = query.on ?? today(ctx);
  return inSnapshot(ctx, async (tx) => {
    const listing = await readListing(tx, day);
    const all = new Map(listing.map((row) => [row.id, row]));
    const matches = matcherOf(query.q);
    const inState = {
      live: (row: Listed) => row.lives,
      ended: (row: Listed) => row.existsTo !== null && row.existsTo <= day,
      all: () => true,
    }[query.state];
    const found = listing.filter(
      (row) =>
        inState(row) &&
        (query.kind === undefined || row.kind === query.kind) &&
        (query.parent === undefined || row.parent === query.parent) &&
        matches(row),
    );
    const page = sorted(found, all, query).slice((query.page - 1) * query.size, query.page * query.size);
    const { supervisors, onFile } = await detailsOf(
      tx,
      ctx,
      page.map((row) => row.id),
      day,
    );
    const seen = new Set([...ctx.scope.organisations, ...ctx.scope.supervised]);
    const ref = (id: string) => ({ id, name: all.get(id)!.qualifiedName });
    return {
      total: found.length,
      items: page.map((row) => ({
        id: row.id,
        name: row.qualifiedName,
        context: row.context,
        kind: row.kind,
        parent: row.parent !== null && all.has(row.parent) ? ref(row.parent) : null,
        supervisors: (supervisors.get(row.id) ?? []).filter((id) => all.has(id)).map(ref),
        existsTo: row.existsTo,
        contacts: seen.has(row.id) ? contactsOn(onFile.get(row.id)) : null,
      })),
    };
  });
}

function contactsOn(onFile: OnFile | undefined): OnFile {
  return { total: onFile?.total ?? 0, confirmed: onFile?.confirmed ?? 0, duty: onFile?.duty === true };
}
