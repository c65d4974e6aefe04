import { z } from 'zod';
import { route } from './route.ts';

/** Its name as of the entry's day; null where it lies outside the reader's directory. */
const organisation = z.object({ id: z.string(), name: z.string().nullable() });

export const auditRoutes = {
  'GET /audit': route({
    tag: 'audit',
    summary: { vi: 'Nhật ký hệ thống', en: 'The audit log' },
    query: z.object({
      before: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
      action: z.string().max(100).optional(),
      q: z.string().max(200).optional(),
      from: z.iso.datetime({ offset: true }).optional(),
      to: z.iso.datetime({ offset: true }).optional(),
      subject: z.string().max(100).optional(),
    }),
    output: z.object({
      next: z.string().nullable(),
      items: z.array(
        z.object({
          id: z.string(),
          at: z.string(),
          actorKind: z.string(),
          actor: z.string(),
          actorName: z.string(),
          role: z.string().nullable(),
          organisation,
          concerns: organisation.nullable(),
          action: z.string(),
          subjectKind: z.string(),
          subjectId: z.string(),
          before: z.unknown(),
          after: z.unknown(),
          reason: z.string().nullable(),
          address: z.string(),
          requestId: z.string(),
          /** Names of all organisations that the entry speaks of, in subject, before and after too, by id, as of its day. */
          names: z.record(z.string(), z.string()),
        }),
      ),
    }),
  }),
  'POST /audit/verify': route({
    tag: 'audit',
    summary: { vi: 'Kiểm tra chuỗi nhật ký', en: 'Verify the audit chain' },
    body: z.object({}),
    output: z.object({
      rows: z.number(),
      anchors: z.number(),
      head: z.number(),
      findings: z.array(
        z.object({
          kind: z.string(),
          seq: z.number().nullable(),
          row: z.string().nullable(),
          text: z.object({ vi: z.string(), en: z.string() }),
        }),
      ),
    }),
  }),
};
