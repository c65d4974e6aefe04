import { isoInstant } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, outbox, type Tx } from '@vonggac/store';
import { and, asc, eq, inArray, isNull, lt, lte } from 'drizzle-orm';
import { createTransport, type Transporter } from 'nodemailer';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { labelText } from '../tlp/index.ts';
import { isHeld } from './held.ts';
import { type Letter, letterKind, letterKinds, type MailSettings, offerLetters, type Outcome, type WaitingMail } from './letters.ts';
import { ATTEMPTS, backoffMinutes, DROPPED, HELD_MINUTES, TLP_HELD } from './model.ts';
import { reminderLetters } from './reminder-letter.ts';

/** `held`: the label lets it go to nobody on file; it is looked at again, as the label or the contacts may change. */
export type Delivered = { sent: number; failed: number; dropped: number; held: number };

/** Mails of one run; the rest waits for the next. */
const BATCH = 200;
/** @unit milliseconds */
const PATIENCE = 15_000;

offerLetters(reminderLetters);

/**
 * Sends the mails that are due through the outbound gate. Each is taken under a row lock that other workers skip, and is written only now,
 * after another look: whether the sender still may, whether anything is open, who the contacts are. A mail has one Message-ID for ever, so
 * that a repetition after a crash is recognised. What the server refuses for good (5xx, RFC 5321 §4.2.1) is not tried again by itself.
 * Runs in the house's own context.
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

async function deliverOne(tx: Tx, ctx: Ctx, settings: MailSettings): Promise<keyof Delivered | null> {
  const now = ctx.clock.now();
  const [row] = await tx
    .select()
    .from(outbox)
    .where(
      and(inArray(outbox.kind, letterKinds()), isNull(outbox.sentAt), lte(outbox.dueAt, isoInstant(now)), lt(outbox.attempts, ATTEMPTS)),
    )
    .orderBy(asc(outbox.dueAt), asc(outbox.id))
    .limit(1)
    .for('update', { skipLocked: true });
  if (row === undefined) return null;
  const kind = letterKind(row.kind);
  const set = (change: Partial<WaitingMail>) => tx.update(outbox).set(change).where(eq(outbox.id, row.id));
  const note = async (outcome: Outcome, reason: string | null): Promise<void> =>
    record(tx, ctx, { ...(await kind.entry(tx, row, outcome)), reason: reason ?? undefined });
  const letter = await kind.write(tx, ctx, row, settings);
  if (letter === TLP_HELD) {
    await set({ lastError: TLP_HELD, dueAt: isoInstant(now.add({ minutes: HELD_MINUTES })) });
    if (row.lastError !== TLP_HELD) await note('held', TLP_HELD);
    return 'held';
  }
  if (typeof letter === 'string') {
    await set({ attempts: DROPPED, lastError: letter });
    await note('dropped', letter);
    return 'dropped';
  }
  const { error, isFinal } = await send(ctx, settings, row, letter);
  if (isFinal === null) {
    await set({ sentAt: isoInstant(now), attempts: row.attempts + 1, lastError: error });
    await note('sent', error);
    return 'sent';
  }
  const attempts = isFinal ? ATTEMPTS : row.attempts + 1;
  await set({ attempts, lastError: error, dueAt: isoInstant(now.add({ minutes: backoffMinutes(attempts) })) });
  if (isFinal) await note('refused', error);
  return 'failed';
}

/** `isFinal` null: the server took it, with `error` where it refused some of the receivers. */
type Said = { error: string | null; isFinal: boolean | null };
type Refusal = { message?: string; response?: string; responseCode?: number; command?: string; rejectedErrors?: Refusal[] };

/** What the server said, without addresses. */
const wordsOf = (refusal: Refusal): string =>
  (refusal.response ?? refusal.message ?? String(refusal))
    .replace(/[^\s<>]+@[^\s<>]+/g, '…')
    .replace(/\s+/g, ' ')
    .slice(0, 300);

/** Commands about this mail: a server that refuses a login or the whole connection may be mended for all of them. */
const ABOUT_THE_MAIL = ['MAIL FROM', 'RCPT TO', 'DATA'];

/** RFC 5321 §4.2.1: 5yz is final, 4yz may be tried again; of several receivers one that may be tried again is enough. */
const isFinalRefusal = ({ responseCode = 0, command = '', rejectedErrors = [] }: Refusal): boolean =>
  responseCode >= 500 && ABOUT_THE_MAIL.includes(command) && rejectedErrors.every((one) => (one.responseCode ?? 0) >= 500);

async function send(ctx: Ctx, settings: MailSettings, row: WaitingMail, letter: Letter): Promise<Said> {
  let transport: Transporter | undefined;
  try {
    transport = await openTransport(ctx, settings.smtp);
    const domain = /@([^>\s]+)/.exec(settings.from)?.[1] ?? 'vonggac.invalid';
    const { to, subject, text, label } = letter;
    const info = (await transport.sendMail({
      from: settings.from,
      to,
      messageId: `<${row.id}@${domain}>`,
      subject,
      text,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-TLP': labelText(label) },
      disableFileAccess: true,
      disableUrlAccess: true,
    })) as { rejectedErrors?: Refusal[] };
    const [refused] = info.rejectedErrors ?? [];
    return { error: refused === undefined ? null : wordsOf(refused), isFinal: null };
  } catch (error) {
    const refusal = error as Refusal;
    return { error: wordsOf(refusal), isFinal: isFinalRefusal(refusal) };
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
