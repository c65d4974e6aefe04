import { conflict, invalid, isoInstant, notFound } from '@vonggac/kernel';
import { type Ctx, raise, type Tx } from '@vonggac/store';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { record } from '../audit/index.ts';
import { closed } from './answer.ts';
import { releaseHeld } from './approval/release.ts';
import { keepDeclared, replaceDeclared } from './declare/put-declared.ts';
import type { TasksSubmitted } from './events.ts';
import { mustNotBeLater, note, type Part, type Receipt } from './internal.ts';
import { type ActData, statesBefore } from './model.ts';
import { other, partOf } from './receipt.ts';
import { evidence, reports, tasks } from './tables.ts';

/** `id` is made by the sender, so that its file can be uploaded before and a retry after a lost answer is the same report. */
export type SignedReport = {
  id: string;
  code: string;
  day: string;
  signer: string;
  note?: string | undefined;
  /** What is difficult and what the agency proposes: they flow into the report of who sums up. */
  difficulties?: string | undefined;
  proposals?: string | undefined;
};

export type Submission = Part & {
  /** The tasks that it covers; all that are open where left out. */
  tasks?: readonly string[] | undefined;
  /** The signed report; without one every task needs an answer or evidence of its own. */
  report?: SignedReport | undefined;
  source?: string | undefined;
  /** The reporting periods that the screen showed, by task. */
  periods?: Record<string, number> | undefined;
  /** For the own leader, where that one approves first. */
  note?: string | undefined;
};

/** The submission itself, in its transaction, once who may has been settled. @returns the tasks that it covers */
export async function submitWithin(
  tx: Tx,
  ctx: Ctx,
  { receipt, data, input }: { receipt: Receipt; data: ActData; input: Submission },
): Promise<string[]> {
  if (input.report && !(await fileReport(tx, ctx, { receipt, report: input.report }))) return coveredBy(tx, input.report.id);
  if (!input.report) await mustBeAnswered(tx, input);
  const submitted = await submit(tx, ctx, input);
  const report = input.report?.id ?? null;
  const extra: ActData = {
    ...data,
    ...(input.report ? { report: input.report.id, code: input.report.code, day: input.report.day } : {}),
  };
  const ids = submitted.map(({ id }) => id);
  await releaseHeld(tx, receipt, { tasks: ids, report });
  await note(
    tx,
    ctx,
    submitted.map(({ id, answer }) => ({ ...partOf(receipt), task: id, act: 'submitted' as const, note: answer, data: extra })),
  );
  await replaceDeclared(tx, ids);
  if (data.source !== undefined) await declareSubmitted(tx, ctx, { receipt, input, submitted });
  await record(tx, ctx, {
    action: 'tasks.submitted',
    subject: { kind: 'receipt', id: receipt.id },
    concerns: other(ctx, receipt),
    after: { tasks: ids, report: input.report ?? null, ...data },
  });
  await raise<TasksSubmitted>(tx, ctx, { name: 'tasks.submitted', ...partOf(receipt), tasks: ids, report });
  return ids;
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

/** @throws DomainError `work.report_file_missing` | `work.day_in_future` */
export async function mustHaveFile(tx: Tx, ctx: Ctx, { receipt, report }: { receipt: Receipt; report: SignedReport }): Promise<void> {
  mustNotBeLater(ctx, report.day, 'report.day');
  const [file] = await tx
    .select({ id: evidence.id })
    .from(evidence)
    .where(and(eq(evidence.report, report.id), eq(evidence.organisation, receipt.organisation)))
    .limit(1);
  if (file) return;
  throw invalid('work.report_file_missing', 'report.file', {
    vi: 'Chưa có tệp báo cáo đã ký. Chọn tệp rồi gửi lại.',
    en: 'The file of the signed report is missing. Choose it and send again.',
  });
}

/** @returns false where this very report is there already */
async function fileReport(tx: Tx, ctx: Ctx, { receipt, report }: { receipt: Receipt; report: SignedReport }): Promise<boolean> {
  await mustHaveFile(tx, ctx, { receipt, report });
  const [made] = await tx
    .insert(reports)
    .values({
      ...partOf(receipt),
      id: report.id,
      code: report.code,
      day: report.day,
      signer: report.signer,
      note: report.note ?? null,
      difficulties: report.difficulties ?? null,
      proposals: report.proposals ?? null,
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

export async function coveredBy(tx: Tx, report: string): Promise<string[]> {
  const rows = await tx.select({ id: tasks.id }).from(tasks).where(eq(tasks.report, report));
  return rows.map(({ id }) => id);
}

/** The tasks that a submission means, whatever their state. */
export const chosen = ({ directive, organisation, tasks: ids }: Submission) =>
  and(eq(tasks.directive, directive), eq(tasks.organisation, organisation), ids === undefined ? undefined : inArray(tasks.id, [...ids]));

export async function mustBeAnswered(tx: Tx, input: Submission): Promise<void> {
  const [bare] = await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(
      and(
        chosen(input),
        inArray(tasks.state, [...statesBefore('submit')]),
        sql`coalesce(${tasks.answer}, '') = ''`,
        sql`not exists (select from evidence e where e.task = ${tasks.id} and e.organisation = ${tasks.organisation}
          and e.period is not distinct from ${tasks.period})`,
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
  throw nothingToSubmit();
}

export function nothingToSubmit() {
  return conflict('work.nothing_to_submit', {
    vi: 'Không còn nội dung nào chờ báo cáo.',
    en: 'No item is waiting to be reported.',
  });
}

/** The open tasks that a submission means. */
export async function chosenTasks(tx: Tx, input: Submission): Promise<string[]> {
  const rows = await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(chosen(input), inArray(tasks.state, [...statesBefore('submit')])));
  return rows.map(({ id }) => id);
}

export async function sayWhatIsClosed(tx: Tx, input: Submission, done: readonly string[]): Promise<never> {
  const rows = await tx.select({ id: tasks.id, state: tasks.state }).from(tasks).where(chosen(input));
  const left = rows.find(({ id }) => !done.includes(id));
  if (!left) throw notFound('work');
  throw closed(left.state, `tasks.${left.id}`);
}
