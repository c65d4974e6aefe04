import { z } from 'zod';
import { day, id, instant, line, listQuery, page, prose, route } from './route.ts';
import { DECLARED, evidenceView, PERIOD_STATES, timeState } from './work-views.ts';

/** Which past reporting periods: `open` waits for the agency, `missed` was not reported, `to-review` waits for who follows the directive. */
export const PERIOD_FILTERS = ['all', 'open', 'reported', 'missed', 'to-review'] as const;

const pastPeriod = z.object({
  id,
  task: id,
  organisation: z.object({ id, name: z.string() }),
  directive: z.object({ id, code: z.string().nullable(), subject: z.string() }),
  requirement: z.object({ id, path: z.string(), text: z.string() }),
  number: z.number().int(),
  from: z.string(),
  to: z.string(),
  due: instant.nullable(),
  state: z.enum(PERIOD_STATES),
  timeState,
  answer: z.string().nullable(),
  nothing: z.boolean(),
  answeredAt: instant.nullable(),
  declared: z.enum(DECLARED).nullable(),
  /** An extension that was asked for and not decided when the period ended. */
  requestedDue: instant.nullable(),
  closedAt: instant,
  evidence: z.array(evidenceView),
  can: z.object({ report: z.boolean(), review: z.boolean() }),
});

/** Reporting periods of recurring requirements that have ended; the one that runs is the task itself. */
export const periodRoutes = {
  'GET /periods': route({
    tag: 'work',
    summary: { vi: 'Các kỳ báo cáo đã qua', en: 'Past reporting periods' },
    /** Without a directive: those of the acting organisation. */
    query: listQuery.pick({ page: true, size: true }).extend({
      directive: id.optional(),
      organisation: id.optional(),
      requirement: id.optional(),
      show: z.enum(PERIOD_FILTERS).default('all'),
      exercise: z.stringbool().default(false),
    }),
    output: page(pastPeriod),
  }),
  'POST /work/{directive}/{organisation}/periods/{period}': route({
    tag: 'work',
    summary: { vi: 'Báo cáo bù một kỳ đã qua', en: 'Report a past period' },
    params: z.object({ directive: id, organisation: id, period: id }),
    /** Without an answer the draft that was there stands. */
    body: z.object({ answer: prose(20_000).optional(), nothing: z.boolean().optional(), source: line(300).optional() }),
    output: z.object({ period: id, answeredAt: instant }),
  }),
  'POST /work/periods': route({
    tag: 'work',
    summary: { vi: 'Ghi nhận hoặc đề nghị bổ sung các kỳ đã qua', en: 'Accept past periods or ask for more' },
    body: z.object({ periods: z.array(id).min(1).max(5000), act: z.enum(['accept', 'ask-more', 'reopen']), reason: line(1000).optional() }),
    output: z.object({ done: z.array(id), skipped: z.array(id) }),
  }),
  'POST /directives/{id}/recurrence': route({
    tag: 'directives',
    summary: { vi: 'Kết thúc hoặc tiếp tục báo cáo định kỳ', en: 'End or resume the periodic report of an item' },
    params: z.object({ id }),
    /** `until`: no period that begins after this day opens; null: without end. */
    body: z.object({ requirement: id, until: day.nullable(), reason: line(1000) }),
  }),
};
