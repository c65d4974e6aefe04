import { z } from 'zod';
import { line, page, route } from './route.ts';

const file = z.object({
  name: z.string(),
  kind: z.enum(['dau-moi', 'nhiem-vu']),
  format: z.enum(['pdf', 'xlsx']),
  /** The minute in Vietnam, without a zone. */
  at: z.string(),
});

export const printableRoutes = {
  'GET /printable': route({
    tag: 'printable',
    summary: { vi: 'Danh sách in sẵn đã lập', en: 'Printable lists on file' },
    output: page(file.extend({ size: z.number() })).extend({
      folder: z.string(),
      /** When they are written by themselves; null where they are not. */
      hour: z.number().nullable(),
      /** @unit days */
      keep: z.number(),
    }),
  }),
  'POST /printable': route({
    tag: 'printable',
    summary: { vi: 'Lập ngay danh sách in sẵn', en: 'Write the printable lists now' },
    fresh: true,
    body: z.object({ reason: line(300) }),
    output: z.object({ files: z.array(file) }),
  }),
  'GET /printable/{name}': route({
    tag: 'printable',
    summary: { vi: 'Tải một danh sách in sẵn', en: 'Download a printable list' },
    fresh: true,
    params: z.object({ name: z.string().max(100) }),
    download: true,
  }),
};
