import { notFound, type Text } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { and, eq } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { openWorkOf, receipts } from '../tasks/index.ts';
import { followedDirective, writeReminders } from './remind.ts';
import { lockReminders, nextTicket } from './ticket.ts';

export type CallResult = 'reached' | 'not-reached' | 'wrong-number';
export type ReminderCall = {
  directive: string;
  organisation: string;
  spokeWith?: string | undefined;
  result: CallResult;
  note?: string | undefined;
};

const RESULT: Record<CallResult, Text> = {
  reached: { vi: 'Đã gặp', en: 'Reached' },
  'not-reached': { vi: 'Không gặp', en: 'Not reached' },
  'wrong-number': { vi: 'Sai số', en: 'Wrong number' },
};

/**
 * Logs a call as a reminder: with whom, how it went, what was said.
 * @throws DomainError `access.role`, `directive.not_found`, `organisation.not_found`
 */
export async function logReminderCall(ctx: Ctx, call: ReminderCall): Promise<{ ticket: string }> {
  may(ctx, 'directives:follow');
  return inTransaction(ctx, async (tx) => {
    const head = await followedDirective(tx, ctx, call.directive);
    const [receipt] = await tx
      .select({ name: receipts.organisationName })
      .from(receipts)
      .where(and(eq(receipts.directive, head.id), eq(receipts.organisation, call.organisation)));
    if (receipt === undefined) throw notFound('organisation');
    await lockReminders(tx, head.overseer);
    const ticket = await nextTicket(tx, ctx, head);
    const open = (await openWorkOf(tx, ctx, head.id)).find(({ organisation }) => organisation === call.organisation);
    const told = [open ?? { organisation: call.organisation, name: receipt.name, open: 0, overdue: 0, next: null, followUp: null }];
    const note = [RESULT[call.result][ctx.language], call.spokeWith, call.note].filter(Boolean).join(' · ');
    await writeReminders(tx, ctx, { head, told, ticket, way: 'call', note });
    await record(tx, ctx, {
      action: 'reminders.called',
      subject: { kind: 'directive', id: head.id },
      concerns: call.organisation,
      after: { ticket, result: call.result },
    });
    return { ticket };
  });
}
