import { z } from 'zod';
import { proposalShape } from './proposal-shapes.ts';
import { day, id, instant, line, listQuery, page, route } from './route.ts';
import { evidenceView, taskState, timeState } from './work-views.ts';

/** A proposal as the leader decides on it: everything that would be sent. */
export const proposalView = z.object({
  ...proposalShape,
  code: z.string().nullable(),
  symbol: z.string().nullable(),
  subject: z.string(),
  issuerName: z.string().nullable(),
  exerciseName: z.string().nullable(),
  /** The earliest deadline of what was not answered before: it is kept only by sending in time. */
  due: instant.nullable(),
  timeState,
  items: z.array(
    z.object({
      task: id,
      path: z.string(),
      text: z.string(),
      answer: z.string(),
      nothing: z.boolean(),
      state: taskState,
      due: instant.nullable(),
      /** Whether it can no longer be sent as it was proposed: asked no more, or answered in another way meanwhile. */
      changed: z.boolean(),
      evidence: z.array(evidenceView),
    }),
  ),
  report: z
    .object({ id, code: z.string(), day, signer: z.string(), note: z.string().nullable(), evidence: z.array(evidenceView) })
    .nullable(),
});

const byId = z.object({ id });

export const proposalRoutes = {
  'GET /proposals': route({
    tag: 'work',
    summary: { vi: 'Kết quả trình lãnh đạo đơn vị duyệt', en: 'Results put before the leader of the organisation' },
    query: listQuery.pick({ page: true, size: true }).extend({ tab: z.enum(['open', 'decided']).default('open') }),
    output: page(proposalView),
  }),
  'POST /proposals/approve': route({
    tag: 'work',
    fresh: true,
    summary: { vi: 'Duyệt và gửi', en: 'Approve and send' },
    /** Each by itself: what could not be sent is named with its reason, the others are sent. */
    body: z.object({ proposals: z.array(id).min(1).max(200) }),
    output: z.object({
      approved: z.array(id),
      failed: z.array(z.object({ proposal: id, code: z.string(), message: z.object({ vi: z.string(), en: z.string() }) })),
    }),
  }),
  'POST /proposals/{id}/return': route({
    tag: 'work',
    summary: { vi: 'Trả lại để chỉnh sửa', en: 'Return to be changed' },
    params: byId,
    body: z.object({ reason: line(1000) }),
  }),
  'POST /proposals/{id}/withdraw': route({
    tag: 'work',
    summary: { vi: 'Rút lại bản trình', en: 'Take a proposal back' },
    params: byId,
    body: z.object({}),
  }),
  'GET /organisations/{id}/approval': route({
    tag: 'work',
    summary: { vi: 'Kết quả có phải được lãnh đạo duyệt trước khi gửi', en: 'Whether results need the leader’s approval' },
    params: byId,
    output: z.object({
      required: z.boolean(),
      changedAt: instant.nullable(),
      changedByName: z.string().nullable(),
      /** How many wait for the leader; null where the actor belongs to another organisation. */
      open: z.number().int().nullable(),
      editable: z.boolean(),
    }),
  }),
  'PUT /organisations/{id}/approval': route({
    tag: 'work',
    summary: { vi: 'Bật, tắt việc lãnh đạo duyệt trước khi gửi', en: 'Set whether results need the leader’s approval' },
    params: byId,
    body: z.object({ required: z.boolean() }),
  }),
};
