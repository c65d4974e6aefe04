import { actorKey, fold } from '@vonggac/kernel';
import { type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { and, asc, count, desc, eq, ne, sql } from 'drizzle-orm';
import { grants, mustReach, reaches } from '../access/index.ts';
import { directiveHead } from '../directives/index.ts';
import { reports } from '../tasks/index.ts';
import { fetchSummary, type Summary } from './internal.ts';
import { ACTS, type CountedRow, type ReportAct } from './model.ts';
import { summaries, summaryRows } from './tables.ts';

/** What the actor may do with a report now. */
function actsFor(ctx: Ctx, row: Summary): ReportAct[] {
  const held = ctx.actor.kind === 'person' ? grants(ctx.actor.role) : [];
  return (Object.keys(ACTS) as ReportAct[]).filter((act) => {
    if (!(ACTS[act].from as readonly string[]).includes(row.status)) return false;
    if (act === 'approve') return held.includes('reports:approve') && row.writtenBy !== actorKey(ctx.actor);
    return held.includes('reports:write');
  });
}

function headOf(row: Summary) {
  const { id, kind, status, asOf, number, symbol, day, corrects, writtenByName, approvedByName, approvedAt, issuedAt, issuedByName } = row;
  return { id, kind, status, asOf, number, symbol, day, corrects, writtenByName, approvedByName, approvedAt, issuedAt, issuedByName };
}

/** A report with its figures and text. @throws DomainError as if it did not exist */
export async function getReport(ctx: Ctx, id: string) {
  return inSnapshot(ctx, async (tx) => {
    const row = await fetchSummary(tx, ctx, id);
    const head = (await directiveHead(tx, [row.directive])).get(row.directive)!;
    const notes = await tx
      .select({
        code: reports.code,
        note: reports.note,
        organisation: sql<string>`(select r.organisation_name from receipts r where r.directive = ${reports.directive} and r.organisation = ${reports.organisation})`,
      })
      .from(reports)
      .where(and(eq(reports.directive, row.directive), sql`${reports.note} is not null`))
      .orderBy(desc(reports.submittedAt))
      .limit(300);
    return {
      ...headOf(row),
      version: row.version,
      directive: { id: head.id, code: head.code ?? head.symbol, subject: head.subject, exerciseName: head.exerciseName },
      figures: row.figures,
      changes: row.changes,
      text: row.text,
      files: { docx: true, pdf: true, edxml: row.edxmlFile !== null },
      /** What agencies wrote with their signed reports, to be taken into the text. */
      notes: notes.flatMap(({ code, note, organisation }) => (note === null ? [] : [{ code, note, organisation }])),
      can: actsFor(ctx, row),
      canMake: await canMake(tx, ctx, row.directive),
      /** Why it is with its writer again. */
      returned:
        row.returnReason === null || row.returnedAt === null
          ? null
          : { reason: row.returnReason, at: row.returnedAt, byName: row.returnedByName ?? '' },
      former: row.corrects === null ? null : await formerOf(tx, row.corrects),
    };
  });
}

/** Whether the actor's side follows the directive and its role may report on it. */
async function canMake(tx: Tx, ctx: Ctx, directive: string): Promise<boolean> {
  if (ctx.actor.kind !== 'person' || !grants(ctx.actor.role).includes('reports:write')) return false;
  const head = (await directiveHead(tx, [directive])).get(directive);
  return head !== undefined && head.status !== 'draft' && reaches(ctx, head.overseer);
}

async function formerOf(tx: Tx, id: string) {
  const { number, symbol, asOf, status } = summaries;
  const [former] = await tx.select({ id: summaries.id, number, symbol, asOf, status }).from(summaries).where(eq(summaries.id, id));
  return former === undefined ? null : { ...former, isOpen: former.status !== 'discarded' };
}

/** The reports of a directive, newest first; discarded ones are left out. */
export async function listReports(ctx: Ctx, directive: string, { page, size }: { page: number; size: number }) {
  return inSnapshot(ctx, async (tx) => {
    const own = and(eq(summaries.directive, directive), ne(summaries.status, 'discarded'));
    const rows = await tx
      .select()
      .from(summaries)
      .where(own)
      .orderBy(desc(summaries.asOf), desc(summaries.id))
      .limit(size)
      .offset((page - 1) * size);
    const [total] = await tx.select({ count: count() }).from(summaries).where(own);
    for (const row of rows) mustReach(ctx, row.organisation);
    return { items: rows.map(headOf), total: total?.count ?? 0, canMake: await canMake(tx, ctx, directive) };
  });
}

export type ReportRowQuery = { figure: string; q?: string | undefined; page: number; size: number };

/** The rows that a frozen figure was counted from. */
export async function reportRows(
  ctx: Ctx,
  id: string,
  { figure, q, page, size }: ReportRowQuery,
): Promise<{ items: CountedRow[]; total: number }> {
  return inSnapshot(ctx, async (tx) => {
    await fetchSummary(tx, ctx, id);
    const rows = await tx
      .select({ row: summaryRows.row })
      .from(summaryRows)
      .where(and(eq(summaryRows.summary, id), eq(summaryRows.figure, figure)))
      .orderBy(asc(summaryRows.position));
    const wanted = fold(q ?? '');
    const kept = rows.map(({ row }) => row).filter(({ organisation }) => wanted === '' || fold(organisation.name).includes(wanted));
    return { items: kept.slice((page - 1) * size, page * size), total: kept.length };
  });
}
