import { z } from 'zod';
import { periodRoutes } from './periods.ts';
import { proposalRoutes } from './proposals.ts';
import { day, id, instant, line, listQuery, prose, route } from './route.ts';
import { togetherRoutes } from './work-together.ts';
import { evidenceView, taskState, workCard, workCounts, workView } from './work-views.ts';

const part = z.object({ directive: id, organisation: id });
const taskIds = z.array(id).min(1).max(5000);
/** From where somebody else entered it for the agency (nhập thay). */
const source = line(300).optional();

const reviewed = z.object({ done: z.array(id), skipped: z.array(id) });
const moved = z.object({ tasks: z.array(id) });

export const workRoutes = {
  ...togetherRoutes,
  ...periodRoutes,
  ...proposalRoutes,
  'GET /my-work': route({
    tag: 'work',
    summary: { vi: 'Việc của đơn vị tôi', en: 'My organisation’s work' },
    query: listQuery.pick({ page: true, size: true }).extend({
      tab: z.enum(['todo', 'waiting', 'done']).default('todo'),
      whose: z.enum(['all', 'mine']).default('all'),
      exercise: z.stringbool().default(false),
    }),
    output: z.object({ items: z.array(workCard), total: z.number().int(), counts: workCounts }),
  }),
  'GET /my-work/counts': route({
    tag: 'work',
    summary: { vi: 'Số việc đang chờ', en: 'How much work waits' },
    output: workCounts,
    quiet: true,
  }),
  'GET /work/people': route({
    tag: 'work',
    summary: { vi: 'Người có thể được phân công', en: 'People who can be given work' },
    output: z.object({ items: z.array(z.object({ id, name: z.string(), position: z.string().nullable() })), total: z.number().int() }),
  }),
  'GET /work/{directive}/{organisation}': route({
    tag: 'work',
    summary: { vi: 'Văn bản và các nhiệm vụ của một đơn vị', en: 'A directive as one organisation works on it' },
    params: part,
    output: workView,
  }),
  'POST /work/{directive}/{organisation}/open': route({
    tag: 'work',
    summary: { vi: 'Ghi nhận lần mở đầu tiên', en: 'Record the first opening' },
    params: part,
    body: z.object({}),
    output: z.object({ first: z.boolean() }),
  }),
  'POST /work/{directive}/{organisation}/receive': route({
    tag: 'work',
    summary: { vi: 'Tiếp nhận, vào sổ', en: 'Receive' },
    params: part,
    body: z.object({ number: line(30), day, source }),
    output: z.object({ number: z.string(), day }),
  }),
  'POST /work/{directive}/{organisation}/refuse': route({
    tag: 'work',
    summary: { vi: 'Từ chối tiếp nhận (gửi nhầm)', en: 'Refuse (sent to the wrong place)' },
    params: part,
    body: z.object({ reason: line(1000), source }),
  }),
  'POST /work/{directive}/{organisation}/answers': route({
    tag: 'work',
    summary: { vi: 'Lưu kết quả thực hiện từng nội dung', en: 'Save answers item by item' },
    params: part,
    body: z.object({
      items: z
        .array(z.object({ task: id, answer: prose(20_000), seen: instant.optional() }))
        .min(1)
        .max(500),
      source,
    }),
    output: z.object({ items: z.array(z.object({ task: id, state: taskState, changedAt: instant })) }),
  }),
  'POST /work/{directive}/{organisation}/assign': route({
    tag: 'work',
    summary: { vi: 'Phân công cho cán bộ của đơn vị', en: 'Assign to a person of the organisation' },
    params: part,
    body: z.object({ tasks: taskIds, person: id.nullable() }),
  }),
  'POST /work/{directive}/{organisation}/questions': route({
    tag: 'work',
    summary: { vi: 'Hỏi hoặc trả lời về văn bản', en: 'Ask or reply about the directive' },
    params: part,
    body: z.object({ text: prose(5000).min(1), task: id.optional() }),
  }),
  'POST /work/{directive}/{organisation}/evidence': route({
    tag: 'work',
    summary: { vi: 'Gửi minh chứng', en: 'Add evidence' },
    params: part,
    query: z.object({
      name: z.string().min(1).max(300),
      task: id.optional(),
      report: id.optional(),
      /** A reporting period of the task that has ended. */
      period: z.coerce.number().int().min(1).optional(),
      source,
    }),
    upload: { limit: 25 * 1024 * 1024 },
    output: evidenceView,
  }),
  'GET /evidence/{id}': route({
    tag: 'work',
    summary: { vi: 'Tải minh chứng', en: 'Download evidence' },
    params: z.object({ id }),
    download: true,
  }),
  'POST /work/{directive}/{organisation}/submit': route({
    tag: 'work',
    summary: { vi: 'Gửi báo cáo', en: 'Submit a report' },
    params: part,
    body: z.object({
      /** All open items where left out. */
      tasks: taskIds.optional(),
      /** Its `id` is made by the sender, the file is uploaded before with that id. */
      report: z
        .object({
          id,
          code: line(60),
          day,
          signer: line(120),
          note: prose(5000).optional(),
          difficulties: prose(5000).optional(),
          proposals: prose(5000).optional(),
        })
        .optional(),
      source,
      /** The reporting periods that the screen showed, by task: what ended meanwhile is not reported by mistake. */
      periods: z.record(id, z.number().int()).optional(),
      /** For the own leader, where that one approves first. */
      note: line(1000).optional(),
    }),
    /** `proposal`: it waits for the own leader instead of having been sent. */
    output: moved.extend({ proposal: id.nullable() }),
  }),
  'POST /work/{directive}/{organisation}/withdraw-submission': route({
    tag: 'work',
    summary: { vi: 'Rút lại báo cáo chưa được xem xét', en: 'Take back a submission that was not reviewed' },
    params: part,
    body: z.object({ tasks: taskIds.optional(), source }),
    output: moved,
  }),
  'POST /work/{directive}/{organisation}/extension': route({
    tag: 'work',
    summary: { vi: 'Đề nghị gia hạn', en: 'Ask for a later deadline' },
    params: part,
    body: z.object({ tasks: taskIds, until: day, reason: line(1000), source }),
    output: moved,
  }),
  'POST /work/extension': route({
    tag: 'work',
    summary: { vi: 'Quyết định gia hạn', en: 'Decide on extensions' },
    body: z.object({ tasks: taskIds, granted: z.boolean(), reason: line(1000).optional() }),
    output: moved,
  }),
  'POST /work/accept': route({
    tag: 'work',
    summary: { vi: 'Ghi nhận kết quả', en: 'Accept results' },
    body: z.object({ tasks: taskIds, note: line(1000).optional() }),
    output: reviewed,
  }),
  'POST /work/ask-more': route({
    tag: 'work',
    summary: { vi: 'Đề nghị bổ sung', en: 'Ask for more' },
    body: z.object({ tasks: taskIds, reason: line(1000) }),
    output: reviewed,
  }),
  'POST /work/reopen': route({
    tag: 'work',
    summary: { vi: 'Xem xét lại kết quả đã ghi nhận', en: 'Take an acceptance back' },
    body: z.object({ tasks: taskIds, reason: line(1000) }),
    output: reviewed,
  }),
};
