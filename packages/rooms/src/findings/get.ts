import { dayOf, notFound, workingDaysBetween } from '@vonggac/kernel';
import { type Ctx, inSnapshot, isoOf, type Tx } from '@vonggac/store';
import { and, asc, eq, or, sql } from 'drizzle-orm';
import { reaches } from '../access/index.ts';
import { namesOf, unitNamesOf } from '../organisations/index.ts';
import { workCalendar } from './calendar.ts';
import { type EnteredBy, toldWith } from './entered.ts';
import { type Finding, has, today } from './internal.ts';
import type { FindingAct } from './model.ts';
import { findingEvents, findingFiles, findings, sightings } from './tables.ts';
import { type FindingView, listNames, viewsOf } from './view.ts';

export type FindingDetail = FindingView & {
  /** By list, newest first. */
  seen: {
    list: { id: string; title: string; sender: string } | null;
    first: string;
    last: string;
    sightings: number;
    ports: number[];
    isTimed: boolean;
  }[];
  events: {
    id: string;
    act: FindingAct;
    at: string;
    by: string;
    organisation: string;
    note: string | null;
    data: Record<string, unknown>;
  }[];
  files: { id: string; name: string; size: number; sha256: string; at: string; by: string }[];
  /** Where it came from and what came of it, those within reach. */
  related: { id: string; relation: 'from' | 'to'; organisation: string; state: string }[];
  /** Where somebody else put the answer in: by whom, for whom, how it came. */
  entered: (EnteredBy & { mine: boolean }) | null;
  /** Whom an operator named; the authority decides. */
  subscriber: { id: string; name: string } | null;
  /** Working days since it went to the operator's head office; null for others. */
  waitingDays: number | null;
  /** Working days until the deadline, negative when it is over; null without one. */
  daysLeft: number | null;
};

/** One finding with its sightings by list, its history and proof. */
export async function getFinding(ctx: Ctx, id: string): Promise<FindingDetail> {
  return inSnapshot(ctx, async (tx) => {
    const [row] = await tx.select().from(findings).where(eq(findings.id, id));
    if (!row || !(reaches(ctx, row.organisation) || reaches(ctx, row.overseer))) throw notFound('finding');
    const [view] = await viewsOf(tx, ctx, [row]);
    const parts = { seen: await seenIn(tx, id), events: await eventsOf(tx, ctx, id), files: await filesOf(tx, id) };
    return {
      ...view!,
      ...parts,
      ...(await toldOf(tx, ctx, row)),
      related: await relatedTo(tx, ctx, row),
      ...(await clocksOf(tx, ctx, row)),
    };
  });
}

async function toldOf(tx: Tx, ctx: Ctx, row: Finding): Promise<Pick<FindingDetail, 'entered' | 'subscriber'>> {
  const { entered, subscriber } = await toldWith(tx, row);
  if (entered === null) return { entered, subscriber };
  const mine = row.organisation === ctx.actor.organisation && !entered.confirmed && has(ctx, 'findings:answer');
  const names = await namesOf(tx, [entered.organisation], today(ctx));
  return { entered: { ...entered, mine, organisation: names.get(entered.organisation)?.name ?? '' }, subscriber };
}

async function clocksOf(
  tx: Tx,
  ctx: Ctx,
  { answer, state, answeredAt, due }: Finding,
): Promise<Pick<FindingDetail, 'waitingDays' | 'daysLeft'>> {
  const calendar = await workCalendar(tx);
  const day = today(ctx);
  const waits = answer === 'head-office' && state === 'answered' && answeredAt !== null;
  return {
    waitingDays: waits ? workingDaysBetween(dayOf(Temporal.Instant.from(answeredAt)).toString(), day, calendar) : null,
    daysLeft: due === null || state === 'closed' ? null : workingDaysBetween(day, due, calendar),
  };
}

async function seenIn(tx: Tx, id: string): Promise<FindingDetail['seen']> {
  const { rows } = await tx.execute<{ list: string; first: string; last: string; n: number; ports: number[] | null; timed: boolean }>(sql`
    select list, min(seen_at)::text as first, max(seen_at)::text as last, count(*)::int as n, (array_agg(distinct port) filter (where port is not null))[1:10] as ports, bool_and(is_timed) as timed
    from ${sightings} where finding = ${id} group by list order by max(seen_at) desc limit 200`);
  const names = await listNames(
    tx,
    rows.map(({ list }) => list),
  );
  return rows.map(({ list, first, last, n, ports, timed }) => ({
    list: names.get(list) ?? null,
    first: isoOf(first),
    last: isoOf(last),
    sightings: n,
    ports: ports ?? [],
    isTimed: timed,
  }));
}

async function eventsOf(tx: Tx, ctx: Ctx, id: string): Promise<FindingDetail['events']> {
  const rows = await tx
    .select()
    .from(findingEvents)
    .where(eq(findingEvents.finding, id))
    .orderBy(asc(findingEvents.at), asc(findingEvents.id));
  const names = await namesOf(tx, [...new Set(rows.map(({ actorOrganisation }) => actorOrganisation))], today(ctx));
  return rows.map((row) => ({
    id: row.id,
    act: row.act,
    at: row.at,
    by: row.actorName,
    organisation: names.get(row.actorOrganisation)?.name ?? '',
    note: row.note,
    data: row.data,
  }));
}

async function filesOf(tx: Tx, id: string): Promise<FindingDetail['files']> {
  const rows = await tx
    .select()
    .from(findingFiles)
    .where(eq(findingFiles.finding, id))
    .orderBy(asc(findingFiles.addedAt), asc(findingFiles.id));
  return rows.map(({ id: file, name, size, sha256, addedAt, addedByName }) => ({
    id: file,
    name,
    size,
    sha256,
    at: addedAt,
    by: addedByName,
  }));
}

async function relatedTo(tx: Tx, ctx: Ctx, row: Finding): Promise<FindingDetail['related']> {
  const which = row.parent === null ? eq(findings.parent, row.id) : or(eq(findings.parent, row.id), eq(findings.id, row.parent));
  const rows = await tx.select().from(findings).where(and(which)).orderBy(asc(findings.id)).limit(100);
  const names = await unitNamesOf(
    tx,
    rows.map(({ organisation }) => organisation),
    today(ctx),
  );
  return rows.map(({ id, organisation, state }) => ({
    id,
    relation: id === row.parent ? ('from' as const) : ('to' as const),
    organisation: names.get(organisation) ?? '',
    state,
  }));
}
