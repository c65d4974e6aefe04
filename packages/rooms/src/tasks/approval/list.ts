import { type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { and, asc, desc, eq, inArray, or, sql } from 'drizzle-orm';
import { grants, type Permission } from '../../access/index.ts';
import { directiveHead, requirements } from '../../directives/index.ts';
import type { Part } from '../internal.ts';
import { type TaskState, type TimeState, timeStateOf } from '../model.ts';
import { saysNothing } from '../nothing.ts';
import { evidence, proposals, tasks } from '../tables.ts';
import { isChanged } from './decide.ts';
import type { ProposalRow } from './lock.ts';

type EvidenceRow = typeof evidence.$inferSelect;
type Decision = Pick<ProposalRow, 'id' | 'directive' | 'state' | 'note' | 'proposedAt' | 'proposedByName'> &
  Pick<ProposalRow, 'decidedAt' | 'decidedByName' | 'reason'> & { can: { approve: boolean; withdraw: boolean } };

/** A proposal beside the items of its directive. */
export type ProposalHead = Decision & { tasks: string[] };

/** A proposal as the leader decides on it. */
export type ProposalView = Decision & {
  code: string | null;
  symbol: string | null;
  subject: string;
  issuerName: string | null;
  exerciseName: string | null;
  due: string | null;
  timeState: TimeState;
  items: ProposedView[];
  report: { id: string; code: string; day: string; signer: string; note: string | null; evidence: EvidenceRow[] } | null;
};
type ProposedView = {
  task: string;
  path: string;
  text: string;
  answer: string;
  nothing: boolean;
  state: TaskState;
  due: string | null;
  changed: boolean;
  evidence: EvidenceRow[];
};

const mine = (ctx: Ctx) => eq(proposals.organisation, ctx.actor.organisation);
const waits = eq(proposals.state, 'proposed');
/** When it must be sent at the latest so that nothing in it is late; what was sent before is not late any more. */
const latest = sql`(select min(t.due) from jsonb_array_elements(${proposals.items}) i join tasks t on t.id = (i ->> 'task')::uuid where t.answered_at is null)`;

/** What the acting organisation's officers put before its leader: what waits by its deadline, what was decided newest first. */
export async function listProposals(
  ctx: Ctx,
  query: { tab: 'open' | 'decided'; page: number; size: number },
): Promise<{ items: ProposalView[]; total: number }> {
  return inSnapshot(ctx, async (tx) => {
    const wanted = and(mine(ctx), query.tab === 'open' ? waits : inArray(proposals.state, ['approved', 'returned', 'withdrawn']));
    const rows = await tx
      .select()
      .from(proposals)
      .where(wanted)
      .orderBy(
        ...(query.tab === 'open' ? [sql`${latest} nulls last`, asc(proposals.proposedAt)] : [desc(proposals.decidedAt)]),
        proposals.id,
      )
      .limit(query.size)
      .offset((query.page - 1) * query.size);
    return { items: await viewsOf(tx, ctx, rows), total: await tx.$count(proposals, wanted) };
  });
}

/** For the organisation itself: what of one directive waits for its leader or was returned last. */
export async function proposalsOf(tx: Tx, ctx: Ctx, part: Part): Promise<ProposalHead[]> {
  const rows = await tx
    .select()
    .from(proposals)
    .where(
      and(
        eq(proposals.directive, part.directive),
        eq(proposals.organisation, part.organisation),
        or(waits, eq(proposals.state, 'returned')),
      ),
    )
    .orderBy(desc(proposals.proposedAt), desc(proposals.id));
  const open = rows.filter(({ state }) => state === 'proposed');
  const returned = rows.find(({ state }) => state === 'returned');
  return [...open, ...(returned === undefined ? [] : [returned])].map((row) => ({
    ...decisionOf(ctx, row),
    tasks: row.items.map(({ task }) => task),
  }));
}

const has = (ctx: Ctx, permission: Permission): boolean => ctx.actor.kind === 'system' || grants(ctx.actor.role).includes(permission);

function decisionOf(ctx: Ctx, row: ProposalRow): Decision {
  const { id, directive, state, note, proposedAt, proposedByName, decidedAt, decidedByName, reason } = row;
  const open = state === 'proposed' && row.organisation === ctx.actor.organisation;
  const can = { approve: open && has(ctx, 'reports:approve'), withdraw: open && has(ctx, 'tasks:work') };
  return { id, directive, state, note, proposedAt, proposedByName, decidedAt, decidedByName, reason, can };
}

async function viewsOf(tx: Tx, ctx: Ctx, rows: readonly ProposalRow[]): Promise<ProposalView[]> {
  if (rows.length === 0) return [];
  const heads = await directiveHead(tx, [...new Set(rows.map(({ directive }) => directive))]);
  const byTask = await tasksOf(tx, rows);
  const files = await filesOf(tx, rows);
  return rows.map((row) => {
    const head = heads.get(row.directive);
    const items = row.items
      .flatMap(({ task, answer }) => {
        const now = byTask.get(task);
        if (now === undefined) return [];
        const changed = row.state === 'proposed' && isChanged(answer, now);
        const own = files.filter((file) => file.task === task);
        return [{ ...now, answer, nothing: saysNothing(answer), changed, evidence: own }];
      })
      .toSorted((a, b) => a.position - b.position);
    const unsent = items.flatMap(({ answeredAt, due }) => (answeredAt === null && due !== null ? [due] : []));
    const due = unsent.toSorted()[0] ?? null;
    return {
      ...decisionOf(ctx, row),
      code: head?.code ?? null,
      symbol: head?.symbol ?? null,
      subject: head?.subject ?? '',
      issuerName: head?.issuerName ?? null,
      exerciseName: head?.exerciseName ?? null,
      due,
      timeState: timeStateOf(due, null, ctx.clock.now()),
      items,
      report: reportOf(row, files),
    };
  });
}

function reportOf(row: ProposalRow, files: readonly EvidenceRow[]): ProposalView['report'] {
  const { report: id, reportCode: code, reportDay: day, reportSigner: signer, reportNote: note } = row;
  if (id === null || code === null || day === null || signer === null) return null;
  return { id, code, day, signer, note, evidence: files.filter((file) => file.report === id) };
}

async function tasksOf(tx: Tx, rows: readonly ProposalRow[]) {
  const ids = rows.flatMap(({ items }) => items.map(({ task }) => task));
  const found = await tx
    .select({
      task: tasks.id,
      path: requirements.path,
      text: requirements.text,
      position: requirements.position,
      state: tasks.state,
      due: tasks.due,
      answer: tasks.answer,
      answeredAt: tasks.answeredAt,
    })
    .from(tasks)
    .innerJoin(requirements, eq(requirements.id, tasks.requirement))
    .where(inArray(tasks.id, ids));
  return new Map(found.map((row) => [row.task, row]));
}

async function filesOf(tx: Tx, rows: readonly ProposalRow[]): Promise<EvidenceRow[]> {
  const ids = rows.flatMap(({ items }) => items.map(({ task }) => task));
  const reports = rows.flatMap(({ report }) => report ?? []);
  return tx
    .select()
    .from(evidence)
    .where(or(inArray(evidence.task, ids), inArray(evidence.report, reports)))
    .orderBy(asc(evidence.addedAt));
}
