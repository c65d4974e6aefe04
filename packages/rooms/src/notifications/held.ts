import { conflict, HOUSE, isoInstant, shownInstant } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, outbox, settings, type Tx } from '@vonggac/store';
import { and, count, eq, isNull, lt, lte } from 'drizzle-orm';
import { may, mustReach, reaches, reachOfHouse, rootOf } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { ATTEMPTS, DROPPED } from './model.ts';

/** Why nothing leaves: the installation was restored from a backup of `takenAt`; `messages` waited in it. */
export type Held = { takenAt: string; restoredAt: string; messages: number };
export type RestoreFacts = { takenAt: string; restoredAt: string; product: string; lostKeys: readonly string[] };

const HELD = 'outbox.held';

const waiting = and(isNull(outbox.sentAt), lt(outbox.attempts, ATTEMPTS));

/**
 * In the transaction of a restore: nothing leaves until a person releases it, because what waited in the backup may have
 * gone out since; and the log says that a stretch of it is missing.
 */
export async function holdAfterRestore(tx: Tx, ctx: Ctx, { takenAt, restoredAt, product, lostKeys }: RestoreFacts): Promise<Held> {
  const [{ messages } = { messages: 0 }] = await tx.select({ messages: count() }).from(outbox).where(waiting);
  const held: Held = { takenAt, restoredAt, messages };
  await tx
    .insert(settings)
    .values({ key: HELD, value: held, writtenAt: restoredAt })
    .onConflictDoUpdate({ target: settings.key, set: { value: held, writtenAt: restoredAt } });
  const root = (await rootOf(tx)) ?? HOUSE;
  const shown = (instant: string) => shownInstant(Temporal.Instant.from(instant));
  await record(tx, ctx, {
    action: 'backup.restored',
    subject: { kind: 'installation', id: HOUSE },
    ...(root === HOUSE ? {} : { concerns: root }),
    after: { takenAt, restoredAt, product, messages, lostKeys },
    reason: `Khôi phục từ bản sao lưu lúc ${shown(takenAt)}; những gì xảy ra từ đó đến ${shown(restoredAt)} không có trong nhật ký này.`,
  });
  return held;
}

export async function isHeld(tx: Tx): Promise<boolean> {
  const rows = await tx.select({ key: settings.key }).from(settings).where(eq(settings.key, HELD));
  return rows.length > 0;
}

/** What is held and since when; null while everything flows, and for an administrator of a part, who cannot decide. */
export async function heldQueue(ctx: Ctx): Promise<Held | null> {
  may(ctx, 'settings:write');
  return inSnapshot(ctx, async (tx) => {
    if (ctx.actor.organisation !== HOUSE && !reaches(ctx, (await rootOf(tx)) ?? HOUSE)) return null;
    const [row] = await tx.select({ value: settings.value }).from(settings).where(eq(settings.key, HELD));
    return row ? (row.value as Held) : null;
  });
}

/**
 * An administrator of the whole installation decides about what waited in the backup: `send` lets it go, `discard` gives
 * it up; what was written after the restore goes out either way.
 * @throws DomainError `notifications.not_held`, `access.role`, `organisation.not_found` for an administrator of a part
 */
export async function releaseHeld(ctx: Ctx, outcome: 'send' | 'discard'): Promise<{ discarded: number }> {
  may(ctx, 'settings:write');
  const wider = { ...ctx, scope: await reachOfHouse(ctx.stores.pool, ctx.scope.day) };
  return inTransaction(wider, async (tx) => {
    if (ctx.actor.organisation !== HOUSE) mustReach(ctx, (await rootOf(tx)) ?? HOUSE);
    const [row] = await tx.delete(settings).where(eq(settings.key, HELD)).returning({ value: settings.value });
    if (!row) throw conflict('notifications.not_held', { vi: 'Không có tin nào đang bị giữ lại.', en: 'Nothing is held back.' });
    const held = row.value as Held;
    const given =
      outcome === 'send'
        ? []
        : await tx
            .update(outbox)
            .set({ attempts: DROPPED, lastError: `discarded after a restore, ${isoInstant(ctx.clock.now())}` })
            .where(and(waiting, lte(outbox.writtenAt, held.takenAt)))
            .returning({ id: outbox.id });
    await record(tx, ctx, {
      action: 'backup.released',
      subject: { kind: 'installation', id: HOUSE },
      before: held,
      after: { outcome, discarded: given.length },
    });
    return { discarded: given.length };
  });
}
