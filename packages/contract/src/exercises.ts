import { z } from 'zod';
import { day, id, line, listQuery, page, route } from './route.ts';

/** `desk@so.example`, or `so.example` for each of its addresses. */
const destination = z.union([
  z.email().max(254),
  z
    .string()
    .trim()
    .max(254)
    .regex(/^@?(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z\d-]{2,}$/i),
]);
const destinations = z.array(destination).max(500);

export const exerciseRoutes = {
  'GET /exercises': route({
    tag: 'exercises',
    summary: { vi: 'Các cuộc diễn tập', en: 'Exercises' },
    query: listQuery.pick({ page: true, size: true }),
    output: page(
      z.object({
        id,
        organisation: z.object({ id, name: z.string() }),
        name: z.string(),
        from: day,
        /** The last day. */
        to: day,
        state: z.enum(['planned', 'running', 'over']),
        destinations: z.array(z.string()),
        version: z.number().int(),
        writtenByName: z.string(),
      }),
    ).extend({ can: z.object({ write: z.boolean() }) }),
  }),
  'POST /exercises': route({
    tag: 'exercises',
    summary: { vi: 'Mở một cuộc diễn tập', en: 'Open an exercise' },
    body: z.object({ name: line(200), from: day, to: day, destinations }),
    output: z.object({ id }),
  }),
  'PATCH /exercises/{id}': route({
    tag: 'exercises',
    summary: { vi: 'Đổi ngày cuối hoặc các đích được nêu tên', en: 'Change the last day or the named destinations' },
    params: z.object({ id }),
    body: z.object({ version: z.number().int().min(1), to: day, destinations }),
  }),
};
