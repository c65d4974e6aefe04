import { conflict, type DomainError, invalid } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { and, asc, desc, eq, inArray, notInArray } from 'drizzle-orm';
import { requirements } from '../directives/index.ts';
import { isForeign, seenAnswer } from './approval/setting.ts';
import { mustBeInForce, type Receipt, receiptOf } from './internal.ts';
import { statesBefore } from './model.ts';
import { receiveWithin } from './receipt.ts';
import { reviewable } from './review.ts';
import { declarations, evidence, receipts, reports, tasks } from './tables.ts';

export type AnswerMove = {
  task: string;
  to: string;
  reason: string;
  /** Moves everything that the same signed report covers. */
  report?: boolean | undefined;
  /** Writes over what the right organisation has begun and not sent. */
  replaceDraft?: boolean | undefined;
  /** Số đến and ngày đến of the right organisation, where it has not received the document in the system. */
  number?: string | undefined;
  day?: string | undefined;
};

type Task = typeof tasks.$inferSelect;
type Declaration = typeof declarations.$inferSelect;
/** An answer and where it goes. `said`: how it was put in for the wrong organisation, where it was. */
export type Pair = { source: Task; target: Task; path: string; said: Declaration | null };
/** `withReport`: the signed report goes along, since nothing else is left that it covers. */
export type Planned = {
  from: Receipt;
  to: Receipt;
  pairs: Pair[];
  report: { id: string; code: string } | null;
  withReport: boolean;
};

/** What can be moved: a draft, what was submitted, asked for more or accepted. */
export const MOVABLE = ['in-progress', 'submitted', 'more-asked', 'accepted'] as const;

/** Locks both sides and says what stands in the way. */
export async function planMove(tx: Tx, ctx: Ctx, input: AnswerMove): Promise<Planned> {
  await reviewable(tx, ctx, [input.task]);
  const [first] = await tx.select().from(tasks).where(eq(tasks.id, input.task));
  const { directive, organisation } = first!;
  await mustBeInForce(tx, directive);
  if (organisation === input.to) throw SAME();
  const from = await receiptOf(tx, { directive, organisation });
  const [to] = await tx
    .select()
    .from(receipts)
    .where(and(eq(receipts.directive, directive), eq(receipts.organisation, input.to)));
  if (to === undefined) throw noTask(null);
  if (from.exercise !== to.exercise) throw EXERCISE();
  const report = first!.report;
  const together = input.report === true && report !== null ? eq(tasks.report, report) : eq(tasks.id, input.task);
  const pairs = await pairsOf(tx, { from, to, which: and(eq(tasks.organisation, organisation), together)! });
  // What waits for the agency's leader is not the desk's to move.
  const foreign = await isForeign(tx, ctx, organisation);
  for (const pair of pairs) mustBeMovable(pair, { input, foreign });
  const withReport = report !== null && !(await coversOthers(tx, { report, organisation, moved: pairs }));
  if (report !== null && !withReport) await mustStandAlone(tx, pairs);
  return { from, to, pairs, report: await headOf(tx, report), withReport };
}

async function headOf(tx: Tx, report: string | null): Promise<Planned['report']> {
  if (report === null) return null;
  const [row] = await tx.select({ id: reports.id, code: reports.code }).from(reports).where(eq(reports.id, report));
  return row ?? null;
}

async function pairsOf(
  tx: Tx,
  { from, to, which }: { from: Receipt; to: Receipt; which: NonNullable<ReturnType<typeof and>> },
): Promise<Pair[]> {
  const wanted = await tx.select({ requirement: tasks.requirement }).from(tasks).where(which);
  const asked = wanted.map(({ requirement }) => requirement);
  // In one order, so that two who move at once come one after the other.
  const rows = await tx
    .select()
    .from(tasks)
    .where(and(inArray(tasks.requirement, asked), inArray(tasks.organisation, [from.organisation, to.organisation])))
    .orderBy(asc(tasks.id))
    .for('update');
  const items = await tx
    .select({ id: requirements.id, path: requirements.path })
    .from(requirements)
    .where(inArray(requirements.id, asked))
    .orderBy(asc(requirements.position));
  const said = await saidOf(tx, rows);
  return items.map(({ id, path }) => {
    const source = rows.find((row) => row.requirement === id && row.organisation === from.organisation)!;
    const target = rows.find((row) => row.requirement === id && row.organisation === to.organisation);
    if (target === undefined) throw noTask(path);
    return { source, target, path, said: said.find((one) => one.task === source.id && one.data.answer === (source.answer ?? '')) ?? null };
  });
}

async function saidOf(tx: Tx, rows: readonly Task[]): Promise<Declaration[]> {
  const ids = rows.map(({ id }) => id);
  return tx
    .select()
    .from(declarations)
    .where(and(inArray(declarations.task, ids), inArray(declarations.state, ['open', 'confirmed', 'contested'])))
    .orderBy(desc(declarations.enteredAt), desc(declarations.id));
}

function mustBeMovable({ source, target, path }: Pair, { input, foreign }: { input: AnswerMove; foreign: boolean }): void {
  const isHidden = source.answer !== null && seenAnswer(source, foreign) === null;
  if (isHidden || !(MOVABLE as readonly string[]).includes(source.state)) throw nothing(path);
  if (source.period !== target.period) throw otherPeriod(path);
  if (target.state === 'withdrawn') throw noTask(path);
  if (!statesBefore('answer').includes(target.state) || target.state === 'more-asked') throw answered(path);
  if (target.state === 'in-progress' && (target.answer ?? '') !== '' && input.replaceDraft !== true) throw draft(path);
}

async function coversOthers(
  tx: Tx,
  { report, organisation, moved }: { report: string; organisation: string; moved: readonly Pair[] },
): Promise<boolean> {
  const ids = moved.map(({ source }) => source.id);
  return (await tx.$count(tasks, and(eq(tasks.report, report), eq(tasks.organisation, organisation), notInArray(tasks.id, ids)))) > 0;
}

/** Cut off from the report, something must be left that says what was done. */
async function mustStandAlone(tx: Tx, pairs: readonly Pair[]): Promise<void> {
  for (const { source, path } of pairs) {
    if ((source.answer ?? '') !== '') continue;
    if ((await tx.$count(evidence, eq(evidence.task, source.id))) === 0) throw reportOnly(path);
  }
}

/** What waits for the wrong organisation again: what it had before somebody put the answer in, else nothing. Its date and what it asked stay. */
export function restored({ source, said }: Pair) {
  const before = said !== null && said.data.before.answer !== source.answer ? said.data.before : null;
  const asked = source.requestedDue ?? said?.data.before.requestedDue ?? null;
  const stillLater = asked !== null && source.due !== null && Temporal.Instant.compare(asked, source.due) > 0;
  return {
    state: before?.state ?? ('assigned' as const),
    answer: before?.answer ?? null,
    answeredAt: before?.answeredAt ?? null,
    declared: before?.declared ?? null,
    requestedDue: stillLater ? asked : null,
  };
}

/** Whoever has not received the document cannot have answered it: số đến and ngày đến are entered with the move. */
export async function receiveFor(tx: Tx, ctx: Ctx, { input, receipt }: { input: AnswerMove; receipt: Receipt }): Promise<void> {
  if (receipt.state !== '01') return;
  const { directive, organisation } = receipt;
  const { number, day, reason } = input;
  if (number === undefined || day === undefined)
    throw invalid('work.receipt_missing', 'number', {
      vi: 'Đơn vị nhận kết quả chưa tiếp nhận văn bản. Hỏi và nhập số đến, ngày đến tại đơn vị đó.',
      en: 'The right organisation has not received the document yet. Ask for and enter its incoming number and day.',
    });
  await receiveWithin(tx, ctx, { directive, organisation, number, day, receipt, data: { source: reason } });
}

const of = (path: string | null) => (path === null ? { vi: '', en: '' } : { vi: ` mục ${path}`, en: ` (item ${path})` });

const SAME = () =>
  invalid('work.move_same', 'to', {
    vi: 'Kết quả đang ở chính đơn vị này. Chọn đơn vị khác.',
    en: 'The answer stands with this very organisation. Choose another one.',
  });
const EXERCISE = () =>
  conflict('work.move_exercise', {
    vi: 'Không chuyển kết quả giữa diễn tập và công việc thật.',
    en: 'An answer cannot be moved between an exercise and real work.',
  });

function noTask(path: string | null): DomainError {
  return invalid('work.move_no_task', 'to', {
    vi: `Đơn vị này không được giao${of(path).vi || ' nội dung này'}, hoặc không còn phải thực hiện. Chọn đơn vị khác, hoặc sửa đổi văn bản để giao thêm.`,
    en: `This organisation does not have the item${of(path).en}, or no longer. Choose another one, or amend the directive to assign it.`,
  });
}

function nothing(path: string): DomainError {
  return conflict('work.move_nothing', {
    vi: `Mục ${path} chưa có kết quả nào để chuyển.`,
    en: `Item ${path} has no answer to move.`,
  });
}

function answered(path: string): DomainError {
  return conflict('work.move_answered', {
    vi: `Đơn vị nhận đã có kết quả riêng ở mục ${path}. Hỏi lại đơn vị; nếu kết quả đó sai thì để đơn vị rút lại trước.`,
    en: `The right organisation has an answer of its own to item ${path}. Ask it; if that answer is wrong, have it withdrawn first.`,
  });
}

function draft(path: string): DomainError {
  return conflict('work.move_draft', {
    vi: `Đơn vị nhận đang soạn kết quả mục ${path}. Hỏi lại đơn vị; chỉ chọn “thay bản đang soạn” khi đơn vị đồng ý.`,
    en: `The right organisation has begun an answer to item ${path}. Ask it, and replace the draft only if it agrees.`,
  });
}

function otherPeriod(path: string): DomainError {
  return conflict('work.move_period', {
    vi: `Mục ${path} báo cáo theo kỳ, và hai đơn vị đang ở hai kỳ khác nhau. Chờ đơn vị nhận sang kỳ này, hoặc nhập thay.`,
    en: `Item ${path} is reported by period, and the two organisations are in different ones. Wait until the right one is in this period, or enter it for that organisation.`,
  });
}

function reportOnly(path: string): DomainError {
  return conflict('work.move_report_only', {
    vi: `Kết quả mục ${path} chỉ nằm trong báo cáo đã ký chung với các mục khác. Chuyển tất cả các mục của báo cáo đó.`,
    en: `The answer to item ${path} stands only in a signed report that covers other items too. Move all items of that report.`,
  });
}

/** Whether an organisation could take an answer to a requirement over. */
export const freedomOf = (state: Task['state'], answer: string | null): 'free' | 'draft' | 'answered' => {
  if (state === 'assigned' || (state === 'in-progress' && (answer ?? '') === '')) return 'free';
  return state === 'in-progress' ? 'draft' : 'answered';
};
