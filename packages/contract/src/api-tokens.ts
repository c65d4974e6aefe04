import { z } from 'zod';
import { id, instant, line, role, route } from './route.ts';

const tokenView = z.object({
  id,
  name: z.string(),
  prefix: z.string(),
  scope: z.enum(['read', 'act']),
  permissions: z.array(z.string()),
  fresh: z.boolean(),
  own: z.boolean(),
  person: z.string(),
  organisation: z.object({ id, name: z.string() }),
  role,
  createdAt: instant,
  expiresAt: instant,
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
});

export const apiTokenRoutes = {
  'GET /api-tokens': route({
    tag: 'identity',
    session: true,
    summary: { vi: 'Khóa API của tôi và của các đơn vị quản lý', en: 'My API tokens and those of the organisations in reach' },
    output: z.object({ total: z.number().int(), items: z.array(tokenView) }),
  }),
  'POST /api-tokens': route({
    tag: 'identity',
    session: true,
    fresh: true,
    summary: { vi: 'Tạo khóa API cho đơn vị và vai trò đang dùng', en: 'Make an API token for the present organisation and role' },
    body: z.object({
      name: line(80),
      scope: z.enum(['read', 'act']),
      permissions: z.array(z.string().max(60)).max(50),
      fresh: z.boolean().default(false),
      days: z.number().int().min(1).max(365),
    }),
    /** Shown this once. */
    output: z.object({ id, token: z.string() }),
  }),
  'DELETE /api-tokens/{id}': route({
    tag: 'identity',
    session: true,
    summary: { vi: 'Thu hồi khóa API', en: 'Revoke an API token' },
    params: z.object({ id }),
  }),
};
