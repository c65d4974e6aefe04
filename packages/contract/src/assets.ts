import { z } from 'zod';
import {
  asset,
  assetChange,
  assetClaim,
  assetClaims,
  assetDetail,
  assetKind,
  assetSort,
  assetState,
  checked,
  ids,
  outcome,
  registration,
  standing,
  usage,
} from './assets-shapes.ts';
import { assetImportRoutes } from './assets-import.ts';
import { day, id, line, listQuery, page, route, text } from './route.ts';

const base = { tag: 'assets' };
const byId = z.object({ id });
const reason = line(1000);

const assetQuery = listQuery.omit({ sort: true }).extend({
  kind: assetKind.optional(),
  state: assetState.default('live'),
  usage: usage.optional(),
  organisation: id.optional(),
  system: id.optional(),
  sort: assetSort.default('name'),
});
const silentQuery = listQuery.omit({ sort: true }).extend({ state: z.enum([...registration.options, 'all']).default('none') });

export const assetRoutes = {
  ...assetImportRoutes,
  'GET /assets': route({
    ...base,
    summary: { vi: 'Danh mục tài sản', en: 'The register of assets' },
    query: assetQuery,
    output: page(asset).extend({
      kinds: z.object({ system: z.number().int(), host: z.number().int(), range: z.number().int(), domain: z.number().int() }),
      can: z.object({ write: z.boolean(), approve: z.boolean() }),
    }),
  }),
  'GET /assets/check': route({
    ...base,
    summary: { vi: 'Đối chiếu một dải, tên miền hoặc địa chỉ với danh mục', en: 'What a range, domain or address meets in the register' },
    query: z.object({
      kind: z.enum(['range', 'domain', 'host']),
      value: z.string().max(300),
      from: day.optional(),
      to: day.optional(),
      except: id.optional(),
    }),
    output: checked,
    quiet: true,
  }),
  'GET /assets/silent': route({
    ...base,
    summary: { vi: 'Đơn vị chưa đăng ký địa chỉ', en: 'Organisations that registered no address' },
    query: silentQuery,
    output: page(standing).extend({
      of: z.number().int(),
      states: z.object({ none: z.number().int(), claimed: z.number().int(), registered: z.number().int() }),
      can: z.object({ write: z.boolean() }),
    }),
  }),
  'GET /assets/silent/export': route({
    ...base,
    summary: { vi: 'Tải danh sách đơn vị chưa đăng ký (.xlsx)', en: 'Export the organisations without an address (.xlsx)' },
    query: silentQuery,
    download: true,
  }),
  'GET /assets/export': route({
    ...base,
    summary: { vi: 'Tải danh mục tài sản (.xlsx)', en: 'Export the register (.xlsx)' },
    query: assetQuery,
    download: true,
  }),
  'GET /assets/{id}': route({
    ...base,
    summary: { vi: 'Một tài sản và các đơn vị giữ qua thời gian', en: 'One asset with its holders over time' },
    params: byId,
    output: assetDetail,
  }),
  'POST /assets': route({
    ...base,
    summary: { vi: 'Đăng ký một tài sản', en: 'Claim an asset' },
    body: assetClaim,
    output: z.object({ id }),
  }),
  'POST /assets/bulk': route({
    ...base,
    bulk: true,
    summary: { vi: 'Đăng ký nhiều tài sản', en: 'Claim several assets' },
    body: assetClaims,
    output: z.object({ ids: z.array(id), refused: z.array(z.object({ index: z.number().int(), place: z.string().nullable(), text })) }),
  }),
  'PUT /assets/{id}': route({
    ...base,
    summary: { vi: 'Sửa một tài sản', en: 'Correct an asset' },
    params: byId,
    body: assetChange,
    output: z.object({ version: z.number().int() }),
  }),
  'POST /assets/approve': route({
    ...base,
    summary: { vi: 'Duyệt đăng ký', en: 'Approve claims' },
    /** `endOthersOn`: others that hold the same end on this day. */
    body: z.object({ assets: ids, endOthersOn: day.nullish() }),
    output: outcome,
  }),
  'POST /assets/refuse': route({
    ...base,
    summary: { vi: 'Không duyệt, kèm lý do', en: 'Refuse claims, with the reason' },
    body: z.object({ assets: ids, reason }),
    output: outcome,
  }),
  'POST /assets/end': route({
    ...base,
    summary: { vi: 'Kết thúc việc giữ tài sản từ một ngày', en: 'End assets from a day on' },
    body: z.object({ assets: ids, on: day, reason }),
    output: outcome,
  }),
  'POST /assets/withdraw': route({
    ...base,
    summary: { vi: 'Rút đăng ký', en: 'Withdraw claims' },
    body: z.object({ assets: ids, reason: reason.optional() }),
    output: outcome,
  }),
  'POST /assets/transfer': route({
    ...base,
    summary: { vi: 'Chuyển giao tài sản cho đơn vị khác từ một ngày', en: 'Transfer assets to another organisation from a day on' },
    body: z.object({ assets: ids, to: id, on: day, reason }),
    output: z.object({ ids: z.array(id), undo: id.nullable() }),
  }),
  'POST /assets/acts/{id}/undo': route({
    ...base,
    bulk: true,
    summary: { vi: 'Hoàn tác một thao tác trên tài sản', en: 'Take an act on assets back' },
    params: byId,
    output: outcome,
  }),
};
