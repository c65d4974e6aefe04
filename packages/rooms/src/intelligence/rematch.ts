import { actorKey, conflict, isoInstant, newId, notFound } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, raise, type Tx } from '@vonggac/store';
import { and, asc, desc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { count, mustBeIn, nothingThere, placedOf } from './assign.ts';
import type { MatchedRow, RowsMatched, RowsTakenBack, RowsTried } from './events.ts';
import { factsOf, fetchList, fetchOwn, fetchSender, type List, matcherOf, unitNames } from './internal.ts';
import type { Match, Matcher } from './matcher.ts';
import { machineKeyOf, type Why } from './model.ts';
import { listRematches, listRows, lists } from './tables.ts';

/** Rows a reading, and how many unmatched rows one look goes through. */
const BATCH = 5000;
const MOST = 50_000;

type Row = typeof listRows.$inferSelect;
type Found = { row: Row; match: Match & { target: string } };
/** A later look at the rows that led nowhere, kept so that it can be taken back. */
export type Rematch = {
  id: string;
  rows: number;
  findingsNew: number;
  findingsAgain: number;
  by: string;
  at: string;
  undone: { by: string; at: string; kept: number } | null;
};
export type Rematchable = {
  rows: number;
  /** Whether there are more unmatched rows than were looked at. */
  isMore: boolean;
  units: { unit: { id: string; name: string }; rows: number }[];
  why: { why: Why; rows: number }[];
  findingsNew: number;
  findingsAgain: number;
  /** Those that were done, the newest first. */
  done: Rematch[];
};

const bare = (address: string | null): string | null => address?.replace(/\/(?:32|128)$/u, '') ?? null;

/** What of the unmatched rows leads somewhere by the register and the aliases of now. */
async function* foundIn(tx: Tx, list: string, matcher: Matcher): AsyncGenerator<Found[]> {
  let after = 0;
  for (let looked = 0; looked < MOST; looked += BATCH) {
    const rows = await tx
      .select()
      .from(listRows)
      .where(and(eq(listRows.list, list), isNull(listRows.target), isNull(listRows.asideAt), gt(listRows.row, after)))
      .orderBy(asc(listRows.row))
      .limit(BATCH);
    if (rows.length === 0) return;
    after = rows.at(-1)!.row;
    yield rows.flatMap((row) => {
      const said = { ...row, address: bare(row.address), privateAddress: bare(row.privateAddress) };
      const match = matcher.match(said, Date.parse(row.seenAt));
      return match.target === null ? [] : [{ row, match: { ...match, target: match.target } }];
    });
    if (rows.length < BATCH) return;
  }
}

function matched({ row, match }: Found): MatchedRow {
  const { target, asset, network, usage, level, matchedBy, isHost } = match;
  const placed = placedOf(row);
  return { ...placed, machineKey: machineKeyOf({ ...placed, asset, isHost }), target, asset, network, usage, level, matchedBy: matchedBy! };
}

/**
 * How many rows that led nowhere lead somewhere by now, since a range was approved or a name confirmed, and what they would make.
 * Nothing is written.
 */
export async function previewRematch(ctx: Ctx, id: string): Promise<Rematchable> {
  return inSnapshot(ctx, async (tx) => {
    const list = await fetchList(tx, ctx, id);
    const done = await doneOf(tx, id);
    const none = { rows: 0, isMore: false, units: [], why: [], findingsNew: 0, findingsAgain: 0, done };
    const isIn = list.state === 'done' || list.state === 'cancelled' || list.state === 'stopped';
    if (!isIn || list.counts.unmatched === 0) return none;
    const [units, whys, machines] = [new Map<string, number>(), new Map<Why, number>(), new Map<string, MatchedRow>()];
    let rows = 0;
    for await (const found of foundIn(tx, id, await matcherOf(tx, list.sender))) {
      for (const one of found) {
        rows++;
        units.set(one.match.target, (units.get(one.match.target) ?? 0) + 1);
        whys.set(one.match.why, (whys.get(one.match.why) ?? 0) + 1);
        const row = matched(one);
        machines.set(`${row.target} ${row.machineKey} ${row.family}`, row);
      }
    }
    const fact: RowsTried = {
      name: 'intelligence.rows-tried',
      list: factsOf(list, await fetchSender(tx, ctx, list.sender)),
      rows: [...machines.values()],
      counts: { findingsNew: 0, findingsAgain: 0 },
    };
    if (rows > 0) await raise(tx, ctx, fact);
    const names = await unitNames(tx, ctx, [...units.keys()]);
    const sorted = <K>(of: Map<K, number>): [K, number][] => [...of].toSorted((a, b) => b[1] - a[1]);
    return {
      rows,
      isMore: list.counts.unmatched > MOST,
      units: sorted(units).map(([unit, n]) => ({ unit: { id: unit, name: names.get(unit) ?? '' }, rows: n })),
      why: sorted(whys).map(([why, n]) => ({ why, rows: n })),
      ...fact.counts,
      done,
    };
  });
}

async function doneOf(tx: Tx, list: string): Promise<Rematch[]> {
  const rows = await tx
    .select()
    .from(listRematches)
    .where(eq(listRematches.list, list))
    .orderBy(desc(listRematches.madeAt), desc(listRematches.id))
    .limit(20);
  return rows.map(({ id, rows: n, findingsNew, findingsAgain, madeByName: by, madeAt: at, undoneByName, undoneAt, kept }) => {
    const undone = undoneAt === null ? null : { by: undoneByName ?? '', at: undoneAt, kept: kept ?? 0 };
    return { id, rows: n, findingsNew, findingsAgain, by, at, undone };
  });
}

/** Writes over rows whom they lead to, in one statement a batch. */
async function lead(tx: Tx, list: string, rematch: string, found: readonly Found[]): Promise<void> {
  const of = (pick: (one: Found) => unknown, type: string) => sql`${sql.param(found.map(pick))}::${sql.raw(type)}[]`;
  await tx.execute(sql`
    update ${listRows} r set target = g.target, asset = g.asset, network = g.network, usage = g.usage, level = g.level,
      machine_key = g.machine_key, matched_by = g.matched_by, why = g.why, rematch = ${rematch}::uuid
    from unnest(${of(({ row }) => row.row, 'int')}, ${of(({ match }) => match.target, 'uuid')}, ${of(({ match }) => match.asset, 'uuid')},
      ${of(({ match }) => match.network, 'cidr')}, ${of(({ match }) => match.usage, 'text')}, ${of(({ match }) => match.level, 'smallint')},
      ${of((one) => matched(one).machineKey, 'text')}, ${of(({ match }) => match.matchedBy, 'text')}, ${of(({ match }) => match.why, 'text')})
      as g(row, target, asset, network, usage, level, machine_key, matched_by, why)
    where r.list = ${list}::uuid and r.row = g.row and r.target is null and r.aside_at is null`);
}

/**
 * Leads rows that led nowhere to whom they lead by now; their findings are made at once, like those of a run.
 * @throws DomainError `access.role`, `intelligence.not_in`, `intelligence.no_rows`
 */
export async function rematchList(ctx: Ctx, id: string): Promise<Rematch> {
  may(ctx, 'lists:write');
  return inTransaction(ctx, async (tx) => {
    const list = await ownLocked(tx, ctx, id);
    mustBeIn(list);
    const rematch = newId();
    const counts = { findingsNew: 0, findingsAgain: 0 };
    const facts = factsOf(list, await fetchSender(tx, ctx, list.sender));
    const touched = new Set<string>();
    const notThen: number[] = [];
    let rows = 0;
    for await (const found of foundIn(tx, id, await matcherOf(tx, list.sender))) {
      if (found.length === 0) continue;
      rows += found.length;
      await lead(tx, id, rematch, found);
      const fact: RowsMatched = { name: 'intelligence.rows-matched', list: facts, rows: found.map(matched), counts: { ...counts } };
      await raise(tx, ctx, fact);
      Object.assign(counts, fact.counts);
      for (const { row, match } of found) {
        touched.add(match.target);
        if (row.why === 'not-then') notThen.push(row.row);
      }
    }
    if (rows === 0) nothingThere();
    await count(tx, id, { matched: rows, unmatched: -rows, ...counts });
    const made = { id: rematch, rows, ...counts, madeByName: ctx.actor.name, madeAt: isoInstant(ctx.clock.now()) };
    await tx.insert(listRematches).values({ ...made, notThen, list: id, organisation: list.organisation, madeBy: actorKey(ctx.actor) });
    const after = { rematch, rows, units: touched.size, ...counts };
    await record(tx, ctx, { action: 'intelligence.rows_rematched', subject: { kind: 'list', id }, after });
    return { id: rematch, rows, ...counts, by: made.madeByName, at: made.madeAt, undone: null };
  });
}

async function ownLocked(tx: Tx, ctx: Ctx, id: string): Promise<List> {
  await tx.select({ id: lists.id }).from(lists).where(eq(lists.id, id)).for('update');
  return fetchOwn(tx, ctx, id);
}

/**
 * Takes such a look back: its rows lead nowhere again and the findings that only they made go; what was answered, or of which the
 * unit was told, stays with its rows.
 * @throws DomainError `access.role`, `intelligence.rematch_undone`, not found
 */
export async function undoRematch(ctx: Ctx, id: string, rematch: string): Promise<{ rows: number; kept: number; findingsRemoved: number }> {
  may(ctx, 'lists:write');
  return inTransaction(ctx, async (tx) => {
    const list = await ownLocked(tx, ctx, id);
    mustBeIn(list);
    const rows = await tx
      .select({ row: listRows.row })
      .from(listRows)
      .where(and(eq(listRows.list, id), eq(listRows.rematch, rematch)));
    const fact: RowsTakenBack = {
      name: 'intelligence.rows-taken-back',
      list: factsOf(list, await fetchSender(tx, ctx, list.sender)),
      rows: rows.map(({ row }) => row),
      kept: new Set(),
      counts: { removed: 0 },
    };
    if (rows.length > 0) await raise(tx, ctx, fact);
    const back = fact.rows.filter((row) => !fact.kept.has(row));
    const undone = { undoneByName: ctx.actor.name, undoneAt: isoInstant(ctx.clock.now()), kept: fact.kept.size };
    const [mine] = await tx
      .update(listRematches)
      .set(undone)
      .where(and(eq(listRematches.id, rematch), eq(listRematches.list, id), isNull(listRematches.undoneAt)))
      .returning();
    if (!mine) await mustHaveBeen(tx, id, rematch);
    await leadNowhere(tx, id, { rows: back, notThen: mine!.notThen });
    await count(tx, id, { matched: -back.length, unmatched: back.length, findingsNew: -fact.counts.removed });
    const result = { rows: back.length, kept: fact.kept.size, findingsRemoved: fact.counts.removed };
    await record(tx, ctx, { action: 'intelligence.rematch_undone', subject: { kind: 'list', id }, after: { rematch, ...result } });
    return result;
  });
}

async function mustHaveBeen(tx: Tx, list: string, rematch: string): Promise<never> {
  const [row] = await tx
    .select({ id: listRematches.id })
    .from(listRematches)
    .where(and(eq(listRematches.id, rematch), eq(listRematches.list, list)));
  if (!row) throw notFound('list');
  throw conflict('intelligence.rematch_undone', { vi: 'Lần đối chiếu lại này đã được hoàn tác.', en: 'This was taken back already.' });
}

/** As they were: by what a row says it is known again why it leads nowhere. */
async function leadNowhere(
  tx: Tx,
  list: string,
  { rows, notThen }: { rows: readonly number[]; notThen: readonly number[] },
): Promise<void> {
  const none = { target: null, asset: null, network: null, usage: null, level: null, matchedBy: null, rematch: null };
  const why = sql`case when ${listRows.row} = any(${sql.param(notThen)}::int[]) then 'not-then' when ${listRows.address} is not null then 'no-range' when ${listRows.domain} is not null then 'no-domain'
    when ${listRows.unit} is not null then 'unknown-unit' else 'unknown-machine' end`;
  for (let at = 0; at < rows.length; at += BATCH)
    await tx
      .update(listRows)
      .set({ ...none, why })
      .where(and(eq(listRows.list, list), inArray(listRows.row, rows.slice(at, at + BATCH))));
}
