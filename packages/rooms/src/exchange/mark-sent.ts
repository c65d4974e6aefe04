import { conflict, isoInstant } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { and, inArray, isNull } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { statusMessages } from './tables.ts';

/**
 * A person says that the office has handed these messages over. What was marked before stays as it was marked.
 * @returns how many were marked now
 * @throws DomainError `exchange.person_needed`
 */
export async function markSent(ctx: Ctx, ids: readonly string[]): Promise<number> {
  may(ctx, 'tasks:work');
  const person = mustBePerson(ctx);
  return inTransaction(ctx, async (tx) => {
    const marked = await tx
      .update(statusMessages)
      .set({ sentAt: isoInstant(ctx.clock.now()), sentBy: person, sentByName: ctx.actor.name })
      .where(
        and(
          inArray(statusMessages.id, [...ids]),
          isNull(statusMessages.sentAt),
          inArray(statusMessages.organisation, [...ctx.scope.organisations]),
        ),
      )
      .returning({ id: statusMessages.id, code: statusMessages.code, overseer: statusMessages.overseer });
    for (const { id, code, overseer } of marked) {
      await record(tx, ctx, { action: 'exchange.status_sent', subject: { kind: 'status', id }, concerns: overseer, after: { code } });
    }
    return marked.length;
  });
}

/** @returns the person's id @throws DomainError `exchange.person_needed` for jobs and tokens */
export function mustBePerson(ctx: Ctx): string {
  if (ctx.actor.kind === 'person' && !ctx.actor.token) return ctx.actor.id;
  throw conflict('exchange.person_needed', {
    vi: 'Việc này phải do một cán bộ đã đăng nhập xác nhận.',
    en: 'A person who is signed in must confirm this.',
  });
}
