import { isoInstant, shownDay } from '@vonggac/kernel';
import type { Ctx, Measure, MeasureRow, MeasureValue, Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { type Contact, contactsOf } from './answers.ts';
import { confirmationBounds, ROLE_NAMES } from './contact-model.ts';
import { validOn } from './dated.ts';
import { today } from './internal.ts';
import { among } from './names.ts';
import { contacts } from './tables.ts';

type Count = { total: number; valid: number; due: number; duty: number; dutyValid: number };

const NOTHING: Count = { total: 0, valid: 0, due: 0, duty: 0, dutyValid: 0 };

/** Contacts on file today by organisation: all, with a valid confirmation, of these ending soon; those of the 24/7 duty with a phone. */
async function countsOf(tx: Tx, ctx: Ctx, organisations: readonly string[]): Promise<Map<string, Count>> {
  const { overdueBefore, dueBefore } = confirmationBounds(ctx.clock.now());
  const isDuty = sql`c.role = 'duty' and jsonb_array_length(c.phones) > 0`;
  const isValid = sql`c.confirmed_at > ${overdueBefore}::timestamptz`;
  const { rows } = await tx.execute<Count & { organisation: string }>(sql`
    select c.organisation, count(*)::int as total, count(*) filter (where ${isValid})::int as valid,
      count(*) filter (where ${isValid} and c.confirmed_at <= ${dueBefore}::timestamptz)::int as due,
      count(*) filter (where ${isDuty})::int as duty, count(*) filter (where ${isDuty} and ${isValid})::int as "dutyValid"
    from ${contacts} c where ${among(sql`c.organisation`, organisations)} and ${validOn(sql`c.valid_from`, sql`c.valid_to`, today(ctx))}
    group by c.organisation`);
  return new Map(rows.map(({ organisation, ...count }) => [organisation, count]));
}

/** Without a right to the register nothing was counted: that is no data, not an empty register. */
const unseen = (organisation: string): MeasureValue => ({
  organisation,
  state: 'no-data',
  value: null,
  of: null,
  target: 1,
  text: { vi: 'Danh bạ của đơn vị nằm ngoài phạm vi.', en: 'The contact register of this organisation is outside your scope.' },
});

function confirmedValue(organisation: string, { total, valid, due }: Count): MeasureValue {
  const head = { organisation, value: valid, of: total, target: Math.max(1, total) };
  if (total === 0)
    return {
      ...head,
      state: 'missed',
      text: { vi: 'Chưa đăng ký đầu mối nào, nên không có gì để xác nhận.', en: 'No contact is on file, so there is nothing to confirm.' },
    };
  const vi = `${valid}/${total} đầu mối được xác nhận trong 90 ngày`;
  const en = `${valid}/${total} contacts were confirmed within 90 days`;
  if (valid === total && due > 0)
    return {
      ...head,
      state: 'at-risk',
      text: {
        vi: `${vi}; ${due} đầu mối hết hạn xác nhận trong 14 ngày tới.`,
        en: `${en}; the confirmation of ${due} ends within 14 days.`,
      },
    };
  return { ...head, state: valid === total ? 'met' : 'missed', text: { vi: `${vi}.`, en: `${en}.` } };
}

function dutyValue(organisation: string, { duty, dutyValid }: Count): MeasureValue {
  const head = { organisation, value: duty, of: null, target: 1 };
  if (duty === 0)
    return { ...head, state: 'missed', text: { vi: 'Chưa có số điện thoại trực 24/7 trong danh bạ.', en: 'No 24/7 phone is on file.' } };
  if (dutyValid === 0)
    return {
      ...head,
      state: 'at-risk',
      text: {
        vi: `Có ${duty} đầu mối trực 24/7, chưa được xác nhận trong 90 ngày.`,
        en: `${duty} 24/7 contact on file, not confirmed within 90 days.`,
      },
    };
  return {
    ...head,
    state: 'met',
    text: { vi: `Có ${duty} đầu mối trực 24/7 đã xác nhận.`, en: `${duty} 24/7 contact on file, confirmed.` },
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
      const counts = await countsOf(tx, ctx, organisations);
      const seen = new Set([...ctx.scope.organisations, ...ctx.scope.supervised]);
      return organisations.map((id) => (seen.has(id) ? value(id, counts.get(id) ?? NOTHING) : unseen(id)));
    },
    async rows(tx, ctx, organisation) {
      return (await contactsOf(tx, [organisation], { day: today(ctx) })).filter(only).map(rowOf);
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
