import { notFound, type Text } from '@vonggac/kernel';
import { type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { asc, eq, inArray, sql } from 'drizzle-orm';
import { reaches } from '../../access/index.ts';
import { directives, requirements } from '../../directives/index.ts';
import { submits } from '../declare/put-declared.ts';
import { receiptOf } from '../internal.ts';
import { statesBefore, type TaskState } from '../model.ts';
import { answerFiles, answerSheets, declarations, tasks } from '../tables.ts';
import type { AnswerRow, SheetRow } from './model.ts';

/** What a row of a sheet comes to. `changed`: answered by somebody else since the sheet went out; `missing`: its row was deleted. */
export type RowState = 'submit' | 'save' | 'same' | 'missing' | 'refused' | 'closed' | 'changed';
export type PlannedRow = Omit<AnswerRow, 'key' | 'line'> & {
  line: number | null;
  text: string;
  state: RowState;
  /** The answer that stands now, and how far it is. */
  now: { state: TaskState; answer: string | null } | null;
};
export type AnswerFile = {
  id: string;
  name: string;
  sha256: string;
  size: number;
  directive: { id: string; code: string | null; subject: string };
  organisation: { id: string; name: string };
  state: 'read' | 'imported' | 'undone' | 'dropped';
  sheet: { issuedAt: string; issuedByName: string };
  head: { number: string | null; day: string | null; who: string | null };
  /** Whether số đến and ngày đến must be given, since neither the register nor the sheet has them. */
  needsReceipt: boolean;
  remarks: Text[];
  counts: Record<RowState, number>;
  rows: PlannedRow[];
  readAt: string;
  readByName: string;
  decidedAt: string | null;
  decidedByName: string | null;
  canUndo: boolean;
};

/** @throws DomainError `answer-file.not_found` */
export async function getFile(ctx: Ctx, id: string): Promise<AnswerFile> {
  return inSnapshot(ctx, (tx) => viewOf(tx, ctx, id));
}

export async function fetchFile(tx: Tx, ctx: Ctx, id: string): Promise<typeof answerFiles.$inferSelect> {
  const [file] = await tx.select().from(answerFiles).where(eq(answerFiles.id, id));
  if (!file || !(reaches(ctx, file.overseer) || reaches(ctx, file.organisation))) throw notFound('answer-file');
  return file;
}

/** A file with what it would do, or did, row by row. */
export async function viewOf(tx: Tx, ctx: Ctx, id: string): Promise<AnswerFile> {
  const file = await fetchFile(tx, ctx, id);
  const [sheet] = await tx.select().from(answerSheets).where(eq(answerSheets.id, file.sheet));
  const [directive] = await tx
    .select({ id: directives.id, code: directives.code, subject: directives.subject })
    .from(directives)
    .where(eq(directives.id, file.directive));
  if (!sheet || !directive) throw notFound('answer-file');
  const receipt = await receiptOf(tx, file);
  const items = await itemsOf(tx, sheet.rows);
  const put = file.state === 'read' ? null : await putBy(tx, file.id);
  const rows = sheet.rows.map((row) => planRow({ row, items, put, came: file.rows.find(({ key }) => key === row.key) }));
  const { state, head } = file;
  return {
    id: file.id,
    name: file.name,
    sha256: file.sha256,
    size: file.size,
    directive,
    state,
    head,
    remarks: file.remarks,
    rows,
    readAt: file.readAt,
    readByName: file.readByName,
    decidedAt: file.decidedAt,
    decidedByName: file.decidedByName,
    organisation: { id: file.organisation, name: receipt.organisationName },
    sheet: { issuedAt: sheet.issuedAt, issuedByName: sheet.issuedByName },
    needsReceipt: state === 'read' && receipt.state === '01' && (head.number === null || head.day === null),
    counts: countsOf(rows),
    canUndo: state === 'imported' && (await isUntouched(tx, file.id)),
  };
}

type Item = { path: string; text: string; state: TaskState; answer: string | null };

async function itemsOf(tx: Tx, rows: readonly SheetRow[]): Promise<Map<string, Item>> {
  const found = await tx
    .select({ task: tasks.id, path: requirements.path, text: requirements.text, state: tasks.state, answer: tasks.answer })
    .from(tasks)
    .innerJoin(requirements, eq(requirements.id, tasks.requirement))
    .where(
      inArray(
        tasks.id,
        rows.map(({ task }) => task),
      ),
    )
    .orderBy(asc(requirements.position));
  return new Map(found.map(({ task, ...item }) => [task, item]));
}

/** The tasks that a file answered. */
async function putBy(tx: Tx, file: string): Promise<Set<string>> {
  const rows = await tx.select({ task: declarations.task }).from(declarations).where(eq(declarations.file, file));
  return new Set(rows.map(({ task }) => task));
}

type Planning = { row: SheetRow; items: ReadonlyMap<string, Item>; put: ReadonlySet<string> | null; came: AnswerRow | undefined };

function planRow({ row, items, put, came }: Planning): PlannedRow {
  const item = items.get(row.task);
  const base = {
    task: row.task,
    path: row.path,
    text: (item?.text ?? '').slice(0, 300),
    line: came?.line ?? null,
    answer: came?.answer ?? '',
    done: came?.done ?? null,
    day: came?.day ?? null,
    code: came?.code ?? null,
    remark: came?.remark ?? null,
    extra: came?.extra ?? {},
    refused: came?.refused ?? null,
    doubts: came?.doubts ?? [],
    now: item === undefined ? null : { state: item.state, answer: item.answer },
  };
  return { ...base, state: stateOf({ row, item, put, came }) };
}

function stateOf({ row, item, put, came }: Omit<Planning, 'items'> & { item: Item | undefined }): RowState {
  if (came === undefined) return 'missing';
  if (came.refused !== null) return 'refused';
  const says = came.answer !== '' && came.answer !== row.before;
  if (!says && came.done === null && came.day === null && came.code === null && came.remark === null) return 'same';
  if (put !== null) return put.has(row.task) ? (submits(came.done) ? 'submit' : 'save') : 'changed';
  if (item === undefined || !statesBefore('answer').includes(item.state)) return 'closed';
  const now = item.answer ?? '';
  if (now !== row.before && now !== came.answer) return 'changed';
  return submits(came.done) ? 'submit' : 'save';
}

function countsOf(rows: readonly PlannedRow[]): Record<RowState, number> {
  const counts: Record<RowState, number> = { submit: 0, save: 0, same: 0, missing: 0, refused: 0, closed: 0, changed: 0 };
  for (const { state } of rows) counts[state]++;
  return counts;
}

/** As long as everything still stands as the file put it. */
async function isUntouched(tx: Tx, file: string): Promise<boolean> {
  const all = await tx.$count(declarations, eq(declarations.file, file));
  const { rows } = await tx.execute<{ count: number }>(sql`select count(*)::int as count from (${untouched(file)}) u`);
  return all > 0 && rows[0]!.count === all;
}

/** The declarations of a file whose tasks are still as it left them. */
export const untouched = (file: string) => sql`
  select d.id, d.task, d.data from ${declarations} d join ${tasks} t on t.id = d.task
  where d.file = ${file} and d.state = 'open' and t.declared = 'file' and t.answer = d.data ->> 'answer'
    and case when d.data ->> 'done' in ('done', 'nothing') then t.state = 'submitted' else t.state in ('in-progress', 'more-asked') end`;
