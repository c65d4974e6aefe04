import { conflict, DomainError, invalid, isoInstant, notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction, raise, type Tx } from '@vonggac/store';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { may } from '../../access/index.ts';
import { record } from '../../audit/index.ts';
import { needsApproval } from '../approval/setting.ts';
import type { TasksSubmitted } from '../events.ts';
import { mayWorkFor, mustBeInForce, mustBeReceived, note, type Part, permissionOn, type Receipt, receiptOf } from '../internal.ts';
import { NOTHING } from '../nothing.ts';
import { other, partOf } from '../receipt.ts';
import { evidence, periods } from '../tables.ts';

export type PastReport = Part & {
  period: string;
  /** Left out: what was drafted in time stands. */
  answer?: string | undefined;
  /** Không phát sinh, with the answer as its note. */
  nothing?: boolean | undefined;
  source?: string | undefined;
};

const OPEN = ['not-reported', 'not-opened', 'more-asked', 'submitted'] as const;

/**
 * Báo cáo bù: reports for a period that has ended, or adds what the desk asked for; as long as it is not accepted it can be written anew.
 * It counts by when it was first reported.
 * @throws DomainError `period.not_found` | `period.accepted` | `work.answer_missing` | `work.not_received` | `work.approval_needed`
 */
export async function reportPast(ctx: Ctx, input: PastReport): Promise<{ period: string; answeredAt: string }> {
  may(ctx, permissionOn(ctx, input));
  return inTransaction(ctx, async (tx) => {
    const receipt = await receiptOf(tx, input);
    const data = mayWorkFor(ctx, receipt, input.source);
    await mustBeInForce(tx, input.directive);
    mustBeReceived(receipt);
    if (await needsApproval(tx, ctx, input.organisation)) throw approvalNeeded();
    const before = await locked(tx, input);
    const text = input.nothing ? [NOTHING, input.answer].filter(Boolean).join(' ') : (input.answer ?? before.answer ?? '');
    if (text.trim() === '') await mustBeProved(tx, before);
    const at = isoInstant(ctx.clock.now());
    const [saved] = await tx
      .update(periods)
      .set({
        state: 'submitted',
        answer: text,
        answeredAt: sql`coalesce(${periods.answeredAt}, ${at}::timestamptz)`,
        declared: ctx.actor.organisation === input.organisation ? null : 'desk',
        changedAt: at,
      })
      .where(and(eq(periods.id, before.id), inArray(periods.state, [...OPEN])))
      .returning({ answeredAt: periods.answeredAt });
    await tell(tx, ctx, { receipt, before, text, data });
    return { period: before.id, answeredAt: saved!.answeredAt! };
  });
}

type Row = typeof periods.$inferSelect;

async function tell(
  tx: Tx,
  ctx: Ctx,
  { receipt, before, text, data }: { receipt: Receipt; before: Row; text: string; data: ReturnType<typeof mayWorkFor> },
): Promise<void> {
  const said = { ...data, number: String(before.number), day: before.firstDay, until: before.lastDay };
  await note(tx, ctx, [{ ...partOf(receipt), task: before.task, act: 'period-reported', note: text, data: said }]);
  await record(tx, ctx, {
    action: 'tasks.period_reported',
    subject: { kind: 'receipt', id: receipt.id },
    concerns: other(ctx, receipt),
    before: { state: before.state, answer: before.answer },
    after: { task: before.task, period: before.number, answer: text, ...data },
  });
  await raise<TasksSubmitted>(tx, ctx, { name: 'tasks.submitted', ...partOf(receipt), tasks: [before.task], report: null });
}

async function locked(tx: Tx, { period, directive, organisation }: PastReport): Promise<Row> {
  const [row] = await tx
    .select()
    .from(periods)
    .where(and(eq(periods.id, period), eq(periods.directive, directive), eq(periods.organisation, organisation)))
    .for('update');
  if (!row) throw notFound('period');
  if (row.state !== 'accepted') return row;
  throw conflict('period.accepted', {
    vi: `Kết quả của kỳ ${row.number} đã được ghi nhận.`,
    en: `The result of period ${row.number} has been accepted.`,
  });
}

async function mustBeProved(tx: Tx, { task, number, organisation }: Row): Promise<void> {
  const of = and(eq(evidence.task, task), eq(evidence.period, number), eq(evidence.organisation, organisation));
  if ((await tx.$count(evidence, of)) > 0) return;
  throw invalid('work.answer_missing', 'answer', {
    vi: `Kỳ ${number} chưa có kết quả hoặc minh chứng. Ghi kết quả, hoặc chọn “Không phát sinh”.`,
    en: `Period ${number} has neither an answer nor evidence. Write the result, or choose “nothing to report”.`,
  });
}

function approvalNeeded(): DomainError {
  return new DomainError('forbidden', 'work.approval_needed', {
    vi: 'Đơn vị yêu cầu lãnh đạo duyệt trước khi gửi. Báo cáo bù kỳ đã qua do lãnh đạo đơn vị gửi; minh chứng chuyên viên vẫn bổ sung được.',
    en: 'In this organisation the leader approves before results are sent. A late report of a past period is sent by the leader; officers can still add evidence.',
  });
}
