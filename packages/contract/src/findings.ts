import { z } from 'zod';
import { finding, findingAnswer, findingDetail, findingKind, outcome, overview, side, verdict } from './findings-shapes.ts';
import { day, id, instant, line, listQuery, page, prose, route } from './route.ts';

const base = { tag: 'findings' };
const byId = z.object({ id });
const flag = z.stringbool().optional();
const ids = z.array(id).min(1).max(5000);
const reason = prose(2000).nullish();

const narrowed = {
  q: z.string().trim().max(200).optional(),
  side: side.optional(),
  state: z.enum(['open', 'answered', 'closed', 'all']).default('open'),
  organisation: id.optional(),
  kind: findingKind.optional(),
  family: z.string().max(200).optional(),
  verdict: verdict.optional(),
  answer: findingAnswer.optional(),
  list: id.optional(),
  usage: z.enum(['own', 'exit', 'carrier', 'dynamic']).optional(),
  due: z.enum(['overdue', 'soon', 'none']).optional(),
  sort: z.enum(['work', 'seen', '-seen', 'due', '-due', 'organisation', '-organisation']).default('work'),
};
const findingQuery = listQuery.omit({ sort: true, q: true }).extend({
  ...narrowed,
  newest: flag,
  waiting: flag,
  cleaned: flag,
  exercise: flag,
  level: z.coerce.number().int().min(1).max(5).optional(),
});

export const findingRoutes = {
  'GET /findings': route({
    ...base,
    summary: { vi: 'Danh sách điểm cần xử lý', en: 'Findings' },
    query: findingQuery,
    output: page(finding).extend({
      /** Counting stopped at `total`. */
      more: z.boolean(),
      states: z.object({ open: z.number().int(), answered: z.number().int(), closed: z.number().int() }),
      side,
      both: z.boolean(),
      families: z.array(z.string()),
      can: z.object({ answer: z.boolean(), decide: z.boolean() }),
    }),
  }),
  'GET /findings/export': route({
    ...base,
    summary: { vi: 'Tải danh sách điểm cần xử lý (.xlsx)', en: 'Export the findings (.xlsx)' },
    query: findingQuery,
    download: true,
  }),
  'GET /findings/overview': route({
    ...base,
    summary: { vi: 'Tổng hợp điểm cần xử lý theo đơn vị và họ mã độc', en: 'Findings by organisation and family, with the trend by list' },
    query: z.object({ organisation: id.optional(), side: side.optional(), exercise: flag }),
    output: overview,
  }),
  'GET /findings/{id}': route({
    ...base,
    summary: { vi: 'Một điểm cần xử lý với các lần ghi nhận và diễn biến', en: 'One finding with its sightings and history' },
    params: byId,
    output: findingDetail,
  }),
  'POST /findings/answer': route({
    ...base,
    bulk: true,
    summary: { vi: 'Trả lời một hoặc nhiều điểm cần xử lý', en: 'Answer one finding or many' },
    /** `findings`: these; `query`: everything that it finds, at most 5,000. */
    body: z
      .object({
        findings: ids.optional(),
        query: z
          .object({
            ...narrowed,
            newest: z.boolean().optional(),
            level: z.number().int().optional(),
            waiting: z.boolean().optional(),
            cleaned: z.boolean().optional(),
          })
          .optional(),
        answer: findingAnswer.exclude(['passed-on']),
        note: reason,
        postponedTo: day.nullish(),
        reference: line(100).nullish(),
        machinesDone: z.number().int().min(0).max(1_000_000).nullish(),
        machinesTotal: z.number().int().min(1).max(1_000_000).nullish(),
        /** Whom an operator found by `GET /findings/{id}/subscribers`. */
        subscriber: id.nullish(),
        /** Put in for another organisation: who there said it, when, and by which way. */
        entered: z
          .object({ via: z.enum(['phone', 'paper', 'mail', 'chat']), who: line(120), at: instant, note: line(300).nullish() })
          .nullish(),
      })
      .refine(({ findings, query }) => (findings === undefined) !== (query === undefined), { path: ['findings'] }),
    output: outcome,
  }),
  'POST /findings/decide': route({
    ...base,
    summary: {
      vi: 'Quyết định về điểm cần xử lý “không phải của đơn vị”, “đề nghị xem xét lại”',
      en: 'Decide on findings said not to be ours, disputed, or a subscriber’s',
    },
    body: z.object({ findings: ids, accept: z.boolean(), note: reason, moveTo: id.nullish(), registerFrom: day.nullish() }),
    output: outcome,
  }),
  'POST /findings/postponements': route({
    ...base,
    summary: { vi: 'Duyệt hoặc không duyệt lùi thời hạn', en: 'Approve or refuse postponements' },
    body: z.object({ findings: ids, accept: z.boolean(), note: reason }),
    output: outcome,
  }),
  'POST /findings/{id}/entered': route({
    ...base,
    summary: {
      vi: 'Đơn vị xác nhận hoặc không đồng ý với câu trả lời nhập thay',
      en: 'The organisation confirms or contests what was entered for it',
    },
    params: byId,
    body: z.object({ agree: z.boolean(), note: reason }),
  }),
  'GET /findings/{id}/subscribers': route({
    ...base,
    summary: {
      vi: 'Tra cứu đơn vị là thuê bao (doanh nghiệp viễn thông)',
      en: 'Look for the organisation that a subscriber is (operators)',
    },
    quiet: true,
    params: byId,
    /** At least three letters; at most ten official names come back, sixty searches an hour. */
    query: z.object({ q: z.string().trim().min(3).max(100) }),
    output: z.object({ items: z.array(z.object({ id, name: z.string() })) }),
  }),
  'POST /findings/{id}/split': route({
    ...base,
    summary: { vi: 'Tách điểm cần xử lý tại cổng ra dùng chung cho từng đơn vị', en: 'Split a finding at a shared exit by machine' },
    params: byId,
    body: z.object({
      parts: z
        .array(z.object({ organisation: id, privateAddress: z.union([z.ipv4(), z.ipv6()]).nullish(), machine: line(200).nullish() }))
        .min(1)
        .max(100),
      note: reason,
    }),
    output: z.object({ ids: z.array(id) }),
  }),
  'POST /findings/{id}/files': route({
    ...base,
    summary: { vi: 'Thêm tài liệu chứng minh', en: 'Add proof' },
    params: byId,
    query: z.object({ name: z.string().max(300).default('') }),
    upload: { limit: 26_214_400 },
    output: z.object({ id, sha256: z.string() }),
  }),
  'GET /finding-files/{id}': route({
    ...base,
    summary: { vi: 'Tải tài liệu chứng minh', en: 'Download proof' },
    params: byId,
    download: true,
  }),
  'GET /holidays': route({
    ...base,
    summary: { vi: 'Lịch ngày nghỉ và ngày làm bù', en: 'Days off and days worked in their stead' },
    query: z.object({ year: z.coerce.number().int().min(2000).max(2100) }),
    output: z.object({
      items: z.array(
        z.object({ day, kind: z.enum(['off', 'work']), name: z.object({ vi: z.string(), en: z.string() }), fixed: z.boolean() }),
      ),
      can: z.object({ write: z.boolean() }),
    }),
  }),
  'PUT /holidays/{day}': route({
    ...base,
    summary: { vi: 'Ghi một ngày nghỉ hoặc ngày làm bù', en: 'Enter a day off or a day worked in its stead' },
    params: z.object({ day }),
    body: z.object({ kind: z.enum(['off', 'work']), name: z.object({ vi: line(200), en: line(200) }) }),
    output: z.object({ day }),
  }),
  'DELETE /holidays/{day}': route({
    ...base,
    summary: { vi: 'Bỏ một ngày khỏi lịch', en: 'Take a day out of the calendar' },
    params: z.object({ day }),
    output: z.object({ day }),
  }),
};
