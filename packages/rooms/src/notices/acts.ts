import { conflict, isoInstant, notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { and, eq, isNull } from 'drizzle-orm';
import { may, reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { deliveryOf } from '../notifications/index.ts';
import { contactsOf } from '../organisations/index.ts';
import { queueMail } from './freeze.ts';
import { noticeWithin } from './list.ts';
import { contactsFor } from './model.ts';
import { notices } from './tables.ts';
import { lockNotices } from './ticket.ts';
import { mailsOf } from './view.ts';

/**
 * Sends the mail of a notice that did not get through again: the same notice, its figures as they were.
 * @throws DomainError `access.role`, `notice.not_found`, `notices.on_its_way`, `notices.no_contact`
 */
export async function retryNotice(ctx: Ctx, id: string): Promise<{ id: string }> {
  may(ctx, 'findings:decide');
  return inTransaction(ctx, async (tx) => {
    const notice = await noticeWithin(tx, ctx, id);
    if (notice.overseer !== ctx.actor.organisation) throw notFound('notice');
    await lockNotices(tx, notice.overseer);
    const delivery = deliveryOf((await mailsOf(tx, [id])).get(id) ?? null);
    if (delivery === 'sent' || delivery === 'waiting')
      throw conflict('notices.on_its_way', {
        vi: 'Thư đã gửi hoặc đang chờ gửi, không gửi lại.',
        en: 'The mail was sent or waits to be sent; it does not go again.',
      });
    const receiver = notice.test ? notice.overseer : notice.organisation;
    const contacts = await contactsOf(tx, [receiver], { day: ctx.scope.day, roles: notice.roles });
    if (contactsFor(notice.roles, contacts) === null)
      throw conflict('notices.no_contact', {
        vi: 'Đơn vị chưa có đầu mối có thư điện tử theo quy tắc. Bổ sung đầu mối rồi gửi lại.',
        en: 'No contact of the rule has an e-mail address. Add one, then send again.',
      });
    await queueMail(tx, ctx, { ...notice, person: ctx.actor.kind === 'person' ? ctx.actor.id : null });
    await record(tx, ctx, {
      action: 'notices.retried',
      subject: { kind: 'notice', id },
      after: { ticket: notice.ticket, before: delivery },
    });
    return { id };
  });
}

/**
 * Somebody of the organisation saw it; the first time counts.
 * @throws DomainError `access.role`, `notice.not_found`
 */
export async function markNoticeSeen(ctx: Ctx, id: string): Promise<void> {
  may(ctx, 'findings:answer');
  await inTransaction(ctx, async (tx) => {
    const notice = await noticeWithin(tx, ctx, id);
    if (notice.organisation !== ctx.actor.organisation || notice.test || !reaches(ctx, notice.organisation)) throw notFound('notice');
    const [seen] = await tx
      .update(notices)
      .set({ seenAt: isoInstant(ctx.clock.now()), seenByName: ctx.actor.name })
      .where(and(eq(notices.id, id), isNull(notices.seenAt)))
      .returning({ id: notices.id });
    if (seen !== undefined) await record(tx, ctx, { action: 'notices.seen', subject: { kind: 'notice', id }, concerns: notice.overseer });
  });
}
