import { fold } from '@vonggac/kernel';
import { type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { type SQL, sql } from 'drizzle-orm';
import { confirmationBounds } from './contact-model.ts';
import { containing, validOn } from './dated.ts';
import { refsOf, today } from './internal.ts';
import { namesOf, type OrganisationKind } from './names.ts';
import { contacts, organisationNames, organisationParents, organisations, supervisions } from './tables.ts';

export type OrganisationQuery = {
  q?: string | undefined;
  on?: string | undefined;
  kind?: OrganisationKind | undefined;
  parent?: string | undefined;
  state: 'live' | 'ended' | 'all';
  sort: 'name' | '-name' | 'kind' | '-kind' | 'parent' | '-parent';
  page: number;
  size: number;
};

type Row = { id: string; parent: string | null; supervisors: string[] | null; total: string; confirmed: string; duty: boolean | null };

const ORDERS = { name: sql`name collate "vi-x-icu"`, kind: sql`kind`, parent: sql`parent_name collate "vi-x-icu"` } as const;

/** Every word must occur in one of its names, or in the names of what it belongs or belonged to. */
function searched(q: string | undefined): SQL {
  const words = fold(q ?? '')
    .replace(/[(),]/g, ' ')
    .split(' ')
    .filter((word) => word !== '' && word !== 'cu');
  if (words.length === 0) return sql`true`;
  const all = (place: SQL, list: readonly string[]) =>
    sql.join(
      list.map((word) => sql`${place} like ${containing(word)}`),
      sql` and `,
    );
  const whole = sql`n.folded || ' ' || coalesce((select string_agg(po.folded, ' ') from ${organisationParents} op join ${organisations} po on po.id = op.parent where op.organisation = o.id and po.kind in ('district', 'province')), '')`;
  return sql`exists (select 1 from ${organisationNames} n where n.organisation = o.id and n.folded like ${containing(words[0]!)} and ${all(whole, words)})`;
}

function listed(ctx: Ctx, query: OrganisationQuery): SQL {
  const day = query.on ?? today(ctx);
  const lives = validOn(sql`o.exists_from`, sql`o.exists_to`, day);
  const state = { live: lives, ended: sql`o.exists_to <= ${day}::date`, all: sql`true` }[query.state];
  return sql`
    select o.id, o.kind, coalesce(n.name, o.name) as name, p.parent, po.name as parent_name
    from ${organisations} o
    left join lateral (
      select n.name from ${organisationNames} n where n.organisation = o.id and n.kind = 'official' and ${validOn(sql`n.valid_from`, sql`n.valid_to`, day)}
      order by n.valid_from desc nulls last limit 1
    ) n on true
    left join ${organisationParents} p on p.organisation = o.id and ${validOn(sql`p.valid_from`, sql`p.valid_to`, day)}
    left join ${organisations} po on po.id = p.parent
    where ${state} and ${searched(query.q)}
      and ${query.kind ? sql`o.kind = ${query.kind}` : sql`true`} and ${query.parent ? sql`p.parent = ${query.parent}::uuid` : sql`true`}`;
}

function orderOf(sort: OrganisationQuery['sort']): SQL {
  const column = ORDERS[sort.replace('-', '') as keyof typeof ORDERS];
  return sort.startsWith('-') ? sql`${column} desc nulls last, ${ORDERS.name}, id` : sql`${column} asc nulls first, ${ORDERS.name}, id`;
}

/** The rows of one page, with what the list tells of each. */
async function pageOf(tx: Tx, ctx: Ctx, query: OrganisationQuery): Promise<Row[]> {
  const day = query.on ?? today(ctx);
  const { overdueBefore } = confirmationBounds(ctx.clock.now());
  const { rows } = await tx.execute<Row>(sql`
    with page as (
      select l.*, row_number() over (order by ${orderOf(query.sort)}) as place from (${listed(ctx, query)}) l
      order by place limit ${query.size} offset ${(query.page - 1) * query.size}
    )
    select page.id, page.parent, s.supervisors, coalesce(c.total, 0) as total, coalesce(c.confirmed, 0) as confirmed, c.duty
    from page
    left join lateral (
      select array_agg(distinct s.supervisor::text) as supervisors from ${supervisions} s where s.organisation = page.id and ${validOn(sql`s.valid_from`, sql`s.valid_to`, day)}
    ) s on true
    left join lateral (
      select count(*) as total, count(*) filter (where c.confirmed_at > ${overdueBefore}::timestamptz) as confirmed,
        bool_or(c.role = 'duty' and jsonb_array_length(c.phones) > 0) as duty
      from ${contacts} c where c.organisation = page.id and ${validOn(sql`c.valid_from`, sql`c.valid_to`, today(ctx))}
    ) c on true
    order by place`);
  return rows;
}

/** The organisations whose names the actor may know, as of a day; search without diacritics over all names. */
export async function listOrganisations(ctx: Ctx, query: OrganisationQuery) {
  return inSnapshot(ctx, async (tx) => readOrganisations(tx, ctx, query));
}

export async function readOrganisations(tx: Tx, ctx: Ctx, query: OrganisationQuery) {
  const day = query.on ?? today(ctx);
  const { rows: counted } = await tx.execute<{ total: string }>(sql`select count(*) as total from (${listed(ctx, query)}) l`);
  const rows = await pageOf(tx, ctx, query);
  const names = await namesOf(
    tx,
    rows.map((row) => row.id),
    day,
  );
  const around = new Map(
    (await refsOf(tx, [...new Set(rows.flatMap((row) => [...(row.parent ? [row.parent] : []), ...(row.supervisors ?? [])]))], day)).map(
      (ref) => [ref.id, ref],
    ),
  );
  const seen = new Set([...ctx.scope.organisations, ...ctx.scope.supervised]);
  return {
    total: Number(counted[0]!.total),
    items: rows.map((row) => {
      const name = names.get(row.id)!;
      return {
        id: row.id,
        name: name.qualifiedName,
        context: name.context,
        kind: name.kind,
        parent: row.parent === null ? null : (around.get(row.parent) ?? null),
        supervisors: (row.supervisors ?? []).flatMap((id) => around.get(id) ?? []),
        existsTo: name.existsTo,
        contacts: seen.has(row.id) ? { total: Number(row.total), confirmed: Number(row.confirmed), duty: row.duty === true } : null,
      };
    }),
  };
}
