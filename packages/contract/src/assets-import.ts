import { z } from 'zod';
import { importRoutes } from './organisation-imports.ts';
import { id, route, text } from './route.ts';

const base = { tag: 'assets' };
const byId = z.object({ id });
const lists = {
  upload: importRoutes['POST /organisation-imports'],
  plan: importRoutes['POST /organisation-imports/{id}/plan'],
  run: importRoutes['POST /organisation-imports/{id}/run'],
};

/** Prefix files as they are published: `*.cidr`, ranges with their AS number (.csv), names of AS numbers (.tsv). */
const files = z
  .array(z.object({ name: z.string().max(200), text: z.string().max(1_000_000) }))
  .min(1)
  .max(8);

export const assetImportRoutes = {
  'POST /asset-imports': route({
    ...base,
    summary: { vi: 'Nhập tệp danh mục tài sản (.xlsx, .csv)', en: 'Upload a list of assets (.xlsx, .csv)' },
    query: z.object({ name: z.string().max(200).default('') }),
    upload: lists.upload.upload,
    output: lists.upload.output.extend({ kind: z.literal('assets') }),
  }),
  'POST /asset-imports/{id}/plan': route({
    ...base,
    bulk: true,
    summary: { vi: 'Xem trước kết quả nhập', en: 'Dry-run of an import' },
    params: byId,
    body: lists.plan.body,
    output: lists.plan.output,
  }),
  'POST /asset-imports/{id}/run': route({
    ...base,
    bulk: true,
    summary: { vi: 'Nhập danh mục tài sản', en: 'Run an import of assets' },
    params: byId,
    body: lists.run.body,
    output: lists.run.output,
  }),
  'GET /asset-imports/template': route({
    ...base,
    summary: { vi: 'Tải tệp mẫu (.xlsx)', en: 'Download a template (.xlsx)' },
    download: true,
  }),
  'POST /asset-proposals/try': route({
    ...base,
    summary: { vi: 'Đối chiếu tệp dải địa chỉ với các doanh nghiệp', en: 'Match files of prefixes with the operators' },
    body: z.object({ files }),
    output: z.object({
      networks: z.array(
        z.object({
          name: z.string(),
          asns: z.array(z.number().int()),
          ranges: z.number().int(),
          /** Of these already in the register. */
          known: z.number().int(),
          addresses: z.number(),
          organisation: z.object({ id, name: z.string() }).nullable(),
        }),
      ),
      operators: z.array(z.object({ id, name: z.string() })),
      /** Prefixes that no file gives a name to. */
      unnamed: z.number().int(),
      source: text,
    }),
  }),
  'POST /asset-proposals': route({
    ...base,
    bulk: true,
    summary: { vi: 'Đề xuất dải địa chỉ của doanh nghiệp để duyệt', en: 'Propose ranges of operators for approval' },
    body: z.object({
      files,
      matches: z
        .array(z.object({ name: z.string().max(300), organisation: id }))
        .min(1)
        .max(1000),
    }),
    output: z.object({ proposed: z.number().int(), known: z.number().int() }),
  }),
};
