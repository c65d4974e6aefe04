import { conflict, invalid, isoInstant, notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction, raise, type Tx } from '@vonggac/store';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { closed } from './answer.ts';
import { keepDeclared, replaceDeclared } from './declare/put-declared.ts';
import type { TasksSubmitted } from './events.ts';
import {
  mayWorkFor,
  mustBeInForce,
  mustBeReceived,
  mustNotBeLater,
  note,
  type Part,
  permissionOn,
  type Receipt,
  receiptOf,
} from './internal.ts';
import { type ActData, statesBefore } from './model.ts';
import { other, partOf } from './receipt.ts';
import { evidence, reports, tasks } from './tables.ts';

/** `id` is made by the sender, so that its file can be uploaded before and a retry after a lost answer is the same report. */
export type SignedReport = { id: string; code: string; day: string; signer: string; note?: string | undefined };

export type Submission = Part & {
  /** The tasks that it covers; all that are open where left out. */
  tasks?: readonly string[] | undefined;
  /** The signed report; without one every task needs an answer or evidence of its own. */
  report?: SignedReport | undefined;
  source?: string | undefined;
};

/**
 * Hands in answers, with one signed report that may cover all of them: assigned, in progress, more asked → submitted.
 * Sent twice with the same report id it is one submission.
 * @throws DomainError `work.not_received` | `work.report_file_missing` | `work.answer_missing` | `work.nothing_to_submit` | `work.closed`
 */
export async function submitReport(ctx: Ctx, input: Submission): Promise<{ tasks: string[] }> {
  may(ctx, permissionOn(ctx, input));
  return inTransaction(ctx, async (tx) => {
    const receipt = await receiptOf(tx, input);
    const data = mayWorkFor(ctx, receipt, input.source);
    await mustBeInForce(tx, input.directive);
    mustBeReceived(receipt);
    if (input.report && !(await fileReport(tx, ctx, { receipt, report: input.report })))
      return { tasks: await coveredBy(tx, input.report.id) };
    if (!input.report) await mustBeAnswered(tx, input);
    const submitted = await submit(tx, ctx, input);
    const report = input.report?.id ?? null;
    const extra: ActData = {
      ...data,
      ...(input.report ? { report: input.report.id, code: input.report.code, day: input.report.day } : {}),
    };
    await note(
      tx,
      ctx,
      submitted.map(({ id, answer }) => ({ ...partOf(receipt), task: id, act: 'submitted' as const, note: answer, data: extra })),
    );
    const ids = submitted.map(({ id }) => id);
    await replaceDeclared(tx, ids);
    if (data.source !== undefined) await declareSubmitted(tx, ctx, { receipt, input, submitted });
    await record(tx, ctx, {
      action: 'tasks.submitted',
      subject: { kind: 'receipt', id: receipt.id },
      concerns: other(ctx, receipt),
      after: { tasks: ids, report: input.report ?? null, ...data },
    });
    await raise<TasksSubmitted>(tx, ctx, { name: 'tasks.submitted', ...partOf(receipt), tasks: ids, report });
    return { tasks: ids };
  });
}

/** What the desk hands in for the agency is declared by it, and the file of the signed report proves it. */
async function declareSubmitted(
  tx: Tx,
  ctx: Ctx,
  { receipt, input, submitted }: { receipt: Receipt; input: Submission; submitted: readonly { id: string; answer: string | null }[] },
): Promise<void> {
  const { report } = input;
  const [proof] =
    report === undefined ? [] : await tx.select({ id: evidence.id }).from(evidence).where(eq(evidence.report, report.id)).limit(1);
  await keepDeclared(tx, ctx, {
    receipt,
    way: {
      via: report === undefined ? 'other' : 'paper',
      who: report?.signer ?? null,
      saidAt: isoInstant(ctx.clock.now()),
      note: input.source ?? null,
      proof: proof?.id ?? null,
      file: null,
    },
    items: submitted.map(({ id, answer }) => ({
      task: id,
      answer: answer ?? '',
      done: 'done' as const,
      day: null,
      code: report?.code ?? null,
      remark: null,
      extra: {},
      before: { state: 'in-progress', answer, answeredAt: null, declared: 'desk' },
    })),
  });
}

/** @returns false where this very report is there already */
async function fileReport(tx: Tx, ctx: Ctx, { receipt, report }: { receipt: Receipt; report: SignedReport }): Promise<boolean> {
  mustNotBeLater(ctx, report.day, 'report.day');
  const [file] = await tx
    .select({ id: evidence.id })
    .from(evidence)
    .where(and(eq(evidence.report, report.id), eq(evidence.organisation, receipt.organisation)))
    .limit(1);
  if (!file) {
    throw invalid('work.report_file_missing', 'report.file', {
      vi: 'Chưa có tệp báo cáo đã ký. Chọn tệp rồi gửi lại.',
      en: 'The file of the signed report is missing. Choose it and send again.',
    });
  }
  const [made] = await tx
    .insert(reports)
    .values({
      ...partOf(receipt),
      id: report.id,
      code: report.code,
      day: report.day,
      signer: report.signer,
      note: report.note ?? null,
      submittedAt: isoInstant(ctx.clock.now()),
      submittedBy: ctx.actor.name,
    })
    .onConflictDoNothing()
    .returning({ id: reports.id });
  if (made) return true;
  const [known] = await tx.select().from(reports).where(eq(reports.id, report.id));
  if (known?.organisation === receipt.organisation && known.directive === receipt.directive) return false;
  throw notFound('report');
}

async function coveredBy(tx: Tx, report: string): Promise<string[]> {
  const rows = await tx.select({ id: tasks.id }).from(tasks).where(eq(tasks.report, report));
  return rows.map(({ id }) => id);
}

const chosen = ({ directive, organisation, tasks: ids }: Submission) =>
  and(eq(tasks.directive, directive), eq(tasks.organisation, organisation), ids === undefined ? undefined : inArray(tasks.id, [...ids]));

async function mustBeAnswered(tx: Tx, input: Submission): Promise<void> {
  const [bare] = await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(
      and(
        chosen(input),
        inArray(tasks.state, [...statesBefore('submit')]),
        sql`coalesce(${tasks.answer}, '') = ''`,
        sql`not exists (select from evidence e where e.task = ${tasks.id} and e.organisation = ${tasks.organisation})`,
      ),
    )
    .limit(1);
  if (!bare) return;
  throw invalid('work.answer_missing', `tasks.${bare.id}`, {
    vi: 'Nội dung này chưa có kết quả thực hiện hoặc minh chứng. Bổ sung, hoặc gửi kèm báo cáo đã ký.',
    en: 'This item has neither an answer nor evidence. Add one, or send a signed report with it.',
  });
}

async function submit(tx: Tx, ctx: Ctx, input: Submission): Promise<{ id: string; answer: string | null }[]> {
  const at = isoInstant(ctx.clock.now());
  const done = await tx
    .update(tasks)
    .set({
      state: 'submitted',
      report: input.report?.id ?? sql`${tasks.report}`,
      answeredAt: sql`coalesce(${tasks.answeredAt}, ${at}::timestamptz)`,
      requestedDue: null,
      declared: ctx.actor.organisation === input.organisation ? null : 'desk',
      changedAt: at,
    })
    .where(and(chosen(input), inArray(tasks.state, [...statesBefore('submit')])))
    .returning({ id: tasks.id, answer: tasks.answer });
  if (input.tasks !== undefined && done.length < new Set(input.tasks).size)
    await sayWhatIsClosed(
      tx,
      input,
      done.map(({ id }) => id),
    );
  if (done.length > 0) return done;
  throw conflict('work.nothing_to_submit', {
    vi: 'Không còn nội dung nào chờ báo cáo.',
    en: 'No item is waiting to be reported.',
  });
}

async function sayWhatIsClosed(tx: Tx, input: Submission, done: readonly string[]): Promise<never> {
  const rows = await tx.select({ id: tasks.id, state: tasks.state }).from(tasks).where(chosen(input));
  const left = rows.find(({ id }) => !done.includes(id));
  if (!left) throw notFound('work');
  throw closed(left.state, `tasks.${left.id}`);
}

/**
 * Takes answers back as long as nobody has reviewed them. The report stays on record; the time of the first submission is only kept
 * where it had already been reviewed once.
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
        state: 'in-progress',
        report: null,
        changedAt: isoInstant(ctx.clock.now()),
        answeredAt: sql`case when exists (select from history h where h.task = ${tasks.id} and h.act = 'more-asked') then ${tasks.answeredAt} end`,
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
