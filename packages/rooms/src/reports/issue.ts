import { invalid, isoInstant } from '@vonggac/kernel';
import { breaksIndex, type Ctx, inSnapshot, inTransaction, raise } from '@vonggac/store';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { documentOf, edxmlOf } from './document.ts';
import type { ReportIssued } from './events.ts';
import { fetchSummary, moveOn, type Summary } from './internal.ts';

const LIMIT = 64 * 2 ** 20;
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

type Numbered = { version: number; number: string; day: string };

/** Before the numbers of reports on exercises, which are a series of their own. */
const EXERCISE_SERIES = 'DT-';

function numberIn({ exercise }: Summary, number: string): string {
  const bare = number.replace(/^DT-/iu, '');
  return exercise ? `${EXERCISE_SERIES}${bare}` : number;
}

/** Files of an issued report, by SHA-256; written before the row that names them. */
async function writeFiles(ctx: Ctx, row: Summary): Promise<{ docxFile: string; pdfFile: string; edxmlFile: string | null }> {
  const { draft, envelope } = await inSnapshot(ctx, async (tx) => ({
    draft: await documentOf(tx, row),
    envelope: await edxmlOf(tx, ctx, row),
  }));
  const { writeDirectiveDocx, writeDirectivePdf } = await import('@vonggac/congvan/write');
  const [docx, pdf] = [await writeDirectiveDocx(draft), await writeDirectivePdf(draft)];
  const name = `bao-cao-${row.number}`;
  const attachments = [
    { name: `${name}.pdf`, contentType: 'application/pdf', description: draft.subject, bytes: pdf },
    { name: `${name}.docx`, contentType: DOCX, description: draft.subject, bytes: docx },
  ];
  const { writeEdxmlDocument } = await import('@vonggac/congvan/edxml');
  const put = async (bytes: Uint8Array) => (await ctx.stores.files.put(bytes, LIMIT)).sha256;
  return {
    docxFile: await put(docx),
    pdfFile: await put(pdf),
    edxmlFile: envelope === null ? null : await put(writeEdxmlDocument({ ...envelope, attachments })),
  };
}

/**
 * Numbers and issues an approved report as .docx, PDF and, where the issuer has an OrganId, edXML that answers the directive.
 * Numbers are unique per issuer, symbol and year; a report on an exercise gets `DT-` before its number and takes none from real ones.
 * @throws DomainError `report.number_taken`, and as `moveOn`
 */
export async function issueReport(ctx: Ctx, id: string, { version, number: given, day }: Numbered): Promise<void> {
  may(ctx, 'reports:write');
  const before = await inSnapshot(ctx, (tx) => fetchSummary(tx, ctx, id));
  const number = numberIn(before, given);
  const files = await writeFiles(ctx, { ...before, number, day });
  await inTransaction(ctx, async (tx) => {
    const row = await fetchSummary(tx, ctx, id);
    const changed = { number, day, ...files, issuedAt: isoInstant(ctx.clock.now()), issuedByName: ctx.actor.name };
    await moveOn(tx, row, { act: 'issue', version, changed }).catch((error: unknown) => {
      throw breaksIndex(error, 'summaries_number') ? taken(number, row.symbol) : error;
    });
    await record(tx, ctx, {
      action: 'reports.issued',
      subject: { kind: 'report', id },
      after: { number, symbol: row.symbol, day, ...files },
    });
    await raise(tx, ctx, {
      name: 'reports.issued',
      report: id,
      kind: row.kind,
      directive: row.directive,
      organisation: row.organisation,
    } satisfies ReportIssued);
  });
}

function taken(number: string, symbol: string): Error {
  return invalid('report.number_taken', 'number', {
    vi: `Số ${number}/${symbol} đã được dùng trong năm. Kiểm tra sổ văn bản đi và nhập số khác.`,
    en: `Number ${number}/${symbol} is already used this year. Check the register and enter another.`,
  });
}
