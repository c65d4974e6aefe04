import { conflict, isoInstant, newId, notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { and, eq, isNull, or, gt } from 'drizzle-orm';
import { may, mustReachOrSupervise, reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import type { Contact } from './answers.ts';
import { type ContactFields, type ContactInput, readContact } from './contact-model.ts';
import { validOn } from './dated.ts';
import { fetchOrganisation, mustLive, today } from './internal.ts';
import { contacts } from './tables.ts';

/** What the log keeps of a contact: which fields there are, no personal data. */
function traceOf(contact: ContactFields): object {
  return {
    role: contact.role,
    phones: contact.phones.length,
    emails: contact.emails.length,
    hotline: contact.hotline,
    named: contact.name !== null,
  };
}

/** Who enters for the own organisation says thereby that it is right; the desk that enters for another does not. */
function confirmation(ctx: Ctx, organisation: string): { confirmedAt: string | null; confirmedBy: string | null } {
  const own = reaches(ctx, organisation);
  return { confirmedAt: own ? isoInstant(ctx.clock.now()) : null, confirmedBy: own ? ctx.actor.name : null };
}

/** @throws DomainError as not found when it is not in reach, or is over */
async function fetchContact(tx: Tx, ctx: Ctx, id: string): Promise<Contact> {
  const [row] = await tx.select().from(contacts).where(eq(contacts.id, id));
  if (!row || (row.validTo !== null && row.validTo <= today(ctx))) throw notFound('contact');
  mustReachOrSupervise(ctx, row.organisation);
  return row;
}

/** Puts a contact on file, for the own organisation or for one that is supervised. */
export async function addContact(ctx: Ctx, organisation: string, input: ContactInput): Promise<{ id: string }> {
  may(ctx, 'contacts:write');
  mustReachOrSupervise(ctx, organisation);
  const fields = readContact(input);
  const id = newId();
  await inTransaction(ctx, async (tx) => {
    mustLive(await fetchOrganisation(tx, organisation), today(ctx), 'organisation');
    await tx.insert(contacts).values({ id, organisation, ...fields, validFrom: today(ctx), ...confirmation(ctx, organisation) });
    await record(tx, ctx, { action: 'contacts.added', subject: { kind: 'contact', id }, after: traceOf(fields), concerns: organisation });
  });
  return { id };
}

async function close(tx: Tx, id: string, on: string): Promise<void> {
  const closed = await tx
    .update(contacts)
    .set({ validTo: on })
    .where(and(eq(contacts.id, id), or(isNull(contacts.validTo), gt(contacts.validTo, on))))
    .returning({ id: contacts.id });
  if (closed.length > 0) return;
  throw conflict('contacts.over', {
    vi: 'Đầu mối này vừa được người khác thay đổi. Tải lại trang để xem bản mới.',
    en: 'Somebody else has just changed this contact. Reload to see the new one.',
  });
}

/** Changes a contact: the former stays on file with its last day. @returns the id of the new row */
export async function changeContact(ctx: Ctx, id: string, input: ContactInput): Promise<{ id: string }> {
  may(ctx, 'contacts:write');
  const fields = readContact(input);
  const next = newId();
  await inTransaction(ctx, async (tx) => {
    const before = await fetchContact(tx, ctx, id);
    await close(tx, id, today(ctx));
    await tx
      .insert(contacts)
      .values({ id: next, organisation: before.organisation, ...fields, validFrom: today(ctx), ...confirmation(ctx, before.organisation) });
    await record(tx, ctx, {
      action: 'contacts.changed',
      subject: { kind: 'contact', id: next },
      before: { id, ...traceOf(before) },
      after: traceOf(fields),
      concerns: before.organisation,
    });
  });
  return { id: next };
}

/** "Vẫn đúng": holds for 90 days. */
export async function confirmContact(ctx: Ctx, id: string): Promise<void> {
  may(ctx, 'contacts:write');
  await inTransaction(ctx, async (tx) => {
    const contact = await fetchContact(tx, ctx, id);
    await tx
      .update(contacts)
      .set({ confirmedAt: isoInstant(ctx.clock.now()), confirmedBy: ctx.actor.name })
      .where(eq(contacts.id, id));
    await record(tx, ctx, {
      action: 'contacts.confirmed',
      subject: { kind: 'contact', id },
      before: { confirmedAt: contact.confirmedAt },
      concerns: contact.organisation,
    });
  });
}

/** Confirms all contacts of an organisation at once. @returns how many */
export async function confirmContacts(ctx: Ctx, organisation: string): Promise<{ confirmed: number }> {
  may(ctx, 'contacts:write');
  mustReachOrSupervise(ctx, organisation);
  return inTransaction(ctx, async (tx) => {
    await fetchOrganisation(tx, organisation);
    const rows = await tx
      .update(contacts)
      .set({ confirmedAt: isoInstant(ctx.clock.now()), confirmedBy: ctx.actor.name })
      .where(and(eq(contacts.organisation, organisation), validOn(contacts.validFrom, contacts.validTo, today(ctx))))
      .returning({ id: contacts.id });
    await record(tx, ctx, {
      action: 'contacts.all_confirmed',
      subject: { kind: 'organisation', id: organisation },
      after: { contacts: rows.map((row) => row.id) },
      concerns: organisation,
    });
    return { confirmed: rows.length };
  });
}

/** Ends a contact from a day on (by default today); it stays in the history. */
export async function endContact(ctx: Ctx, id: string, input: { on?: string | undefined; reason: string }): Promise<void> {
  may(ctx, 'contacts:write');
  await inTransaction(ctx, async (tx) => {
    const contact = await fetchContact(tx, ctx, id);
    const on = input.on ?? today(ctx);
    await close(tx, id, on);
    await record(tx, ctx, {
      action: 'contacts.ended',
      subject: { kind: 'contact', id },
      before: traceOf(contact),
      after: { on },
      reason: input.reason,
      concerns: contact.organisation,
    });
  });
}

/** The numbers in full where they are masked; the reading is logged with its reason. */
export async function unmaskContact(ctx: Ctx, id: string, reason: string): Promise<{ phones: string[]; emails: string[] }> {
  return inTransaction(ctx, async (tx) => {
    const [contact] = await tx.select().from(contacts).where(eq(contacts.id, id));
    if (!contact) throw notFound('contact');
    mustReachOrSupervise(ctx, contact.organisation);
    await record(tx, ctx, { action: 'contacts.unmasked', subject: { kind: 'contact', id }, reason, concerns: contact.organisation });
    return { phones: contact.phones, emails: contact.emails };
  });
}
