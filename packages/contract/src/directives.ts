import { z } from 'zod';
import {
  correction,
  directiveView,
  listView,
  named,
  number,
  passage,
  previewView,
  readAnswer,
  requirementInput,
  status,
  symbol,
  urgency,
  version,
} from './directive-views.ts';
import { day, id, instant, line, listQuery, page, prose, route, text } from './route.ts';

const MB = 1_048_576;
const fileName = z.object({ name: z.string().trim().min(1).max(255).default('van-ban') });
const directiveParam = z.object({ id });
/** Also by way of the address bar, beside a file. */
const queryVersion = z.coerce.number().int().min(1);
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
      /** Those of exercises instead of the real ones; they are never counted together. */
      exercise: z.stringbool().default(false),
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
        exerciseName: z.string().nullable(),
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
  'POST /directives/{id}/exercise': route({
    tag: 'directives',
    summary: { vi: 'Đưa dự thảo vào hoặc ra khỏi một cuộc diễn tập', en: 'Put a draft into an exercise, or take it out' },
    params: directiveParam,
    body: z.object({ version, exercise: id.nullable() }),
    output: directiveView,
  }),
  'POST /directives/{id}/phrases': route({
    tag: 'directives',
    summary: { vi: 'Ghi nhớ một cụm từ chỉ nơi nhận', en: 'Map a recipient phrase once and for all' },
    params: directiveParam,
    body: z
      .object({ version, recipient: id, name: line(1000).optional(), group: id.optional(), organisation: id.optional() })
      .refine((body) => (body.group === undefined) !== (body.organisation === undefined)),
    output: directiveView,
  }),
  'POST /directives/{id}/requirements': route({
    tag: 'directives',
    summary: { vi: 'Tạo nội dung yêu cầu từ một đoạn của văn bản', en: 'Make a requirement of a passage of the document' },
    params: directiveParam,
    body: passage,
    output: z.object({ requirement: id, directive: directiveView }),
  }),
  'GET /directives/{id}/lists': route({
    tag: 'directives',
    summary: { vi: 'Danh sách kèm theo và các đơn vị được nêu tên', en: 'The attached lists and the organisations that they name' },
    params: directiveParam,
    output: z.object({ items: z.array(listView) }),
  }),
  'GET /directives/{id}/preview': route({
    tag: 'directives',
    summary: { vi: 'Xem trước nội dung × đơn vị', en: 'Preview requirement × organisation' },
    params: directiveParam,
    output: previewView,
  }),
  'POST /directives/{id}/issue': route({
    tag: 'directives',
    fresh: true,
    summary: { vi: 'Ban hành: bổ sung số, ngày và tệp PDF đã ký trong một lần', en: 'Issue: number, day and signed PDF in one act' },
    params: directiveParam,
    query: fileName.extend({ ...issueBase, number, symbol: symbol.optional(), day }),
    upload: { limit: 50 * MB },
    output: issued,
  }),
  'POST /directives/{id}/issue-urgent': route({
    tag: 'directives',
    fresh: true,
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
        .array(requirementInput.omit({ id: true, heading: true, span: true }))
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
    fresh: true,
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
  'GET /directives/{id}/attachments/{position}': route({
    tag: 'directives',
    summary: { vi: 'Tải một tệp đính kèm của gói tin edXML', en: 'A file that came along in the edXML message' },
    params: directiveParam.extend({ position: z.coerce.number().int().min(0).max(199) }),
    download: true,
  }),
  'GET /directives/{id}/signed': route({
    tag: 'directives',
    summary: { vi: 'Tải bản PDF đã ký', en: 'The signed PDF' },
    params: directiveParam,
    download: true,
  }),
};
