import { z } from 'zod';
import { route } from './route.ts';

export const searchRoutes = {
  'GET /search': route({
    tag: 'search',
    summary: { vi: 'Tìm trong mọi nội dung', en: 'Search everything' },
    quiet: true,
    query: z.object({ q: z.string().trim().min(1).max(200) }),
    output: z.object({
      items: z.array(
        z.object({
          kind: z.enum(['directive', 'organisation', 'asset', 'person', 'task', 'finding', 'list']),
          id: z.string(),
          title: z.string(),
          subtitle: z.string().nullable(),
          href: z.string(),
        }),
      ),
    }),
  }),
};
