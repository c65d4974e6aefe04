import { notFound, type Text } from '@vonggac/kernel';
import { type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { and, desc, eq, inArray } from 'drizzle-orm';
import { may, reaches } from '../../access/index.ts';
import { mayBeSaid } from '../answer.ts';
import { type Finding, today } from '../internal.ts';
import type { Approval, FindingAnswer, FindingState } from '../model.ts';
import { findings, findingSheetFiles, findingSheets } from '../tables.ts';
import { type CameRow, ROW_STATES, type RowState, type Said, type SheetRow } from './model.ts';
import { planRow } from './plan.ts';
import { unitNamesOf } from '../../organisations/index.ts';

export type SheetFile = typeof findingSheetFiles.$inferSelect;
export type PlannedRow = Said & {
  key: string;
  finding: string;
  name: string;
  line: number | null;
  extra: Record<string, string>;
  refused: { cell: string; text: Text } | null;
  doubts: Text[];
  state: RowState;
  /** How it stands now; null where it is gone or went elsewhere. */
  now: { state: FindingState; answer: FindingAnswer | null; approval: Approval | null; note: string | null } | null;
};

export type FileLine = {
  id: string;
  name: string;
  organisation: { id: string; name: string };
  state: SheetFile['state'];
  readAt: string;
  readByName: string;
  decidedAt: string | null;
  decidedByName: string | null;
};

export type FileView = FileLine & {
  sha256: string;
  size: number;
  who: string | null;
  sheet: { issuedAt: string; issuedByName: string };
  remarks: Text[];
  counts: Record<RowState, number>;
  rows: PlannedRow[];
};

/** @throws DomainError `answer-file.not_found` */
export async function fetchFile(tx: Tx, ctx: Ctx, id: string): Promise<SheetFile> {
  const [file] = await tx.select().from(findingSheetFiles).where(eq(findingSheetFiles.id, id));
  if (!file || !(reaches(ctx, file.overseer) || reaches(ctx, file.organisation))) throw notFound('answer-file');
  return file;
}

/** A file with what it would do, or did, row by row. @throws DomainError `answer-file.not_found` */
export async function getSheetFile(ctx: Ctx, id: string): Promise<FileView> {
  may(ctx, 'findings:answer');
  return inSnapshot(ctx, (tx) => viewOf(tx, ctx, id));
}

/** The findings of a sheet that are still the organisation's, by id. */
export async function standingNow(tx: Tx, file: Pick<SheetFile, 'organisation'>, rows: readonly SheetRow[]): Promise<Map<string, Finding>> {
  const ids = rows.map(({ finding }) => finding);
  const found = await tx
    .select()
    .from(findings)
    .where(and(inArray(findings.id, ids), eq(findings.organisation, file.organisation)));
  return new Map(found.map((row) => [row.id, row]));
}

/** What each row comes to with the findings as they stand. */
export function planOf(
  ctx: Ctx,
  rows: readonly SheetRow[],
  { came, now }: { came: readonly CameRow[]; now: ReadonlyMap<string, Finding> },
): { row: SheetRow; said: CameRow | undefined; state: RowState; doubts: Text[] }[] {
  const byKey = new Map(came.map((one) => [one.key, one]));
  return rows.map((row) => {
    const said = byKey.get(row.key);
    const finding = now.get(row.finding);
    const can = finding !== undefined && said?.answer != null && mayBeSaid(ctx, finding, said.answer);
    return { row, said, ...planRow(row, said, { now: finding, can }) };
  });
}

export async function viewOf(tx: Tx, ctx: Ctx, id: string): Promise<FileView> {
  const file = await fetchFile(tx, ctx, id);
  const [sheet] = await tx.select().from(findingSheets).where(eq(findingSheets.id, file.sheet));
  if (!sheet) throw notFound('answer-file');
  const now = await standingNow(tx, file, sheet.rows);
  const rows = planOf(ctx, sheet.rows, { came: file.rows, now }).map(({ row, said, state, doubts }): PlannedRow => {
    const finding = now.get(row.finding);
    return {
      key: row.key,
      finding: row.finding,
      name: row.name,
      line: said?.line ?? null,
      answer: said?.answer ?? null,
      postponedTo: said?.postponedTo ?? null,
      machinesDone: said?.machinesDone ?? null,
      machinesTotal: said?.machinesTotal ?? null,
      note: said?.note ?? null,
      extra: said?.extra ?? {},
      refused: said?.refused ?? null,
      doubts,
      state: file.result?.[row.key] ?? state,
      now: finding === undefined ? null : { state: finding.state, answer: finding.answer, approval: finding.approval, note: finding.note },
    };
  });
  const [line] = await linesOf(tx, ctx, [file]);
  const { sha256, size, who, remarks } = file;
  return {
    ...line!,
    sha256,
    size,
    who,
    remarks,
    sheet: { issuedAt: sheet.issuedAt, issuedByName: sheet.issuedByName },
    counts: countsOf(rows),
    rows,
  };
}

export function countsOf(rows: readonly { state: RowState }[]): Record<RowState, number> {
  const counts = Object.fromEntries(ROW_STATES.map((state) => [state, 0])) as Record<RowState, number>;
  for (const { state } of rows) counts[state]++;
  return counts;
}

type LineRow = Pick<SheetFile, 'id' | 'name' | 'organisation' | 'state' | 'readAt' | 'readByName' | 'decidedAt' | 'decidedByName'>;

async function linesOf(tx: Tx, ctx: Ctx, files: readonly LineRow[]): Promise<FileLine[]> {
  const names = await unitNamesOf(
    tx,
    files.map(({ organisation }) => organisation),
    today(ctx),
  );
  return files.map(({ id, name, organisation, state, readAt, readByName, decidedAt, decidedByName }) => ({
    id,
    name,
    organisation: { id: organisation, name: names.get(organisation) ?? '' },
    state,
    readAt,
    readByName,
    decidedAt,
    decidedByName,
  }));
}

export type FilesQuery = { organisation?: string | undefined; state?: SheetFile['state'] | undefined; page: number; size: number };

/** The sheets that came back, newest first. */
export async function listSheetFiles(ctx: Ctx, query: FilesQuery): Promise<{ items: FileLine[]; total: number }> {
  may(ctx, 'findings:answer');
  return inSnapshot(ctx, async (tx) => {
    const { organisation, state } = query;
    const where = and(
      organisation === undefined ? undefined : eq(findingSheetFiles.organisation, organisation),
      state === undefined ? undefined : eq(findingSheetFiles.state, state),
    );
    const { id, name, organisation: whose, state: standing, readAt, readByName, decidedAt, decidedByName } = findingSheetFiles;
    const rows = await tx
      .select({ id, name, organisation: whose, state: standing, readAt, readByName, decidedAt, decidedByName })
      .from(findingSheetFiles)
      .where(where)
      .orderBy(desc(findingSheetFiles.readAt), desc(findingSheetFiles.id))
      .limit(query.size)
      .offset((query.page - 1) * query.size);
    return { items: await linesOf(tx, ctx, rows), total: await tx.$count(findingSheetFiles, where) };
  });
}
