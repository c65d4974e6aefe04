import { conflict, isoInstant } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { and, eq, sql } from 'drizzle-orm';
import { may } from '../../access/index.ts';
import { record } from '../../audit/index.ts';
import { note, receiptOf } from '../internal.ts';
import { partOf } from '../receipt.ts';
import { answerFiles, answerSheets, declarations } from '../tables.ts';
import { decided } from './errors.ts';
import { type AnswerFile, fetchFile, untouched, viewOf } from './get-file.ts';

/** Puts a file aside that was read but shall not be taken in. @throws DomainError `answer-file.decided` */
export async function dropFile(ctx: Ctx, id: string): Promise<void> {
  may(ctx, 'directives:follow');
  await inTransaction(ctx, async (tx) => {
    const file = await fetchFile(tx, ctx, id);
    const [dropped] = await tx
      .update(answerFiles)
      .set({ state: 'dropped', decidedAt: isoInstant(ctx.clock.now()), decidedByName: ctx.actor.name })
      .where(and(eq(answerFiles.id, id), eq(answerFiles.state, 'read')))
      .returning({ id: answerFiles.id });
    if (!dropped) throw decided(file.state);
    await record(tx, ctx, { action: 'answer-files.dropped', subject: { kind: 'answer-file', id }, concerns: file.organisation });
  });
}

/**
 * Takes an import back, all of it, as long as nobody has reviewed, confirmed, contested or changed any of it. Số đến and ngày đến stay;
 * the sheet can be used again, and an extension that was asked for before waits for a decision again.
 * @throws DomainError `answer-file.touched`
 */
export async function undoFile(ctx: Ctx, id: string): Promise<AnswerFile> {
  may(ctx, 'directives:follow');
  return inTransaction(ctx, async (tx) => {
    const file = await fetchFile(tx, ctx, id);
    const receipt = await receiptOf(tx, file);
    const all = await tx.$count(declarations, eq(declarations.file, id));
    const { rows } = await tx.execute<{ id: string; task: string }>(sql`
      with left_as_put as (${untouched(id)} for update of t)
      update tasks t set
        state = l.data #>> '{before,state}', answer = l.data #>> '{before,answer}', answered_at = (l.data #>> '{before,answeredAt}')::timestamptz,
        declared = l.data #>> '{before,declared}',
        -- Handing in ends what was asked; nobody can have asked anew or decided since, but the date itself may have moved.
        requested_due = case when l.data ->> 'done' not in ('done', 'nothing') then t.requested_due
          when t.due < (l.data #>> '{before,requestedDue}')::timestamptz then (l.data #>> '{before,requestedDue}')::timestamptz end,
        changed_at = ${isoInstant(ctx.clock.now())}::timestamptz
      from left_as_put l where t.id = l.task returning l.id, t.id as task`);
    const [undone] = await tx
      .update(answerFiles)
      .set({ state: 'undone' })
      .where(and(eq(answerFiles.id, id), eq(answerFiles.state, 'imported')))
      .returning({ id: answerFiles.id });
    if (!undone || rows.length === 0 || rows.length < all) throw touched();
    await tx
      .update(declarations)
      .set({ state: 'undone', decidedAt: isoInstant(ctx.clock.now()), decidedByName: ctx.actor.name })
      .where(eq(declarations.file, id));
    await tx.update(answerSheets).set({ usedBy: null }).where(eq(answerSheets.id, file.sheet));
    await note(
      tx,
      ctx,
      rows.map(({ task }) => ({
        ...partOf(receipt),
        task,
        act: 'declaration-undone' as const,
        note: file.name,
        data: { via: 'file' as const },
      })),
    );
    await record(tx, ctx, {
      action: 'answer-files.undone',
      subject: { kind: 'answer-file', id },
      concerns: file.organisation,
      after: { tasks: rows.map(({ task }) => task) },
    });
    return viewOf(tx, ctx, id);
  });
}

function touched() {
  return conflict('answer-file.touched', {
    vi: 'Không hoàn tác được: có nội dung đã được xem xét, xác nhận hoặc sửa sau khi nhập. Xử lý từng nội dung ở trang của đơn vị.',
    en: 'This cannot be undone: something of it was reviewed, confirmed or changed since. Deal with each item on the page of the agency.',
  });
}
