import { actorKey, invalid, isoInstant, newId, officialDay, unmarked } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { and, asc, eq, inArray } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { bases, type DirectiveHead, directives, KIND_NAMES } from '../directives/index.ts';
import { namesOf } from '../organisations/index.ts';
import { loadMatrix } from '../tasks/index.ts';
import { labelOf, labelText } from '../tlp/index.ts';
import { agencyFigures, agencyReports, linesOf } from './agencies.ts';
import { countFigures } from './figures.ts';
import { fetchSummary, followed } from './internal.ts';
import { measuredFigures } from './measured.ts';
import { changesBetween, type Counted, type CountedRow, type ReportKind, type ReportText } from './model.ts';
import { summaries, summaryRows } from './tables.ts';

/**
 * Makes a report: counts every figure once, now, and freezes it with the rows behind it. `corrects` names an earlier report of
 * the same directive and kind; what changed since is told in the new one, and its text is taken over.
 * @returns the id of the draft
 * @throws DomainError `access.role`, `directive.not_found`, `report.other_directive`
 */
export async function makeReport(ctx: Ctx, asked: { directive: string; kind: ReportKind; corrects?: string | undefined }): Promise<string> {
  may(ctx, 'reports:write');
  return inTransaction(ctx, async (tx) => {
    const head = await followed(tx, ctx, asked.directive);
    const loaded = await loadMatrix(tx, ctx, head.id);
    const counted = [...countFigures(loaded), ...(await measuredFigures(tx, ctx, loaded))];
    const figures = asked.kind === 'quick' ? counted : [...counted, ...(await agencyFigures(tx, head.id))];
    const former = asked.corrects === undefined ? null : await formerReport(tx, ctx, { ...asked, corrects: asked.corrects });
    const id = newId();
    await tx.insert(summaries).values({
      id,
      organisation: head.overseer,
      directive: head.id,
      kind: asked.kind,
      asOf: isoInstant(ctx.clock.now()),
      figures: figures.map(withoutRows),
      corrects: former?.id ?? null,
      changes: former === null ? [] : changesBetween(former.figures, figures),
      text: former?.text ?? (await firstText(tx, ctx, head, asked.kind)),
      symbol: former?.symbol ?? symbolOf(head),
      exercise: head.exercise !== null,
      // The form of NĐ 30/2020 has no place for a label; a quick report is information for a few.
      tlp: asked.kind === 'quick' ? labelText(await labelOf(tx, 'quick-report')) : null,
      writtenBy: actorKey(ctx.actor),
      writtenByName: ctx.actor.name,
    });
    await freezeRows(tx, id, head.overseer, figures);
    await record(tx, ctx, {
      action: 'reports.made',
      subject: { kind: 'report', id },
      after: { directive: head.id, kind: asked.kind, corrects: former?.id },
    });
    return id;
  });
}

/** A figure as it stands in the row of its report. */
function withoutRows({ id, name, value, of }: Counted): Omit<Counted, 'rows'> {
  return { id, name, value, of };
}

const BATCH = 2000;

async function freezeRows(tx: Tx, summary: string, organisation: string, figures: readonly Counted[]): Promise<void> {
  const rows = figures.flatMap(({ id: figure, rows: counted }) =>
    counted.map((row, position) => ({ id: newId(), summary, organisation, figure, position, row })),
  );
  for (let at = 0; at < rows.length; at += BATCH) await tx.insert(summaryRows).values(rows.slice(at, at + BATCH));
}

async function formerReport(tx: Tx, ctx: Ctx, asked: { directive: string; kind: ReportKind; corrects: string }) {
  const row = await fetchSummary(tx, ctx, asked.corrects);
  if (row.directive !== asked.directive || row.kind !== asked.kind)
    throw invalid('report.other_directive', 'corrects', {
      vi: 'Báo cáo được đính chính phải cùng văn bản và cùng loại với báo cáo đang lập.',
      en: 'The report to correct must be of the same directive and of the same kind.',
    });
  return { ...row, figures: await frozenFigures(tx, row) };
}

/** The figures of a report with their rows, as they were counted. */
export async function frozenFigures(tx: Tx, { id, figures }: Pick<typeof summaries.$inferSelect, 'id' | 'figures'>): Promise<Counted[]> {
  const rows = await frozenRows(tx, id);
  return figures.map((figure) => ({ ...figure, rows: rows.get(figure.id) ?? [] }));
}

/** Rows by figure in their order; of the named figures alone where some are named. */
export async function frozenRows(tx: Tx, summary: string, only?: readonly string[]): Promise<Map<string, CountedRow[]>> {
  const rows = await tx
    .select({ figure: summaryRows.figure, row: summaryRows.row })
    .from(summaryRows)
    .where(and(eq(summaryRows.summary, summary), only === undefined ? undefined : inArray(summaryRows.figure, [...only])))
    .orderBy(asc(summaryRows.figure), asc(summaryRows.position));
  const byFigure = new Map<string, CountedRow[]>();
  for (const { figure, row } of rows) {
    const known = byFigure.get(figure);
    if (known === undefined) byFigure.set(figure, [row]);
    else known.push(row);
  }
  return byFigure;
}

/** `STTTT-CNBCVT` → `BC-STTTT`: the symbol of a report names the kind and who issues it (NĐ 30/2020, Phụ lục I). */
export function symbolOf({ symbol }: Pick<DirectiveHead, 'symbol'>): string {
  const parts = (symbol ?? '').replace(/^\//u, '').split('-');
  const issuer = parts.find((part) => /^\p{Lu}[\p{Lu}&Đ]{2,}$/u.test(part)) ?? parts[0] ?? '';
  return issuer === '' ? 'BC' : `BC-${issuer}`;
}

/** `Công văn số 342/UBND-VP6`. */
function nameOf({ kind, code, symbol }: Pick<DirectiveHead, 'kind' | 'code' | 'symbol'>): string {
  return `${KIND_NAMES[kind] ?? 'Văn bản'} số ${code ?? symbol ?? ''}`;
}

const bareOf = (subject: string): string => unmarked(subject).replace(/^(?:V\/v|về việc|về)\s+/iu, '');

/** `bảo đảm …` and `V/v bảo đảm …` → `về việc bảo đảm …`. */
const aboutOf = (subject: string): string => `về việc ${bareOf(subject)}`;

/**
 * `Công văn số 342/UBND-VP6 ngày 19 tháng 4 năm 2024 của … về việc …`, the way a report names what it answers; the title of a
 * quick report says what it is about.
 */
export function citationOf(head: DirectiveHead, { issuer, kind }: { issuer: string | null; kind: ReportKind }): string {
  const day = head.day === null ? '' : ` ${officialDay(Temporal.PlainDate.from(head.day))}`;
  const about = kind === 'quick' ? '' : ` ${aboutOf(head.subject)}`;
  return `${nameOf(head)}${day}${issuer === null ? '' : ` của ${issuer}`}${about}`;
}

async function firstText(tx: Tx, ctx: Ctx, head: DirectiveHead, kind: ReportKind): Promise<ReportText> {
  const [row] = await tx.select({ place: directives.place, signer: directives.signer }).from(directives).where(eq(directives.id, head.id));
  const [above] = await tx
    .select({ issuer: bases.issuer })
    .from(bases)
    .where(eq(bases.directive, head.id))
    .orderBy(asc(bases.position))
    .limit(1);
  const own = (await namesOf(tx, [head.overseer], ctx.scope.day)).get(head.overseer)?.name ?? '';
  const isIssuer = head.organisation === head.overseer;
  // What agencies wrote themselves; a quick report has a page, and takes of it what its writer chooses.
  const written = kind === 'result' ? await agencyReports(tx, head.id) : [];
  return {
    // The first sentence of a quick report names the document; a page has no room to name it twice.
    subject: kind === 'quick' ? `nhanh tình hình ${bareOf(head.subject)}` : `kết quả thực hiện ${nameOf(head)} ${aboutOf(head.subject)}`,
    place: row?.place ?? '',
    recipients: above?.issuer ? [above.issuer] : [],
    opening: `${own} báo cáo như sau:`,
    measures: '',
    incidents: '',
    difficulties: linesOf(written, 'difficulties'),
    proposals: linesOf(written, 'proposals'),
    closing: `Trên đây là báo cáo ${kind === 'quick' ? 'nhanh' : 'kết quả'} của ${own}`,
    copies: ['Như trên', 'Lưu: VT'],
    signer: {
      authority: (isIssuer && row?.signer.authority?.split(' / ')) || [],
      title: (isIssuer && row?.signer.title) || '',
      name: (isIssuer && row?.signer.name) || '',
    },
  };
}
