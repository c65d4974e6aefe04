import { fold } from '@vonggac/kernel';
import { type Ctx, containing, type Tx } from '@vonggac/store';
import { type SQL, sql } from 'drizzle-orm';
import { organisationNames } from '../organisations/index.ts';
import { today } from './internal.ts';
import type { FindingSort } from './list.ts';
import { CLEANING, type FindingAnswer, type FindingKind, type Verdict } from './model.ts';
import { findings, findingSums } from './tables.ts';

/** Counts that no counter keeps stop here, and lists open so far. */
export const DEEPEST = 10_000;

export type FindingQuery = {
  q?: string | undefined;
  /** Where one has both: what one's authority oversees (the default), or what one has to act on oneself. */
  side?: 'overseer' | 'own' | undefined;
  state: 'open' | 'answered' | 'closed' | 'all';
  organisation?: string | undefined;
  kind?: FindingKind | undefined;
  family?: string | undefined;
  /** In the newest list of its sender. */
  newest?: boolean | undefined;
  verdict?: Verdict | undefined;
  answer?: FindingAnswer | undefined;
  /** Answered as clean, and not disproved by a later list. */
  cleaned?: boolean | undefined;
  /** The newest list that it stands in. */
  list?: string | undefined;
  usage?: 'own' | 'exit' | 'carrier' | 'dynamic' | undefined;
  level?: number | undefined;
  due?: 'overdue' | 'soon' | 'none' | undefined;
  /** Something waits for a decision. */
  waiting?: boolean | undefined;
  exercise?: boolean | undefined;
  sort: FindingSort;
  page: number;
  size: number;
};

export type Side = {
  of: 'overseer' | 'own';
  both: boolean;
  column: 'overseer' | 'organisation';
  keys: string[];
  /** Where rows are looked for by organisation but those of other authorities are not meant. */
  overseers: string[] | null;
  /** The organisations of these rows. */
  units: string[];
  day: string;
};

/**
 * Whose rows a query means, named outright: the policy's “one's own or overseen” follows no index. Counters know who has any.
 */
export async function sidesOf(tx: Tx, ctx: Ctx, query: Pick<FindingQuery, 'side' | 'organisation'>): Promise<Side> {
  const scope = new Set(ctx.scope.organisations);
  const { rows } = await tx.execute<{ overseer: string; organisation: string }>(
    sql`select overseer, organisation from ${findingSums} where n > 0 group by overseer, organisation`,
  );
  const overseers = [...new Set(rows.map(({ overseer }) => overseer))].filter((one) => scope.has(one));
  const own = [...new Set(rows.map(({ organisation }) => organisation))].filter((one) => scope.has(one));
  const of = query.side ?? (overseers.length > 0 ? 'overseer' : 'own');
  const isBoth = ({ organisation, overseer }: (typeof rows)[number]): boolean =>
    organisation === ctx.actor.organisation && overseer !== organisation;
  const all = of === 'own' ? own : [...new Set(rows.filter(({ overseer }) => scope.has(overseer)).map(({ organisation }) => organisation))];
  const units = query.organisation === undefined ? all : all.filter((one) => one === query.organisation);
  const common = { of, both: overseers.length > 0 && rows.some(isBoth), units, day: today(ctx) };
  if (of === 'own') return { ...common, column: 'organisation', keys: units, overseers: null };
  if (query.organisation !== undefined) return { ...common, column: 'organisation', keys: units, overseers };
  return { ...common, column: 'overseer', keys: overseers, overseers: null };
}

/** Whether counters alone say how many a query finds. */
export function isCounted(query: FindingQuery): boolean {
  const { q, answer, cleaned, list, usage, level, due, waiting } = query;
  return [q || undefined, answer, cleaned || undefined, list, usage, level, due, waiting].every((one) => one === undefined);
}

const ADDRESS = /^[\d.]+(?:\/\d{1,2})?$|^[\da-f:.]*:[\da-f:.]*(?:\/\d{1,3})?$/i;

/** An address or prefix as typed, also its beginning (`14.225.`), as a network; null for anything else. */
export function searchedNetwork(q: string): string | null {
  if (!ADDRESS.test(q)) return null;
  if (q.includes(':')) return /^[\da-f:.]+(\/\d+)?$/i.test(q) && q.includes('::') ? q : q.split(':').length === 8 ? q : null;
  const [digits = '', length] = q.split('/');
  const parts = digits.split('.').filter((part) => part !== '');
  if (parts.length === 0 || parts.length > 4 || parts.some((part) => Number(part) > 255 || part.length > 3)) return null;
  if (length !== undefined && Number(length) > 32) return null;
  const bits = length ?? (parts.length < 4 || digits.endsWith('.') ? parts.length * 8 : 32);
  return `${[...parts, '0', '0', '0'].slice(0, 4).join('.')}/${bits}`;
}

/** Between two texts rather than `like`: under the policies of rows an index is searched by leakproof operators alone. */
export const begins = (column: 'machine_folded' | 'domain', prefix: string): SQL => {
  const name = sql.raw(`f.${column}`);
  return sql`${name} ~>=~ ${prefix} and ${name} ~<~ ${`${prefix}\u{10ffff}`}`;
};
/** As first and last address: of `<<=` the planner knows not how few rows it finds. */
export const withinNetwork = (network: string): SQL =>
  sql`f.address between host(network(${network}::inet))::inet and host(broadcast(${network}::inet))::inet`;

/** By address or prefix, by the beginning of the machine's name, or by the organisation, without diacritics. */
function searched(q: string): SQL {
  const network = searchedNetwork(q);
  if (network !== null) return withinNetwork(network);
  const folded = fold(q);
  // Looked up first and in their own order: of such a range the planner knows not how few rows it finds.
  const machines = sql`select f.id from ${findings} f where ${begins('machine_folded', folded)} order by f.machine_folded using ~<~ limit ${DEEPEST + 1}`;
  return sql`(f.id = any(array(${machines})) or f.organisation = any(array(select organisation from ${organisationNames} where folded like ${containing(folded)})))`;
}

/** What narrows a list, as a condition on `f` (findings). */
export function filtersOf(query: Omit<FindingQuery, 'sort' | 'page' | 'size' | 'state' | 'side'>, day: string): SQL {
  const parts = [
    query.exercise ? sql`f.exercise is not null` : sql`f.exercise is null`,
    query.organisation === undefined ? undefined : sql`f.organisation = ${query.organisation}`,
    query.kind === undefined ? undefined : sql`f.kind = ${query.kind}`,
    query.family === undefined ? undefined : sql`f.family = ${query.family}`,
    query.newest === undefined ? undefined : query.newest ? sql`f.rank < 100` : sql`f.rank >= 100`,
    query.verdict === undefined ? undefined : sql`(f.answer is not null and f.verdict = ${query.verdict})`,
    query.answer === undefined ? undefined : sql`f.answer = ${query.answer}`,
    query.cleaned ? sql`(f.answer = any(${sql.param(CLEANING)}::text[]) and f.verdict <> 'seen-again')` : undefined,
    query.list === undefined ? undefined : sql`f.list = ${query.list}`,
    query.usage === undefined
      ? undefined
      : query.usage === 'own'
        ? sql`coalesce(f.usage, 'own') = 'own'`
        : sql`f.usage = ${query.usage} and f.usage <> 'own'`,
    query.level === undefined ? undefined : sql`f.level = ${query.level}`,
    query.due === undefined ? undefined : dueIn(query.due, day),
    query.waiting === undefined ? undefined : query.waiting ? sql`f.approval = 'asked'` : sql`f.approval is distinct from 'asked'`,
    query.q ? searched(query.q) : undefined,
  ];
  return sql.join(
    parts.filter((part) => part !== undefined),
    sql` and `,
  );
}

function dueIn(due: NonNullable<FindingQuery['due']>, day: string): SQL {
  if (due === 'none') return sql`f.due is null`;
  return due === 'overdue' ? sql`f.due < ${day}::date` : sql`f.due between ${day}::date and ${day}::date + 7`;
}
