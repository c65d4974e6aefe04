import { z } from 'zod';
import { day, id, line, listQuery, page, prose, route, text } from './route.ts';

export const REPORT_KINDS = ['quick', 'result'] as const;
export const REPORT_STATUSES = ['draft', 'proposed', 'approved', 'issued', 'discarded'] as const;
export const REPORT_ACTS = ['edit', 'propose', 'return', 'approve', 'issue', 'discard'] as const;
export const REPORT_FORMATS = ['docx', 'pdf', 'edxml'] as const;

const params = z.object({ id });
const version = z.number().int().min(1);
/** What is printed; Vietnamese. An empty section is printed as nothing to report. */
const reportText = z.object({
  subject: line(500),
  place: z.string().trim().max(120),
  recipients: z.array(line(300)).max(60),
  opening: prose(2000),
  measures: prose(),
  incidents: prose(),
  difficulties: prose(),
  proposals: prose(),
  closing: prose(2000),
  copies: z.array(line(300)).max(60),
  signer: z.object({ authority: z.array(line(200)).max(4), title: z.string().trim().max(200), name: z.string().trim().max(120) }),
});

const head = z.object({
  id,
  kind: z.enum(REPORT_KINDS),
  status: z.enum(REPORT_STATUSES),
  /** When its figures were counted. */
  asOf: z.string(),
  number: z.string().nullable(),
  symbol: z.string(),
  day: z.string().nullable(),
  /** The report whose figures it corrects. */
  corrects: id.nullable(),
  writtenByName: z.string(),
  approvedByName: z.string().nullable(),
  approvedAt: z.string().nullable(),
  issuedAt: z.string().nullable(),
  issuedByName: z.string().nullable(),
});
/** `value` null: nothing measures it, which is not zero. */
const figure = z.object({ id: z.string(), name: text, value: z.number().nullable(), of: z.number().nullable() });
const change = z.object({
  figure: z.string(),
  name: text,
  before: z.number().nullable(),
  now: z.number().nullable(),
  came: z.array(z.string()),
  went: z.array(z.string()),
});
const schedule = z.object({ hour: z.number().int().min(0).max(23), minute: z.number().int().min(0).max(59), until: day });
/** A piece of a printed line; `figure` where it is a number that opens its rows, `field` where it is written in that field. */
const piece = z.object({ text: z.string(), figure: z.string().nullable(), field: z.string().nullable() });
const part = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    label: z.string(),
    style: z.enum(['plain', 'heading', 'article', 'basis', 'centred']),
    pieces: z.array(piece),
  }),
  z.object({
    kind: z.literal('table'),
    columns: z.array(z.object({ title: z.string(), share: z.number(), align: z.enum(['left', 'right', 'center']) })),
    rows: z.array(z.array(z.array(piece))),
  }),
  z.object({ kind: z.literal('picture'), svg: z.string(), ratio: z.number(), caption: z.string() }),
]);
const act = (summary: { vi: string; en: string }) => route({ tag: 'reports', summary, params, body: z.object({ version }) });

export const reportRoutes = {
  'GET /directives/{id}/reports': route({
    tag: 'reports',
    summary: { vi: 'Các báo cáo về một văn bản', en: 'Reports on a directive' },
    params,
    query: listQuery.pick({ page: true, size: true }),
    output: page(head).extend({ canMake: z.boolean() }),
  }),
  'POST /directives/{id}/reports': route({
    tag: 'reports',
    summary: { vi: 'Lập báo cáo: chốt số liệu lúc này', en: 'Make a report: freeze the figures now' },
    params,
    body: z.object({ kind: z.enum(REPORT_KINDS), corrects: id.optional() }),
    output: z.object({ id }),
  }),
  'POST /directives/{id}/agency-reports': route({
    tag: 'reports',
    summary: { vi: 'Đọc báo cáo kết quả của đơn vị (.edxml)', en: 'Read the report of a receiver (.edxml)' },
    params,
    query: z.object({ name: z.string().trim().min(1).max(255).default('bao-cao.edxml') }),
    upload: { limit: 50 * 1_048_576 },
    output: z.object({ again: z.boolean(), organisation: z.object({ id, name: z.string() }), code: z.string() }),
  }),
  'GET /rollups/{id}/file': route({
    tag: 'reports',
    summary: { vi: 'Tải báo cáo kết quả của đơn vị', en: 'Download the report of a receiver' },
    params,
    download: true,
  }),
  'GET /directives/{id}/report-schedule': route({
    tag: 'reports',
    summary: { vi: 'Lịch lập báo cáo nhanh hằng ngày', en: 'The daily schedule of quick reports' },
    params,
    output: z.object({ schedule: schedule.extend({ personName: z.string() }).nullable() }),
  }),
  'PUT /directives/{id}/report-schedule': route({
    tag: 'reports',
    summary: { vi: 'Đặt hoặc bỏ lịch lập báo cáo nhanh hằng ngày', en: 'Set or end the daily schedule of quick reports' },
    params,
    body: z.object({ schedule: schedule.nullable() }),
  }),
  'GET /reports/{id}': route({
    tag: 'reports',
    summary: { vi: 'Một báo cáo', en: 'A report' },
    params,
    output: head.extend({
      version,
      directive: z.object({ id, code: z.string().nullable(), subject: z.string(), exerciseName: z.string().nullable() }),
      figures: z.array(figure),
      changes: z.array(change),
      text: reportText,
      files: z.object({ docx: z.boolean(), pdf: z.boolean(), edxml: z.boolean() }),
      notes: z.array(
        z.object({
          code: z.string(),
          note: z.string(),
          organisation: z.string(),
          section: z.enum(['difficulties', 'proposals']).nullable(),
        }),
      ),
      rollups: z.array(
        z.object({
          id,
          organisation: z.object({ id, name: z.string() }),
          code: z.string(),
          day,
          source: z.enum(['house', 'edxml']),
          /** null where the report came as a file: its figures stand in its text alone. */
          figures: z
            .object({ organisations: z.number(), received: z.number(), reported: z.number(), partly: z.number(), silent: z.number() })
            .nullable(),
        }),
      ),
      /** Whom it may be addressed or copied to. */
      places: z.array(z.string()),
      can: z.array(z.enum(REPORT_ACTS)),
      canMake: z.boolean(),
      returned: z.object({ reason: z.string(), at: z.string(), byName: z.string() }).nullable(),
      /** The report that it corrects; one that was discarded cannot be opened. */
      former: z.object({ id, number: z.string().nullable(), symbol: z.string(), asOf: z.string(), isOpen: z.boolean() }).nullable(),
    }),
  }),
  'GET /reports/{id}/rows': route({
    tag: 'reports',
    summary: { vi: 'Các dòng đã đếm thành một số liệu', en: 'The rows that a figure was counted from' },
    params,
    query: listQuery.pick({ q: true, page: true, size: true }).extend({ figure: line(120) }),
    output: page(
      z.object({
        key: z.string(),
        organisation: z.object({ id, name: z.string() }),
        path: z.string().nullable(),
        text,
        /** The file that the row is about. */
        file: z.object({ kind: z.enum(['evidence', 'rollup']), id, name: z.string() }).optional(),
      }),
    ),
  }),
  'POST /reports/{id}/preview': route({
    tag: 'reports',
    summary: { vi: 'Bản in của báo cáo với lời văn chưa lưu', en: 'A report as it would be printed with text not saved yet' },
    params,
    quiet: true,
    body: z.object({ symbol: line(60).optional(), text: reportText.optional() }),
    output: z.object({
      parent: z.string().nullable(),
      issuer: z.string(),
      number: z.string(),
      date: z.string(),
      kind: z.string().nullable(),
      subject: z.string(),
      recipients: z.array(z.string()),
      body: z.array(part),
      copies: z.array(z.string()),
      signer: z.object({ above: z.array(z.string()), name: z.string() }),
      attachments: z.array(z.object({ title: z.string(), subtitle: z.string().nullable(), reference: z.string(), body: z.array(part) })),
      compact: z.boolean(),
      /** What stands at the top of each page: the mark of an exercise, the TLP label. */
      marks: z.array(z.string()),
    }),
  }),
  'PUT /reports/{id}': route({
    tag: 'reports',
    summary: { vi: 'Sửa lời văn của dự thảo báo cáo', en: 'Edit the text of a draft' },
    params,
    body: z.object({ version, symbol: line(60), text: reportText }),
  }),
  'POST /reports/{id}/propose': act({ vi: 'Trình lãnh đạo duyệt', en: 'Put before the leader' }),
  'POST /reports/{id}/approve': { ...act({ vi: 'Duyệt báo cáo', en: 'Approve a report' }), fresh: true as const },
  'POST /reports/{id}/return': route({
    tag: 'reports',
    summary: { vi: 'Trả lại dự thảo để sửa', en: 'Send a draft back' },
    params,
    body: z.object({ version, reason: prose(1000).pipe(z.string().min(1)) }),
  }),
  'POST /reports/{id}/issue': route({
    tag: 'reports',
    fresh: true,
    summary: { vi: 'Cấp số, ngày và ban hành', en: 'Number and issue' },
    params,
    body: z.object({ version, number: line(20), day }),
  }),
  'POST /reports/{id}/discard': act({ vi: 'Hủy dự thảo báo cáo', en: 'Discard a draft' }),
  'GET /reports/{id}/file': route({
    tag: 'reports',
    summary: { vi: 'Tải báo cáo (.docx, .pdf, .edxml)', en: 'Download a report (.docx, .pdf, .edxml)' },
    params,
    query: z.object({ format: z.enum(REPORT_FORMATS) }),
    download: true,
  }),
};
