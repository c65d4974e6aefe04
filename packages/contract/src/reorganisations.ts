import { z } from 'zod';
import { base, organisationKind, reason, ref } from './organisation-shapes.ts';
import { day, id, line, route, text } from './route.ts';

const reorganisation = z.object({
  kind: z.enum(['merge', 'split', 'dissolve']),
  on: day,
  reason,
  predecessors: z.array(id).min(1).max(200),
  successors: z.array(id).max(200).default([]),
  /** A successor that comes into being by this act. */
  founds: z.object({ kind: organisationKind, name: line(200), parentId: id.optional(), supervisorId: id.optional() }).optional(),
});
const count = z.object({ kind: z.string(), name: text, count: z.number().int() });

export const reorganisationRoutes = {
  'POST /reorganisations/plan': route({
    ...base,
    summary: { vi: 'Xem trước sáp nhập, chia tách, giải thể', en: 'Dry-run of a merge, split or dissolution' },
    body: reorganisation.omit({ reason: true }),
    output: z.object({
      predecessors: z.array(
        z.object({
          organisation: ref,
          holdings: z.array(count),
          /** Rows that must be assigned one by one where there are several successors. */
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
    summary: { vi: 'Thực hiện sáp nhập, chia tách, giải thể', en: 'Carry out a merge, split or dissolution' },
    body: reorganisation.extend({
      assignments: z
        .array(z.object({ kind: z.string().max(40), row: z.string().max(80), to: id.nullable() }))
        .max(20_000)
        .default([]),
    }),
    output: z.object({ act: id, founded: id.nullable() }),
  }),
};
