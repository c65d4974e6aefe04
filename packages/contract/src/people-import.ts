import { z } from 'zod';
import { route } from './route.ts';

const row = z.object({
  row: z.number().int(),
  name: z.string(),
  username: z.string(),
  organisation: z.string(),
  role: z.string(),
  outcome: z.enum(['new', 'exists', 'refused']),
  reason: z.object({ vi: z.string(), en: z.string() }).nullable(),
});

export const peopleImportRoutes = {
  'POST /people/import/try': route({
    tag: 'identity',
    summary: { vi: 'Thử nhập danh sách tài khoản', en: 'Try importing a list of accounts' },
    upload: { limit: 20 * 1_048_576 },
    query: z.object({ name: z.string().max(200) }),
    output: z.object({ columns: z.array(z.object({ field: z.string(), title: z.string().nullable() })), rows: z.array(row) }),
  }),
  'POST /people/import': route({
    tag: 'identity',
    summary: { vi: 'Nhập danh sách tài khoản', en: 'Import a list of accounts' },
    upload: { limit: 20 * 1_048_576 },
    query: z.object({ name: z.string().max(200) }),
    /** The first passwords are shown this once, for printed slips. */
    output: z.object({
      rows: z.array(row),
      slips: z.array(
        z.object({ name: z.string(), username: z.string(), organisation: z.string(), role: z.string(), firstPassword: z.string() }),
      ),
    }),
  }),
  'GET /people/import/form': route({
    tag: 'identity',
    summary: { vi: 'Mẫu .xlsx để lập danh sách tài khoản', en: 'Form .xlsx for a list of accounts' },
    download: true,
  }),
};
