import { conflict, isoInstant } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { and, inArray, sql } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { mustBeFree } from './approval/lock.ts';
import { propose } from './approval/propose.ts';
import { needsApproval } from './approval/setting.ts';
import { chosen, chosenTasks, type Submission, submitWithin } from './hand-in.ts';
import { mayWorkFor, mustBeInForce, mustBeReceived, note, type Part, permissionOn, receiptOf } from './internal.ts';
import { statesBefore } from './model.ts';
import { mustBeInPeriod } from './periods/find.ts';
import { other, partOf } from './receipt.ts';
import { tasks } from './tables.ts';

/**
 * Hands in answers, with one signed report that may cover all of them: assigned, in progress, more asked → submitted.
 * Sent twice with the same report id it is one submission. Where the organisation's leader approves first, it becomes a proposal.
 * @throws DomainError `work.not_received` | `work.report_file_missing` | `work.answer_missing` | `work.nothing_to_submit` | `work.closed` |
 * `work.proposed` | `work.period_ended`
 */
export async function submitReport(ctx: Ctx, input: Submission): Promise<{ tasks: string[]; proposal: string | null }> {
  may(ctx, permissionOn(ctx, input));
  return inTransaction(ctx, async (tx) => {
    const receipt = await receiptOf(tx, input);
    const data = mayWorkFor(ctx, receipt, input.source);
    await mustBeInForce(tx, input.directive);
    mustBeReceived(receipt);
    await mustBeInPeriod(tx, input.periods);
    if (await needsApproval(tx, ctx, input.organisation)) return propose(tx, ctx, { receipt, input });
    await mustBeFree(tx, ctx, { ...input, tasks: await chosenTasks(tx, input) });
    return { tasks: await submitWithin(tx, ctx, { receipt, data, input }), proposal: null };
  });
}

/** Asked for more since it was first handed in: by others' answers and earlier periods nothing is proved. */
const wasReviewed = sql`exists (select from history h where h.task = ${tasks.id} and h.act = 'more-asked' and h.at >= ${tasks.answeredAt})`;

/**
 * Takes answers back as long as nobody has reviewed them. The report stays on record. What had been asked for more is asked for more again
 * and keeps the time of its first submission; anything else is not answered any more.
 * @throws DomainError `work.reviewed`
 */
export async function withdrawSubmission(
  ctx: Ctx,
  input: Part & { tasks?: readonly string[] | undefined; source?: string | undefined },
): Promise<{ tasks: string[] }> {
  may(ctx, permissionOn(ctx, input));
  return inTransaction(ctx, async (tx) => {
    const receipt = await receiptOf(tx, input);
    const data = mayWorkFor(ctx, receipt, input.source);
    const rows = await tx
      .update(tasks)
      .set({
        state: sql`case when ${wasReviewed} then 'more-asked' else 'in-progress' end`,
        report: null,
        changedAt: isoInstant(ctx.clock.now()),
        answeredAt: sql`case when ${wasReviewed} then ${tasks.answeredAt} end`,
      })
      .where(and(chosen(input), inArray(tasks.state, [...statesBefore('withdraw-submission')])))
      .returning({ id: tasks.id });
    if (rows.length === 0) {
      throw conflict('work.reviewed', {
        vi: 'Báo cáo đã được xem xét hoặc chưa gửi, nên không rút lại được.',
        en: 'The report has been reviewed or was not sent, so it cannot be taken back.',
      });
    }
    const ids = rows.map(({ id }) => id);
    await note(
      tx,
      ctx,
      ids.map((task) => ({ ...partOf(receipt), task, act: 'submission-withdrawn' as const, data })),
    );
    await record(tx, ctx, {
      action: 'tasks.submission_withdrawn',
      subject: { kind: 'receipt', id: receipt.id },
      concerns: other(ctx, receipt),
      after: { tasks: ids },
    });
    return { tasks: ids };
  });
}
