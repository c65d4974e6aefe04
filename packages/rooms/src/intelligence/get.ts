import { fold, type Text } from '@vonggac/kernel';
import { containing, type Ctx, folded, inSnapshot, type Tx } from '@vonggac/store';
import { and, asc, desc, eq, inArray, like, ne, or, type SQL, sql } from 'drizzle-orm';
import { directiveHead } from '../directives/index.ts';
import { exercises } from '../exercises/index.ts';
import { fetchList, INTERRUPTED, isStale, type List, unitNames } from './internal.ts';
import type { Correction, ListCounts, ListState, Why } from './model.ts';
import { listRows, lists, senders } from './tables.ts';

export type ListLine = {
  id: string;
  title: string;
  sender: { id: string; name: string };
  kind: List['kind'];
  state: ListState;
  isExercise: boolean;
  counts: ListCounts;
  /** Rows of the file that are in, of `total`. */
  done: number;
  total: number;
  madeAt: string;
  madeBy: string;
  finishedAt: string | null;
  coversFrom: string | null;
  coversTo: string | null;
};

export type ListView = ListLine & {
  organisation: string;
  name: string;
  size: number;
  families: string[] | null;
  directive: { id: string; subject: string } | null;
  requirement: string | null;
  due: string | null;
  exercise: { id: string; name: string } | null;
  supersedes: { id: string; title: string } | null;
  supersededBy: { id: string; title: string } | null;
  correction: Correction | null;
  cancelAsked: boolean;
  fault: Text | null;
  startedAt: string | null;
  units: { unit: { id: string; name: string }; rows: number; machines: number }[];
  why: { why: Why; rows: number }[];
  withdrawal: { askedBy: string; askedAt: string; reason: string; mine: boolean } | null;
  withdrawn: { by: string; at: string } | null;
};

type Row = { list: List; sender: { id: string; name: string }; stale: boolean };

function lineOf({ list, sender, stale }: Row): ListLine {
  const { id, title, kind, counts, done, madeAt, madeByName: madeBy, finishedAt, coversFrom, coversTo } = list;
  // Of a long list the total is near until its last row is in.
  const total = finishedAt === null ? Math.max(done, list.total) : done;
  const state = stale ? 'stopped' : list.state;
  const isExercise = list.exercise !== null;
  return { id, title, sender, kind, state, isExercise, counts, done, total, madeAt, madeBy, finishedAt, coversFrom, coversTo };
}

async function headOf(tx: Tx, id: string | null): Promise<{ id: string; title: string } | null> {
  if (id === null) return null;
  const [row] = await tx.select({ id: lists.id, title: lists.title }).from(lists).where(eq(lists.id, id));
  return row ?? null;
}

async function exerciseOf(tx: Tx, id: string | null): Promise<ListView['exercise']> {
  if (id === null) return null;
  const [row] = await tx.select({ id: exercises.id, name: exercises.name }).from(exercises).where(eq(exercises.id, id));
  return row ?? null;
}

type Result = Pick<ListView, 'units' | 'why'>;

/**
 * Whom the rows of a list lead to and why, in one look at them. Machines and families are told apart by bytes: whether two are the same
 * is all that counts, and a Vietnamese order costs several times as much.
 */
async function resultOf(tx: Tx, ctx: Ctx, id: string): Promise<Result> {
  const { rows } = await tx.execute<
    { target: string; why: null; rows: number; machines: number } | { target: null; why: Why; rows: number }
  >(sql`
    with told as materialized (
      select why, target, case when target is not null then machine_key collate "C" end as machine, case when target is not null then family collate "C" end as family, count(*) as n
      from ${listRows} where list = ${id}::uuid group by 1, 2, 3, 4)
    select null::uuid as target, why, sum(n)::int as rows, null::int as machines from told group by why
    union all
    select target, null, sum(n)::int, count(*)::int
    from (select target, machine, family, sum(n) as n from told where target is not null group by 1, 2, 3) m group by target
    order by rows desc, target, why`);
  const names = await unitNames(
    tx,
    ctx,
    rows.map(({ target }) => target),
  );
  const units: Result['units'] = [];
  const why: Result['why'] = [];
  for (const row of rows) {
    if (row.target === null) why.push({ why: row.why, rows: row.rows });
    else units.push({ unit: { id: row.target, name: names.get(row.target) ?? '' }, rows: row.rows, machines: row.machines });
  }
  return { units, why };
}

/** A list with its result: how far, whom its rows lead to and why, what it replaced. */
export async function getList(ctx: Ctx, id: string): Promise<ListView> {
  return inSnapshot(ctx, async (tx) => {
    const list = await fetchList(tx, ctx, id);
    const [more] = await tx
      .select({
        sender: { id: senders.id, name: senders.name },
        stale: isStale,
      })
      .from(lists)
      .innerJoin(senders, eq(senders.id, lists.sender))
      .where(eq(lists.id, id));
    const [by] = await tx
      .select({ id: lists.id, title: lists.title })
      .from(lists)
      .where(and(eq(lists.supersedes, id), eq(lists.state, 'done')));
    const isOver = list.state !== 'draft' && list.state !== 'running';
    const head = list.directive === null ? undefined : (await directiveHead(tx, [list.directive])).get(list.directive);
    const result = isOver ? await resultOf(tx, ctx, id) : { units: [], why: [] };
    return {
      ...lineOf({ list, sender: more!.sender, stale: more!.stale }),
      organisation: list.organisation,
      name: list.name,
      size: list.size,
      families: list.families,
      directive: head ? { id: head.id, subject: head.subject } : null,
      requirement: list.requirement,
      due: list.due,
      exercise: await exerciseOf(tx, list.exercise),
      supersedes: await headOf(tx, list.supersedes),
      supersededBy: by ?? null,
      correction: list.correction,
      cancelAsked: list.cancelAsked,
      fault: more!.stale ? INTERRUPTED : list.fault,
      startedAt: list.startedAt,
      ...result,
      withdrawal: withdrawalOf(ctx, list),
      withdrawn: list.withdrawnAt === null ? null : { by: list.withdrawnByName ?? '', at: list.withdrawnAt },
    };
  });
}

function withdrawalOf(ctx: Ctx, list: List): ListView['withdrawal'] {
  if (list.withdrawAskedAt === null) return null;
  const mine = ctx.actor.kind === 'person' && list.withdrawAskedBy === ctx.actor.id;
  return { askedBy: list.withdrawAskedByName ?? '', askedAt: list.withdrawAskedAt, reason: list.withdrawReason ?? '', mine };
}

export type ListsQuery = {
  q?: string | undefined;
  state?: 'living' | 'draft' | 'gone' | 'all' | undefined;
  sender?: string | undefined;
  page: number;
  size: number;
};

const STATES = {
  living: ['running', 'stopped', 'cancelled', 'done'],
  draft: ['draft'],
  gone: ['superseded', 'withdrawn'],
} as const satisfies Record<string, readonly ListState[]>;

/** The lists of the own subtree, the newest first. Drafts are shown where they are asked for. */
export async function listLists(ctx: Ctx, query: ListsQuery): Promise<{ items: ListLine[]; total: number }> {
  const state = query.state ?? 'living';
  const states = state === 'all' ? ne(lists.state, 'draft') : inArray(lists.state, [...STATES[state]]);
  const own: SQL = sql`${lists.organisation} = any(${`{${ctx.scope.organisations.join(',')}}`}::uuid[])`;
  const words = query.q ? containing(fold(query.q)) : null;
  const where = and(
    own,
    states,
    query.sender ? eq(lists.sender, query.sender) : undefined,
    words === null ? undefined : or(like(folded(lists.title), words), like(folded(lists.name), words), like(senders.folded, words)),
  );
  return inSnapshot(ctx, async (tx) => {
    const from = tx
      .select({ list: lists, sender: { id: senders.id, name: senders.name }, stale: isStale })
      .from(lists)
      .innerJoin(senders, eq(senders.id, lists.sender))
      .where(where)
      .orderBy(desc(lists.madeAt), asc(lists.id));
    const rows = await from.limit(query.size).offset((query.page - 1) * query.size);
    const [sum] = await tx
      .select({ total: sql<number>`count(*)::int` })
      .from(lists)
      .innerJoin(senders, eq(senders.id, lists.sender))
      .where(where);
    return { items: rows.map(lineOf), total: sum!.total };
  });
}
