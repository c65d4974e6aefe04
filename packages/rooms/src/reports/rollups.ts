import { documentIdOf, type EdxmlDocument, openEdxml, partsOfDocumentId } from '@vonggac/congvan/edxml';
import { SecretDocument } from '@vonggac/congvan';
import { UnreadableFile } from '@vonggac/congvan/extract';
import { type DomainError, dayOf, invalid, isoInstant, newId, notFound } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, type Tx } from '@vonggac/store';
import { and, asc, eq } from 'drizzle-orm';
import { may, mustReach, reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { type DirectiveHandedOver, type DirectiveHead, directives } from '../directives/index.ts';
import { organisations } from '../organisations/index.ts';
import { receipts } from '../tasks/index.ts';
import type { ReportIssued } from './events.ts';
import { followed, type Summary } from './internal.ts';
import type { RollupFigures } from './model.ts';
import { rollups, summaries } from './tables.ts';

const LIMIT = 50 * 2 ** 20;

export type Rollup = typeof rollups.$inferSelect & { organisationName: string };

/** The reports of receiving authorities on a directive, in the order of their names. */
export async function rollupsOf(tx: Tx, directive: string): Promise<Rollup[]> {
  const rows = await tx
    .select({ rollup: rollups, name: receipts.organisationName })
    .from(rollups)
    .innerJoin(receipts, and(eq(receipts.directive, rollups.directive), eq(receipts.organisation, rollups.organisation)))
    .where(eq(rollups.directive, directive))
    .orderBy(asc(receipts.organisationName), asc(rollups.day), asc(rollups.addedAt));
  return rows.map(({ rollup, name }) => ({ ...rollup, organisationName: name }));
}

/** The newest report of each authority: a later one takes the place of an earlier one in sums. */
export function newestOf<R extends { organisation: string; day: string; addedAt: string }>(rows: readonly R[]): R[] {
  const newest = new Map<string, R>();
  for (const row of rows) {
    const known = newest.get(row.organisation);
    if (known === undefined || `${known.day} ${known.addedAt}` <= `${row.day} ${row.addedAt}`) newest.set(row.organisation, row);
  }
  return [...newest.values()];
}

function countsOf({ figures }: Pick<Summary, 'figures'>): RollupFigures {
  const value = (id: string) => figures.find((figure) => figure.id === id)?.value ?? 0;
  return {
    organisations: value('organisations') - value('refused'),
    received: value('received'),
    reported: value('reported'),
    partly: value('partly'),
    silent: value('silent'),
  };
}

/**
 * Reaction to an issued report of results: where its directive carries one out that came from another authority of this house, the
 * report is attached to the receipt there, with its figures.
 */
export async function attachReport(tx: Tx, ctx: Ctx, fact: ReportIssued): Promise<void> {
  if (fact.kind !== 'result') return;
  const [row] = await tx.select().from(summaries).where(eq(summaries.id, fact.report));
  const [own] = await tx.select({ upstream: directives.upstream }).from(directives).where(eq(directives.id, fact.directive));
  if (!row || row.number === null || row.day === null || row.pdfFile === null || own?.upstream == null) return;
  const part = and(eq(receipts.directive, own.upstream), eq(receipts.organisation, row.organisation));
  const [receipt] = await tx.select({ overseer: receipts.overseer }).from(receipts).where(part);
  if (!receipt) return;
  await insert(tx, ctx, {
    directive: own.upstream,
    organisation: row.organisation,
    overseer: receipt.overseer,
    source: 'house',
    code: `${row.number}/${row.symbol}`,
    day: row.day,
    signer: [row.text.signer.title, row.text.signer.name].filter(Boolean).join(' ') || null,
    subject: row.text.subject,
    asOf: row.asOf,
    figures: countsOf(row),
    file: row.pdfFile,
    fileName: `bao-cao-${row.number}.pdf`,
  });
}

type New = Omit<typeof rollups.$inferInsert, 'id' | 'addedAt' | 'addedByName'>;

/** @returns false where it is there already */
async function insert(tx: Tx, ctx: Ctx, row: New): Promise<boolean> {
  const id = newId();
  const made = await tx
    .insert(rollups)
    .values({ ...row, id, addedAt: isoInstant(ctx.clock.now()), addedByName: ctx.actor.name })
    .onConflictDoNothing()
    .returning({ id: rollups.id });
  if (made.length === 0) return false;
  await record(tx, ctx, {
    action: 'reports.rolled_up',
    subject: { kind: 'directive', id: row.directive },
    concerns: ctx.actor.organisation === row.organisation ? row.overseer : row.organisation,
    after: { rollup: id, organisation: row.organisation, code: row.code, day: row.day, source: row.source },
  });
  return true;
}

/**
 * Reads the report of a receiving authority that came as an edXML document which answers the directive (ResponseFor), and attaches it
 * to the authority's receipt. Its figures stand in its text alone. The same report again is found, not doubled.
 * @throws DomainError `report.not_report`, `report.other_directive`, `report.other_agency`, `report.secret`, `file.…`
 */
export async function readAgencyReport(
  ctx: Ctx,
  directive: string,
  input: { name: string; bytes: Uint8Array },
): Promise<{ again: boolean; organisation: { id: string; name: string }; code: string }> {
  may(ctx, 'reports:write');
  const head = await inSnapshot(ctx, (tx) => followed(tx, ctx, directive));
  const document = await openReport(input);
  const { sha256 } = await ctx.stores.files.put(input.bytes, LIMIT);
  return inTransaction(ctx, async (tx) => {
    await mustAnswer(tx, head, document);
    const [from] = await tx
      .select({ organisation: receipts.organisation, overseer: receipts.overseer, name: receipts.organisationName })
      .from(receipts)
      .innerJoin(organisations, eq(organisations.id, receipts.organisation))
      .where(and(eq(receipts.directive, directive), eq(organisations.code, document.from.id)));
    if (!from || !reaches(ctx, from.overseer)) throw otherAgency(document);
    const code = document.symbol === null || document.symbol === '' ? `${document.number}` : `${document.number}/${document.symbol}`;
    const added = await insert(tx, ctx, {
      directive,
      organisation: from.organisation,
      overseer: from.overseer,
      source: 'edxml',
      code,
      day: document.day ?? dayOf(ctx.clock.now()).toString(),
      signer: [document.signer.title, document.signer.name].filter(Boolean).join(' ') || null,
      subject: document.subject,
      asOf: null,
      figures: null,
      file: sha256,
      fileName: input.name,
    });
    return { again: !added, organisation: { id: from.organisation, name: from.name }, code };
  });
}

async function openReport({ bytes, name }: { name: string; bytes: Uint8Array }): Promise<EdxmlDocument> {
  const message = await openEdxml(bytes, name).catch((error: unknown) => {
    if (error instanceof SecretDocument)
      throw invalid('report.secret', 'file', {
        vi: `${error.messages.vi} Không có nội dung nào được lưu lại.`,
        en: `${error.messages.en} Nothing of it was kept.`,
      });
    if (error instanceof UnreadableFile) throw invalid(`file.${error.code.replaceAll('-', '_')}`, error.place, error.messages);
    throw error;
  });
  if (message.kind === 'document' && message.document.number !== null) return message.document;
  throw invalid('report.not_report', 'file', {
    vi: 'Gói tin không phải là văn bản có số của đơn vị. Thông điệp trạng thái được đọc ở trang “Trạng thái qua trục”.',
    en: 'The message is no numbered document of an organisation. Status messages are read on the page “Statuses over the axis”.',
  });
}

/** The document answers the directive, or the one above that it carries out. */
async function mustAnswer(tx: Tx, head: DirectiveHead, { responseFor }: EdxmlDocument): Promise<void> {
  const [row] = await tx
    .select({ documentId: directives.documentId, organId: organisations.code, code: directives.code, day: directives.day })
    .from(directives)
    .leftJoin(organisations, eq(organisations.id, directives.organisation))
    .where(eq(directives.id, head.id));
  const own = row?.documentId ?? documentIdOf({ organisation: row?.organId ?? null, day: head.day, code: head.code });
  const isMeant = responseFor.some(({ documentId, code, day }) => {
    const named = documentId === null ? null : partsOfDocumentId(documentId);
    return documentId === own || ((code ?? named?.code) === head.code && (day ?? named?.day) === head.day);
  });
  if (isMeant) return;
  const named = responseFor
    .map(({ code, documentId }) => code ?? documentId ?? '')
    .filter(Boolean)
    .join(', ');
  throw invalid('report.other_directive', 'edXMLHeader/ResponseFor', {
    vi: `Báo cáo trả lời văn bản ${named || '(không nêu)'}, không phải ${head.code ?? ''}. Mở đúng văn bản rồi đọc lại.`,
    en: `The report answers ${named || '(nothing)'}, not ${head.code ?? ''}. Open that directive and read it there.`,
  });
}

const otherAgency = ({ from }: EdxmlDocument): DomainError =>
  invalid('report.other_agency', 'edXMLHeader/From', {
    vi: `Đơn vị “${from.name}” (${from.id || 'không có mã'}) không có trong nơi nhận của văn bản. Kiểm tra mã định danh ở trang đơn vị.`,
    en: `“${from.name}” (${from.id || 'no OrganId'}) is not among the receivers of the directive. Check the OrganId on its page.`,
  });

/** The file of a receiving authority's report. @throws DomainError `rollup.not_found` */
export async function downloadRollup(ctx: Ctx, id: string): Promise<{ name: string; type: string; content: Uint8Array }> {
  const row = await inTransaction(ctx, async (tx) => {
    const [found] = await tx.select().from(rollups).where(eq(rollups.id, id));
    if (!found) throw notFound('rollup');
    mustReach(ctx, reaches(ctx, found.overseer) ? found.overseer : found.organisation);
    await record(tx, ctx, { action: 'reports.downloaded', subject: { kind: 'rollup', id }, after: { code: found.code } });
    return found;
  });
  const type = row.source === 'house' ? 'application/pdf' : 'application/xml';
  return { name: row.fileName, type, content: await ctx.stores.files.bytes(row.file) };
}

/** Reaction to a new overseer: attached reports go with the directive. */
export async function handOverReports(tx: Tx, _ctx: Ctx, { directive, to }: DirectiveHandedOver): Promise<void> {
  await tx.update(rollups).set({ overseer: to }).where(eq(rollups.directive, directive));
}
