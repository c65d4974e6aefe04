import { z } from 'zod';
import { day, id, instant, line, listQuery, page, prose, route, text } from './route.ts';
import { DECLARED_VIA, taskState } from './work-views.ts';

const tag = 'answer-sheets';
const byId = z.object({ id });
const part = z.object({ directive: id, organisation: id });
const fileState = z.enum(['read', 'imported', 'undone', 'dropped']);
/** What a row of a sheet comes to. */
export const SHEET_ROW_STATES = ['submit', 'save', 'same', 'missing', 'refused', 'closed', 'changed'] as const;
const rowState = z.enum(SHEET_ROW_STATES);
const done = z.enum(['done', 'doing', 'nothing']);
const received = z.object({ number: line(30).optional(), day: day.optional() });

const said = {
  answer: z.string(),
  done: done.nullable(),
  day: day.nullable(),
  code: z.string().nullable(),
  remark: z.string().nullable(),
  /** Columns that the sheet did not have, by their heads. */
  extra: z.record(z.string(), z.string()),
};

const answerFile = z.object({
  id,
  name: z.string(),
  sha256: z.string(),
  size: z.number().int(),
  directive: z.object({ id, code: z.string().nullable(), subject: z.string() }),
  organisation: z.object({ id, name: z.string() }),
  state: fileState,
  sheet: z.object({ issuedAt: instant, issuedByName: z.string() }),
  head: z.object({ number: z.string().nullable(), day: day.nullable(), who: z.string().nullable() }),
  /** Số đến and ngày đến must be given at the confirmation. */
  needsReceipt: z.boolean(),
  remarks: z.array(text),
  counts: z.record(rowState, z.number().int()),
  rows: z.array(
    z.object({
      ...said,
      task: id,
      path: z.string(),
      text: z.string(),
      state: rowState,
      line: z.number().int().nullable(),
      refused: text.nullable(),
      doubts: z.array(text),
      now: z.object({ state: taskState, answer: z.string().nullable() }).nullable(),
    }),
  ),
  readAt: instant,
  readByName: z.string(),
  decidedAt: instant.nullable(),
  decidedByName: z.string().nullable(),
  canUndo: z.boolean(),
});

/** An answer that somebody else put in for the agency. */
export const declarationView = z.object({
  id,
  task: id,
  path: z.string(),
  via: z.enum(DECLARED_VIA),
  who: z.string().nullable(),
  saidAt: instant,
  note: z.string().nullable(),
  proof: z.object({ id, name: z.string() }).nullable(),
  file: z.object({ id, name: z.string() }).nullable(),
  ...said,
  enteredAt: instant,
  enteredByName: z.string(),
  state: z.enum(['open', 'confirmed', 'contested', 'replaced', 'undone', 'moved']),
  decidedAt: instant.nullable(),
  decidedByName: z.string().nullable(),
  reason: z.string().nullable(),
});

export const answerSheetRoutes = {
  'GET /directives/{id}/answer-sheets': route({
    tag,
    summary: { vi: 'Đơn vị có thể lập phiếu báo cáo', en: 'Organisations that can be given an answer sheet' },
    params: byId,
    output: page(
      z.object({ organisation: id, name: z.string(), open: z.number().int(), lastIssued: instant.nullable(), used: z.boolean() }),
    ),
  }),
  'POST /directives/{id}/answer-sheets': route({
    tag,
    summary: { vi: 'Lập phiếu báo cáo (.xlsx) cho các đơn vị', en: 'Make answer sheets (.xlsx) for agencies' },
    params: byId,
    /** All that have something to answer where left out. */
    body: z.object({ organisations: z.array(id).min(1).max(5000).optional() }),
    download: true,
    fresh: true,
  }),
  'POST /work/{directive}/{organisation}/answer-sheet': route({
    tag,
    summary: { vi: 'Tải phiếu báo cáo của một đơn vị', en: 'Download the answer sheet of one organisation' },
    params: part,
    body: z.object({}),
    download: true,
  }),
  'GET /directives/{id}/answer-files': route({
    tag,
    summary: { vi: 'Phiếu báo cáo đã nhận về', en: 'Answer sheets that came back' },
    params: byId,
    query: listQuery.pick({ page: true, size: true }).extend({ state: fileState.optional() }),
    output: page(
      z.object({
        id,
        name: z.string(),
        organisation: z.object({ id, name: z.string() }),
        state: fileState,
        readAt: instant,
        readByName: z.string(),
        decidedAt: instant.nullable(),
        decidedByName: z.string().nullable(),
      }),
    ),
  }),
  'POST /directives/{id}/answer-files': route({
    tag,
    summary: { vi: 'Đọc một phiếu báo cáo, chưa nhập', en: 'Read an answer sheet, taking nothing in yet' },
    params: byId,
    query: z.object({ name: z.string().min(1).max(300), organisation: id.optional() }),
    upload: { limit: 10 * 1024 * 1024 },
    output: answerFile,
  }),
  'GET /answer-files/{id}': route({
    tag,
    summary: { vi: 'Một phiếu báo cáo đã nhận về', en: 'One answer sheet that came back' },
    params: byId,
    output: answerFile,
  }),
  'GET /answer-files/{id}/file': route({
    tag,
    summary: { vi: 'Tải tệp phiếu đã nhận', en: 'Download the file that came back' },
    params: byId,
    download: true,
  }),
  'POST /answer-files/{id}/import': route({
    tag,
    summary: { vi: 'Xác nhận nhập phiếu', en: 'Confirm and take a sheet in' },
    params: byId,
    body: received,
    output: answerFile,
  }),
  'POST /answer-files/{id}/drop': route({
    tag,
    summary: { vi: 'Bỏ phiếu, không nhập', en: 'Put a sheet aside' },
    params: byId,
    body: z.object({}),
  }),
  'POST /answer-files/{id}/undo': route({
    tag,
    summary: { vi: 'Hoàn tác việc nhập phiếu', en: 'Undo the import of a sheet' },
    params: byId,
    body: z.object({}),
    output: answerFile,
  }),
  'POST /work/{directive}/{organisation}/entered': route({
    tag,
    summary: { vi: 'Nhập thay đơn vị', en: 'Enter for an organisation' },
    params: part,
    body: z.object({
      via: z.enum(['phone', 'paper', 'mail', 'chat']),
      who: line(120),
      at: instant,
      note: line(300).optional(),
      /** Evidence that was uploaded before. */
      proof: id.optional(),
      ...received.shape,
      items: z
        .array(
          z.object({
            task: id,
            answer: prose(20_000),
            done,
            day: day.optional(),
            code: line(100).optional(),
            /** The answer that the writer last saw. */
            seen: z.string().max(20_000).optional(),
          }),
        )
        .min(1)
        .max(500),
    }),
    output: z.object({ tasks: z.array(id), skipped: z.array(id) }),
  }),
  'GET /work/{directive}/{organisation}/declarations': route({
    tag,
    summary: { vi: 'Các câu trả lời được nhập thay', en: 'Answers that were put in for the organisation' },
    params: part,
    output: page(declarationView).extend({ canDecide: z.boolean() }),
  }),
  'POST /declarations/{id}/confirm': route({
    tag,
    summary: { vi: 'Đơn vị xác nhận câu trả lời nhập thay', en: 'The organisation confirms what was put in for it' },
    params: byId,
    body: z.object({}),
  }),
  'POST /declarations/{id}/contest': route({
    tag,
    summary: { vi: 'Đơn vị không đồng ý với câu trả lời nhập thay', en: 'The organisation contests what was put in for it' },
    params: byId,
    body: z.object({ reason: line(1000) }),
  }),
};
