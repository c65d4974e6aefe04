import { invalid, isoInstant, type Text } from '@vonggac/kernel';
import type { Ctx } from '@vonggac/store';
import { reaches } from '../access/index.ts';
import type { Contact, ContactRole } from './answers.ts';
import { maskEmail, maskPhone, type PhoneKind, phoneProblem, readPhone } from './phones.ts';

export type ContactInput = {
  role: ContactRole;
  name?: string | undefined;
  position?: string | undefined;
  department?: string | undefined;
  address?: string | undefined;
  digitalSignature?: string | undefined;
  phones: readonly string[];
  emails: readonly string[];
  hotline: boolean;
  note?: string | undefined;
};

export type ContactFields = Pick<
  Contact,
  'role' | 'name' | 'position' | 'department' | 'address' | 'digitalSignature' | 'phones' | 'emails' | 'hotline' | 'note'
>;

export const ROLE_NAMES: Readonly<Record<ContactRole, Text>> = {
  leader: { vi: 'Lãnh đạo phụ trách', en: 'Leader in charge' },
  focal: { vi: 'Đầu mối phối hợp', en: 'Focal point' },
  duty: { vi: 'Trực 24/7', en: '24/7 duty' },
  technical: { vi: 'Đầu mối kỹ thuật', en: 'Technical contact' },
  records: { vi: 'Văn thư', en: 'Records office' },
};

/** Days for which a confirmation holds, and how long before its end it counts as due. */
export const CONFIRMED_DAYS = 90;
const DUE_DAYS = 14;

const EMAIL = /^[^\s@<>]+@[^\s@<>]+\.[\p{L}\p{N}-]{2,}$/u;

type Need = { field: string; met: boolean; text: Text };

const need = (field: string, met: boolean, vi: string, en: string): Need => ({ field, met, text: { vi, en } });

/** What the role requires; for `technical` the fields of TT 31/2017/TT-BTTTT Đ7. */
function needsOf(fields: ContactFields, kinds: ReadonlySet<PhoneKind>): Need[] {
  const name = need('name', fields.name !== null, 'họ và tên', 'the name');
  const position = need('position', fields.position !== null, 'chức vụ', 'the position');
  const phone = need('phones', fields.phones.length > 0, 'số điện thoại', 'a phone number');
  const email = need('emails', fields.emails.length > 0, 'thư điện tử', 'an e-mail address');
  switch (fields.role) {
    case 'leader':
      return [name, position, phone];
    case 'focal':
      return [name, phone, email];
    case 'duty':
      return [
        phone,
        need(
          'name',
          fields.hotline || fields.name !== null,
          'họ và tên người trực, hoặc đánh dấu đây là đường dây nóng',
          'the name on duty, or that this is a hotline',
        ),
      ];
    case 'records':
      return [
        need(
          'emails',
          fields.emails.length + fields.phones.length > 0,
          'thư điện tử hoặc số điện thoại',
          'an e-mail address or a phone number',
        ),
      ];
    case 'technical':
      return [
        name,
        need('department', fields.department !== null, 'bộ phận', 'the department'),
        position,
        need('address', fields.address !== null, 'địa chỉ', 'the address'),
        need('phones', kinds.has('fixed'), 'số điện thoại cố định', 'a fixed-line number'),
        need('phones', kinds.has('mobile'), 'số điện thoại di động', 'a mobile number'),
        email,
        need(
          'digitalSignature',
          fields.digitalSignature !== null,
          'chữ ký số (nếu chưa có thì ghi “chưa có”)',
          'the digital signature (“none” if there is none)',
        ),
      ];
  }
}

/**
 * A contact as it is kept: phones in E.164, e-mails checked, every field of the role there.
 * @throws DomainError `contacts.phone`, `contacts.email`, `contacts.missing`, each with the field
 */
export function readContact(input: ContactInput): ContactFields {
  const phones = input.phones.map((text, at) => {
    const phone = readPhone(text);
    if (!phone) throw invalid('contacts.phone', `phones[${at}]`, phoneProblem(text));
    return phone;
  });
  const emails = input.emails.map((text, at) => {
    const email = text.trim().toLowerCase();
    if (!EMAIL.test(email))
      throw invalid('contacts.email', `emails[${at}]`, {
        vi: `“${text}” không phải địa chỉ thư điện tử. Kiểm tra lại.`,
        en: `“${text}” is not an e-mail address. Check it.`,
      });
    return email;
  });
  const fields: ContactFields = {
    role: input.role,
    name: input.name?.trim() || null,
    position: input.position?.trim() || null,
    department: input.department?.trim() || null,
    address: input.address?.trim() || null,
    digitalSignature: input.digitalSignature?.trim() || null,
    phones: [...new Set(phones.map(({ value }) => value))],
    emails: [...new Set(emails)],
    hotline: input.hotline,
    note: input.note?.trim() || null,
  };
  const missing = needsOf(fields, new Set(phones.map(({ kind }) => kind))).find(({ met }) => !met);
  if (!missing) return fields;
  throw invalid('contacts.missing', missing.field, {
    vi: `${ROLE_NAMES[input.role].vi} cần có ${missing.text.vi}.`,
    en: `${ROLE_NAMES[input.role].en} needs ${missing.text.en}.`,
  });
}

export type Confirmation = 'confirmed' | 'due' | 'overdue';

/** Whether a contact was confirmed within 90 days, and whether that ends within 14. */
export function confirmationOf(confirmedAt: string | null, now: Temporal.Instant): Confirmation {
  if (confirmedAt === null) return 'overdue';
  const age = Temporal.Instant.from(new Date(confirmedAt).toISOString()).until(now).total('hours') / 24;
  if (age > CONFIRMED_DAYS) return 'overdue';
  return age > CONFIRMED_DAYS - DUE_DAYS ? 'due' : 'confirmed';
}

/** The instants between which a confirmation counts as `confirmed` and as `due`. */
export function confirmationBounds(now: Temporal.Instant): { overdueBefore: string; dueBefore: string } {
  const back = (days: number) => isoInstant(now.subtract({ hours: days * 24 }));
  return { overdueBefore: back(CONFIRMED_DAYS), dueBefore: back(CONFIRMED_DAYS - DUE_DAYS) };
}

/** Own subtree and supervisor see numbers in full; an auditor, and whoever else may see the row, sees them masked. */
export function isMasked(ctx: Ctx, organisation: string): boolean {
  if (ctx.actor.kind === 'system') return false;
  return ctx.actor.role === 'auditor' || !(reaches(ctx, organisation) || ctx.scope.supervised.includes(organisation));
}

export function masked<T extends { phones: string[]; emails: string[] }>(contact: T): T {
  return { ...contact, phones: contact.phones.map(maskPhone), emails: contact.emails.map(maskEmail) };
}
