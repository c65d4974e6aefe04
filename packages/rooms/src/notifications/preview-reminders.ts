import { fold } from '@vonggac/kernel';
import { type Ctx, inSnapshot } from '@vonggac/store';
import { and, eq, sql } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { contactsOf } from '../organisations/index.ts';
import { openWorkOf, reminders } from '../tasks/index.ts';
import { followedDirective, mailContactsOf } from './remind.ts';

export type Remindable = {
  organisation: { id: string; name: string };
  open: number;
  overdue: number;
  next: string | null;
  /** The desk's own date, never told to the agency. */
  followUp: string | null;
  emails: number;
  mailedAt: string | null;
  phone: boolean;
};

/** Whom of a directive's receivers one may remind, the latest first, and by which ways each can be reached. */
export async function remindable(
  ctx: Ctx,
  query: { directive: string; q?: string | undefined },
): Promise<{ items: Remindable[]; total: number }> {
  may(ctx, 'directives:follow');
  return inSnapshot(ctx, async (tx) => {
    const head = await followedDirective(tx, ctx, query.directive);
    const q = fold(query.q ?? '');
    const work = (await openWorkOf(tx, ctx, head.id)).filter(({ name }) => q === '' || fold(name).includes(q));
    const ids = work.map(({ organisation }) => organisation);
    const mails = Map.groupBy(await mailContactsOf(tx, ids, ctx.scope.day), ({ organisation }) => organisation);
    const phones = new Set(
      (await contactsOf(tx, ids, { day: ctx.scope.day }))
        .filter((contact) => contact.phones.length > 0)
        .map(({ organisation }) => organisation),
    );
    const mailed = await tx
      .select({ organisation: reminders.organisation, at: sql<string | Date>`max(${reminders.sentAt})` })
      .from(reminders)
      .where(and(eq(reminders.directive, head.id), eq(reminders.way, 'mail')))
      .groupBy(reminders.organisation);
    const mailedAt = new Map(mailed.map(({ organisation, at }) => [organisation, new Date(at).toISOString()]));
    const items = work.map(({ organisation, name, open, overdue, next, followUp }) => ({
      organisation: { id: organisation, name },
      open,
      overdue,
      next,
      followUp,
      emails: (mails.get(organisation) ?? []).reduce((sum, { emails }) => sum + emails.length, 0),
      mailedAt: mailedAt.get(organisation) ?? null,
      phone: phones.has(organisation),
    }));
    return { items, total: items.length };
  });
}
