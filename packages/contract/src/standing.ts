import { z } from 'zod';
import { id, listQuery, page, route, text } from './route.ts';
import { DECLARED, DECLARED_VIA } from './work-views.ts';

/** How a requirement stands for an organisation: only a measure lights `met`, `at-risk`, `missed`. */
export const LIT = ['met', 'at-risk', 'missed', 'reported', 'no-data', 'not-concerned'] as const;
/** Paperwork of an organisation by which the matrix can be cut. */
export const PAPER_FILTERS = ['not-opened', 'not-received', 'unanswered', 'overdue', 'to-review'] as const;
/** What a number of the standing screen counts; each opens the rows it was counted from. */
export const FIGURES = [
  'organisations',
  'tasks',
  'opened',
  'not-opened',
  'received',
  'not-received',
  'received-in-day',
  'refused',
  'answered',
  'unanswered',
  'in-time',
  'late',
  'overdue',
  'to-review',
  'declared-by-file',
  'declared-by-desk',
  'contested',
  'periods-ended',
  'periods-reported',
  'periods-missed',
  'periods-to-review',
  'measured',
  'met',
  'at-risk',
  'missed',
  'reported',
  'no-data',
] as const;

const lit = z.enum(LIT);
const counts = z.object({ met: z.number(), 'at-risk': z.number(), missed: z.number(), reported: z.number(), 'no-data': z.number() });
/** A figure with its denominator; `of` 0 means that there is nothing to count yet. */
const figure = z.object({ value: z.number(), of: z.number() });
const measure = z.object({ id: z.string(), name: text, unit: text });
const params = z.object({ id });
const organisation = z.object({ id, name: z.string() });

const standing = z.object({
  id,
  status: z.enum(['issued', 'withdrawn']),
  kind: z.string(),
  code: z.string().nullable(),
  day: z.string().nullable(),
  subject: z.string(),
  issuer: z.string().nullable(),
  urgency: z.string().nullable(),
  windowFrom: z.string().nullable(),
  windowTo: z.string().nullable(),
  issuedAt: z.string().nullable(),
  withdrawnAt: z.string().nullable(),
  exerciseName: z.string().nullable(),
  overseer: organisation,
  text: z.string(),
  /** The chain above, farthest first; `id` where that document is on file here. */
  chain: z.array(
    z.object({
      kind: z.string().nullable(),
      code: z.string().nullable(),
      day: z.string().nullable(),
      issuer: z.string().nullable(),
      subject: z.string().nullable(),
      id: id.nullable(),
    }),
  ),
  requirements: z.array(
    z.object({
      id,
      path: z.string(),
      text: z.string(),
      heading: z.boolean(),
      phrase: z.string().nullable(),
      due: z.string().nullable(),
      /** What recurs, and the last day on which a reporting period of it may begin. */
      recurrence: z.string().nullable(),
      recurrenceUntil: z.string().nullable(),
      withdrawn: z.boolean(),
      span: z.object({ start: z.number(), end: z.number() }).nullable(),
      measures: z.array(measure),
      counts,
      /** The desk's own date for everybody's task of it. */
      followUp: z.object({ day: z.string(), note: z.string().nullable(), by: z.string() }).nullable(),
    }),
  ),
  figures: z.object({
    organisations: z.number(),
    tasks: z.number(),
    /** Cells lit by a measure, of all cells. */
    measured: figure,
    /** Cells that are met, of those lit by a measure. */
    met: figure,
    opened: figure,
    receivedInDay: figure,
    /** Answers in time, of those that the document sets a date for and whose time has come or that are answered. */
    inTime: figure,
    answered: figure,
    toReview: z.number(),
    overdue: z.number(),
    /** Answers that the agency has not confirmed, of all answered: from files, entered by the desk, and contested. */
    declared: z.object({ file: figure, desk: figure, contested: figure }),
    /** Reporting periods that were reported, in time or later, of those that ended; and those that wait for review. */
    periods: figure,
    periodsToReview: z.number(),
  }),
  /** When the figures were counted. */
  at: z.string(),
  can: z.object({ remind: z.boolean(), review: z.boolean() }),
});

export const matrixQuery = z.object({
  /** Position of a recipient phrase of the directive, as `groups` lists them. */
  group: z.coerce.number().int().min(-1).max(999).optional(),
  state: lit.optional(),
  requirement: id.optional(),
  paper: z.enum(PAPER_FILTERS).optional(),
  q: z.string().trim().max(200).optional(),
  /** `name`, `late`, `opened`, `received`, `answered` or the id of a requirement; `-` before it turns the order. */
  sort: z.string().max(60).optional(),
});

const matrix = z.object({
  /** Rows shown, and rows there are. */
  total: z.number(),
  of: z.number(),
  groups: z.array(z.object({ position: z.number(), label: z.string(), organisations: z.number() })),
  columns: z.array(
    z.object({ id, path: z.string(), text: z.string(), due: z.string().nullable(), recurs: z.boolean(), measures: z.array(measure) }),
  ),
  /**
   * A row: `cells` has three characters a column. First how it is lit: m met, k at risk, x missed, r reported, n no data,
   * `-` not concerned; then the task: a assigned, p in progress, s submitted, q asked for more, c accepted, `-` none; then its
   * time: i in time, o on the day, k at risk, f the desk's own follow-up date is near or past, v overdue, n no date, `-` none. `values` are [column, value, of, which measure of the column].
   */
  rows: z.array(
    z.object({
      id,
      name: z.string(),
      context: z.string().nullable(),
      group: z.number(),
      cells: z.string(),
      values: z.array(z.tuple([z.number(), z.number().nullable(), z.number().nullable(), z.number()])),
      /** Columns whose answer is not the agency's own in the system: f from a file of it, d entered by the desk, x contested. */
      declared: z.array(z.tuple([z.number(), z.enum(['f', 'd', 'x'])])),
      opened: z.string().nullable(),
      receipt: z.enum(['waiting', 'in-day', 'later', 'refused']),
      number: z.string().nullable(),
      day: z.string().nullable(),
      /** Answered, of all; and in time, of those that count. */
      answered: z.tuple([z.number(), z.number()]),
      inTime: z.tuple([z.number(), z.number()]),
      overdue: z.number(),
      /** The earliest date of what still waits for the agency. */
      next: z.string().nullable(),
      /** The earliest of the desk's own follow-up dates for what is open. */
      followUp: z.string().nullable(),
      toReview: z.number(),
      reminded: z.string().nullable(),
      /** Columns that recur: the reporting period that runs, and how many of those that ended were reported. */
      periods: z.array(
        z.object({
          column: z.number(),
          number: z.number(),
          from: z.string(),
          to: z.string(),
          ended: z.number(),
          reported: z.number(),
          toReview: z.number(),
          /** Numbers of periods that were not reported. */
          missed: z.string(),
        }),
      ),
    }),
  ),
  at: z.string(),
});

const figureRow = z.object({
  id: z.string(),
  kind: z.string(),
  organisation,
  requirement: z.object({ id, path: z.string() }).nullable(),
  text,
  state: lit.nullable(),
  at: z.string().nullable(),
});

const cell = z.object({
  organisation: organisation.extend({ context: z.string().nullable() }),
  requirement: z.object({ id, path: z.string(), text: z.string(), phrase: z.string().nullable(), due: z.string().nullable() }),
  state: lit,
  measures: z.array(
    measure.extend({
      state: z.enum(['met', 'at-risk', 'missed', 'no-data']),
      value: z.number().nullable(),
      of: z.number().nullable(),
      target: z.number().nullable(),
      text: text.nullable(),
      total: z.number(),
      /** Where all of its rows are shown: a list and what narrows it. */
      list: z.object({ of: z.enum(['findings']), query: z.record(z.string(), z.string()) }).nullable(),
      rows: z.array(z.object({ id: z.string(), kind: z.string(), at: z.string().nullable(), text })),
    }),
  ),
  task: z
    .object({
      id,
      state: z.string(),
      time: z.string(),
      due: z.string().nullable(),
      answer: z.string().nullable(),
      answeredAt: z.string().nullable(),
      acceptedAt: z.string().nullable(),
      /** Where the present answer is not the agency's own in the system: by which way it came, who said it, who put it in. */
      declared: z
        .object({
          state: z.enum(DECLARED),
          via: z.enum(DECLARED_VIA).optional(),
          who: z.string().nullish(),
          saidAt: z.string().optional(),
          enteredAt: z.string().optional(),
          enteredByName: z.string().optional(),
          note: z.string().nullish(),
          code: z.string().nullish(),
          day: z.string().nullish(),
          remark: z.string().nullish(),
          reason: z.string().nullish(),
          proof: z.object({ id, name: z.string() }).nullish(),
          file: z.object({ id, name: z.string() }).nullish(),
        })
        .nullable(),
    })
    .nullable(),
  /** The desk's own date for this task; `own`: set for it alone, not for the whole requirement. Null for whom it is not. */
  followUp: z.object({ day: z.string(), note: z.string().nullable(), by: z.string(), own: z.boolean() }).nullable(),
  receipt: z.object({
    state: z.string(),
    arrivedAt: z.string(),
    openedAt: z.string().nullable(),
    number: z.string().nullable(),
    day: z.string().nullable(),
    refusedReason: z.string().nullable(),
  }),
  at: z.string(),
});

export const standingRoutes = {
  'GET /directives/{id}/standing': route({
    tag: 'standing',
    summary: { vi: 'Tình hình thực hiện văn bản', en: 'How a directive stands' },
    params,
    output: standing,
  }),
  'GET /directives/{id}/matrix': route({
    tag: 'standing',
    summary: { vi: 'Bảng đơn vị × nội dung yêu cầu', en: 'The matrix of organisations and requirements' },
    params,
    query: matrixQuery,
    output: matrix,
  }),
  'GET /directives/{id}/matrix/export': route({
    tag: 'standing',
    summary: { vi: 'Xuất bảng đang xem ra .xlsx', en: 'Export the matrix as shown to .xlsx' },
    params,
    query: matrixQuery,
    download: true,
  }),
  'GET /directives/{id}/figures/{figure}': route({
    tag: 'standing',
    summary: { vi: 'Các dòng mà một con số được đếm từ đó', en: 'The rows that a number was counted from' },
    params: z.object({ id, figure: z.enum(FIGURES) }),
    query: listQuery.pick({ q: true, page: true, size: true }).extend({ organisation: id.optional(), requirement: id.optional() }),
    output: page(figureRow).extend({ at: z.string() }),
  }),
  'GET /directives/{id}/cells/{organisation}/{requirement}': route({
    tag: 'standing',
    summary: { vi: 'Một ô của bảng: vì sao như vậy', en: 'One cell of the matrix: why it stands so' },
    params: z.object({ id, organisation: id, requirement: id }),
    output: cell,
  }),
};
