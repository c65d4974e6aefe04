import { z } from 'zod';
import { base, byId, done, reason, ref } from './organisation-shapes.ts';
import { day, id, instant, line, listQuery, page, prose, route } from './route.ts';

export const contactRole = z.enum(['leader', 'focal', 'duty', 'technical', 'records']);
/** Phones and e-mails are masked where `masked` says so. */
export const contactView = z.object({
  id,
  organisation: ref,
  role: contactRole,
  name: z.string().nullable(),
  position: z.string().nullable(),
  department: z.string().nullable(),
  address: z.string().nullable(),
  digitalSignature: z.string().nullable(),
  phones: z.array(z.string()),
  emails: z.array(z.string()),
  hotline: z.boolean(),
  note: z.string().nullable(),
  validFrom: day,
  validTo: day.nullable(),
  confirmedAt: instant.nullable(),
  confirmedBy: z.string().nullable(),
  confirmation: z.enum(['confirmed', 'due', 'overdue']),
  masked: z.boolean(),
  editable: z.boolean(),
});

const contactInput = z.object({
  role: contactRole,
  name: line(120).optional(),
  position: line(120).optional(),
  department: line(200).optional(),
  address: line(300).optional(),
  digitalSignature: line(200).optional(),
  phones: z.array(line(40)).max(6).default([]),
  emails: z.array(line(200)).max(6).default([]),
  hotline: z.boolean().default(false),
  note: prose(2000).optional(),
});

const contactList = listQuery.extend({
  role: contactRole.optional(),
  organisation: id.optional(),
  confirmation: z.enum(['confirmed', 'due', 'overdue', 'none']).optional(),
  sort: z.enum(['organisation', '-organisation', 'role', '-role', 'confirmed', '-confirmed']).default('organisation'),
});

export const contactRoutes = {
  'GET /contacts': route({
    ...base,
    summary: { vi: 'Danh bạ đầu mối', en: 'The contact register' },
    query: contactList,
    output: page(contactView).extend({ withoutContact: z.array(ref) }),
  }),
  'GET /contacts/export': route({
    ...base,
    fresh: true,
    summary: { vi: 'Xuất danh bạ đầu mối (.xlsx)', en: 'Export the contact register (.xlsx)' },
    query: contactList,
    download: true,
  }),
  'POST /organisations/{id}/contacts': route({
    ...base,
    summary: { vi: 'Thêm đầu mối', en: 'Add a contact' },
    params: byId,
    body: contactInput,
    output: done,
  }),
  'POST /organisations/{id}/contacts/confirm': route({
    ...base,
    summary: { vi: 'Xác nhận mọi đầu mối của đơn vị vẫn đúng', en: 'Confirm all contacts of an organisation' },
    params: byId,
    body: z.object({}),
    output: z.object({ confirmed: z.number().int() }),
  }),
  'PUT /contacts/{id}': route({
    ...base,
    summary: { vi: 'Thay đổi đầu mối, giữ bản cũ', en: 'Change a contact; the former is kept' },
    params: byId,
    body: contactInput,
    output: done,
  }),
  'POST /contacts/{id}/confirm': route({
    ...base,
    summary: { vi: 'Xác nhận đầu mối vẫn đúng', en: 'Confirm that a contact is still right' },
    params: byId,
    body: z.object({}),
  }),
  'POST /contacts/{id}/end': route({
    ...base,
    summary: { vi: 'Thôi dùng đầu mối từ một ngày', en: 'End a contact from a day' },
    params: byId,
    body: z.object({ on: day.optional(), reason }),
  }),
  'POST /contacts/{id}/unmask': route({
    ...base,
    fresh: true,
    summary: { vi: 'Xem đầy đủ số điện thoại, thư điện tử (ghi nhật ký)', en: 'See phones and e-mails in full (logged)' },
    params: byId,
    body: z.object({ reason }),
    output: z.object({ phones: z.array(z.string()), emails: z.array(z.string()) }),
  }),
};
