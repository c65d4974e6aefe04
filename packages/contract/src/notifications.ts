import { z } from 'zod';
import { id, instant, line, listQuery, page, prose, route, text } from './route.ts';

export const REMINDER_WAYS = ['app', 'mail', 'text', 'call'] as const;

/** Labels of FIRST's Traffic Light Protocol 2.0, the strictest first, and what that leaves carries one. */
export const TLP_LABELS = ['RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR'] as const;
export const TLP_KINDS = ['reminder-mail', 'reminder-text', 'notice-mail', 'sheet', 'list', 'quick-report'] as const;
const label = z.enum(TLP_LABELS);
const labelled = z.enum(TLP_KINDS);

const organisation = z.object({ id, name: z.string() });
const reminder = z.object({
  id,
  ticket: z.string(),
  way: z.enum(REMINDER_WAYS),
  organisation,
  open: z.number(),
  note: z.string().nullable(),
  sentAt: z.string(),
  sentBy: z.string(),
  seenAt: z.string().nullable(),
  /** Of a mail: whether it went out. */
  delivery: z.enum(['none', 'waiting', 'held', 'sent', 'failed', 'dropped']),
  /** Why it is held or was dropped. */
  why: text.nullable(),
});

const held = z.object({ takenAt: instant, restoredAt: instant, messages: z.number() });

export const notificationRoutes = {
  'GET /labels': route({
    tag: 'notifications',
    summary: { vi: 'Nhãn TLP của từng loại nội dung gửi đi', en: 'The TLP label of each kind of thing that leaves' },
    output: page(z.object({ kind: labelled, label, usual: label })).extend({ can: z.object({ write: z.boolean() }) }),
  }),
  'PUT /labels': route({
    tag: 'notifications',
    session: true,
    summary: { vi: 'Đặt nhãn TLP', en: 'Set a TLP label' },
    body: z.object({ kind: labelled, label }),
  }),
  'GET /held-messages': route({
    tag: 'notifications',
    summary: { vi: 'Tin gửi đi đang bị giữ sau khi khôi phục', en: 'Outgoing messages held after a restore' },
    output: z.object({ held: held.nullable() }),
  }),
  'POST /held-messages/release': route({
    tag: 'notifications',
    summary: { vi: 'Cho gửi, hoặc bỏ, các tin bị giữ', en: 'Send, or discard, what is held' },
    body: z.object({ outcome: z.enum(['send', 'discard']) }),
    output: z.object({ discarded: z.number() }),
  }),
  'POST /directives/{id}/reminders': route({
    tag: 'notifications',
    summary: { vi: 'Đôn đốc các đơn vị được chọn', en: 'Remind chosen organisations' },
    params: z.object({ id }),
    body: z.object({ organisations: z.array(id).min(1).max(2000), way: z.enum(['app', 'mail', 'text']), note: prose(1000).optional() }),
    output: z.object({
      ticket: z.string(),
      reminded: z.array(organisation),
      skipped: z.array(z.object({ organisation, why: z.object({ vi: z.string(), en: z.string() }) })),
      /** To paste into a chat group; never an address, a finding or a personal number. */
      text: z.string(),
    }),
  }),
  'POST /directives/{id}/reminder-calls': route({
    tag: 'notifications',
    summary: { vi: 'Ghi một cuộc gọi đôn đốc', en: 'Log a call as a reminder' },
    params: z.object({ id }),
    body: z.object({
      organisation: id,
      spokeWith: line(120).optional(),
      result: z.enum(['reached', 'not-reached', 'wrong-number']),
      note: prose(1000).optional(),
    }),
    output: z.object({ ticket: z.string() }),
  }),
  'GET /directives/{id}/reminders': route({
    tag: 'notifications',
    summary: { vi: 'Các lần đôn đốc của một văn bản', en: 'Reminders of a directive' },
    params: z.object({ id }),
    query: listQuery.pick({ page: true, size: true }).extend({ organisation: id.optional() }),
    output: page(reminder),
  }),
  'GET /directives/{id}/reminders/preview': route({
    tag: 'notifications',
    summary: { vi: 'Đơn vị còn việc chưa xong, để chọn đôn đốc', en: 'Organisations with open work, to choose whom to remind' },
    params: z.object({ id }),
    query: z.object({ q: line(200).optional() }),
    output: page(
      z.object({
        organisation,
        open: z.number(),
        overdue: z.number(),
        next: z.string().nullable(),
        /** The earliest of the desk's own follow-up dates; never in what goes to the agency. */
        followUp: z.string().nullable(),
        emails: z.number(),
        mailedAt: z.string().nullable(),
        phone: z.boolean(),
      }),
    ).extend({
      /** Whether mails leave this installation: not from the sample, nor without a mail server. */
      mail: z.enum(['ready', 'not-configured', 'sample']),
    }),
  }),
  'GET /reminders': route({
    tag: 'notifications',
    summary: { vi: 'Đôn đốc gửi tới đơn vị', en: 'Reminders to one’s organisation' },
    quiet: true,
    query: listQuery.pick({ page: true, size: true }).extend({ unseen: z.stringbool().optional() }),
    /** Of what is unseen, `total` leaves those of exercises out. */
    output: page(
      reminder
        .omit({ delivery: true, why: true })
        .extend({ directive: z.object({ id, code: z.string().nullable(), subject: z.string(), exercise: z.boolean() }) }),
    ),
  }),
  'POST /reminders/{id}/seen': route({
    tag: 'notifications',
    summary: { vi: 'Đã xem đôn đốc', en: 'A reminder was seen' },
    params: z.object({ id }),
    body: z.object({}),
  }),
};
