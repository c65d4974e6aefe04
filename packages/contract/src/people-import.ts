import { z } from 'zod';
import { importRun, importRunRoutes } from './import-runs.ts';
import { id, route } from './route.ts';

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
  ...importRunRoutes,
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
    /** As far as it is when this answers: short lists are done, longer ones go on (`GET /import-runs/{id}`). */
    output: importRun,
  }),
  'GET /people/import/{id}/slips': route({
    tag: 'identity',
    summary: { vi: 'Số phiếu cấp tài khoản chưa lấy', en: 'How many slips are left' },
    params: z.object({ id }),
    output: z.object({ left: z.number().int() }),
    quiet: true,
  }),
  'POST /people/import/{id}/slips': route({
    tag: 'identity',
    summary: { vi: 'Lấy phiếu cấp tài khoản', en: 'Take the slips of accounts' },
    params: z.object({ id }),
    /** Each first password is made when its slip is taken and shown this once; ask again while some are left. */
    output: z.object({
      slips: z.array(
        z.object({ name: z.string(), username: z.string(), organisation: z.string(), role: z.string(), firstPassword: z.string() }),
      ),
      left: z.number().int(),
    }),
  }),
  'GET /people/import/form': route({
    tag: 'identity',
    summary: { vi: 'Mẫu .xlsx để lập danh sách tài khoản', en: 'Form .xlsx for a list of accounts' },
    download: true,
  }),
};
