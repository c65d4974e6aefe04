import { actorKey, isoInstant } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { and, eq, isNull } from 'drizzle-orm';
import { may } from '../../access/index.ts';
import { record } from '../../audit/index.ts';
import { needsApproval } from '../approval/setting.ts';
import { putDeclared } from '../declare/put-declared.ts';
import { mayWorkFor, mustBeInForce, type Receipt, receiptOf, refusedAlready } from '../internal.ts';
import { receiveWithin } from '../receipt.ts';
import { answerFiles, answerSheets } from '../tables.ts';
import { decided, leaderFirst, nothingToTake, receiptMissing, used } from './errors.ts';
import { type AnswerFile, fetchFile, viewOf } from './get-file.ts';
import { mustBeCurrent } from './keep-file.ts';

/** Số đến and ngày đến at the agency, where neither the register nor the sheet has them. */
export type Confirmation = { number?: string | undefined; day?: string | undefined };

/**
 * A named officer confirms what a file says: its answers stand as *declared by file*, all in one transaction. What somebody answered
 * meanwhile is left and shown. A sheet is used once.
 * @throws DomainError `answer-file.decided` | `answer-file.used` | `answer-file.receipt_missing` | `answer-file.nothing`
 */
export async function importFile(ctx: Ctx, id: string, confirmation: Confirmation): Promise<AnswerFile> {
  may(ctx, 'directives:follow');
  return inTransaction(ctx, async (tx) => {
    const file = await fetchFile(tx, ctx, id);
    const receipt = await receiptOf(tx, file);
    mayWorkFor(ctx, receipt, file.name);
    if (await needsApproval(tx, ctx, receipt.organisation)) throw leaderFirst();
    await mustBeInForce(tx, file.directive);
    if (receipt.state === '02') throw refusedAlready();
    await take(tx, ctx, file);
    const view = await viewOf(tx, ctx, id);
    const wanted = view.rows.filter(({ state }) => state === 'submit' || state === 'save' || state === 'changed' || state === 'closed');
    const sheet = await useSheet(tx, file);
    const before = new Map(sheet.rows.map(({ task, before: text }) => [task, text]));
    const source = file.name;
    if (receipt.state === '01') await receiveBy(tx, ctx, { receipt, head: file.head, confirmation, source });
    const put = await putDeclared(tx, ctx, {
      receipt,
      way: { via: 'file', who: file.head.who, saidAt: file.readAt, note: source, proof: null, file: id },
      items: wanted.map(({ task, answer, done, day, code, remark, extra }) => ({
        task,
        answer,
        done,
        day,
        code,
        remark,
        extra,
        expected: before.get(task) ?? '',
      })),
    });
    if (put.length === 0) throw nothingToTake();
    const skipped = wanted.map(({ task }) => task).filter((task) => !put.includes(task));
    await tx.update(answerFiles).set({ skipped }).where(eq(answerFiles.id, id));
    await record(tx, ctx, {
      action: 'answer-files.imported',
      subject: { kind: 'answer-file', id },
      concerns: file.organisation,
      after: { name: file.name, sha256: file.sha256, tasks: put, skipped },
    });
    return viewOf(tx, ctx, id);
  });
}

type File = typeof answerFiles.$inferSelect;

/** One confirmation only, whoever is faster. */
async function take(tx: Tx, ctx: Ctx, file: File): Promise<void> {
  const by = { decidedBy: actorKey(ctx.actor), decidedByName: ctx.actor.name };
  const [taken] = await tx
    .update(answerFiles)
    .set({ decidedAt: isoInstant(ctx.clock.now()), ...by })
    .where(and(eq(answerFiles.id, file.id), eq(answerFiles.state, 'read')))
    .returning({ id: answerFiles.id });
  if (!taken) throw decided(file.state);
}

async function useSheet(tx: Tx, file: File): Promise<typeof answerSheets.$inferSelect> {
  const [sheet] = await tx
    .update(answerSheets)
    .set({ usedBy: file.id })
    .where(and(eq(answerSheets.id, file.sheet), isNull(answerSheets.usedBy)))
    .returning();
  if (sheet) {
    await mustBeCurrent(tx, sheet);
    await tx.update(answerFiles).set({ state: 'imported' }).where(eq(answerFiles.id, file.id));
    return sheet;
  }
  const [by] = await tx
    .select({ at: answerFiles.decidedAt, name: answerFiles.decidedByName, file: answerFiles.name })
    .from(answerFiles)
    .where(and(eq(answerFiles.sheet, file.sheet), eq(answerFiles.state, 'imported')));
  throw used(by ?? { at: null, name: null, file: '' });
}

type Receiving = { receipt: Receipt; head: File['head']; confirmation: Confirmation; source: string };

async function receiveBy(tx: Tx, ctx: Ctx, { receipt, head, confirmation, source }: Receiving): Promise<void> {
  const number = confirmation.number ?? head.number;
  const day = confirmation.day ?? head.day;
  if (!number || !day) throw receiptMissing();
  await receiveWithin(tx, ctx, {
    directive: receipt.directive,
    organisation: receipt.organisation,
    number,
    day,
    receipt,
    data: { via: 'file', source },
  });
}
