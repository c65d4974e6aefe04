import { isoInstant } from '@vonggac/kernel';
import { type Ctx, inSnapshot, isoOf, type Tx } from '@vonggac/store';
import { type SQL, sql } from 'drizzle-orm';
import { countApprovals } from './approval/count.ts';
import { saysNothing } from './nothing.ts';
import { list } from './sql-list.ts';
import { groupOf, type ReceiptState, type TaskState, timeStateOf, TODO_STATES, type TimeState, type WorkGroup } from './model.ts';

export type WorkTab = 'todo' | 'waiting' | 'done';
/** `exercise`: the work of exercises, which is never mixed with the rest. */
export type WorkQuery = { tab: WorkTab; mine: boolean; exercise?: boolean | undefined; page: number; size: number };

/** What has to be done for one directive by one deadline, or a whole directive that was not received yet: a card on the phone. */
export type WorkCard = {
  directive: string;
  organisation: string;
  kind: string;
  code: string | null;
  symbol: string | null;
  subject: string;
  urgency: string | null;
  issuerName: string | null;
  receiptState: ReceiptState;
  /** The last instant in time; null where the document names none. */
  due: string | null;
  /** When the last of its items was first answered; null while one is not. */
  answeredAt: string | null;
  group: WorkGroup;
  timeState: TimeState;
  items: {
    task: string;
    path: string;
    text: string;
    state: TaskState;
    assignee: string | null;
    nothing: boolean;
    /** The reporting period that runs, where the item recurs. */
    period: { number: number; from: string; to: string } | null;
  }[];
  /** How many of its items wait for the own leader. */
  proposed: number;
};

export type WorkCounts = {
  todo: number;
  waiting: number;
  done: number;
  overdue: number;
  unreceived: number;
  exercise: number;
  parts: number;
  approvals: number;
};

const STATES: Record<WorkTab, readonly TaskState[]> = { todo: TODO_STATES, waiting: ['submitted'], done: ['accepted'] };

/**
 * The work of the acting organisation, one card for each directive and deadline: what is due first stands first, what waits or is done
 * newest first. `mine` keeps what is assigned to the actor.
 */
export async function myWork(ctx: Ctx, query: WorkQuery): Promise<{ items: WorkCard[]; total: number; counts: WorkCounts }> {
  return inSnapshot(ctx, async (tx) => {
    const { rows } = await tx.execute<{ items: CardRow[] | null; counts: Omit<WorkCounts, 'approvals'> }>(workStatement(ctx, query));
    const { items, counts } = rows[0]!;
    const approvals = await countApprovals(tx, ctx);
    return { items: (items ?? []).map((row) => cardOf(ctx, row)), total: counts[query.tab], counts: { ...counts, approvals } };
  });
}

/** How much waits for the acting organisation, for the badge in the navigation. */
export async function workCounts(ctx: Ctx): Promise<WorkCounts> {
  return inSnapshot(ctx, (tx) => countWork(tx, ctx));
}

type CardRow = Omit<WorkCard, 'group' | 'timeState' | 'items'> & {
  items: (Omit<WorkCard['items'][number], 'nothing'> & { answer: string | null })[] | null;
};

/** One card for each deadline; a document that was not received yet is one card, whatever its deadlines. */
export const cardKey = sql`case when r.state = '01' then null else t.due end`;

function mineOnly(ctx: Ctx, mine: boolean): SQL {
  return mine && ctx.actor.kind === 'person' ? sql`and t.assignee = ${ctx.actor.id}` : sql``;
}

/** What the acting organisation has to do, read once: the cards and the counts are both made from it. */
function mineOf(ctx: Ctx, { mine, exercise = false }: Pick<WorkQuery, 'mine' | 'exercise'>): SQL {
  return sql`mine as materialized (
      select t.id, t.directive, t.due, t.state, t.changed_at, t.answered_at, ${cardKey} as key
      from tasks t join receipts r on r.directive = t.directive and r.organisation = t.organisation
      where t.organisation = ${ctx.actor.organisation} and t.state <> 'withdrawn' and r.exercise = ${exercise} ${mineOnly(ctx, mine)}
    )`;
}

function countsOf(ctx: Ctx, exercise = false): SQL {
  const now = sql`${isoInstant(ctx.clock.now())}::timestamptz`;
  const openParts = sql`p.organisation = ${ctx.actor.organisation} and p.state = 'given'`;
  return sql`
    select
      count(*) filter (where tab = 'todo')::int as todo,
      count(*) filter (where tab = 'waiting')::int as waiting,
      count(*) filter (where tab = 'done')::int as done,
      (count(*) filter (where tab = 'todo' and due < ${now})
        + (select count(*) from parts p where ${openParts} and p.exercise = ${exercise} and p.due < ${now}))::int as overdue,
      (select count(*)::int from parts p where ${openParts} and p.exercise = ${exercise}) as parts,
      (select count(*)::int from receipts r where r.organisation = ${ctx.actor.organisation} and r.state = '01' and r.exercise = ${exercise}
         and exists (select from tasks o where o.directive = r.directive and o.organisation = r.organisation and o.state <> 'withdrawn')) as unreceived,
      (select count(*)::int from receipts r where r.organisation = ${ctx.actor.organisation} and r.exercise
         and exists (select from tasks o where o.directive = r.directive and o.organisation = r.organisation and o.state in (${list(TODO_STATES)})))
        + (select count(distinct p.directive)::int from parts p where ${openParts} and p.exercise) as exercise
    from (
      select directive, key, min(due) filter (where answered_at is null) as due,
        case when state = 'submitted' then 'waiting' when state = 'accepted' then 'done' else 'todo' end as tab
      from mine group by 1, 2, 4
    ) tabs`;
}

function workStatement(ctx: Ctx, { tab, mine, exercise, page, size }: WorkQuery): SQL {
  const order = tab === 'todo' ? sql`due nulls last, latest desc, directive` : sql`latest desc, directive, due`;
  // The page is cut before texts are read: an organisation has hundreds of tasks, a page a few cards.
  return sql`
    with ${mineOf(ctx, { mine, exercise })}, cards as materialized (
      select directive, min(due) as due, max(changed_at) as latest, case when bool_and(answered_at is not null) then max(answered_at) end as answered, array_agg(id) as ids
      from mine where state in (${list(STATES[tab])})
      group by directive, key
      order by ${order} limit ${size} offset ${(page - 1) * size}
    ), shown as (
      select c.directive, r.organisation, d.kind, d.code, d.symbol, d.subject, d.urgency, d.issuer_name as "issuerName", r.state as "receiptState",
        c.due, c.answered as "answeredAt", c.latest,
        (select count(distinct i ->> 'task')::int from submission_proposals p cross join jsonb_array_elements(p.items) i
         where p.organisation = ${ctx.actor.organisation} and p.state = 'proposed' and p.directive = c.directive and (i ->> 'task')::uuid = any(c.ids)) as proposed,
        (select json_agg(json_build_object('task', t.id, 'path', q.path, 'text', left(q.text, 300), 'state', t.state, 'assignee', t.assignee, 'answer', left(t.answer, 40),
          'period', case when t.period is not null then json_build_object('number', t.period, 'from', t.period_from, 'to', t.period_to) end) order by q.position)
         from tasks t join requirements q on q.id = t.requirement where t.id = any(c.ids)) as items
      from cards c
      join receipts r on r.directive = c.directive and r.organisation = ${ctx.actor.organisation}
      join directives d on d.id = c.directive
    )
    select (select json_agg(to_jsonb(s) - 'latest' order by ${tab === 'todo' ? sql`s.due nulls last, s.latest desc, s.directive` : sql`s.latest desc, s.directive, s.due`}) from shown s) as items,
      (select row_to_json(n) from (${countsOf(ctx, exercise)}) n) as counts`;
}

function cardOf(ctx: Ctx, row: CardRow): WorkCard {
  const now = ctx.clock.now();
  const due = row.due === null ? null : isoOf(row.due);
  const answeredAt = row.answeredAt === null ? null : isoOf(row.answeredAt);
  const group = groupOf(due, now);
  // What was answered and asked for more is not overdue, but it waits now.
  return {
    ...row,
    due,
    answeredAt,
    items: (row.items ?? []).map(({ answer, ...item }) => ({ ...item, nothing: saysNothing(answer) })),
    group: answeredAt !== null && group === 'overdue' ? 'today' : group,
    timeState: timeStateOf(due, answeredAt, now),
  };
}

async function countWork(tx: Tx, ctx: Ctx): Promise<WorkCounts> {
  const { rows } = await tx.execute<Omit<WorkCounts, 'approvals'>>(sql`with ${mineOf(ctx, { mine: false })} ${countsOf(ctx)}`);
  return { ...rows[0]!, approvals: await countApprovals(tx, ctx) };
}
