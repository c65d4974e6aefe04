import { z } from 'zod';
import {
  aliasChange,
  aliases,
  aliasView,
  groups,
  listLine,
  listRow,
  listSettings,
  listTrial,
  listView,
  rematch,
  rematchable,
  unmatchedGroups,
  uploadedList,
  why,
} from './lists-shapes.ts';
import { id, line, listQuery, page, route } from './route.ts';

const base = { tag: 'intelligence' };
const byId = z.object({ id });

/** Lists of addresses from outside; they belong to the authority that takes them in. */
export const listRoutes = {
  'GET /lists': route({
    ...base,
    summary: { vi: 'Các danh sách đã nhận', en: 'The lists taken in' },
    query: listQuery
      .omit({ sort: true })
      .extend({ state: z.enum(['living', 'draft', 'gone', 'all']).default('living'), sender: id.optional() }),
    output: page(listLine),
  }),
  'GET /list-senders': route({
    ...base,
    summary: { vi: 'Các nguồn gửi danh sách', en: 'Who sends lists' },
    output: page(z.object({ id, name: z.string() })),
  }),
  'POST /lists': route({
    ...base,
    summary: { vi: 'Đưa một danh sách lên', en: 'Upload a list' },
    query: z.object({ name: z.string().max(200).default(''), sender: line(200), title: line(300).optional(), directive: id.optional() }),
    upload: { limit: 256 * 2 ** 20 },
    output: uploadedList,
  }),
  'POST /directives/{id}/lists': route({
    ...base,
    bulk: true,
    summary: { vi: 'Đưa phụ lục của văn bản thành danh sách', en: 'Offer an annex of a directive as a list' },
    params: byId,
    /** Which file of its edXML message, from 0; null: the file that it was read from. */
    body: z.object({ position: z.number().int().min(0).max(1000).nullable().default(null) }),
    output: uploadedList,
  }),
  'GET /lists/{id}/recognition': route({
    ...base,
    summary: { vi: 'Nội dung nhận dạng được', en: 'What was recognised of a list' },
    params: byId,
    query: z.object({ sheet: z.string().max(300).optional() }),
    output: uploadedList,
  }),
  'POST /lists/{id}/try': route({
    ...base,
    bulk: true,
    summary: { vi: 'Xem trước kết quả nhập danh sách', en: 'Dry-run of a list' },
    params: byId,
    body: listSettings,
    output: listTrial,
  }),
  'POST /lists/{id}/run': route({
    ...base,
    bulk: true,
    summary: { vi: 'Nhập danh sách', en: 'Take a list in' },
    params: byId,
    body: listSettings,
    output: listView,
  }),
  'POST /lists/{id}/continue': route({
    ...base,
    bulk: true,
    summary: { vi: 'Nhập tiếp danh sách', en: 'Go on with a list' },
    params: byId,
    output: listView,
  }),
  'POST /lists/{id}/cancel': route({
    ...base,
    summary: { vi: 'Dừng nhập danh sách', en: 'Cancel a list' },
    params: byId,
    output: listView,
  }),
  'DELETE /lists/{id}': route({
    ...base,
    summary: { vi: 'Bỏ bản nháp danh sách', en: 'Discard a draft of a list' },
    params: byId,
  }),
  'GET /lists/{id}': route({
    ...base,
    summary: { vi: 'Một danh sách và kết quả', en: 'A list with its result' },
    params: byId,
    output: listView,
    quiet: true,
  }),
  'GET /lists/{id}/rows': route({
    ...base,
    summary: { vi: 'Các dòng của danh sách', en: 'The rows of a list' },
    params: byId,
    query: listQuery.omit({ sort: true }).extend({
      state: z.enum(['matched', 'unmatched', 'aside']).optional(),
      unit: id.optional(),
      why: why.optional(),
    }),
    output: page(
      listRow.extend({
        extra: z.record(z.string(), z.union([z.string(), z.number()])),
        asideReason: z.string().nullable(),
        asideByName: z.string().nullable(),
      }),
    ),
  }),
  'GET /lists/{id}/refused': route({
    ...base,
    summary: { vi: 'Tải các dòng không nhập được (.xlsx)', en: 'Download the refused rows (.xlsx)' },
    params: byId,
    download: true,
  }),
  'GET /lists/{id}/unmatched': route({
    ...base,
    summary: { vi: 'Các dòng chưa đối chiếu được', en: 'Rows that lead nowhere' },
    params: byId,
    query: listQuery.omit({ sort: true, q: true }),
    output: unmatchedGroups,
  }),
  'POST /lists/{id}/assign': route({
    ...base,
    summary: { vi: 'Giao các dòng chưa đối chiếu cho một đơn vị', en: 'Assign rows that lead nowhere' },
    params: byId,
    body: z.object({ groups, organisation: id, asset: id.nullable().default(null), alias: z.boolean().default(false) }),
    output: z.object({ rows: z.number().int(), findingsNew: z.number().int(), findingsAgain: z.number().int() }),
  }),
  'GET /lists/{id}/rematch': route({
    ...base,
    summary: { vi: 'Các dòng trước đây chưa đối chiếu được, nay đối chiếu được', en: 'Rows that led nowhere and would lead somewhere now' },
    params: byId,
    output: rematchable,
    quiet: true,
  }),
  'POST /lists/{id}/rematch': route({
    ...base,
    bulk: true,
    summary: { vi: 'Đối chiếu lại các dòng chưa đối chiếu được', en: 'Match the rows again that lead nowhere' },
    params: byId,
    output: rematch,
  }),
  'POST /lists/{id}/rematches/{rematch}/undo': route({
    ...base,
    bulk: true,
    summary: { vi: 'Hoàn tác một lần đối chiếu lại', en: 'Take a later match back' },
    params: z.object({ id, rematch: id }),
    output: z.object({ rows: z.number().int(), kept: z.number().int(), findingsRemoved: z.number().int() }),
  }),
  'GET /list-aliases': route({
    ...base,
    summary: { vi: 'Cách gọi của các nguồn đã xác nhận', en: 'What senders call units and machines' },
    query: listQuery.omit({ sort: true }).extend({ sender: id.optional(), state: z.enum(['live', 'ended', 'all']).default('live') }),
    output: page(aliasView),
  }),
  'PUT /list-aliases/{id}': route({
    ...base,
    summary: { vi: 'Sửa hoặc kết thúc một cách gọi', en: 'Correct or end a name' },
    params: byId,
    body: aliasChange,
    output: z.object({ version: z.number().int() }),
  }),
  'POST /lists/{id}/aside': route({
    ...base,
    summary: { vi: 'Để riêng các dòng, có lý do', en: 'Set rows aside with a reason' },
    params: byId,
    body: z.object({ groups, reason: line(1000) }),
    output: z.object({ rows: z.number().int() }),
  }),
  'POST /lists/{id}/aliases': route({
    ...base,
    summary: { vi: 'Xác nhận tên đơn vị, tên máy theo cách gọi của nguồn', en: 'Confirm what a sender calls units and machines' },
    params: byId,
    body: z.object({ aliases }),
    output: z.object({ confirmed: z.number().int() }),
  }),
  'POST /lists/{id}/withdrawal': route({
    ...base,
    summary: { vi: 'Đề xuất rút danh sách', en: 'Propose to withdraw a list' },
    params: byId,
    body: z.object({ reason: line(1000) }),
  }),
  'POST /lists/{id}/withdrawal/decide': route({
    ...base,
    summary: { vi: 'Quyết định việc rút danh sách', en: 'Decide on the withdrawal of a list' },
    params: byId,
    body: z.object({ approve: z.boolean() }),
    output: z.object({ findingsRemoved: z.number().int(), findingsKept: z.number().int() }),
  }),
};
