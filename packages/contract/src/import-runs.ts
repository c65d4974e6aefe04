import { z } from 'zod';
import { id, instant, listQuery, page, route, text } from './route.ts';

const base = { tag: 'imports' };
const byId = z.object({ id });
const importKind = z.enum(['organisations', 'contacts', 'people', 'assets']);
const state = z.enum(['read', 'running', 'stopped', 'cancelled', 'done', 'undoing', 'undo_stopped', 'undone']);

export const importRow = z.object({
  row: z.number().int(),
  state: z.enum(['new', 'changed', 'same', 'refused']),
  name: z.string(),
  changes: z.array(z.string()),
  reason: text.nullable(),
});
export const importCounts = z.object({
  new: z.number().int(),
  changed: z.number().int(),
  same: z.number().int(),
  refused: z.number().int(),
});

/** A run as it stands. `done` of `total` rows are taken in; `undoUntil` is null where it cannot be taken back. */
export const importRun = z.object({
  id,
  kind: importKind,
  name: z.string(),
  state,
  total: z.number().int(),
  done: z.number().int(),
  cancelAsked: z.boolean(),
  counts: importCounts,
  /** The first 200; the file has all. */
  refused: z.array(importRow),
  fault: text.nullable(),
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  undoUntil: instant.nullable(),
  undo: z.object({
    total: z.number().int(),
    undone: z.number().int(),
    keptTotal: z.number().int(),
    kept: z.array(z.object({ row: z.number().int(), name: z.string(), why: text })),
  }),
});

export const importRunRoutes = {
  'GET /import-runs': route({
    ...base,
    summary: { vi: 'Các lần nhập của tôi', en: 'My imports' },
    query: listQuery.omit({ q: true, sort: true }).extend({ kind: importKind.optional() }),
    output: page(
      z.object({
        id,
        kind: importKind,
        name: z.string(),
        state,
        total: z.number().int(),
        done: z.number().int(),
        startedAt: instant,
      }),
    ),
  }),
  'GET /import-runs/{id}': route({
    ...base,
    summary: { vi: 'Tiến độ và kết quả một lần nhập', en: 'Progress and result of an import' },
    params: byId,
    output: importRun,
    quiet: true,
  }),
  'POST /import-runs/{id}/continue': route({
    bulk: true,
    ...base,
    summary: { vi: 'Nhập tiếp phần còn lại', en: 'Go on with an import' },
    params: byId,
    output: importRun,
  }),
  'POST /import-runs/{id}/cancel': route({
    ...base,
    summary: { vi: 'Dừng một lần nhập', en: 'Cancel an import' },
    params: byId,
    output: importRun,
  }),
  'POST /import-runs/{id}/undo': route({
    ...base,
    summary: { vi: 'Hoàn tác một lần nhập', en: 'Undo an import' },
    params: byId,
    output: importRun,
  }),
  'GET /import-runs/{id}/refused': route({
    ...base,
    summary: { vi: 'Tải các dòng không nhập được (.xlsx)', en: 'Download the refused rows (.xlsx)' },
    params: byId,
    download: true,
  }),
};
