import { z } from 'zod';
import { day, id, instant, line, listQuery, page, prose, route } from './route.ts';
import { evidenceView, partView, taskState } from './work-views.ts';

const part = z.object({ directive: id, organisation: id });

/** How several hands work on one task: the desk's own dates, and who gives what to whom. */
export const togetherRoutes = {
  'POST /work/follow-up': route({
    tag: 'work',
    summary: { vi: 'Đặt hoặc bỏ hạn theo dõi', en: 'Set or remove a follow-up date' },
    /** For everybody's task of the requirement where no organisation is named; day null takes it away. */
    body: z.object({ directive: id, requirement: id, organisation: id.optional(), day: day.nullable(), note: line(300).optional() }),
  }),
  'POST /work/{directive}/{organisation}/nothing': route({
    tag: 'work',
    summary: { vi: 'Trả lời “không phát sinh”, hoặc bỏ', en: 'Answer “nothing to report”, or take it back' },
    params: part,
    body: z.object({
      task: id,
      nothing: z.boolean(),
      note: line(1000).optional(),
      /** The reporting period that the screen showed. */
      period: z.number().int().optional(),
      source: line(300).optional(),
    }),
    output: z.object({ task: id, state: taskState, changedAt: instant, answer: z.string().nullable() }),
  }),
  'GET /work/units': route({
    tag: 'work',
    summary: { vi: 'Đơn vị trực thuộc có thể giao việc', en: 'Subordinate units that can be given work' },
    output: z.object({ items: z.array(z.object({ id, name: z.string(), context: z.string().nullable() })), total: z.number().int() }),
  }),
  'POST /work/{directive}/{organisation}/parts': route({
    tag: 'work',
    summary: { vi: 'Giao đơn vị trực thuộc', en: 'Hand tasks to subordinate units' },
    params: part,
    body: z.object({
      tasks: z.array(id).min(1).max(500),
      units: z.array(id).min(1).max(500),
      /** The agency's own day, not after the task's; the task's where left out. */
      day: day.optional(),
      note: line(1000).optional(),
    }),
    output: z.object({ given: z.number().int() }),
  }),
  'GET /my-parts': route({
    tag: 'work',
    summary: { vi: 'Việc đơn vị cấp trên giao', en: 'Work handed down by the superior organisation' },
    query: listQuery
      .pick({ page: true, size: true })
      .extend({ tab: z.enum(['open', 'done']).default('open'), exercise: z.stringbool().default(false) }),
    output: page(partView),
  }),
  'GET /parts/{id}': route({
    tag: 'work',
    summary: { vi: 'Một phần việc được giao', en: 'One part that was handed down' },
    params: z.object({ id }),
    output: partView,
  }),
  'POST /parts/{id}/answer': route({
    tag: 'work',
    summary: { vi: 'Đơn vị trực thuộc trả lời', en: 'The unit answers its part' },
    params: z.object({ id }),
    body: z.object({ answer: prose(20_000).min(1) }),
    output: z.object({ answeredAt: instant }),
  }),
  'POST /parts/{id}/evidence': route({
    tag: 'work',
    summary: { vi: 'Đơn vị trực thuộc gửi minh chứng', en: 'The unit adds evidence' },
    params: z.object({ id }),
    query: z.object({ name: z.string().min(1).max(300) }),
    upload: { limit: 25 * 1024 * 1024 },
    output: evidenceView,
  }),
  'POST /parts/{id}/take-over': route({
    tag: 'work',
    summary: { vi: 'Đưa câu trả lời của đơn vị trực thuộc vào kết quả', en: 'Take a unit’s answer over' },
    params: z.object({ id }),
    body: z.object({}),
    output: z.object({ answer: z.string(), files: z.number().int() }),
  }),
  'POST /parts/{id}/take-back': route({
    tag: 'work',
    summary: { vi: 'Thu lại phần việc đã giao', en: 'Take a part back' },
    params: z.object({ id }),
    body: z.object({ reason: line(1000) }),
  }),
  'GET /work/lead/{directive}/{requirement}': route({
    tag: 'work',
    summary: { vi: 'Đơn vị chủ trì, phối hợp của một mục', en: 'Who leads and supports in an item' },
    params: z.object({ directive: id, requirement: id }),
    output: z.object({
      lead: z.object({ id, name: z.string() }).nullable(),
      supports: z.array(z.object({ id, name: z.string(), answered: z.boolean() })),
      candidates: z.array(z.object({ id, name: z.string() })),
    }),
  }),
  'GET /work/answer-targets/{task}': route({
    tag: 'work',
    summary: { vi: 'Đơn vị có thể nhận kết quả trả lời nhầm', en: 'To whom an answer can be moved' },
    params: z.object({ task: id }),
    output: z.object({
      organisation: z.object({ id, name: z.string() }),
      path: z.string(),
      /** The signed report that it stands in, with every item that this covers. */
      report: z.object({ code: z.string(), paths: z.array(z.string()) }).nullable(),
      candidates: z.array(z.object({ id, name: z.string(), state: z.enum(['free', 'draft', 'answered']), received: z.boolean() })),
    }),
  }),
  'POST /work/move-answer': route({
    tag: 'work',
    summary: { vi: 'Chuyển kết quả trả lời nhầm sang đúng đơn vị', en: 'Move an answer to the right organisation' },
    body: z.object({
      task: id,
      to: id,
      reason: line(1000),
      /** With everything that the same signed report covers. */
      report: z.boolean().optional(),
      /** Writes over what the right organisation has begun and not sent. */
      replaceDraft: z.boolean().optional(),
      /** Where the right organisation has not received the document in the system. */
      number: line(30).optional(),
      day: day.optional(),
    }),
    output: z.object({ organisation: id, tasks: z.array(id) }),
  }),
  'POST /work/lead': route({
    tag: 'work',
    summary: { vi: 'Phân công chủ trì, phối hợp', en: 'Set who leads and who supports' },
    /** Lead null: everybody answers for itself again. */
    body: z.object({ directive: id, requirement: id, lead: id.nullable(), supports: z.array(id).max(500) }),
  }),
};
