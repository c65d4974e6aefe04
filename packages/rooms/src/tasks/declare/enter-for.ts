import { invalid, isoInstant, notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { and, eq } from 'drizzle-orm';
import { may } from '../../access/index.ts';
import { record } from '../../audit/index.ts';
import type { DoneState } from '../answer-sheet/model.ts';
import { mayWorkFor, mustBeInForce, type Part, type Receipt, receiptOf, refusedAlready } from '../internal.ts';
import { receiveWithin } from '../receipt.ts';
import { evidence } from '../tables.ts';
import { putDeclared } from './put-declared.ts';

export type Entry = Part & {
  via: 'phone' | 'paper' | 'mail' | 'chat';
  /** Who at the agency said it, and when. */
  who: string;
  at: string;
  note?: string | undefined;
  /** Evidence of this part that was added before. */
  proof?: string | undefined;
  /** Số đến and ngày đến, where the agency has not received the document in the system. */
  number?: string | undefined;
  day?: string | undefined;
  items: readonly {
    task: string;
    answer: string;
    done: DoneState;
    day?: string | undefined;
    code?: string | undefined;
    /** The answer that the writer last saw; left out, any may be replaced. */
    seen?: string | undefined;
  }[];
};

/**
 * Nhập thay: the desk enters what an agency said by phone, paper, mail or chat, with who said it, when, and the proof. It is shown as
 * such until the agency confirms it. Items that were answered or closed meanwhile are left and named.
 * @throws DomainError `work.own` | `work.said_later` | `work.answer_missing` | `work.receipt_missing` | `evidence.not_found`
 */
export async function enterFor(ctx: Ctx, input: Entry): Promise<{ tasks: string[]; skipped: string[] }> {
  may(ctx, 'directives:follow');
  if (ctx.actor.organisation === input.organisation) throw ownWork();
  return inTransaction(ctx, async (tx) => {
    const receipt = await receiptOf(tx, input);
    mayWorkFor(ctx, receipt, input.who);
    mustBeSaid(ctx, input);
    await mustBeInForce(tx, input.directive);
    if (receipt.state === '02') throw refusedAlready();
    if (input.proof !== undefined) await mustProve(tx, input, input.proof);
    if (receipt.state === '01') await receiveFor(tx, ctx, { input, receipt });
    const { via, who, at, note = null, proof = null } = input;
    const tasks = await putDeclared(tx, ctx, {
      receipt,
      way: { via, who, saidAt: at, note, proof, file: null },
      items: input.items.map(({ task, answer, done, day = null, code = null, seen = null }) => ({
        task,
        answer,
        done,
        day,
        code,
        expected: seen,
        remark: null,
        extra: {},
      })),
    });
    const skipped = input.items.map(({ task }) => task).filter((task) => !tasks.includes(task));
    await record(tx, ctx, {
      action: 'tasks.entered_for',
      subject: { kind: 'receipt', id: receipt.id },
      concerns: input.organisation,
      after: { via, who, at, note, proof, tasks, skipped },
    });
    return { tasks, skipped };
  });
}

function mustBeSaid(ctx: Ctx, input: Entry): void {
  if (Temporal.Instant.compare(input.at, ctx.clock.now()) > 0)
    throw invalid('work.said_later', 'at', {
      vi: 'Thời điểm nhận thông tin chưa tới. Kiểm tra lại ngày, giờ.',
      en: 'The time at which it was said has not come yet. Check day and time.',
    });
  const bare = input.items.findIndex(({ answer, done }) => done === 'done' && answer === '');
  if (bare >= 0)
    throw invalid('work.answer_missing', `items.${bare}`, {
      vi: 'Ghi kết quả thực hiện mà đơn vị đã báo.',
      en: 'Write the result that the organisation reported.',
    });
}

async function mustProve(tx: Tx, { directive, organisation }: Part, proof: string): Promise<void> {
  const [found] = await tx
    .select({ id: evidence.id })
    .from(evidence)
    .where(and(eq(evidence.id, proof), eq(evidence.directive, directive), eq(evidence.organisation, organisation)));
  if (!found) throw notFound('evidence');
}

async function receiveFor(tx: Tx, ctx: Ctx, { input, receipt }: { input: Entry; receipt: Receipt }): Promise<void> {
  const { directive, organisation, number, day, via, who, at } = input;
  if (number === undefined || day === undefined)
    throw invalid('work.receipt_missing', 'number', {
      vi: 'Đơn vị chưa tiếp nhận văn bản. Hỏi và nhập số đến, ngày đến tại đơn vị.',
      en: 'The organisation has not received the document yet. Ask for and enter its incoming number and day.',
    });
  const saidAt = isoInstant(Temporal.Instant.from(at));
  await receiveWithin(tx, ctx, { directive, organisation, number, day, receipt, data: { via, who, saidAt } });
}

function ownWork() {
  return invalid('work.own', 'organisation', {
    vi: 'Đây là việc của chính đơn vị; trả lời trực tiếp, không cần nhập thay.',
    en: 'This is your own organisation’s work: answer it directly.',
  });
}
