import { z } from 'zod';
import { findingAnswer, findingState } from './findings-shapes.ts';
import { day, id, instant, listQuery, page, route, text } from './route.ts';

const tag = 'finding-sheets';
const byId = z.object({ id });
const fileState = z.enum(['read', 'accepted', 'dropped']);
/** What a row of a sheet comes to. */
export const FINDING_ROW_STATES = ['take', 'same', 'missing', 'refused', 'closed', 'changed'] as const;
const rowState = z.enum(FINDING_ROW_STATES);

const fileLine = z.object({
  id,
  name: z.string(),
  organisation: z.object({ id, name: z.string() }),
  state: fileState,
  readAt: instant,
  readByName: z.string(),
  decidedAt: instant.nullable(),
  decidedByName: z.string().nullable(),
});

const file = fileLine.extend({
  sha256: z.string(),
  size: z.number().int(),
  who: z.string().nullable(),
  sheet: z.object({ issuedAt: instant, issuedByName: z.string() }),
  remarks: z.array(text),
  counts: z.record(rowState, z.number().int()),
  rows: z.array(
    z.object({
      key: z.string(),
      finding: id,
      name: z.string(),
      line: z.number().int().nullable(),
      answer: findingAnswer.nullable(),
      postponedTo: day.nullable(),
      machinesDone: z.number().int().nullable(),
      machinesTotal: z.number().int().nullable(),
      note: z.string().nullable(),
      /** Columns that the sheet did not have, by their heads. */
      extra: z.record(z.string(), z.string()),
      refused: z.object({ cell: z.string(), text }).nullable(),
      doubts: z.array(text),
      state: rowState,
      now: z
        .object({
          state: findingState,
          answer: findingAnswer.nullable(),
          approval: z.enum(['asked', 'given', 'refused']).nullable(),
          note: z.string().nullable(),
        })
        .nullable(),
    }),
  ),
});

/** Which open findings: of this list, of the lists of this directive, in the newest list alone. */
const choice = { list: id.optional(), directive: id.optional() };

export const findingSheetRoutes = {
  'GET /finding-sheets': route({
    tag,
    summary: { vi: 'Đơn vị có thể lập phiếu điểm cần xử lý', en: 'Organisations that can be given a sheet of findings' },
    query: z.object({ ...choice, newest: z.stringbool().optional() }),
    output: page(
      z.object({
        organisation: z.object({ id, name: z.string() }),
        open: z.number().int(),
        account: z.boolean(),
        lastIssued: instant.nullable(),
      }),
    ),
  }),
  'POST /finding-sheets': route({
    tag,
    summary: { vi: 'Lập phiếu điểm cần xử lý (.xlsx) cho các đơn vị', en: 'Make sheets of findings (.xlsx) for organisations' },
    /** All that have open findings where `organisations` is left out. */
    body: z.object({ organisations: z.array(id).min(1).max(5000).optional(), ...choice, newest: z.boolean().optional() }),
    download: true,
    fresh: true,
    bulk: true,
  }),
  'GET /finding-sheet-files': route({
    tag,
    summary: { vi: 'Phiếu điểm cần xử lý đã nhận về', en: 'Sheets of findings that came back' },
    query: listQuery.pick({ page: true, size: true }).extend({ organisation: id.optional(), state: fileState.optional() }),
    output: page(fileLine),
  }),
  'POST /finding-sheet-files': route({
    tag,
    summary: { vi: 'Đọc một phiếu điểm cần xử lý, chưa nhập', en: 'Read a sheet of findings, taking nothing in yet' },
    query: z.object({ name: z.string().min(1).max(300), organisation: id.optional() }),
    upload: { limit: 10 * 1024 * 1024 },
    output: file,
  }),
  'GET /finding-sheet-files/{id}': route({
    tag,
    summary: { vi: 'Một phiếu điểm cần xử lý đã nhận về', en: 'One sheet of findings that came back' },
    params: byId,
    output: file,
  }),
  'GET /finding-sheet-files/{id}/file': route({
    tag,
    summary: { vi: 'Tải tệp phiếu đã nhận', en: 'Download the file that came back' },
    params: byId,
    download: true,
  }),
  'GET /finding-sheet-files/{id}/refusals': route({
    tag,
    summary: { vi: 'Tải các dòng chưa nhập được và cách sửa (.xlsx)', en: 'Download the rows not taken in, with their cures (.xlsx)' },
    params: byId,
    download: true,
  }),
  'POST /finding-sheet-files/{id}/accept': route({
    tag,
    summary: { vi: 'Xác nhận nhập phiếu điểm cần xử lý', en: 'Confirm and take a sheet of findings in' },
    params: byId,
    /** `shown`: how many rows the officer was shown as to be taken in. */
    body: z.object({ shown: z.number().int().min(0).max(5000) }),
    output: file,
  }),
  'POST /finding-sheet-files/{id}/drop': route({
    tag,
    summary: { vi: 'Bỏ phiếu, không nhập', en: 'Put a sheet of findings aside' },
    params: byId,
    body: z.object({}),
  }),
};
