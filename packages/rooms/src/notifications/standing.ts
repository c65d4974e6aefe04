import { type Ctx, inSnapshot, outbox } from '@vonggac/store';
import { and, count, gt, gte, isNull, lt, min } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { heldQueue, type Held } from './held.ts';
import { ATTEMPTS, DROPPED } from './model.ts';

export type OutboxStanding = {
  waiting: number;
  /** Of those that wait: tried at least once without success. */
  retrying: number;
  /** Given up after too many failures. */
  failed: number;
  oldestDueAt: string | null;
  held: Held | null;
};

/** How the messages that leave stand, in a context that reaches everything. */
export async function outboxStanding(ctx: Ctx): Promise<OutboxStanding> {
  may(ctx, 'settings:write');
  const held = await heldQueue(ctx);
  return inSnapshot(ctx, async (tx) => {
    const waiting = and(isNull(outbox.sentAt), lt(outbox.attempts, ATTEMPTS));
    const [all] = await tx
      .select({ waiting: count(), oldestDueAt: min(outbox.dueAt) })
      .from(outbox)
      .where(waiting);
    const retrying = await tx.$count(outbox, and(waiting, gt(outbox.attempts, 0)));
    const failed = await tx.$count(outbox, and(isNull(outbox.sentAt), gte(outbox.attempts, ATTEMPTS), lt(outbox.attempts, DROPPED)));
    return { waiting: all?.waiting ?? 0, oldestDueAt: all?.oldestDueAt ?? null, retrying, failed, held };
  });
}
