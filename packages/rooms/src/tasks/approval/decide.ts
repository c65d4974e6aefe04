import { actorKey, conflict, DomainError, isoInstant, notFound, type Text } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { and, eq, inArray } from 'drizzle-orm';
import { may } from '../../access/index.ts';
import { record } from '../../audit/index.ts';
import { requirements } from '../../directives/index.ts';
import { mustBeInForce, mustBeOwn, mustBeReceived, receiptOf } from '../internal.ts';
import { statesBefore, type TaskState } from '../model.ts';
import { submitWithin } from '../hand-in.ts';
import { proposals, tasks } from '../tables.ts';
import { holding, type ProposalRow } from './lock.ts';

export type Approved = { approved: string[]; failed: { proposal: string; code: string; message: Text }[] };

/**
 * Duyệt và gửi: each proposal by itself, in its own transaction, so that one that cannot be sent holds up no other.
 * @throws DomainError where none could be sent: the reason of the first
 */
export async function approveProposals(ctx: Ctx, ids: readonly string[]): Promise<Approved> {
  may(ctx, 'reports:approve');
  const result: Approved = { approved: [], failed: [] };
  let first: DomainError | undefined;
  for (const proposal of new Set(ids)) {
    try {
      await approveProposal(ctx, proposal);
      result.approved.push(proposal);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      first ??= error;
      result.failed.push({ proposal, code: error.code, message: error.text });
    }
  }
  if (result.approved.length === 0 && first !== undefined) throw first;
  return result;
}

/**
 * The leader approves, and with that the submission happens, exactly as the officer put it forward; it counts from now.
 * @throws DomainError `proposal.not_found` | `proposal.decided` | `proposal.changed` and those of `submitReport`
 */
export async function approveProposal(ctx: Ctx, id: string): Promise<{ tasks: string[] }> {
  may(ctx, 'reports:approve');
  return inTransaction(ctx, async (tx) => {
    const row = await settle(tx, ctx, { id, state: 'approved' });
    const receipt = await receiptOf(tx, row);
    await mustBeInForce(tx, row.directive);
    mustBeReceived(receipt);
    await mustBeUnchanged(tx, row);
    const { report, reportCode, reportDay, reportSigner } = row;
    const signed =
      report === null
        ? {}
        : {
            report: {
              id: report,
              code: reportCode ?? '',
              day: reportDay ?? '',
              signer: reportSigner ?? '',
              note: row.reportNote ?? undefined,
              difficulties: row.reportDifficulties ?? undefined,
              proposals: row.reportProposals ?? undefined,
            },
          };
    const sent = await submitWithin(tx, ctx, {
      receipt,
      data: { drafted: row.proposedByName },
      input: { directive: row.directive, organisation: row.organisation, tasks: row.items.map(({ task }) => task), ...signed },
    });
    await record(tx, ctx, { action: 'proposals.approved', subject: { kind: 'proposal', id }, after: { tasks: sent } });
    return { tasks: sent };
  });
}

/** Trả lại: the officer changes it and puts it forward again. @throws DomainError `proposal.not_found` | `proposal.decided` */
export async function returnProposal(ctx: Ctx, input: { proposal: string; reason: string }): Promise<void> {
  may(ctx, 'reports:approve');
  await inTransaction(ctx, async (tx) => {
    const row = await settle(tx, ctx, { id: input.proposal, state: 'returned', reason: input.reason });
    await record(tx, ctx, {
      action: 'proposals.returned',
      subject: { kind: 'proposal', id: row.id },
      reason: input.reason,
    });
  });
}

/** An officer of the organisation takes a proposal back. @throws DomainError `proposal.not_found` | `proposal.decided` */
export async function withdrawProposal(ctx: Ctx, id: string): Promise<void> {
  may(ctx, 'tasks:work');
  await inTransaction(ctx, async (tx) => {
    await settle(tx, ctx, { id, state: 'withdrawn' });
    await record(tx, ctx, { action: 'proposals.withdrawn', subject: { kind: 'proposal', id } });
  });
}

type Deciding = { id: string; state: 'approved' | 'returned' | 'withdrawn'; reason?: string };

/** One decision only, whoever is faster. */
async function settle(tx: Tx, ctx: Ctx, { id, state, reason }: Deciding): Promise<ProposalRow> {
  const [known] = await tx.select().from(proposals).where(eq(proposals.id, id));
  if (!known) throw notFound('proposal');
  mustBeOwn(ctx, known);
  const by = { decidedBy: actorKey(ctx.actor), decidedByName: ctx.actor.name };
  const [row] = await tx
    .update(proposals)
    .set({ state, reason: reason ?? null, decidedAt: isoInstant(ctx.clock.now()), ...by })
    .where(and(eq(proposals.id, id), eq(proposals.state, 'proposed')))
    .returning();
  if (row) return row;
  const [now] = await tx.select().from(proposals).where(eq(proposals.id, id));
  throw decided(now ?? known);
}

function decided({ state, decidedByName }: ProposalRow): DomainError {
  const who = decidedByName ?? '';
  const text = {
    approved: { vi: `${who} đã duyệt và gửi kết quả này.`, en: `${who} has approved and sent this.` },
    returned: { vi: `${who} đã trả lại bản trình này.`, en: `${who} has returned this proposal.` },
    withdrawn: { vi: `${who} đã rút lại bản trình này.`, en: `${who} has taken this proposal back.` },
    proposed: { vi: 'Bản trình vừa thay đổi. Tải lại trang rồi thử lại.', en: 'The proposal has just changed. Reload and try again.' },
  }[state];
  return conflict('proposal.decided', text, { state });
}

/** Whether a task can still be sent as it was proposed. */
export function isChanged(proposed: string, task: { state: TaskState; answer: string | null } | undefined): boolean {
  return task === undefined || !statesBefore('submit').includes(task.state) || (task.answer ?? '') !== proposed;
}

/** What the leader approves is what was put forward: nothing that somebody answered otherwise or no longer asks goes out with it. */
async function mustBeUnchanged(tx: Tx, row: ProposalRow): Promise<void> {
  const ids = row.items.map(({ task }) => task);
  const locked = await tx
    .select({ id: tasks.id, state: tasks.state, answer: tasks.answer, requirement: tasks.requirement })
    .from(tasks)
    .where(and(inArray(tasks.id, ids), eq(tasks.organisation, row.organisation), eq(tasks.directive, row.directive)))
    .orderBy(tasks.id)
    .for('update');
  const byId = new Map(locked.map((task) => [task.id, task]));
  const changed = row.items.filter(({ task, answer }) => isChanged(answer, byId.get(task)));
  if (changed.length === 0) return;
  const paths = await tx
    .select({ path: requirements.path })
    .from(requirements)
    .where(
      inArray(
        requirements.id,
        changed.flatMap(({ task }) => byId.get(task)?.requirement ?? []),
      ),
    )
    .orderBy(requirements.position);
  const named = paths.map(({ path }) => path).join(', ');
  throw conflict(
    'proposal.changed',
    {
      vi: `Từ khi trình, có nội dung không còn chờ báo cáo hoặc đã được ghi khác${named && ` (mục ${named})`}. Trả lại để chuyên viên lập lại.`,
      en: `Since it was put forward, items are no longer asked or were answered otherwise${named && ` (${named})`}. Return it to be made again.`,
    },
    { tasks: changed.map(({ task }) => task) },
  );
}

/** What it was about went elsewhere: what waits for the leader ends with the reason, its texts stay with the tasks. */
export async function lapseProposals(
  tx: Tx,
  ctx: Ctx,
  { from, tasks: ids, reason = REORGANISED }: { from: string; tasks: readonly string[]; reason?: string },
): Promise<void> {
  const by = { decidedBy: actorKey(ctx.actor), decidedByName: ctx.actor.name };
  const rows = await tx
    .update(proposals)
    .set({ state: 'withdrawn', reason, decidedAt: isoInstant(ctx.clock.now()), ...by })
    .where(holding(from, ids))
    .returning({ id: proposals.id });
  for (const { id } of rows)
    await record(tx, ctx, {
      action: 'proposals.lapsed',
      subject: { kind: 'proposal', id },
      concerns: from,
      reason,
    });
}

const REORGANISED = 'Đơn vị được sắp xếp lại; nhiệm vụ chuyển sang đơn vị khác.';
