import { isoInstant, newId } from '@vonggac/kernel';
import { amongOwn, type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { may } from '../../access/index.ts';
import { record } from '../../audit/index.ts';
import { beforeRule } from '../../directives/index.ts';
import { lapseProposals } from '../approval/decide.ts';
import { note } from '../internal.ts';
import { catchUp, cycleOf, type Opening, type Recurring } from './cycle.ts';
import { openPeriods, periodData } from './open.ts';
import { renewParts } from './renew-parts.ts';

type Ended = Recurring & { requirement: string; directive: string; until: string | null; last: Opening };

/**
 * A job of each minute: opens the first period where there is none, and for every period that ended keeps it as it stands and opens the
 * next. An unanswered one ends as *không báo cáo*. After an outage it catches up: what ended meanwhile is kept as *chưa mở*.
 * @returns how many tasks got a new period
 */
export async function turnPeriods(ctx: Ctx): Promise<number> {
  may(ctx, 'directives:follow');
  let turned = await inTransaction(ctx, (tx) => openPeriods(tx, ctx));
  const ended = await inTransaction(ctx, (tx) => endedPeriods(tx, isoInstant(ctx.clock.now())));
  for (const one of ended) turned += await turn(ctx, one);
  return turned;
}

async function endedPeriods(tx: Tx, now: string): Promise<Ended[]> {
  const { rows } = await tx.execute<
    Recurring & { requirement: string; directive: string; until: string | null; number: number; from: string; to: string; end: string }
  >(sql`
    select t.requirement, t.directive, r.phrase, r.recurrence, r.recurrence_until::text as until, t.period as number,
      t.period_from::text as from, t.period_to::text as to, t.period_end::text as end
    from tasks t join requirements r on r.id = t.requirement join directives d on d.id = t.directive
    where t.period_end < ${now}::timestamptz and t.state <> 'withdrawn' and d.status = 'issued' and r.withdrawn_at is null
      and (r.recurrence_until is null or t.period_to < r.recurrence_until)
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9 order by t.period_end::text`);
  return rows.map(({ requirement, directive, phrase, recurrence, until, number, from, to, end }) => ({
    requirement,
    directive,
    phrase,
    recurrence,
    due: null,
    until,
    last: { number, from, to, end: new Date(end).toISOString() },
  }));
}

type Row = { id: string; directive: string; organisation: string; overseer: string; missed: boolean };

async function turn(ctx: Ctx, ended: Ended): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    const cycle = cycleOf(ended, await beforeRule(tx));
    if (cycle === null) return 0;
    const at = isoInstant(ctx.clock.now());
    const { missed, skipped, next } = catchUp(cycle, { last: ended.last, now: at, until: ended.until });
    const rows = await close(tx, ended, at);
    if (rows.length === 0) return 0;
    const ids = rows.map(({ id }) => id);
    await keepUnseen(tx, { ids, missed, at });
    await reset(tx, { ids, next, at });
    await renewParts(tx, { ids, next, at });
    await lapse(tx, ctx, rows);
    await tx.execute(
      sql`delete from follow_ups where (task = any(${sql.param(ids)}::uuid[]) or (task is null and requirement = ${ended.requirement})) and day < ${next.from}`,
    );
    await note(
      tx,
      ctx,
      rows.flatMap(({ id, missed: isMissed, ...part }) => [
        ...(isMissed ? [{ ...part, task: id, act: 'period-missed' as const, data: periodData(ended.last) }] : []),
        { ...part, task: id, act: 'period-opened' as const, data: periodData(next) },
      ]),
    );
    await record(tx, ctx, {
      action: 'tasks.period_opened',
      subject: { kind: 'directive', id: ended.directive },
      concerns: rows[0]!.overseer,
      after: {
        requirement: ended.requirement,
        period: next,
        tasks: rows.length,
        notReported: rows.filter((row) => row.missed).length,
        notOpened: missed.length,
        skipped,
      },
    });
    return rows.length;
  });
}

/** Keeps the period that ended as it stands; who turns it second finds nothing. */
async function close(tx: Tx, { requirement, last }: Ended, at: string): Promise<Row[]> {
  const { rows } = await tx.execute<Row>(sql`
    select id, directive, organisation, overseer, state in ('assigned', 'in-progress') as missed from tasks
    where requirement = ${requirement} and period = ${last.number} and period_end = ${last.end}::timestamptz and state <> 'withdrawn' order by id for update`);
  await tx.execute(sql`
    insert into periods (id, task, requirement, directive, organisation, overseer, number, first_day, last_day, due, state, answer, answered_at,
      report, declared, accepted_at, requested_due, closed_at, changed_at)
    select k.id, t.id, t.requirement, t.directive, t.organisation, t.overseer, t.period, t.period_from, t.period_to, t.due,
      case when t.state in ('assigned', 'in-progress') then 'not-reported' else t.state end, t.answer, t.answered_at,
      t.report, t.declared, t.accepted_at, t.requested_due, ${at}::timestamptz, t.changed_at
    from unnest(${sql.param(rows.map(() => newId()))}::uuid[], ${sql.param(rows.map(({ id }) => id))}::uuid[]) k(id, task) join tasks t on t.id = k.task`);
  return rows;
}

/** Periods that came and went while the system was off. */
async function keepUnseen(tx: Tx, { ids, missed, at }: { ids: readonly string[]; missed: readonly Opening[]; at: string }): Promise<void> {
  for (const { number, from, to, end } of missed)
    await tx.execute(sql`
      insert into periods (id, task, requirement, directive, organisation, overseer, number, first_day, last_day, due, state, closed_at, changed_at)
      select gen_random_uuid(), t.id, t.requirement, t.directive, t.organisation, t.overseer, ${number}, ${from}, ${to}, ${end}::timestamptz,
        'not-opened', ${at}::timestamptz, ${at}::timestamptz
      from tasks t where t.id = any(${sql.param([...ids])}::uuid[])`);
}

async function reset(tx: Tx, { ids, next, at }: { ids: readonly string[]; next: Opening; at: string }): Promise<void> {
  await tx.execute(sql`
    update tasks set state = 'assigned', answer = null, answered_at = null, report = null, declared = null, accepted_at = null, requested_due = null,
      due = ${next.end}::timestamptz, period = ${next.number}, period_from = ${next.from}, period_to = ${next.to},
      period_end = ${next.end}::timestamptz, period_opened_at = ${at}::timestamptz, changed_at = ${at}::timestamptz
    where id = any(${sql.param([...ids])}::uuid[])`);
}

/** What still waits for a leader was of the period that ended: its text is kept there. */
async function lapse(tx: Tx, ctx: Ctx, rows: readonly Row[]): Promise<void> {
  const { rows: some } = await tx.execute<{ organisation: string }>(
    sql`select organisation from approvals where organisation = any(${sql.param(rows.map(({ organisation }) => organisation))}::uuid[])`,
  );
  for (const { organisation } of some) {
    const tasks = rows.filter((row) => row.organisation === organisation).map(({ id }) => id);
    await amongOwn(tx, organisation, () => lapseProposals(tx, ctx, { from: organisation, tasks, reason: ENDED }));
  }
}

const ENDED = 'Kỳ báo cáo đã kết thúc; nội dung được giữ ở kỳ đó để báo cáo bù.';
