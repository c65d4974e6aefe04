import { fold } from '@vonggac/kernel';
import { type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { namesOf, type OrganisationKind, organisations } from '../organisations/index.ts';
import { has, today } from './internal.ts';
import { overseerIn, readTree } from './overseer.ts';
import { assets } from './tables.ts';

export type Registration = 'none' | 'claimed' | 'registered';

export type SilentQuery = {
  q?: string | undefined;
  /** `none`, the default: nothing is registered and nothing waits. */
  state: Registration | 'all';
  page: number;
  size: number;
};

export type Standing = {
  organisation: { id: string; name: string };
  kind: OrganisationKind;
  state: Registration;
  approved: number;
  claimed: number;
};

/**
 * How each organisation that the actor's authority oversees stands in the register of addresses today: a range or domain
 * approved, waiting, or nothing. Those that have nothing are not clean, nobody knows.
 */
export async function standingsOf(tx: Tx, ctx: Ctx): Promise<Standing[]> {
  const day = today(ctx);
  const tree = await readTree(tx, day);
  const { rows: living } = await tx.execute<{ id: string; kind: OrganisationKind }>(sql`
    select id, kind from ${organisations} where coalesce(exists_from, '-infinity'::date) <= ${day}::date and ${day}::date < coalesce(exists_to, 'infinity'::date)`);
  const own = new Set(ctx.scope.organisations);
  const mine = living.filter(({ id }) => own.has(id) || own.has(overseerIn(tree, id)));
  const { rows: counted } = await tx.execute<{ organisation: string; approved: number; claimed: number }>(sql`
    select organisation, count(*) filter (where state = 'approved')::int as approved, count(*) filter (where state = 'claimed')::int as claimed
    from ${assets} where kind in ('range', 'domain') and (state = 'claimed' or (state = 'approved' and coalesce(valid_from, '-infinity'::date) <= ${day}::date and ${day}::date < coalesce(valid_to, 'infinity'::date)))
    group by organisation`);
  const counts = new Map(counted.map((row) => [row.organisation, row]));
  const names = await namesOf(
    tx,
    mine.map(({ id }) => id),
    day,
  );
  return mine.flatMap(({ id, kind }) => {
    const name = names.get(id)?.qualifiedName;
    const { approved = 0, claimed = 0 } = counts.get(id) ?? {};
    const state: Registration = approved > 0 ? 'registered' : claimed > 0 ? 'claimed' : 'none';
    return name === undefined ? [] : [{ organisation: { id, name }, kind, state, approved, claimed }];
  });
}

/** Chưa đăng ký: who has no address in the register, of how many that are overseen. */
export async function listSilent(ctx: Ctx, query: SilentQuery) {
  const all = await inSnapshot(ctx, (tx) => standingsOf(tx, ctx));
  const wanted = fold(query.q ?? '');
  const found = all
    .filter((one) => (query.state === 'all' || one.state === query.state) && fold(one.organisation.name).includes(wanted))
    .toSorted((a, b) => a.organisation.name.localeCompare(b.organisation.name, 'vi') || a.organisation.id.localeCompare(b.organisation.id));
  const count = (state: Registration): number => all.filter((one) => one.state === state).length;
  return {
    total: found.length,
    /** All that are overseen: the denominator. */
    of: all.length,
    states: { none: count('none'), claimed: count('claimed'), registered: count('registered') },
    items: found.slice((query.page - 1) * query.size, query.page * query.size),
    can: { write: has(ctx, 'assets:write') },
  };
}
