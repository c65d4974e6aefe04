import { isoInstant, shownDay } from '@vonggac/kernel';
import type { Ctx, Measure, MeasureRow, MeasureValue, Tx } from '@vonggac/store';
import { type Contact, contactsOf } from './answers.ts';
import { confirmationOf, ROLE_NAMES } from './contact-model.ts';
import { today } from './internal.ts';

async function contactsBy(tx: Tx, ctx: Ctx, organisations: readonly string[]): Promise<Map<string, Contact[]>> {
  const by = new Map<string, Contact[]>(organisations.map((id) => [id, []]));
  for (const contact of await contactsOf(tx, organisations, { day: today(ctx) })) by.get(contact.organisation)?.push(contact);
  return by;
}

/** Without a right to the register nothing was counted: that is no data, not an empty register. */
function isSeen(ctx: Ctx, organisation: string): boolean {
  return ctx.scope.organisations.includes(organisation) || ctx.scope.supervised.includes(organisation);
}

const unseen = (organisation: string, target: number): MeasureValue => ({
  organisation,
  state: 'no-data',
  value: null,
  of: null,
  target,
  text: { vi: 'Danh bạ của đơn vị nằm ngoài phạm vi.', en: 'The contact register of this organisation is outside your scope.' },
});

function confirmedValue(ctx: Ctx, organisation: string, on: readonly Contact[]): MeasureValue {
  const states = on.map((contact) => confirmationOf(contact.confirmedAt, ctx.clock.now()));
  const value = states.filter((state) => state !== 'overdue').length;
  const head = { organisation, value, of: on.length, target: Math.max(1, on.length) };
  if (on.length === 0)
    return {
      ...head,
      state: 'missed',
      text: { vi: 'Chưa đăng ký đầu mối nào, nên không có gì để xác nhận.', en: 'No contact is on file, so there is nothing to confirm.' },
    };
  const of = `${value}/${on.length}`;
  if (value < on.length)
    return {
      ...head,
      state: 'missed',
      text: { vi: `${of} đầu mối được xác nhận trong 90 ngày.`, en: `${of} contacts were confirmed within 90 days.` },
    };
  if (states.includes('due'))
    return {
      ...head,
      state: 'at-risk',
      text: {
        vi: `${of} đầu mối được xác nhận, có đầu mối hết hạn xác nhận trong 14 ngày tới.`,
        en: `${of} contacts are confirmed; some confirmation ends within 14 days.`,
      },
    };
  return {
    ...head,
    state: 'met',
    text: { vi: `${of} đầu mối được xác nhận trong 90 ngày.`, en: `${of} contacts were confirmed within 90 days.` },
  };
}

function dutyValue(ctx: Ctx, organisation: string, on: readonly Contact[]): MeasureValue {
  const duty = on.filter((contact) => contact.role === 'duty' && contact.phones.length > 0);
  const head = { organisation, value: duty.length, of: null, target: 1 };
  if (duty.length === 0)
    return { ...head, state: 'missed', text: { vi: 'Chưa có số điện thoại trực 24/7 trong danh bạ.', en: 'No 24/7 phone is on file.' } };
  const fresh = duty.some((contact) => confirmationOf(contact.confirmedAt, ctx.clock.now()) !== 'overdue');
  if (!fresh)
    return {
      ...head,
      state: 'at-risk',
      text: {
        vi: `Có ${duty.length} đầu mối trực 24/7, chưa được xác nhận trong 90 ngày.`,
        en: `${duty.length} 24/7 contact on file, not confirmed within 90 days.`,
      },
    };
  return {
    ...head,
    state: 'met',
    text: { vi: `Có ${duty.length} đầu mối trực 24/7 đã xác nhận.`, en: `${duty.length} 24/7 contact on file, confirmed.` },
  };
}

function rowOf(contact: Contact): MeasureRow {
  const role = ROLE_NAMES[contact.role];
  const at = contact.confirmedAt === null ? null : isoInstant(Temporal.Instant.from(new Date(contact.confirmedAt).toISOString()));
  const vi = at === null ? 'chưa xác nhận' : `xác nhận ngày ${shownDay(at)}`;
  const en = at === null ? 'not confirmed' : `confirmed on ${shownDay(at)}`;
  return { id: contact.id, subject: { kind: 'contact', id: contact.id }, at, text: { vi: `${role.vi}: ${vi}`, en: `${role.en}: ${en}` } };
}

function measureOf(
  parts: Pick<Measure, 'id' | 'name' | 'proposes'>,
  only: (contact: Contact) => boolean,
  value: typeof dutyValue,
): Measure {
  return {
    ...parts,
    unit: { vi: 'đầu mối', en: 'contacts' },
    async compute(tx, ctx, organisations) {
      const by = await contactsBy(tx, ctx, organisations);
      return organisations.map((id) => (isSeen(ctx, id) ? value(ctx, id, by.get(id) ?? []) : unseen(id, 1)));
    },
    async rows(tx, ctx, organisation) {
      return ((await contactsBy(tx, ctx, [organisation])).get(organisation) ?? []).filter(only).map(rowOf);
    },
  };
}

/** Contacts confirmed within 90 days, of those on file. It is a figure of today, whatever the window. */
export const contactsConfirmed = measureOf(
  {
    id: 'contacts.confirmed',
    name: { vi: 'Danh bạ đầu mối được xác nhận trong 90 ngày', en: 'Contact register confirmed within 90 days' },
    proposes: (text) => /dau moi|danh ba|lien he/.test(text),
  },
  () => true,
  confirmedValue,
);

/** A 24/7 contact with a phone on file; one staffed hotline is enough. */
export const contactsDuty = measureOf(
  {
    id: 'contacts.duty',
    name: { vi: 'Có đầu mối trực 24/7 trong danh bạ', en: '24/7 contact on file' },
    proposes: (text) => /24\/7|ung truc|nhan luc truc|truc giam sat|truc ban/.test(text),
  },
  (contact) => contact.role === 'duty',
  dutyValue,
);
