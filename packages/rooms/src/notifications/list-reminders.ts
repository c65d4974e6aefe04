import { isoInstant, notFound } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, outbox } from '@vonggac/store';
import { and, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { directives } from '../directives/index.ts';
import { receipts, reminders } from '../tasks/index.ts';
import { deliveryOf, stoppedWhy } from './model.ts';
import { keyOf } from './remind.ts';

type Paged = { page: number; size: number };

/** Reminders of a directive within the scope, newest first; of mails, whether they went out. */
export async function listReminders(ctx: Ctx, query: Paged & { directive: string; organisation?: string | undefined }) {
  return inSnapshot(ctx, async (tx) => {
    const where = and(
      eq(reminders.directive, query.directive),
      query.organisation ? eq(reminders.organisation, query.organisation) : undefined,
    );
    const total = await tx.$count(reminders, where);
    const rows = await tx
      .select({ reminder: reminders, name: receipts.organisationName })
      .from(reminders)
      .leftJoin(receipts, and(eq(receipts.directive, reminders.directive), eq(receipts.organisation, reminders.organisation)))
      .where(where)
      .orderBy(desc(reminders.sentAt), desc(reminders.id))
      .limit(query.size)
      .offset((query.page - 1) * query.size);
    const keys = rows.filter(({ reminder }) => reminder.way === 'mail').map(({ reminder }) => keyOf(reminder.id));
    const mails =
      keys.length === 0
        ? []
        : await tx
            .select({ key: outbox.key, sentAt: outbox.sentAt, attempts: outbox.attempts, lastError: outbox.lastError })
            .from(outbox)
            .where(inArray(outbox.key, keys));
    return {
      total,
      items: rows.map(({ reminder, name }) => {
        const mail = mails.find(({ key }) => key === keyOf(reminder.id)) ?? null;
        return { ...viewOf(reminder, name), delivery: deliveryOf(mail), why: stoppedWhy(mail) };
      }),
    };
  });
}

type Reminder = typeof reminders.$inferSelect;
const iso = (at: string) => new Date(at).toISOString();

function viewOf(row: Reminder, name: string | null) {
  return {
    id: row.id,
    ticket: row.ticket,
    way: row.way,
    organisation: { id: row.organisation, name: name ?? '' },
    open: row.open,
    note: row.note,
    sentAt: iso(row.sentAt),
    sentBy: row.sentByName,
    seenAt: row.seenAt === null ? null : iso(row.seenAt),
  };
}

/** What was sent to the organisation in whose name one acts, newest first. What is unseen of exercises stands last and is not counted. */
export async function myReminders(ctx: Ctx, query: Paged & { unseen?: boolean | undefined }) {
  return inSnapshot(ctx, async (tx) => {
    const where: SQL | undefined = and(
      eq(reminders.organisation, ctx.actor.organisation),
      query.unseen === true ? and(isNull(reminders.seenAt), inArray(reminders.way, ['app', 'mail'])) : undefined,
    );
    const real = sql`not exists (select from ${directives} d where d.id = ${reminders.directive} and d.exercise is not null)`;
    const total = await tx.$count(reminders, query.unseen === true ? and(where, real) : where);
    const rows = await tx
      .select({
        reminder: reminders,
        name: receipts.organisationName,
        directive: { id: directives.id, code: directives.code, subject: directives.subject, exercise: directives.exercise },
      })
      .from(reminders)
      .innerJoin(directives, eq(directives.id, reminders.directive))
      .leftJoin(receipts, and(eq(receipts.directive, reminders.directive), eq(receipts.organisation, reminders.organisation)))
      .where(where)
      .orderBy(...(query.unseen === true ? [sql`${directives.exercise} is not null`] : []), desc(reminders.sentAt), desc(reminders.id))
      .limit(query.size)
      .offset((query.page - 1) * query.size);
    return {
      total,
      items: rows.map(({ reminder, name, directive }) => ({
        ...viewOf(reminder, name),
        directive: { ...directive, exercise: directive.exercise !== null },
      })),
    };
  });
}

/**
 * Somebody of the reminded organisation saw it; the first time counts.
 * @throws DomainError `access.role`, `reminder.not_found`
 */
export async function markReminderSeen(ctx: Ctx, id: string): Promise<void> {
  may(ctx, 'tasks:work');
  await inTransaction(ctx, async (tx) => {
    const mine = and(eq(reminders.id, id), eq(reminders.organisation, ctx.actor.organisation));
    const [seen] = await tx
      .update(reminders)
      .set({ seenAt: isoInstant(ctx.clock.now()) })
      .where(and(mine, isNull(reminders.seenAt)))
      .returning({ id: reminders.id });
    if (seen !== undefined) return record(tx, ctx, { action: 'reminders.seen', subject: { kind: 'reminder', id } });
    if ((await tx.$count(reminders, mine)) === 0) throw notFound('reminder');
  });
}
