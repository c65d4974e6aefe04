import { z } from 'zod';
import { asOf, base, byId, dated, done, ref } from './organisation-shapes.ts';
import { day, id, line, listQuery, page, route, text } from './route.ts';

const groupView = z.object({
  id,
  name: z.string(),
  keeper: ref,
  ...dated,
  members: z.number().int(),
  live: z.boolean(),
  editable: z.boolean(),
});

export const groupRoutes = {
  'GET /groups': route({
    ...base,
    summary: { vi: 'Nhóm nơi nhận', en: 'Recipient groups' },
    query: listQuery.extend(asOf),
    output: page(groupView),
  }),
  'GET /groups/{id}': route({
    ...base,
    summary: { vi: 'Một nhóm nơi nhận', en: 'One recipient group' },
    params: byId,
    query: z.object(asOf),
    output: groupView.extend({ on: day, list: z.array(z.object({ organisation: ref, ...dated, live: z.boolean() })) }),
  }),
  'POST /groups': route({
    ...base,
    summary: { vi: 'Lập nhóm nơi nhận', en: 'Make a group' },
    body: z.object({
      name: line(200),
      keeperId: id.optional(),
      from: day.optional(),
      to: day.optional(),
      members: z.array(id).max(2000).default([]),
    }),
    output: done,
  }),
  'POST /groups/{id}': route({
    ...base,
    summary: { vi: 'Sửa tên, thời hạn của nhóm', en: "Change a group's name and validity" },
    params: byId,
    body: z.object({ name: line(200).optional(), from: day.nullable().optional(), to: day.nullable().optional() }),
  }),
  'POST /groups/{id}/members': route({
    ...base,
    summary: { vi: 'Thêm, bớt đơn vị trong nhóm từ một ngày', en: 'Add or remove members from a day' },
    params: byId,
    body: z.object({ add: z.array(id).max(2000).default([]), remove: z.array(id).max(2000).default([]), from: day.optional() }),
    output: z.object({ members: z.number().int() }),
  }),
  'GET /phrases': route({
    ...base,
    summary: { vi: 'Cụm từ đã đối chiếu', en: 'Mapped phrases' },
    query: listQuery,
    output: page(z.object({ id, phrase: z.string(), group: ref.nullable(), target: ref.nullable(), keeper: ref, editable: z.boolean() })),
  }),
  'POST /phrases': route({
    ...base,
    summary: { vi: 'Đối chiếu một cụm từ, dùng cho mọi văn bản sau', en: 'Map a phrase once and for all' },
    body: z.object({ phrase: line(300), groupId: id.optional(), organisationId: id.optional() }),
    output: done,
  }),
  'DELETE /phrases/{id}': route({ ...base, summary: { vi: 'Bỏ đối chiếu', en: 'Forget a mapping' }, params: byId }),
  'POST /phrases/resolve': route({
    ...base,
    summary: { vi: 'Cụm từ này chỉ những đơn vị nào vào ngày đó', en: 'Whom a phrase means on a day' },
    body: z.object({ text: line(500), on: day.optional() }),
    output: z.object({ kind: z.enum(['group', 'organisation', 'none']), organisations: z.array(ref), group: ref.nullable(), why: text }),
  }),
};
