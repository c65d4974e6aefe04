import { isoInstant } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, outbox, type Tx } from '@vonggac/store';
import { and, asc, eq, gt, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm';
import { createTransport, type Transporter } from 'nodemailer';
import { grants, may, memberships } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { directiveHead } from '../directives/index.ts';
import { destinationsWithin } from '../exercises/index.ts';
import { people } from '../identity/index.ts';
import { openWorkOf } from '../tasks/index.ts';
import { addressesFor, labelOf, labelText, type TlpLabel } from '../tlp/index.ts';
import { isHeld } from './held.ts';
import { mailText } from './mail-text.ts';
import { ATTEMPTS, backoffMinutes, DROPPED, HELD_MINUTES, NOT_NAMED, TLP_HELD } from './model.ts';
import { mailContactsOf, type ReminderMail } from './remind.ts';

/** `smtp`: `smtp(s)://user:password@host:port`; `publicUrl`: where people sign in. */
export type MailSettings = { smtp: string; from: string; publicUrl: string };
/** `held`: the label lets it go to nobody on file; it is looked at again, as the label or the contacts may change. */
export type Delivered = { sent: number; failed: number; dropped: number; held: number };

/** Mails of one run; the rest waits for the next. */
const BATCH = 200;
/** @unit milliseconds */
const PATIENCE = 15_000;

/**
 * Sends the mails that are due through the outbound gate. Each is taken under a row lock that other workers skip, and is checked
 * again before it goes: whether the sender may still remind, whether anything is open, who the contacts are now. A mail has one
 * Message-ID for ever, so that a repetition after a crash is recognised. Runs in the house's own context.
 */
export async function deliverOutbox(ctx: Ctx, settings: MailSettings): Promise<Delivered> {
  may(ctx, 'directives:follow');
  const done: Delivered = { sent: 0, failed: 0, dropped: 0, held: 0 };
  if (await inSnapshot(ctx, isHeld)) return done;
  for (let at = 0; at < BATCH; at++) {
    const outcome = await inTransaction(ctx, (tx) => deliverOne(tx, ctx, settings));
    if (outcome === null) break;
    done[outcome]++;
  }
  return done;
}

type Row = typeof outbox.$inferSelect;

async function deliverOne(tx: Tx, ctx: Ctx, settings: MailSettings): Promise<keyof Delivered | null> {
  const now = ctx.clock.now();
  const [row] = await tx
    .select()
    .from(outbox)
    .where(and(eq(outbox.kind, 'mail'), isNull(outbox.sentAt), lte(outbox.dueAt, isoInstant(now)), lt(outbox.attempts, ATTEMPTS)))
    .orderBy(asc(outbox.dueAt), asc(outbox.id))
    .limit(1)
    .for('update', { skipLocked: true });
  if (row === undefined) return null;
  const mail = row.payload as ReminderMail;
  const letter = await letterFor(tx, ctx, row, mail);
  if (letter === TLP_HELD) {
    await tx
      .update(outbox)
      .set({ lastError: TLP_HELD, dueAt: isoInstant(now.add({ minutes: HELD_MINUTES })) })
      .where(eq(outbox.id, row.id));
    if (row.lastError !== TLP_HELD) await note(tx, ctx, 'reminders.mail_held', mail, TLP_HELD);
    return 'held';
  }
  if (typeof letter === 'string') {
    await tx.update(outbox).set({ attempts: DROPPED, lastError: letter }).where(eq(outbox.id, row.id));
    await note(tx, ctx, 'reminders.mail_dropped', mail, letter);
    return 'dropped';
  }
  const error = await send(ctx, settings, { row, mail, ...letter });
  if (error === null) {
    await tx
      .update(outbox)
      .set({ sentAt: isoInstant(now), attempts: row.attempts + 1, lastError: null })
      .where(eq(outbox.id, row.id));
    await note(tx, ctx, 'reminders.mail_sent', mail);
    return 'sent';
  }
  const attempts = row.attempts + 1;
  await tx
    .update(outbox)
    .set({ attempts, lastError: error, dueAt: isoInstant(now.add({ minutes: backoffMinutes(attempts) })) })
    .where(eq(outbox.id, row.id));
  return 'failed';
}

const note = (tx: Tx, ctx: Ctx, action: string, mail: ReminderMail, reason?: string) =>
  record(tx, ctx, {
    action,
    subject: { kind: 'reminder', id: mail.reminder },
    concerns: mail.organisation,
    after: { ticket: mail.ticket },
    reason,
  });

/** What goes out and to whom, as things are now; a sentence where it must not go any more. */
async function letterFor(
  tx: Tx,
  ctx: Ctx,
  row: Row,
  mail: ReminderMail,
): Promise<Pick<Letter, 'to' | 'open' | 'exercise' | 'label'> | string> {
  const head = (await directiveHead(tx, [mail.directive])).get(mail.directive);
  if (head?.status !== 'issued') return 'directive withdrawn';
  if (mail.person !== null && !(await mayStillRemind(tx, ctx, mail.person, head.overseer))) return 'sender has no right any more';
  const open = (await openWorkOf(tx, ctx, mail.directive)).find(({ organisation }) => organisation === mail.organisation)?.open ?? 0;
  if (open === 0) return 'nothing open';
  const contacts = await mailContactsOf(tx, [mail.organisation], ctx.scope.day);
  if (contacts.length === 0) return 'no address on file';
  const label = await labelOf(tx, 'reminder-mail');
  const to = addressesFor(label, contacts);
  if (to.length === 0) return TLP_HELD;
  if (head.exercise === null) return { to, open, exercise: false, label };
  const named = await destinationsWithin(tx, head.exercise, { addresses: to, day: ctx.scope.day });
  return named.length === 0 ? NOT_NAMED : { to: named, open, exercise: true, label };
}

/** The sender's account is open, and his role holds today at the overseer or at an organisation above it. */
async function mayStillRemind(tx: Tx, ctx: Ctx, person: string, overseer: string): Promise<boolean> {
  const shut = and(eq(people.id, person), isNotNull(people.disabledAt));
  if ((await tx.$count(people, shut)) > 0) return false;
  const held = await tx
    .select({ role: memberships.role, organisation: memberships.organisation })
    .from(memberships)
    .where(
      and(
        eq(memberships.person, person),
        lte(memberships.validFrom, ctx.scope.day),
        or(isNull(memberships.validTo), gt(memberships.validTo, ctx.scope.day)),
      ),
    );
  for (const { role, organisation } of held) {
    if (!grants(role).includes('directives:follow')) continue;
    const { rows } = await tx.execute(
      sql`select 1 from vg_reach(${organisation}::uuid, ${ctx.scope.day}::date) r where ${overseer}::uuid = any(r.organisations)`,
    );
    if (rows.length > 0) return true;
  }
  return false;
}

type Letter = { row: Row; mail: ReminderMail; to: string[]; open: number; exercise: boolean; label: TlpLabel };

/** @returns null when the server took it, else what went wrong, without addresses */
async function send(ctx: Ctx, settings: MailSettings, { row, mail, to, open, exercise, label }: Letter): Promise<string | null> {
  let transport: Transporter | undefined;
  try {
    transport = await openTransport(ctx, settings.smtp);
    const domain = /@([^>\s]+)/.exec(settings.from)?.[1] ?? 'vonggac.invalid';
    const link = `${settings.publicUrl.replace(/\/$/, '')}/work/${mail.directive}/${mail.organisation}`;
    await transport.sendMail({
      from: settings.from,
      to,
      messageId: `<${row.id}@${domain}>`,
      ...mailText({ ticket: mail.ticket, open, link, exercise, label }),
      headers: { 'Auto-Submitted': 'auto-generated', 'X-TLP': labelText(label) },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return null;
  } catch (error) {
    return String(error instanceof Error ? error.message : error)
      .replace(/[^\s<>]+@[^\s<>]+/g, '…')
      .slice(0, 300);
  } finally {
    transport?.close();
  }
}

/** Connects to the address that the gate resolved, under the name that the certificate must bear. */
async function openTransport(ctx: Ctx, smtp: string): Promise<Transporter> {
  const url = new URL(smtp);
  const secure = url.protocol === 'smtps:';
  const gate = await ctx.stores.outbound.allow(url.hostname, Number(url.port || (secure ? 465 : 587)));
  const user = decodeURIComponent(url.username);
  return createTransport({
    host: gate.address,
    port: gate.port,
    secure,
    name: 'vonggac',
    tls: { servername: gate.host },
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    socketTimeout: PATIENCE,
    ...(user === '' ? {} : { auth: { user, pass: decodeURIComponent(url.password) } }),
  });
}
