import { actorKey, isoInstant, newId } from '@vonggac/kernel';
import { type Ctx, isoOf, type Tx } from '@vonggac/store';
import { type SQL, sql } from 'drizzle-orm';
import { assets } from '../assets/index.ts';
import { CLEANING, type FindingState, type Verdict, type Why } from './model.ts';
import { findingEvents, findingLists, findings, sightings } from './tables.ts';
import { type Answered, type Covering, type Judgement, verdictOf } from './verdict.ts';

const PORTION = 5000;
const STATES: Readonly<Record<Verdict, FindingState>> = { 'seen-again': 'open', 'not-seen': 'closed', unverified: 'answered' };

type Candidate = {
  id: string;
  organisation: string;
  family: string;
  usage: string | null;
  exercise: string | null;
  answeredAt: string;
  verdict: Verdict | null;
  verdictList: string | null;
  verdictWhy: Why | null;
  relapses: number;
  counted: number;
  heldUntil: string | null;
  senders: string[] | null;
  again: { list: string; at: string } | null;
  doubtful: string[] | null;
};

/** The earliest moment at which the machine may have been seen: of a row without time the beginning of what its list covers. */
const earliest = sql`case when s.is_timed then s.seen_at else l.covers_from end`;

function candidates(which: SQL, after: string): SQL {
  return sql`
    select f.id, f.organisation, f.family, f.usage, f.exercise, f.answered_at::text as "answeredAt", f.verdict, f.verdict_list as "verdictList", f.verdict_why as "verdictWhy", f.relapses,
      (select (a.valid_to::timestamp at time zone 'Asia/Ho_Chi_Minh')::text from ${assets} a where a.id = f.asset and a.state = 'approved') as "heldUntil",
      (select array_agg(distinct l.sender::text) from ${sightings} s join ${findingLists} l on l.id = s.list where s.finding = f.id) as senders,
      (select json_build_object('list', s.list, 'at', (${earliest})::text) from ${sightings} s join ${findingLists} l on l.id = s.list
        where s.finding = f.id and s.seen_at > f.answered_at and ${earliest} > f.answered_at order by ${earliest}, s.list limit 1) as again,
      (select array_agg(distinct s.list::text) from ${sightings} s where s.finding = f.id and not s.is_timed and s.seen_at > f.answered_at) as doubtful,
      (select count(*)::int from (
        select e.at, lead(e.at) over (order by e.at, e.id) as until from ${findingEvents} e
        where e.finding = f.id and e.act = 'answered' and e.data ->> 'answer' in ('cleaned', 'patched')) e
        where not exists (select 1 from ${findingEvents} c where c.finding = f.id and c.act = 'noted' and c.data ->> 'entered' = 'contested'
            and c.at >= e.at and (e.until is null or c.at < e.until))
          and exists (select 1 from ${sightings} s join ${findingLists} l on l.id = s.list
          where s.finding = f.id and s.seen_at > e.at and ${earliest} > e.at and (e.until is null or ${earliest} <= e.until))) as counted
    from ${findings} f
    where ${which} and f.answer = any(${sql.param(CLEANING)}::text[]) and f.answered_at is not null and f.state <> 'void' and f.id > ${after}::uuid
    order by f.id limit ${PORTION}`;
}

/**
 * Judges answers anew from what is stored: every list that stands, in whatever order it came. What changes is written, with a
 * line in its history.
 * @param which a condition on `f` (findings)
 * @returns how many verdicts changed, by verdict
 */
export async function judge(tx: Tx, ctx: Ctx, overseer: string, which: SQL): Promise<Record<Verdict, number>> {
  const changed: Record<Verdict, number> = { unverified: 0, 'not-seen': 0, 'seen-again': 0 };
  const lists = await standing(tx, overseer);
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await tx.execute<Candidate>(candidates(sql`f.overseer = ${overseer} and ${which}`, after));
    if (rows.length === 0) return changed;
    after = rows.at(-1)!.id;
    const verdicts = rows.map((row) => ({ row, judgement: verdictOf(answered(row), listsFor(lists, row)) }));
    const differing = verdicts.filter(({ row, judgement }) => differs(row, judgement));
    for (const { judgement } of differing) changed[judgement.verdict]++;
    await keep(tx, ctx, overseer, differing);
    if (rows.length < PORTION) return changed;
  }
}

type Standing = Covering & { exercise: string | null };

async function standing(tx: Tx, overseer: string): Promise<Standing[]> {
  const rows = await tx
    .select()
    .from(findingLists)
    .where(
      sql`${findingLists.organisation} = ${overseer} and ${findingLists.finishedAt} is not null and ${findingLists.withdrawnAt} is null`,
    );
  return rows;
}

const listsFor = (lists: readonly Standing[], row: Candidate): Standing[] =>
  lists.filter(({ id, exercise }) => exercise === row.exercise && row.doubtful?.includes(id) !== true);

function answered(row: Candidate): Answered {
  return {
    answeredAt: isoOf(row.answeredAt),
    family: row.family,
    senders: row.senders ?? [],
    usage: row.usage,
    heldUntil: row.heldUntil === null ? null : isoOf(row.heldUntil),
    again: row.again === null ? null : { list: row.again.list, seenAt: isoOf(row.again.at) },
  };
}

const differs = (row: Candidate, { verdict, list, why }: Judgement): boolean =>
  row.verdict !== verdict || row.verdictList !== list || row.verdictWhy !== why || row.relapses !== row.counted;

async function keep(tx: Tx, ctx: Ctx, overseer: string, all: readonly { row: Candidate; judgement: Judgement }[]): Promise<void> {
  if (all.length === 0) return;
  const now = isoInstant(ctx.clock.now());
  const column = (pick: (one: (typeof all)[number]) => unknown, type: string): SQL => sql`${sql.param(all.map(pick))}::${sql.raw(type)}[]`;
  const id = column(({ row }) => row.id, 'uuid');
  const verdict = column(({ judgement }) => judgement.verdict, 'text');
  const list = column(({ judgement }) => judgement.list, 'uuid');
  const why = column(({ judgement }) => judgement.why, 'text');
  await tx.execute(sql`
    update ${findings} f set verdict = g.verdict, verdict_list = g.list, verdict_why = g.why, relapses = g.relapses, state = g.state,
      version = f.version + 1, changed_at = ${now}::timestamptz
    from unnest(${id}, ${verdict}, ${list}, ${why}, ${column(({ row }) => row.counted, 'int')}, ${column(({ judgement }) => STATES[judgement.verdict], 'text')})
      as g(id, verdict, list, why, relapses, state)
    where f.id = g.id`);
  await tx.execute(sql`
    insert into ${findingEvents} (id, finding, organisation, overseer, act, at, actor, actor_name, actor_organisation, data)
    select g.id, g.finding, g.organisation, ${overseer}::uuid, 'verdict', ${now}::timestamptz, ${actorKey(ctx.actor)}, ${ctx.actor.name}, ${ctx.actor.organisation}::uuid,
      jsonb_build_object('verdict', g.verdict, 'list', g.list, 'why', g.why)
    from unnest(${column(() => newId(), 'uuid')}, ${id}, ${column(({ row }) => row.organisation, 'uuid')}, ${verdict}, ${list}, ${why}) as g(id, finding, organisation, verdict, list, why)`);
}
