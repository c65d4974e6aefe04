import { notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { mustReach } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { documentOf } from './document.ts';
import { fetchSummary } from './internal.ts';

export type ReportFormat = 'docx' | 'pdf' | 'edxml';
export const REPORT_TYPES: Record<ReportFormat, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  edxml: 'application/xml',
};

/** A report as a file: an issued one exactly as it went out, another as it stands. edXML is there once it is issued. */
export async function downloadReport(
  ctx: Ctx,
  id: string,
  format: ReportFormat,
): Promise<{ name: string; type: string; content: Uint8Array }> {
  const { row, draft } = await inTransaction(ctx, async (tx) => {
    const found = await fetchSummary(tx, ctx, id);
    mustReach(ctx, found.organisation);
    await record(tx, ctx, { action: 'reports.downloaded', subject: { kind: 'report', id }, after: { format } });
    return { row: found, draft: await documentOf(tx, found) };
  });
  const name = `bao-cao-${row.kind === 'quick' ? 'nhanh' : 'ket-qua'}-${row.number ?? row.asOf.slice(0, 10)}.${format}`;
  const stored = { docx: row.docxFile, pdf: row.pdfFile, edxml: row.edxmlFile }[format];
  if (stored !== null) return { name, type: REPORT_TYPES[format], content: await ctx.stores.files.bytes(stored) };
  if (format === 'edxml') throw notFound('file');
  const { writeDirectiveDocx, writeDirectivePdf } = await import('@vonggac/congvan/write');
  return {
    name,
    type: REPORT_TYPES[format],
    content: format === 'docx' ? await writeDirectiveDocx(draft) : await writeDirectivePdf(draft),
  };
}
