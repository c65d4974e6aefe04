import { z } from 'zod';
import { day, id, instant, line, listQuery, page, prose, route, text } from './route.ts';

const MB = 1_048_576;
const span = z.object({ start: z.number().int(), end: z.number().int() }).nullable();
const urgency = z.enum(['khan', 'thuong-khan', 'hoa-toc']);
const status = z.enum(['draft', 'issued', 'withdrawn']);
const named = z.object({ id, name: z.string() });
const fileName = z.object({ name: z.string().trim().min(1).max(255).default('van-ban') });
const directiveParam = z.object({ id });
const version = z.number().int().min(1);
const number = z
  .string()
  .trim()
  .regex(/^\d[\d.]{0,9}[A-Za-zĐđ]?$/);
const symbol = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine((value) => !/[\s\p{Cc}]/u.test(value));
/** Also by way of the address bar, beside a file. */
const queryVersion = z.coerce.number().int().min(1);

export const recipientView = z.object({
  id,
  position: z.number().int(),
  text: z.string(),
  resolution: z.enum(['group', 'organisation', 'list', 'none']),
  organisations: z.array(id),
  unresolved: z.array(z.string()),
  why: text.nullable(),
  narrows: z.boolean(),
  span,
});
export const requirementView = z.object({
  id,
  position: z.number().int(),
  path: z.string(),
  text: z.string(),
  heading: z.boolean(),
  audience: z.array(z.number().int()),
  audienceText: z.array(z.string()),
  phrase: z.string().nullable(),
  due: instant.nullable(),
  recurrence: z.string().nullable(),
  measures: z.array(z.string()),
  proposed: z.array(z.string()),
  span,
  withdrawnAt: instant.nullable(),
});
export const basisView = z.object({
  id,
  position: z.number().int(),
  kind: z.string().nullable(),
  code: z.string().nullable(),
  day: day.nullable(),
  issuer: z.string().nullable(),
  subject: z.string().nullable(),
  span,
});
const actView = z.object({
  id,
  kind: z.enum(['amendment', 'withdrawal', 'handover']),
  state: z.enum(['proposed', 'done', 'declined']),
  reason: z.string(),
  changes: z.unknown(),
  proposedByName: z.string(),
  proposedAt: instant,
  decidedByName: z.string().nullable(),
  decidedAt: instant.nullable(),
  /** Proposed by the one who asks: somebody else decides. */
  own: z.boolean(),
});
const signer = z.object({ authority: z.string().nullable(), title: z.string().nullable(), name: z.string().nullable() });

export const directiveView = z.object({
  id,
  status,
  version: z.number().int(),
  organisation: named,
  overseer: named,
  kind: z.string(),
  number: z.string().nullable(),
  symbol: z.string().nullable(),
  code: z.string().nullable(),
  day: day.nullable(),
  /** Of a draft whose day is blank. */
  partialDate: z.object({ year: z.number().nullable(), month: z.number().nullable(), day: z.number().nullable() }),
  place: z.string().nullable(),
  subject: z.string(),
  urgency: urgency.nullable(),
  issuerName: z.string().nullable(),
  issuerParent: z.string().nullable(),
  signer,
  windowFrom: day.nullable(),
  windowTo: day.nullable(),
  text: z.string(),
  spans: z.array(z.object({ field: z.string(), start: z.number().int(), end: z.number().int() })),
  warnings: z.array(z.object({ code: z.string(), message: text, start: z.number().int(), end: z.number().int() })),
  attachments: z.array(z.object({ title: z.string().nullable(), items: z.array(z.string()) })),
  sourceName: z.string().nullable(),
  signedName: z.string().nullable(),
  upstream: z.object({ id, code: z.string().nullable(), subject: z.string() }).nullable(),
  issuedAt: instant.nullable(),
  urgentReason: z.string().nullable(),
  withdrawnAt: instant.nullable(),
  withdrawReason: z.string().nullable(),
  writtenAt: instant,
  bases: z.array(basisView),
  recipients: z.array(recipientView),
  requirements: z.array(requirementView),
  acts: z.array(actView),
  /** The names of every organisation in `recipients`. */
  organisations: z.array(named),
  /** What the one who asks may do with it now. */
  can: z.object({ correct: z.boolean(), issue: z.boolean(), follow: z.boolean() }),
});

const head = z
  .object({
    kind: z.string().trim().min(1).max(40),
    number: number.nullable(),
    symbol: symbol.nullable(),
    day: day.nullable(),
    place: line(100).nullable(),
    subject: line(1000),
    urgency: urgency.nullable(),
    issuerName: line(300).nullable(),
    issuerParent: line(300).nullable(),
    signer: z.object({ authority: line(300).nullable(), title: line(300).nullable(), name: line(200).nullable() }),
    windowFrom: day.nullable(),
    windowTo: day.nullable(),
    overseer: id,
  })
  .partial();

const requirementInput = z.object({
  id: id.optional(),
  path: line(40),
  text: prose(20_000).pipe(z.string().min(1)),
  heading: z.boolean(),
  audience: z.array(z.number().int().min(0)).max(500),
  phrase: line(500).nullable(),
  due: instant.nullable(),
  recurrence: line(60).nullable(),
  measures: z.array(z.string().max(100)).max(20),
});

/** A correction of a draft: what is left out stays; a list replaces the whole list. */
export const correction = z.object({
  version,
  head: head.optional(),
  recipients: z
    .array(
      z.object({
        id: id.optional(),
        text: line(1000),
        /** Chosen by hand; left out, the phrase is resolved as of the document's date. */
        organisations: z.array(id).max(5000).optional(),
      }),
    )
    .max(500)
    .optional(),
  requirements: z.array(requirementInput).max(500).optional(),
  bases: z
    .array(
      z.object({
        id: id.optional(),
        kind: line(40).nullable(),
        code: line(100).nullable(),
        day: day.nullable(),
        issuer: line(300).nullable(),
        subject: line(2000).nullable(),
      }),
    )
    .max(200)
    .optional(),
});

export const readAnswer = z.object({
  id,
  /** The same file had been read before. */
  again: z.boolean(),
  fields: z.number().int(),
  warnings: z.number().int(),
  milliseconds: z.number().int(),
});

export const previewView = z.object({
  version: z.number().int(),
  day: z.string(),
  requirements: z.array(z.object({ id, path: z.string(), text: z.string(), organisations: z.number().int() })),
  /** `concerned`: one character a requirement, `1` where it gets the task. */
  organisations: z.array(named.extend({ concerned: z.string(), contact: z.boolean(), account: z.boolean() })),
  tasks: z.number().int(),
  receivers: z.number().int(),
  withoutAccount: z.number().int(),
  withoutContact: z.number().int(),
  unresolved: z.array(z.object({ recipient: id, text: z.string(), why: text.nullable() })),
  /** Receivers whom this organisation neither has below it nor supervises. */
  outside: z.array(named),
});

const issued = z.object({ receivers: z.number().int(), tasks: z.number().int() });
const issueBase = { version: queryVersion, leaveUnresolved: z.stringbool().default(false) };

export const directiveRoutes = {
  'GET /directives': route({
    tag: 'directives',
    summary: { vi: 'Danh sách văn bản chỉ đạo', en: 'List directives' },
    query: listQuery.extend({
      status: status.optional(),
      kind: z.string().max(40).optional(),
      year: z.coerce.number().int().optional(),
      issuer: z.string().max(300).optional(),
    }),
    output: page(
      z.object({
        id,
        status,
        kind: z.string(),
        code: z.string().nullable(),
        symbol: z.string().nullable(),
        day: day.nullable(),
        year: z.number().nullable(),
        subject: z.string(),
        urgency: urgency.nullable(),
        issuerName: z.string().nullable(),
        organisation: named,
        overseer: named,
        issuedAt: instant.nullable(),
        writtenAt: instant,
        /** Issued before its number and day: they are still to be added. */
        incomplete: z.boolean(),
        withdrawalProposed: z.boolean(),
      }),
    ).extend({ kinds: z.array(z.string()), years: z.array(z.number()), issuers: z.array(z.string()) }),
  }),
  'GET /measures': route({
    tag: 'directives',
    summary: { vi: 'Các chỉ tiêu theo dõi có thể gắn', en: 'The measures that can be bound' },
    output: z.object({ items: z.array(z.object({ id: z.string(), name: text, unit: text })) }),
  }),
  'POST /directives/read-file': route({
    tag: 'directives',
    summary: { vi: 'Đọc một tệp văn bản thành dự thảo', en: 'Read a file into a draft' },
    query: fileName,
    upload: { limit: 50 * MB },
    output: readAnswer,
  }),
  'POST /directives/read-text': route({
    tag: 'directives',
    summary: { vi: 'Đọc văn bản được dán thành dự thảo', en: 'Read pasted text into a draft' },
    body: z.object({ text: z.string().min(1).max(5_000_000) }),
    output: readAnswer,
  }),
  'GET /directives/{id}': route({
    tag: 'directives',
    summary: { vi: 'Một văn bản với những gì đã đọc được', en: 'A directive with what was understood' },
    params: directiveParam,
    output: directiveView,
  }),
  'PATCH /directives/{id}': route({
    tag: 'directives',
    summary: { vi: 'Sửa dự thảo', en: 'Correct a draft' },
    params: directiveParam,
    body: correction,
    output: directiveView,
  }),
  'DELETE /directives/{id}': route({ tag: 'directives', summary: { vi: 'Bỏ dự thảo', en: 'Discard a draft' }, params: directiveParam }),
  'POST /directives/{id}/phrases': route({
    tag: 'directives',
    summary: { vi: 'Ghi nhớ một cụm từ chỉ nơi nhận', en: 'Map a recipient phrase once and for all' },
    params: directiveParam,
    body: z
      .object({ version, recipient: id, name: line(1000).optional(), group: id.optional(), organisation: id.optional() })
      .refine((body) => (body.group === undefined) !== (body.organisation === undefined)),
    output: directiveView,
  }),
  'GET /directives/{id}/preview': route({
    tag: 'directives',
    summary: { vi: 'Xem trước nội dung × đơn vị', en: 'Preview requirement × organisation' },
    params: directiveParam,
    output: previewView,
  }),
  'POST /directives/{id}/issue': route({
    tag: 'directives',
    summary: { vi: 'Ban hành: bổ sung số, ngày và tệp PDF đã ký trong một lần', en: 'Issue: number, day and signed PDF in one act' },
    params: directiveParam,
    query: fileName.extend({ ...issueBase, number, symbol: symbol.optional(), day }),
    upload: { limit: 50 * MB },
    output: issued,
  }),
  'POST /directives/{id}/issue-urgent': route({
    tag: 'directives',
    summary: { vi: 'Ban hành khẩn khi chưa có số, ngày', en: 'Issue urgently before number and day' },
    params: directiveParam,
    body: z.object({ version, reason: line(1000), leaveUnresolved: z.boolean().default(false) }),
    output: issued,
  }),
  'POST /directives/{id}/complete': route({
    tag: 'directives',
    summary: { vi: 'Bổ sung số, ngày và tệp đã ký cho văn bản khẩn', en: 'Complete an urgent directive with number, day and signed PDF' },
    params: directiveParam,
    query: fileName.extend({ version: queryVersion, number, symbol: symbol.optional(), day }),
    upload: { limit: 50 * MB },
  }),
  'POST /directives/{id}/amendments': route({
    tag: 'directives',
    summary: { vi: 'Sửa đổi, bổ sung văn bản đã ban hành', en: 'Amend an issued directive' },
    params: directiveParam,
    body: z.object({
      version,
      reason: line(1000),
      changed: z
        .array(
          z.object({
            id,
            text: prose(20_000).pipe(z.string().min(1)).optional(),
            due: instant.nullable().optional(),
            phrase: line(500).nullable().optional(),
            measures: z.array(z.string().max(100)).max(20).optional(),
          }),
        )
        .max(500)
        .default([]),
      withdrawn: z.array(id).max(500).default([]),
      added: z
        .array(requirementInput.omit({ id: true, heading: true }))
        .max(100)
        .default([]),
      addedRecipients: z
        .array(z.object({ text: line(1000), organisations: z.array(id).min(1).max(5000) }))
        .max(100)
        .default([]),
      withdrawnOrganisations: z.array(id).max(5000).default([]),
    }),
    output: z.object({ receivers: z.number().int(), tasks: z.number().int(), withdrawn: z.number().int() }),
  }),
  'POST /directives/{id}/withdrawal': route({
    tag: 'directives',
    summary: { vi: 'Đề nghị thu hồi văn bản', en: 'Propose to withdraw a directive' },
    params: directiveParam,
    body: z.object({ reason: line(1000) }),
    output: z.object({ id }),
  }),
  'POST /directives/{id}/withdrawal/decision': route({
    tag: 'directives',
    summary: { vi: 'Quyết định đề nghị thu hồi (người thứ hai)', en: 'Decide on a proposed withdrawal (a second person)' },
    params: directiveParam,
    body: z.object({ act: id, agree: z.boolean(), note: line(1000).optional() }),
  }),
  'POST /directives/{id}/handover': route({
    tag: 'directives',
    summary: { vi: 'Bàn giao việc theo dõi, tổng hợp', en: 'Hand over following and summing up' },
    params: directiveParam,
    body: z.object({ version, overseer: id, from: day, reason: line(1000) }),
    output: z.object({ applied: z.boolean() }),
  }),
  'POST /directives/{id}/derive': route({
    tag: 'directives',
    summary: { vi: 'Tạo văn bản triển khai', en: 'Derive an implementing directive' },
    params: directiveParam,
    body: z.object({}),
    output: z.object({ id }),
  }),
  'GET /directives/{id}/draft.docx': route({
    tag: 'directives',
    summary: { vi: 'Dự thảo .docx theo thể thức', en: 'The draft as .docx in official form' },
    params: directiveParam,
    download: true,
  }),
  'GET /directives/{id}/source': route({
    tag: 'directives',
    summary: { vi: 'Tải tệp gốc đã đọc', en: 'The file it was read from' },
    params: directiveParam,
    download: true,
  }),
  'GET /directives/{id}/signed': route({
    tag: 'directives',
    summary: { vi: 'Tải bản PDF đã ký', en: 'The signed PDF' },
    params: directiveParam,
    download: true,
  }),
};
