import { z } from 'zod';
import { day, id, instant, line, listQuery, page, route, text } from './route.ts';

/** Status codes (QCVN 102:2016/BTTTT) that are sent from here, and that are read in. */
export const SENT_CODES = ['01', '02', '03', '04', '05', '06', '13', '15', '16'] as const;
export const RECEIVED_CODES = ['01', '02', '03', '04', '05', '06', '13', '15', '16'] as const;

const MB = 1_048_576;
const part = z.object({ directive: id, organisation: id });
const ids = z.array(id).min(1).max(500);
const progress = z.enum(['01', '02', '03', '04', '05', '06']);

const messageView = z.object({
  id,
  code: z.enum(SENT_CODES),
  at: instant,
  description: z.string().nullable(),
  madeAt: instant,
  madeByName: z.string(),
  sentAt: instant.nullable(),
  sentByName: z.string().nullable(),
});

const fileView = z.object({
  id,
  directive: id,
  organisation: id,
  organisationName: z.string(),
  directiveName: z.string(),
  name: z.string(),
  code: z.enum(RECEIVED_CODES),
  at: instant.nullable(),
  description: z.string().nullable(),
  fromName: z.string(),
  state: z.enum(['waiting', 'confirmed', 'discarded']),
  /** False where the agency had moved its receipt itself. */
  moved: z.boolean().nullable(),
  /** Why it cannot be confirmed now. */
  problem: text.nullable(),
  /** The message says something else than what the agency did in the system. */
  differs: z.boolean(),
  readAt: instant,
  readByName: z.string(),
  decidedAt: instant.nullable(),
  decidedByName: z.string().nullable(),
  reason: z.string().nullable(),
});

export const exchangeRoutes = {
  'GET /work/{directive}/{organisation}/statuses': route({
    tag: 'exchange',
    summary: { vi: 'Trạng thái gửi và nhận qua trục của một đơn vị', en: 'Statuses of one organisation, sent and received' },
    params: part,
    output: z.object({
      /** To whom statuses go; null where that cannot be told. */
      target: z.object({ organId: z.string(), name: z.string(), documentId: z.string() }).nullable(),
      /** Why no status can be made: which OrganId is missing. */
      problem: text.nullable(),
      /** What is reached in the system, whether a message was made of it or not. */
      steps: z.array(z.object({ code: progress, at: instant, description: z.string().nullable(), message: messageView.nullable() })),
      answers: z.array(messageView),
      received: z.array(fileView),
      can: z.object({ send: z.boolean(), read: z.boolean() }),
    }),
  }),
  'POST /work/{directive}/{organisation}/statuses': route({
    tag: 'exchange',
    summary: { vi: 'Lập các thông điệp trạng thái còn thiếu', en: 'Make the status messages that are missing' },
    params: part,
    body: z.object({}),
    output: z.object({ made: z.number().int() }),
  }),
  'GET /work/{directive}/{organisation}/statuses.zip': route({
    tag: 'exchange',
    summary: { vi: 'Tải mọi thông điệp trạng thái của một đơn vị', en: 'All status messages of one organisation' },
    params: part,
    download: true,
  }),
  'GET /directives/{id}/arrival': route({
    tag: 'exchange',
    summary: {
      vi: 'Văn bản cấp trên gửi đến: số đến, trạng thái gửi lại nơi gửi',
      en: 'A document from above: its arrival, what goes back',
    },
    params: z.object({ id }),
    output: z.object({
      /** null where the own side issued the document itself. */
      sender: z.object({ name: z.string(), organId: z.string().nullable() }).nullable(),
      problem: text.nullable(),
      arrival: z
        .object({ number: z.string().nullable(), day: z.string().nullable(), refusedReason: z.string().nullable(), byName: z.string() })
        .nullable(),
      messages: z.array(messageView),
      can: z.object({ register: z.boolean(), refuse: z.boolean() }),
    }),
  }),
  'PUT /directives/{id}/arrival': route({
    tag: 'exchange',
    summary: { vi: 'Ghi số đến, ngày đến của văn bản cấp trên', en: 'Register the arrival of a document from above' },
    params: z.object({ id }),
    body: z.object({ number: line(30), day }),
  }),
  'POST /directives/{id}/arrival/refuse': route({
    tag: 'exchange',
    session: true,
    summary: { vi: 'Trả lại nơi gửi (02)', en: 'Send a document back to its sender (02)' },
    params: z.object({ id }),
    body: z.object({ reason: line(1000) }),
  }),
  'GET /status-messages': route({
    tag: 'exchange',
    summary: { vi: 'Hàng chờ gửi trạng thái', en: 'The queue of status messages' },
    query: listQuery.pick({ page: true, size: true }).extend({ sent: z.enum(['yes', 'no']).optional() }),
    output: page(
      messageView.extend({
        directive: id,
        organisation: id /** False for the authority itself, which has no receipt. */,
        hasPart: z.boolean(),
        organisationName: z.string(),
        directiveName: z.string(),
      }),
    ),
  }),
  'GET /status-messages/{id}/file': route({
    tag: 'exchange',
    summary: { vi: 'Tải một thông điệp trạng thái (.edxml)', en: 'One status message as .edxml' },
    params: z.object({ id }),
    download: true,
  }),
  'POST /status-messages/sent': route({
    tag: 'exchange',
    summary: { vi: 'Đánh dấu đã gửi qua trục', en: 'Mark status messages as sent' },
    body: z.object({ ids }),
    output: z.object({ marked: z.number().int() }),
  }),
  'POST /status-files': route({
    tag: 'exchange',
    summary: { vi: 'Đọc một thông điệp trạng thái (.edxml)', en: 'Read a status message (.edxml)' },
    query: z.object({ name: z.string().trim().min(1).max(255).default('trang-thai.edxml') }),
    upload: { limit: 2 * MB },
    output: z.object({ again: z.boolean(), file: fileView }),
  }),
  'GET /status-files': route({
    tag: 'exchange',
    summary: { vi: 'Thông điệp trạng thái đã nhận', en: 'Status messages that were read in' },
    query: listQuery.pick({ page: true, size: true }).extend({ state: z.enum(['waiting', 'confirmed', 'discarded']).optional() }),
    output: page(fileView),
  }),
  'POST /status-files/confirm': route({
    tag: 'exchange',
    session: true,
    summary: { vi: 'Xác nhận trạng thái đã nhận', en: 'Confirm status messages that were read in' },
    body: z.object({ ids }),
    output: z.object({ items: z.array(z.object({ id, done: z.boolean(), moved: z.boolean(), problem: text.nullable() })) }),
  }),
  'POST /status-files/{id}/discard': route({
    tag: 'exchange',
    summary: { vi: 'Bỏ một thông điệp trạng thái đã nhận', en: 'Set a status message aside' },
    params: z.object({ id }),
    body: z.object({ reason: line(1000) }),
  }),
  'POST /status-files/{id}/decision': route({
    tag: 'exchange',
    session: true,
    summary: { vi: 'Trả lời đề nghị lấy lại, cập nhật (13)', en: 'Answer a request to take back or update (13)' },
    params: z.object({ id }),
    body: z.object({ agree: z.boolean(), reason: line(1000) }),
    output: z.object({ message: id }),
  }),
};
