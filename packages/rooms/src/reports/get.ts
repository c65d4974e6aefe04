import { actorKey, fold } from '@vonggac/kernel';
import { type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { and, asc, count, desc, eq, ne } from 'drizzle-orm';
import { grants, mustReach, reaches } from '../access/index.ts';
import { directiveHead } from '../directives/index.ts';
import { type AgencyReport, agencyReports } from './agencies.ts';
import { fetchSummary, type Summary } from './internal.ts';
import { placesOf } from './places.ts';
import { rollupsOf } from './rollups.ts';
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
    const signed = await agencyReports(tx, row.directive);
    return {
      ...headOf(row),
      version: row.version,
      directive: { id: head.id, code: head.code ?? head.symbol, subject: head.subject, exerciseName: head.exerciseName },
      figures: row.figures,
      changes: row.changes,
      text: row.text,
      files: { docx: true, pdf: true, edxml: row.edxmlFile !== null },
      /** What agencies wrote with their signed reports, to be taken into the text. */
      notes: notesOf(signed),
      /** Reports of receiving authorities that are attached to their receipts. */
      rollups: (await rollupsOf(tx, row.directive)).map(({ id: rollup, organisation, organisationName, code, day, source, figures }) => ({
        id: rollup,
        code,
        day,
        source,
        figures,
        organisation: { id: organisation, name: organisationName },
      })),
      /** Who may be addressed: the issuer, those above it, and to whom the directive itself went for information. */
      places: await placesOf(tx, head),
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

const SECTIONS = ['difficulties', 'proposals', null] as const;

/** What agencies wrote, with the section that they wrote it for. */
function notesOf(list: readonly AgencyReport[]) {
  return list
    .flatMap((one) =>
      SECTIONS.flatMap((section) => {
        const note = section === null ? one.note : one[section];
        return note === null ? [] : [{ code: one.code, note, organisation: one.organisation.name, section }];
      }),
    )
    .slice(0, 300);
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
