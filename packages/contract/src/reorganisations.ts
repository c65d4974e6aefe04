import { z } from 'zod';
import { base, organisationKind, reason, ref } from './organisation-shapes.ts';
import { day, id, instant, line, listQuery, page, route, text } from './route.ts';

/** `separate`: a part goes to others, the old unit lives on. */
export const reorganisationKind = z.enum(['merge', 'split', 'separate', 'dissolve']);
const reorganisation = z.object({
  kind: reorganisationKind,
  on: day,
  reason,
  predecessors: z.array(id).min(1).max(200),
  successors: z.array(id).max(200).default([]),
  /** A successor that comes into being by this act. */
  founds: z.object({ kind: organisationKind, name: line(200), parentId: id.optional(), supervisorId: id.optional() }).optional(),
});
const count = z.object({ kind: z.string(), name: text, count: z.number().int() });
/** Of what is `shared`, a separated unit gets its own besides the old one. */
const held = count.extend({ shared: z.boolean() });
const leftover = z.object({
  id,
  kind: z.string(),
  text,
  from: ref,
  act: z.object({ id, kind: reorganisationKind, on: day, basis: z.string() }),
  leftAt: instant,
  /** Whether it may also be let go for good. */
  lapses: z.boolean(),
  /** Who took over from that unit, to be offered first. */
  successors: z.array(ref),
  settled: z.object({ at: instant, by: z.string(), to: ref.nullable(), reason: z.string() }).nullable(),
});

export const reorganisationRoutes = {
  'POST /reorganisations/plan': route({
    ...base,
    summary: { vi: 'Xem trước sáp nhập, chia tách, giải thể', en: 'Dry-run of a merge, split, separation or dissolution' },
    body: reorganisation.omit({ reason: true }),
    output: z.object({
      predecessors: z.array(
        z.object({
          organisation: ref,
          holdings: z.array(held),
          /** Rows that are assigned one by one where there are several successors or only a part goes. */
          rows: z.array(z.object({ kind: z.string(), id: z.string(), text })),
        }),
      ),
      successors: z.array(ref),
      assigns: z.boolean(),
      problems: z.array(z.object({ code: z.string(), text })),
    }),
  }),
  'POST /reorganisations': route({
    ...base,
    summary: { vi: 'Thực hiện sáp nhập, chia tách, giải thể', en: 'Carry out a merge, split, separation or dissolution' },
    body: reorganisation.extend({
      assignments: z
        // `founded` is the successor that this act brings into being.
        .array(z.object({ kind: z.string().max(40), row: z.string().max(80), to: z.union([id, z.literal('founded')]).nullable() }))
        .max(20_000)
        .default([]),
    }),
    output: z.object({ act: id, founded: id.nullable() }),
  }),
  'GET /leftovers': route({
    ...base,
    summary: { vi: 'Việc chờ giao lại sau sắp xếp tổ chức', en: 'What reorganisations left to the desk' },
    query: listQuery.extend({
      state: z.enum(['waiting', 'settled']).default('waiting'),
      kind: z.string().max(40).optional(),
      from: id.optional(),
    }),
    output: page(leftover).extend({ kinds: z.array(count) }),
  }),
  'POST /leftovers/hand-on': route({
    ...base,
    summary: { vi: 'Giao lại cho đơn vị tiếp nhận, hoặc kết thúc', en: 'Hand on to a successor, or let go' },
    body: z.object({
      assignments: z
        .array(z.object({ leftover: id, to: id.nullable() }))
        .min(1)
        .max(1000),
      reason,
    }),
    output: z.object({ handedOn: z.number().int(), letGo: z.number().int() }),
  }),
};
