import { conflict, isoInstant, newId, notFound, type Text } from '@vonggac/kernel';
import { type Ctx, inTransaction, outbox, settings, type Tx } from '@vonggac/store';
import { and, eq, gt, inArray } from 'drizzle-orm';
import { may, reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { type DirectiveHead, directiveHead } from '../directives/index.ts';
import { contactsOf } from '../organisations/index.ts';
import { type OpenWork, openWorkOf, receipts, reminders } from '../tasks/index.ts';
import { allows, labelOf, labelText, type TlpLabel } from '../tlp/index.ts';
import type { ReminderWay } from './model.ts';
import { pasteText } from './paste-text.ts';
import { lockReminders, nextTicket } from './ticket.ts';

export type Reminding = {
  directive: string;
  organisations: readonly string[];
  way: Exclude<ReminderWay, 'call'>;
  note?: string | undefined;
};
export type Reminded = {
  ticket: string;
  reminded: { id: string; name: string }[];
  skipped: { organisation: { id: string; name: string }; why: Text }[];
  text: string;
};

/** The payload of a reminder in the outbox: ids only; addresses are looked up when it goes out. */
export type ReminderMail = { reminder: string; directive: string; organisation: string; ticket: string; person: string | null };

/** Hours between two mails about one directive to one organisation; setting `reminders.mail-hours`. */
const MAIL_HOURS = 24;

const NOTHING_OPEN: Text = { vi: 'Không còn nội dung nào chưa hoàn thành.', en: 'Nothing is open any more.' };
const NO_ADDRESS: Text = {
  vi: 'Chưa đăng ký e-mail đầu mối hoặc văn thư.',
  en: 'No e-mail of the focal point or the records office is on file.',
};

/**
 * Reminds chosen organisations of what is open, under one ticket number: in the app, by mail, or as text to paste.
 * Whoever has nothing open, no address, or was mailed within the interval is skipped, with the reason.
 * @throws DomainError `access.role`, `directive.not_found`, `reminder.withdrawn`, `reminder.nobody`, `reminder.tlp`
 */
export async function remindOrganisations(ctx: Ctx, asked: Reminding): Promise<Reminded> {
  may(ctx, 'directives:follow');
  return inTransaction(ctx, async (tx) => {
    const head = await followedDirective(tx, ctx, asked.directive);
    const label = await labelOf(tx, 'reminder-text');
    if (asked.way === 'text') mustFitGroups(label);
    await lockReminders(tx, head.overseer);
    const work = new Map((await openWorkOf(tx, ctx, head.id)).map((one) => [one.organisation, one]));
    const chosen = [...new Set(asked.organisations)].flatMap((id) => work.get(id) ?? []);
    const refused = asked.way === 'mail' ? await notMailable(tx, ctx, head.id, chosen) : new Map<string, Text>();
    const told = chosen.filter(({ organisation }) => !refused.has(organisation));
    const skipped = [
      ...chosen.flatMap((one) =>
        refused.has(one.organisation) ? [{ organisation: named(one), why: refused.get(one.organisation)! }] : [],
      ),
      ...(await receiversAmong(
        tx,
        head.id,
        asked.organisations.filter((id) => !work.has(id)),
      )),
    ];
    if (told.length === 0) throw nobody(skipped);
    const ticket = await nextTicket(tx, ctx, head);
    await writeReminders(tx, ctx, { head, told, ticket, way: asked.way, note: asked.note });
    await record(tx, ctx, {
      action: 'reminders.sent',
      subject: { kind: 'directive', id: head.id },
      after: { ticket, way: asked.way, organisations: told.map(({ organisation }) => organisation), skipped: skipped.length },
      reason: asked.note,
    });
    const text = pasteText(head, told, { ticket, now: ctx.clock.now(), language: ctx.language, label });
    return { ticket, reminded: told.map(named), skipped, text };
  });
}

/** @throws DomainError `reminder.tlp` where the label keeps the text out of a chat group of several organisations */
function mustFitGroups(label: TlpLabel): void {
  if (allows(label, 'group')) return;
  throw conflict('reminder.tlp', {
    vi: `Nhãn ${labelText(label)} không cho phép đưa nội dung đôn đốc vào nhóm chung. Đôn đốc trên hệ thống hoặc qua thư, hoặc đề nghị quản trị viên đổi nhãn.`,
    en: `The label ${labelText(label)} keeps this text out of a shared group. Remind in the system or by mail, or ask the administrator to change the label.`,
  });
}

/** Receivers with nothing open; who never got the document is not told of. */
async function receiversAmong(tx: Tx, directive: string, ids: readonly string[]): Promise<Reminded['skipped']> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select({ id: receipts.organisation, name: receipts.organisationName })
    .from(receipts)
    .where(and(eq(receipts.directive, directive), inArray(receipts.organisation, [...ids])));
  return rows.map((organisation) => ({ organisation, why: NOTHING_OPEN }));
}

const named = ({ organisation, name }: OpenWork) => ({ id: organisation, name });

/** @throws DomainError `directive.not_found` unless the actor's side follows it, `reminder.withdrawn` */
export async function followedDirective(tx: Tx, ctx: Ctx, id: string): Promise<DirectiveHead> {
  const head = (await directiveHead(tx, [id])).get(id);
  if (head === undefined || !reaches(ctx, head.overseer) || head.status === 'draft') throw notFound('directive');
  if (head.status === 'issued') return head;
  throw conflict('reminder.withdrawn', {
    vi: 'Văn bản đã thu hồi, không đôn đốc nữa.',
    en: 'The directive has been withdrawn; nobody is reminded of it.',
  });
}

function nobody(skipped: Reminded['skipped']): Error {
  return conflict(
    'reminder.nobody',
    {
      vi: `Không gửi được tới đơn vị nào. ${skipped[0]?.why.vi ?? ''}`.trim(),
      en: `Nobody could be reminded. ${skipped[0]?.why.en ?? ''}`.trim(),
    },
    { skipped },
  );
}

async function notMailable(tx: Tx, ctx: Ctx, directive: string, chosen: readonly OpenWork[]): Promise<Map<string, Text>> {
  const ids = chosen.map(({ organisation }) => organisation);
  const refused = new Map<string, Text>();
  if (ids.length === 0) return refused;
  const [set] = await tx.select({ value: settings.value }).from(settings).where(eq(settings.key, 'reminders.mail-hours'));
  const hours = typeof set?.value === 'number' && set.value >= 0 ? set.value : MAIL_HOURS;
  const since = isoInstant(ctx.clock.now().subtract({ minutes: Math.round(hours * 60) }));
  const recent = await tx
    .select({ organisation: reminders.organisation, ticket: reminders.ticket })
    .from(reminders)
    .where(
      and(eq(reminders.directive, directive), eq(reminders.way, 'mail'), gt(reminders.sentAt, since), inArray(reminders.organisation, ids)),
    );
  const mailable = new Set((await mailContactsOf(tx, ids, ctx.scope.day)).map(({ organisation }) => organisation));
  for (const id of ids) if (!mailable.has(id)) refused.set(id, NO_ADDRESS);
  for (const { organisation, ticket } of recent) {
    refused.set(organisation, {
      vi: `Đã gửi thư ${ticket} trong ${hours} giờ qua.`,
      en: `Mail ${ticket} was sent within the last ${hours} hours.`,
    });
  }
  return refused;
}

/** Contacts with an e-mail to whom reminders go: focal point and records office. */
export async function mailContactsOf(tx: Tx, ids: readonly string[], day: string) {
  return (await contactsOf(tx, ids, { day, roles: ['focal', 'records'] })).filter(({ emails }) => emails.length > 0);
}

type Writing = { head: DirectiveHead; told: readonly OpenWork[]; ticket: string; way: ReminderWay; note: string | undefined };

/** One row for each organisation, and for mails one in the outbox under a key that keeps it from going twice. */
export async function writeReminders(tx: Tx, ctx: Ctx, { head, told, ticket, way, note }: Writing): Promise<void> {
  const at = isoInstant(ctx.clock.now());
  const person = ctx.actor.kind === 'person' ? ctx.actor.id : null;
  const rows = told.map(({ organisation, open }) => ({
    id: newId(),
    directive: head.id,
    organisation,
    overseer: head.overseer,
    way,
    ticket,
    open,
    note: note ?? null,
    sentAt: at,
    sentBy: person ?? ctx.actor.name,
    sentByName: ctx.actor.name,
  }));
  await tx.insert(reminders).values(rows);
  if (way !== 'mail') return;
  await tx.insert(outbox).values(
    rows.map(({ id, organisation }) => ({
      id: newId(),
      key: keyOf(id),
      kind: 'mail',
      organisation: head.overseer,
      payload: { reminder: id, directive: head.id, organisation, ticket, person } satisfies ReminderMail,
      dueAt: at,
    })),
  );
}

export const keyOf = (reminder: string): string => `reminder:${reminder}`;
