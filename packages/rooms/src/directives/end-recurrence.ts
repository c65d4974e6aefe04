import { conflict, dayOf, invalid, notFound, shownDay } from '@vonggac/kernel';
import { type Ctx, inTransaction, raise } from '@vonggac/store';
import { and, eq, isNull } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import type { RecurrenceEnded } from './events.ts';
import { fetchIssued } from './internal.ts';
import { requirements } from './tables.ts';

export type RecurrenceEnd = {
  directive: string;
  requirement: string;
  /** The last day on which a reporting period may begin; null: it goes on without end. */
  until: string | null;
  reason: string;
};

/**
 * Ends the recurrence of a requirement with a day and a reason, or lets it go on. The period that runs is still to be reported.
 * @throws DomainError `requirement.not_found` | `requirement.not_recurring` | `requirement.until_past`
 */
export async function endRecurrence(ctx: Ctx, { directive, requirement, until, reason }: RecurrenceEnd): Promise<void> {
  may(ctx, 'directives:follow');
  const today = dayOf(ctx.clock.now());
  if (until !== null && Temporal.PlainDate.compare(until, today) < 0) {
    throw invalid('requirement.until_past', 'until', {
      vi: `Ngày kết thúc phải từ hôm nay (${shownDay(today)}) trở đi; các kỳ đã qua không thay đổi.`,
      en: `The last day must be today (${shownDay(today)}) or later; past periods do not change.`,
    });
  }
  await inTransaction(ctx, async (tx) => {
    await fetchIssued(tx, ctx, directive);
    const here = and(eq(requirements.id, requirement), eq(requirements.directive, directive), isNull(requirements.withdrawnAt));
    const [before] = await tx
      .select({ recurrence: requirements.recurrence, until: requirements.recurrenceUntil })
      .from(requirements)
      .where(here)
      .for('update');
    if (before === undefined) throw notFound('requirement');
    if (before.recurrence === null) {
      throw conflict('requirement.not_recurring', {
        vi: 'Nội dung này không báo cáo định kỳ nên không có kỳ để kết thúc.',
        en: 'This item is not reported periodically, so there is nothing to end.',
      });
    }
    await tx.update(requirements).set({ recurrenceUntil: until }).where(here);
    await raise<RecurrenceEnded>(tx, ctx, { name: 'directives.recurrence-ended', directive, requirement, until, reason });
    await record(tx, ctx, {
      action: until === null ? 'directives.recurrence_resumed' : 'directives.recurrence_ended',
      subject: { kind: 'directive', id: directive },
      before: { requirement, until: before.until },
      after: { requirement, until },
      reason,
    });
  });
}
