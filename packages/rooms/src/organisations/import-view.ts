import { actorKey } from '@vonggac/kernel';
import type { Text } from '@vonggac/kernel';
import { writeTable, XLSX_TYPE } from '@vonggac/outside';
import { type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { and, asc, count, desc, eq, isNotNull, ne, sql } from 'drizzle-orm';
import type { FileOut } from './export.ts';
import type { ImportCounts, ImportKind, ImportRow } from './import-model.ts';
import { fetchImport, type Import } from './import-source.ts';
import { importRows, imports } from './tables.ts';

/** A run without a sign of life for so long has stopped. @unit seconds of the database's clock */
const LEASE = 20;
/** How long a finished run can be taken back. */
export const UNDO_DAYS = 7;
const SHOWN = 200;

export type RunState = 'read' | 'running' | 'stopped' | 'cancelled' | 'done' | 'undoing' | 'undo_stopped' | 'undone';

/** Whether whoever works on it has shown no sign of life. */
export const isStale = sql<boolean>`(${imports.state} in ('running', 'undoing') and coalesce(${imports.beatAt}, '-infinity') < clock_timestamp() - make_interval(secs => ${LEASE}))`;

export type ImportRun = {
  id: string;
  kind: ImportKind;
  name: string;
  state: RunState;
  total: number;
  done: number;
  cancelAsked: boolean;
  counts: ImportCounts;
  /** The first refused rows; all are in the file. */
  refused: ImportRow[];
  /** Why it stopped. */
  fault: Text | null;
  startedAt: string | null;
  finishedAt: string | null;
  /** Until when it can be taken back; null where it cannot. */
  undoUntil: string | null;
  undo: { total: number; undone: number; kept: { row: number; name: string; why: Text }[]; keptTotal: number };
};

const INTERRUPTED: Text = {
  vi: 'Việc nhập bị ngắt giữa chừng (máy chủ dừng hoặc khởi động lại). Những dòng đã nhập vẫn được giữ.',
  en: 'The import was interrupted (the server stopped or restarted). The rows taken in so far are kept.',
};

function stateOf(row: Import, stale: boolean): RunState {
  if (!stale) return row.state;
  return row.state === 'undoing' ? 'undo_stopped' : 'stopped';
}

const shown = ({ row, state, name, changes, reason }: typeof importRows.$inferSelect): ImportRow => ({ row, state, name, changes, reason });

/** The last instant of its undo. */
export function undoUntilOf(row: Import): string | null {
  return row.finishedAt === null
    ? null
    : Temporal.Instant.from(row.finishedAt)
        .add({ hours: 24 * UNDO_DAYS })
        .toString();
}

function mayUndoUntil(ctx: Ctx, row: Import, state: RunState, undoable: number): string | null {
  if (!['done', 'cancelled', 'stopped', 'undo_stopped'].includes(state) || undoable === 0) return null;
  const until =
    undoUntilOf(row) ??
    ctx.clock
      .now()
      .add({ hours: 24 * UNDO_DAYS })
      .toString();
  return Temporal.Instant.compare(Temporal.Instant.from(until), ctx.clock.now()) > 0 ? until : null;
}

/** A run as it stands: how far, what was refused and why, what was taken back. */
export async function getImportRun(ctx: Ctx, id: string): Promise<ImportRun> {
  return inSnapshot(ctx, async (tx) => viewOf(tx, ctx, await fetchImport(tx, ctx, id)));
}

async function viewOf(tx: Tx, ctx: Ctx, row: Import): Promise<ImportRun> {
  const [lease] = await tx.select({ stale: isStale }).from(imports).where(eq(imports.id, row.id));
  const state = stateOf(row, lease!.stale);
  const of = eq(importRows.import, row.id);
  const refused = await tx
    .select()
    .from(importRows)
    .where(and(of, eq(importRows.state, 'refused')))
    .orderBy(asc(importRows.row))
    .limit(SHOWN);
  const kept = await tx
    .select()
    .from(importRows)
    .where(and(of, eq(importRows.outcome, 'kept')))
    .orderBy(asc(importRows.row))
    .limit(SHOWN);
  const [sums] = await tx
    .select({
      total: count(importRows.undo),
      undone: count(sql`case when ${importRows.outcome} = 'undone' then 1 end`),
      kept: count(sql`case when ${importRows.outcome} = 'kept' then 1 end`),
    })
    .from(importRows)
    .where(of);
  const former = row.result;
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    state,
    total: row.total,
    done: row.done,
    cancelAsked: row.cancelAsked,
    counts: former?.counts ?? row.counts,
    refused: former ? former.refused.slice(0, SHOWN) : refused.map(shown),
    fault: lease!.stale ? INTERRUPTED : row.fault,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt ?? former?.doneAt ?? null,
    undoUntil: mayUndoUntil(ctx, row, state, sums!.total - sums!.undone - sums!.kept),
    undo: {
      total: sums!.total,
      undone: sums!.undone,
      keptTotal: sums!.kept,
      kept: kept.map(({ row: line, name, why }) => ({ row: line, name, why: why! })),
    },
  };
}

/** One's own runs for the acting organisation, the newest first; uploads that were never run are left out. */
export async function listImportRuns(ctx: Ctx, query: { kind?: ImportKind | undefined; page: number; size: number }) {
  return inSnapshot(ctx, async (tx) => {
    const where = and(
      eq(imports.organisation, ctx.actor.organisation),
      eq(imports.person, actorKey(ctx.actor)),
      ne(imports.state, 'read'),
      isNotNull(imports.startedAt),
      query.kind ? eq(imports.kind, query.kind) : undefined,
    );
    const [counting] = await tx.select({ total: count() }).from(imports).where(where);
    const rows = await tx
      .select({ run: imports, stale: isStale })
      .from(imports)
      .where(where)
      .orderBy(desc(imports.startedAt), desc(imports.id))
      .limit(query.size)
      .offset((query.page - 1) * query.size);
    return {
      total: counting!.total,
      items: rows.map(({ run, stale }) => ({
        id: run.id,
        kind: run.kind,
        name: run.name,
        state: stateOf(run, stale),
        total: run.total,
        done: run.done,
        startedAt: run.startedAt!,
      })),
    };
  });
}

/** The refused rows of a run as a table to mend, and those that could not be taken back. */
export async function refusedRows(ctx: Ctx, id: string): Promise<FileOut> {
  const { found, rows } = await inSnapshot(ctx, async (tx) => ({
    found: await fetchImport(tx, ctx, id),
    rows: await tx.select().from(importRows).where(eq(importRows.import, id)).orderBy(asc(importRows.row)),
  }));
  const vi = ctx.language === 'vi';
  const columns = [
    { title: vi ? 'Dòng' : 'Row' },
    { title: vi ? 'Nội dung' : 'Content', width: 50 },
    { title: vi ? 'Lý do' : 'Reason', width: 80 },
  ];
  const line = (row: { row: number; name: string }, why: Text | null) => [row.row, row.name, why?.[ctx.language] ?? ''] as const;
  const refused = found.result?.refused ?? rows.filter((row) => row.state === 'refused').map(shown);
  const kept = rows.filter((row) => row.outcome === 'kept');
  const title = vi ? 'Dòng không nhập được' : 'Refused rows';
  const sheets = [{ name: title, lines: [found.name], columns, rows: refused.map((row) => line(row, row.reason)) }];
  if (kept.length > 0)
    sheets.push({
      name: vi ? 'Không hoàn tác được' : 'Not undone',
      lines: [found.name],
      columns,
      rows: kept.map((row) => line(row, row.why)),
    });
  return { name: `${title}.xlsx`, type: XLSX_TYPE, content: await writeTable(sheets) };
}
