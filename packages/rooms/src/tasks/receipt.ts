import { conflict, isoInstant } from '@vonggac/kernel';
import { type Ctx, inTransaction, raise, type Tx } from '@vonggac/store';
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import type { ReceiptRefused } from './events.ts';
import {
  mayWorkFor,
  mustBeInForce,
  mustNotBeLater,
  note,
  type Part,
  permissionOn,
  type Receipt,
  receiptOf,
  refusedAlready,
} from './internal.ts';
import { type ActData, nextNumber } from './model.ts';
import { receipts, tasks } from './tables.ts';
import { closeParts } from './close-parts.ts';

/** The first opening by a person of the agency. @returns whether this was it */
export async function openReceipt(ctx: Ctx, part: Part): Promise<boolean> {
  may(ctx, 'tasks:work');
  return inTransaction(ctx, async (tx) => {
    const receipt = await receiptOf(tx, part);
    if (ctx.actor.organisation !== part.organisation) return false;
    const [opened] = await tx
      .update(receipts)
      .set({ openedAt: isoInstant(ctx.clock.now()) })
      .where(and(eq(receipts.id, receipt.id), isNull(receipts.openedAt)))
      .returning({ id: receipts.id });
    if (!opened) return false;
    await note(tx, ctx, [{ ...partOf(receipt), act: 'opened' }]);
    await record(tx, ctx, { action: 'tasks.opened', subject: { kind: 'receipt', id: receipt.id }, concerns: receipt.overseer });
    return true;
  });
}

/** The số đến that the register proposes for a day's year. */
export async function proposedNumber(tx: Tx, organisation: string, day: string): Promise<string> {
  const rows = await tx
    .select({ number: receipts.number })
    .from(receipts)
    .where(and(eq(receipts.organisation, organisation), isNotNull(receipts.number), eq(receipts.exercise, false), inYearOf(day)));
  return nextNumber(rows.map(({ number }) => number));
}

const inYearOf = (day: string) => sql`${receipts.day} between ${`${day.slice(0, 4)}-01-01`}::date and ${`${day.slice(0, 4)}-12-31`}::date`;

export type Receiving = Part & { number: string; day: string; source?: string | undefined };

/**
 * Vào sổ: the document is received once, with số đến and ngày đến (NĐ 30/2020/NĐ-CP Điều 22).
 * @throws DomainError `work.already_received` | `work.refused` | `work.number_taken` | `work.day_in_future`
 */
export async function receive(ctx: Ctx, input: Receiving): Promise<{ number: string; day: string }> {
  may(ctx, permissionOn(ctx, input));
  return inTransaction(ctx, async (tx) => {
    const receipt = await receiptOf(tx, input);
    const data = mayWorkFor(ctx, receipt, input.source);
    await mustBeInForce(tx, input.directive);
    return receiveWithin(tx, ctx, { ...input, receipt, data });
  });
}

/** `receive` as a part of something larger. */
export async function receiveWithin(
  tx: Tx,
  ctx: Ctx,
  { receipt, data, ...input }: Receiving & { receipt: Receipt; data: ActData },
): Promise<{ number: string; day: string }> {
  mustNotBeLater(ctx, input.day, 'day');
  // One register, one hand: two documents of the same organisation must not get one number.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`receipts/${input.organisation}`}, 0))`);
  await mustBeFree(tx, input);
  const at = isoInstant(ctx.clock.now());
  const [row] = await tx
    .update(receipts)
    .set({ state: '03', number: input.number, day: input.day, receivedAt: at, receivedBy: ctx.actor.name })
    .where(and(eq(receipts.id, receipt.id), eq(receipts.state, '01')))
    .returning({ id: receipts.id });
  if (!row) throw await movedAlready(tx, input);
  await note(tx, ctx, [{ ...partOf(receipt), act: 'received', data: { ...data, number: input.number, day: input.day } }]);
  await record(tx, ctx, {
    action: 'tasks.received',
    subject: { kind: 'receipt', id: receipt.id },
    concerns: other(ctx, receipt),
    after: { number: input.number, day: input.day, ...data },
  });
  return { number: input.number, day: input.day };
}

async function mustBeFree(tx: Tx, input: Receiving): Promise<void> {
  const [taken] = await tx
    .select({ id: receipts.id })
    .from(receipts)
    .where(and(eq(receipts.organisation, input.organisation), eq(receipts.number, input.number), inYearOf(input.day)))
    .limit(1);
  if (!taken) return;
  const free = await proposedNumber(tx, input.organisation, input.day);
  throw conflict(
    'work.number_taken',
    {
      vi: `Số đến ${input.number} của năm ${input.day.slice(0, 4)} đã dùng cho văn bản khác. Số tiếp theo là ${free}.`,
      en: `Incoming number ${input.number} of ${input.day.slice(0, 4)} is taken by another document. The next one is ${free}.`,
    },
    { number: free },
  );
}

/**
 * Sent to the wrong place: 01→02, once. Its tasks are closed with it.
 * @throws DomainError `work.already_received` | `work.refused`
 */
export async function refuse(ctx: Ctx, input: Part & { reason: string; source?: string | undefined }): Promise<void> {
  may(ctx, permissionOn(ctx, input));
  await inTransaction(ctx, async (tx) => {
    const receipt = await receiptOf(tx, input);
    const data = mayWorkFor(ctx, receipt, input.source);
    await mustBeInForce(tx, input.directive);
    const at = isoInstant(ctx.clock.now());
    const [row] = await tx
      .update(receipts)
      .set({ state: '02', refusedReason: input.reason, receivedAt: at, receivedBy: ctx.actor.name })
      .where(and(eq(receipts.id, receipt.id), eq(receipts.state, '01')))
      .returning({ id: receipts.id });
    if (!row) throw await movedAlready(tx, input);
    await tx
      .update(tasks)
      .set({ state: 'withdrawn', changedAt: at })
      .where(and(eq(tasks.directive, input.directive), eq(tasks.organisation, input.organisation)));
    await closeParts(tx, input.directive, { at, reason: input.reason });
    await note(tx, ctx, [{ ...partOf(receipt), act: 'refused', note: input.reason, data }]);
    await record(tx, ctx, {
      action: 'tasks.refused',
      subject: { kind: 'receipt', id: receipt.id },
      reason: input.reason,
      concerns: other(ctx, receipt),
    });
    await raise<ReceiptRefused>(tx, ctx, { name: 'tasks.refused', ...partOf(receipt), reason: input.reason });
  });
}

async function movedAlready(tx: Tx, part: Part) {
  const { state, number } = await receiptOf(tx, part);
  if (state === '02') return refusedAlready();
  return conflict('work.already_received', {
    vi: `Văn bản đã được tiếp nhận với số đến ${number ?? '(trống)'}.`,
    en: `The document was already received under incoming number ${number ?? '(blank)'}.`,
  });
}

export function partOf({ directive, organisation, overseer }: Receipt): Part & { overseer: string } {
  return { directive, organisation, overseer };
}

/** The other side of an act, for its log. */
export function other(ctx: Ctx, { organisation, overseer }: { organisation: string; overseer: string }): string {
  return ctx.actor.organisation === organisation ? overseer : organisation;
}
