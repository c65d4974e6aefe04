import { z } from 'zod';
import { importCounts, importRow, importRun } from './import-runs.ts';
import { base, byId } from './organisation-shapes.ts';
import { id, route, text } from './route.ts';

const importKind = z.enum(['organisations', 'contacts']);
const importPlace = z.object({
  sheet: z.number().int().min(0).max(500).default(0),
  head: z.number().int().min(0).max(200).default(0),
  columns: z.record(z.string().max(40), z.number().int().min(0).max(1023)),
});

export const importRoutes = {
  'POST /organisation-imports': route({
    ...base,
    summary: { vi: 'Nhập tệp danh sách đơn vị hoặc đầu mối (.xlsx, .csv)', en: 'Upload a list of organisations or contacts (.xlsx, .csv)' },
    query: z.object({ kind: importKind, name: z.string().max(200).default('') }),
    upload: { limit: 20 * 2 ** 20 },
    output: z.object({
      id,
      kind: importKind,
      name: z.string(),
      format: z.string(),
      encoding: z.string().nullable(),
      again: z.boolean(),
      warnings: z.array(text),
      sheets: z.array(
        z.object({
          name: z.string(),
          rows: z.number().int(),
          hidden: z.boolean(),
          head: z.number().int(),
          heads: z.array(z.string()),
          sample: z.array(z.array(z.string())),
          columns: z.record(z.string(), z.number().int()),
        }),
      ),
      fields: z.array(z.object({ key: z.string(), name: text, required: z.boolean() })),
    }),
  }),
  'POST /organisation-imports/{id}/plan': route({
    bulk: true,
    ...base,
    summary: { vi: 'Xem trước kết quả nhập', en: 'Dry-run of an import' },
    params: byId,
    body: importPlace,
    output: z.object({ counts: importCounts, rows: z.array(importRow), unknownColumns: z.array(z.string()) }),
  }),
  'POST /organisation-imports/{id}/run': route({
    bulk: true,
    ...base,
    summary: { vi: 'Nhập dữ liệu', en: 'Run an import' },
    params: byId,
    body: importPlace,
    /** As far as it is when this answers: short lists are done, longer ones go on (`GET /import-runs/{id}`). */
    output: importRun,
  }),
  'GET /organisation-imports/template': route({
    ...base,
    summary: { vi: 'Tải tệp mẫu (.xlsx)', en: 'Download a template (.xlsx)' },
    query: z.object({ kind: importKind }),
    download: true,
  }),
};
