import { isoInstant } from '@vonggac/kernel';
import { type Ctx, raise, type Tx } from '@vonggac/store';
import { and, eq } from 'drizzle-orm';
import type { ReceiptRefused } from './events.ts';
import { mustBeInForce, note, type Part, receiptOf } from './internal.ts';
import { partOf } from './receipt.ts';
import { receipts, tasks } from './tables.ts';

/** What an agency's status message says of its receipt: `source` names the message, `at` is when the agency did it. */
export type DeclaredReceipt = Part & {
  code: '02' | '03';
  at: string | null;
  number: string | null;
  day: string | null;
  reason: string | null;
  source: string;
};

/**
 * Moves a receipt as a confirmed status message says, while the agency has not moved it itself. The caller may do so and records it.
 * @returns false where the receipt had moved already; nothing is changed then
 * @throws DomainError `work.withdrawn`
 */
export async function declareReceipt(tx: Tx, ctx: Ctx, input: DeclaredReceipt): Promise<boolean> {
  const receipt = await receiptOf(tx, input);
  await mustBeInForce(tx, input.directive);
  const now = isoInstant(ctx.clock.now());
  const refusal = input.reason ?? input.source;
  const [moved] = await tx
    .update(receipts)
    .set({
      state: input.code,
      receivedAt: input.at ?? now,
      receivedBy: input.source,
      ...(input.code === '02' ? { refusedReason: refusal } : { number: input.number, day: input.day }),
    })
    .where(and(eq(receipts.id, receipt.id), eq(receipts.state, '01')))
    .returning({ id: receipts.id });
  if (!moved) return false;
  const data = {
    source: input.source,
    ...(input.number === null ? {} : { number: input.number }),
    ...(input.day === null ? {} : { day: input.day }),
  };
  if (input.code === '03') {
    await note(tx, ctx, [{ ...partOf(receipt), act: 'received', data }]);
    return true;
  }
  await tx
    .update(tasks)
    .set({ state: 'withdrawn', changedAt: now })
    .where(and(eq(tasks.directive, input.directive), eq(tasks.organisation, input.organisation)));
  await note(tx, ctx, [{ ...partOf(receipt), act: 'refused', note: refusal, data: { source: input.source } }]);
  await raise<ReceiptRefused>(tx, ctx, { name: 'tasks.refused', ...partOf(receipt), reason: refusal });
  return true;
}
