import { z } from 'zod';
import { id, instant, line, listQuery, page, prose, route } from './route.ts';

export const CALL_RESULTS = ['picked-up', 'not-picked-up', 'wrong-number'] as const;

const organisation = z.object({ id, name: z.string() });
const result = z.enum(CALL_RESULTS);
const number = z.object({
  contact: id,
  name: z.string().nullable(),
  position: z.string().nullable(),
  phones: z.array(z.string()),
  hotline: z.boolean(),
  /** The company whose hotline stands in, where the branch has no number of its own. */
  via: z.string().nullable(),
  masked: z.boolean(),
});
const dutyRow = z.object({
  organisation,
  number: number.nullable(),
  due: z.boolean(),
  calls: z.number(),
  pickedUp: z.number(),
  last: z.object({ result, at: z.string(), by: z.string(), note: z.string().nullable() }).nullable(),
});
const pick = z.object({
  id,
  seed: z.string(),
  candidates: z.number(),
  pickedAt: z.string(),
  pickedBy: z.string(),
  directive: id.nullable(),
  rows: z.array(dutyRow),
});

export const dutyRoutes = {
  'GET /duty/organisations': route({
    tag: 'duty',
    summary: { vi: 'Các đơn vị và số trực 24/7 để gọi kiểm tra', en: 'Organisations and their 24/7 numbers, to call' },
    query: listQuery.extend({ directive: id.optional(), show: z.enum(['all', 'due', 'called', 'no-number']).default('all') }),
    output: page(dutyRow).extend({
      window: z.object({ from: z.string().nullable(), to: z.string().nullable() }),
      counts: z.object({ all: z.number(), due: z.number(), called: z.number(), 'no-number': z.number() }),
    }),
  }),
  'GET /duty/calls': route({
    tag: 'duty',
    summary: { vi: 'Sổ gọi kiểm tra trực', en: 'The log of check calls' },
    query: listQuery.extend({
      organisation: id.optional(),
      result: result.optional(),
      from: instant.optional(),
      to: instant.optional(),
      exercise: z.stringbool().default(false),
    }),
    output: page(
      z.object({
        id,
        organisation,
        result,
        phone: z.string(),
        note: z.string().nullable(),
        calledAt: z.string(),
        calledBy: z.string(),
        exercise: z.boolean(),
      }),
    ),
  }),
  'POST /duty/calls': route({
    tag: 'duty',
    summary: { vi: 'Ghi một cuộc gọi kiểm tra trực', en: 'Log a check call' },
    body: z.object({
      id: id.optional(),
      organisation: id,
      phone: line(40),
      contact: id.optional(),
      pick: id.optional(),
      /** Because of which directive; where it belongs to an exercise, so does the call. */
      directive: id.optional(),
      result,
      note: prose(1000).optional(),
      calledAt: instant.optional(),
    }),
    output: z.object({ id }),
  }),
  'POST /duty/picks': route({
    tag: 'duty',
    summary: { vi: 'Chọn ngẫu nhiên đơn vị để gọi', en: 'Pick organisations at random to call' },
    body: z.object({ directive: id.optional(), size: z.number().int().min(1).max(100) }),
    output: pick,
  }),
  'GET /duty/picks/latest': route({
    tag: 'duty',
    summary: { vi: 'Lượt chọn gần nhất', en: 'The latest pick' },
    output: z.object({ pick: pick.nullable() }),
  }),
};
