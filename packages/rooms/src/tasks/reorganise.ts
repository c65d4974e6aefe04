import { isoInstant } from '@vonggac/kernel';
import { amongOwn, type Ctx, type Tx } from '@vonggac/store';
import { and, eq, inArray, isNotNull, ne, or, type SQL, sql } from 'drizzle-orm';
import { record } from '../audit/index.ts';
import { directives, requirements } from '../directives/index.ts';
import { type Holding, namesOf } from '../organisations/index.ts';
import { lapseProposals } from './approval/decide.ts';
import { note } from './internal.ts';
import { LIVE_STATES } from './model.ts';
import { followTasks } from './reorganise-follow.ts';
import { list } from './sql-list.ts';
import { periods, tasks } from './tables.ts';

const live = list(LIVE_STATES);
/** What recurs goes on after its present period was accepted. */
const isLive = sql`(t.state in (${live}) or (t.state = 'accepted' and t.period_end is not null))`;
const areLive = or(inArray(tasks.state, [...LIVE_STATES]), and(eq(tasks.state, 'accepted'), isNotNull(tasks.periodEnd)));

/**
 * Live tasks of an organisation that ends. They go on with the successor under its own receipt, with history and evidence copied, with
 * the parts that were handed to units and what others declared; where the successor has the same item already, that one goes on. Finished
 * answers stay under the old name. To the desk (`to` null) means that the task keeps its place and waits on the overseer's list until it
 * is handed on.
 */
export const liveTasks: Holding = {
  kind: 'tasks',
  name: { vi: 'Nhiệm vụ đang thực hiện', en: 'Live tasks' },
  count: async (tx, organisation) => tx.$count(tasks, and(eq(tasks.organisation, organisation), areLive)),
  move: (tx, ctx, from, to, on) => moveTasks(tx, ctx, { from, to, on, which: sql`t.organisation = ${from}` }),
  leaving: {
    waits: (row, organisation) =>
      sql`exists (select 1 from ${tasks} t where t.id = ${row} and t.organisation = ${organisation} and ${isLive})`,
    lapses: false,
    handOn: (tx, ctx, rows, { from, to, on }) =>
      moveTasks(tx, ctx, {
        from,
        to,
        on,
        which: sql`t.id = any(${sql.param(rows.map(({ row }) => row))}::uuid[]) and t.organisation = ${from}`,
      }),
  },
  rows: async (tx, organisation) => {
    const rows = await tx
      .select({ id: tasks.id, overseer: tasks.overseer, path: requirements.path, code: directives.code, subject: directives.subject })
      .from(tasks)
      .innerJoin(requirements, eq(requirements.id, tasks.requirement))
      .innerJoin(directives, eq(directives.id, tasks.directive))
      .where(and(eq(tasks.organisation, organisation), areLive))
      .orderBy(directives.issuedAt, requirements.position);
    return rows.map(({ id, overseer, path, code, subject }) => ({
      id,
      overseer,
      text: {
        vi: `${code ?? 'Văn bản chưa có số'}, mục ${path}: ${subject}`,
        en: `${code ?? 'Unnumbered document'}, item ${path}: ${subject}`,
      },
    }));
  },
  moveRow: (tx, ctx, row, { from, to, on }) => moveTasks(tx, ctx, { from, to, on, which: sql`t.id = ${row} and t.organisation = ${from}` }),
};

type Moving = { from: string; to: string | null; on: string; which: SQL };
type Row = { id: string; directive: string; overseer: string; twin: string | null };

async function moveTasks(tx: Tx, ctx: Ctx, { from, to, on, which }: Moving): Promise<void> {
  const { rows } = await tx.execute<Row>(sql`
    select t.id, t.directive, t.overseer, (select s.id from tasks s where s.requirement = t.requirement and s.organisation = ${to}::uuid) as twin
    from tasks t where ${which} and ${isLive} for update`);
  if (rows.length === 0) return;
  const data = to === null ? { from } : { from, to };
  await note(
    tx,
    ctx,
    rows.map(({ id, directive, overseer }) => ({ directive, organisation: from, overseer, task: id, act: 'moved' as const, data })),
  );
  await amongOwn(tx, from, async () => {
    await lapseProposals(tx, ctx, { from, tasks: rows.map(({ id }) => id) });
    if (to !== null) await handToSuccessor(tx, ctx, { from, to, on, rows });
  });
  await record(tx, ctx, {
    action: 'tasks.moved',
    subject: { kind: 'organisation', id: from },
    concerns: to ?? undefined,
    after: { tasks: rows.map(({ id }) => id), to, on },
  });
}

/** Tasks under the successor's own receipt; those that it has already end. */
export async function handToSuccessor(
  tx: Tx,
  ctx: Ctx,
  { from, to, on, rows }: { from: string; to: string; on: string; rows: readonly Row[] },
): Promise<void> {
  const at = isoInstant(ctx.clock.now());
  const its = [...new Set(rows.map(({ directive }) => directive))];
  const moving = rows.filter(({ twin }) => twin === null).map(({ id }) => id);
  const ending = rows.filter(({ twin }) => twin !== null).map(({ id }) => id);
  const name = (await namesOf(tx, [to], on)).get(to)?.qualifiedName ?? to;
  await tx.execute(sql`
    insert into receipts (id, directive, organisation, overseer, organisation_name, state, arrived_at, opened_at, number, day, received_at, received_by, exercise)
    select gen_random_uuid(), directive, ${to}::uuid, overseer, ${name}, state, arrived_at, opened_at, number, day, received_at, received_by, exercise
    from receipts where organisation = ${from} and directive = any(${sql.param(its)}::uuid[])
    on conflict (directive, organisation) do nothing`);
  if (ending.length > 0) await endTasks(tx, ending, at);
  if (moving.length === 0) return followTasks(tx, ctx, { from, to, name, tasks: [], directives: its });
  const ids = sql.param(moving);
  for (const [table, columns] of COPIED) {
    await tx.execute(sql`
      insert into ${sql.identifier(table)} (id, organisation, ${sql.raw(columns)})
      select gen_random_uuid(), ${to}::uuid, ${sql.raw(columns)} from ${sql.identifier(table)} where organisation = ${from} and task = any(${ids}::uuid[])`);
  }
  await tx.update(tasks).set({ organisation: to, assignee: null }).where(inArray(tasks.id, moving));
  // Past periods that still wait go along; what was reported stays under the old name.
  await tx
    .update(periods)
    .set({ organisation: to })
    .where(and(inArray(periods.task, moving), inArray(periods.state, ['not-reported', 'not-opened', 'more-asked'])));
  await followTasks(tx, ctx, { from, to, name, tasks: moving, directives: its });
}

/** The successor has the item itself: here it ends. What was accepted stays so and opens no further period. */
async function endTasks(tx: Tx, ids: readonly string[], at: string): Promise<void> {
  const these = inArray(tasks.id, [...ids]);
  await tx
    .update(tasks)
    .set({ periodEnd: null })
    .where(and(these, eq(tasks.state, 'accepted')));
  await tx
    .update(tasks)
    .set({ state: 'withdrawn', changedAt: at })
    .where(and(these, ne(tasks.state, 'accepted')));
}

/** What goes along as a copy, since it is write-once. */
const COPIED = [
  ['history', 'directive, overseer, task, at, actor, actor_name, act, note, data, held'],
  ['evidence', 'directive, overseer, task, report, period, sha256, name, type, size, scan, added_at, added_by, added_by_name, held'],
] as const;
