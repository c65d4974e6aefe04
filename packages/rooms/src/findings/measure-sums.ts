import { type Text } from '@vonggac/kernel';
import { type CountedList, type Ctx, isoOf, type MeasureRow, type MeasureValue, type MeasureWindow, seeing, type Tx } from '@vonggac/store';
import { type SQL, sql } from 'drizzle-orm';
import { authoritiesOf } from '../assets/index.ts';
import { nameOf } from './answer.ts';
import type { Finding } from './internal.ts';
import { findingLists, findings, findingSums } from './tables.ts';
import { STATE_NAMES } from './words.ts';

/** What measures count of an organisation. */
export type Sums = {
  side: 'overseer' | 'own';
  /** Of the newest list of any sender: all of them, and those that are still open or answered. */
  newest: number;
  newestOpen: number;
  newestAnswered: number;
  /** Open, and in older lists only. */
  olderOpen: number;
  unverified: number;
  notSeen: number;
  seenAgain: number;
};

export const nothing = (): Sums => ({
  side: 'overseer',
  newest: 0,
  newestOpen: 0,
  newestAnswered: 0,
  olderOpen: 0,
  unverified: 0,
  notSeen: 0,
  seenAgain: 0,
});

export const own = (ctx: Ctx): SQL => sql`${sql.param([...ctx.scope.organisations])}::uuid[]`;

/** The organisations as rows `u`, each with whether its rows are an authority's: as the list of findings chooses. */
export function unitsOf(sums: ReadonlyMap<string, Sums>): SQL {
  const ids = [...sums.keys()];
  const overseen = [...sums.values()].map(({ side }) => side === 'overseer');
  return sql`unnest(${sql.param(ids)}::uuid[], ${sql.param(overseen)}::boolean[]) as u(organisation, overseen)`;
}

/** That a finding `f` is one of a unit `u`, in the window's exercise or outside of any. */
export const isOf = (ctx: Ctx, { exercise }: MeasureWindow): SQL =>
  sql`f.organisation = u.organisation and (not u.overseen or f.overseer = any(${own(ctx)})) and f.exercise is not distinct from ${exercise ?? null}::uuid and f.state <> 'void'`;

/** From the counters alone, by organisation; whoever has no finding is left out. Of an authority's rows where the actor is one, else of all. */
export async function sumsOf(tx: Tx, ctx: Ctx, organisations: readonly string[], { exercise }: MeasureWindow): Promise<Map<string, Sums>> {
  type Row = { organisation: string; overseen: boolean; state: string; newest: boolean; verdict: string; n: number };
  const { rows } = await tx.execute<Row>(sql`
    select organisation, overseer = any(${own(ctx)}) as overseen, state, in_newest as newest, verdict, sum(n)::int as n
    from ${findingSums} where organisation = any(${sql.param([...organisations])}::uuid[]) and state <> 'void' and exercise = ${exercise ?? ''}
    group by 1, 2, 3, 4, 5 having sum(n) > 0`);
  const found = new Map<string, Sums>();
  const overseen = new Set(rows.filter((row) => row.overseen).map(({ organisation }) => organisation));
  for (const row of rows) {
    if (!row.overseen && overseen.has(row.organisation)) continue;
    const sums = found.get(row.organisation) ?? { ...nothing(), side: row.overseen ? 'overseer' : 'own' };
    found.set(row.organisation, sums);
    if (row.newest) sums.newest += row.n;
    if (row.newest && row.state === 'open') sums.newestOpen += row.n;
    if (row.newest && row.state === 'answered') sums.newestAnswered += row.n;
    if (!row.newest && row.state === 'open') sums.olderOpen += row.n;
    if (row.verdict === 'unverified') sums.unverified += row.n;
    if (row.verdict === 'not-seen') sums.notSeen += row.n;
    if (row.verdict === 'seen-again') sums.seenAgain += row.n;
  }
  return found;
}

/** The day up to which the newest list of each organisation's authority goes. That there is one is no secret of the authority's. */
export async function newestDays(
  tx: Tx,
  ctx: Ctx,
  organisations: readonly string[],
  { exercise }: MeasureWindow,
): Promise<Map<string, string>> {
  const authorities = await authoritiesOf(tx, ctx, organisations);
  const ids = [...new Set(authorities.values())];
  const { rows } = await seeing(tx, ctx, ids, () =>
    tx.execute<{ organisation: string; day: string }>(sql`
      select organisation, (max(coalesce(covers_to, finished_at)) at time zone 'Asia/Ho_Chi_Minh')::date::text as day from ${findingLists}
      where organisation = any(${sql.param(ids)}::uuid[]) and finished_at is not null and withdrawn_at is null
        and exercise is not distinct from ${exercise ?? null}::uuid
      group by organisation`),
  );
  const days = new Map(rows.map(({ organisation, day }) => [organisation, day]));
  return new Map(
    organisations.flatMap((id) => {
      const day = days.get(authorities.get(id) ?? '');
      return day === undefined ? [] : [[id, day] as const];
    }),
  );
}

/** So many of the newest list, in the order of work, are looked at for one without a deadline: a list gives its findings one day or none. */
const LOOKED_AT = 200;

/** Organisations with something open in the newest list, of which something open is overdue or has no deadline. */
export async function lateOnes(tx: Tx, ctx: Ctx, sums: ReadonlyMap<string, Sums>, window: MeasureWindow): Promise<Set<string>> {
  const asked = new Map([...sums].filter(([, { newestOpen }]) => newestOpen > 0));
  if (asked.size === 0) return new Set();
  const open = sql`from ${findings} f where ${isOf(ctx, window)} and f.state = 'open'`;
  const { rows } = await tx.execute<{ organisation: string }>(sql`
    select u.organisation from ${unitsOf(asked)} where exists (select 1 ${open} and f.due < ${ctx.scope.day}::date)
      or exists (select 1 from (select f.due ${open} and f.rank < 100 order by f.rank, f.last_seen desc, f.id limit ${LOOKED_AT}) x where x.due is null)`);
  return new Set(rows.map(({ organisation }) => organisation));
}

type Narrowed = { query: Record<string, string>; total: number; window: MeasureWindow };

/** The list of a figure. None in exercises: lists tell those from the rest, not one from another. */
export function listOf(organisation: string, { side }: Pick<Sums, 'side'>, { query, total, window }: Narrowed): { list?: CountedList } {
  if (window.exercise) return {};
  return { list: { of: 'findings', query: { organisation, ...(side === 'own' && { side }), ...query }, total } };
}

/** Rows of one organisation that a screen shows; the list has the others. */
const SHOWN = 200;

/** @param asked.which a condition on `f` (findings) */
export async function measuredRows(
  tx: Tx,
  ctx: Ctx,
  organisation: string,
  asked: { window: MeasureWindow; which: SQL; order: SQL },
): Promise<MeasureRow[]> {
  const sums = await sumsOf(tx, ctx, [organisation], asked.window);
  if (sums.size === 0) return [];
  type Row = Parameters<typeof nameOf>[0] & Pick<Finding, 'id' | 'family' | 'state' | 'lastSeen'>;
  const { rows } = await tx.execute<Row>(sql`
    select f.id, host(f.address) as address, host(f.private_address) as "privateAddress", f.domain, f.machine, f.machine_key as "machineKey", f.family, f.state,
      f.last_seen::text as "lastSeen"
    from ${unitsOf(sums)} join ${findings} f on ${isOf(ctx, asked.window)} where ${asked.which} order by ${asked.order}, f.id limit ${SHOWN}`);
  return rows.map((row) => ({ id: row.id, subject: { kind: 'finding', id: row.id }, at: isoOf(row.lastSeen), text: textOf(row) }));
}

function textOf(row: Parameters<typeof nameOf>[0] & Pick<Finding, 'family' | 'state'>): Text {
  const line = (language: 'vi' | 'en'): string => [nameOf(row), row.family, STATE_NAMES[row.state][language]].filter(Boolean).join(' · ');
  return { vi: line('vi'), en: line('en') };
}

/** A figure that nobody could count: no data, never good. */
export const silent = (organisation: string, text: Text): MeasureValue => ({
  organisation,
  state: 'no-data',
  value: null,
  of: null,
  target: 0,
  text,
});
