import { conflict } from '@vonggac/kernel';
import { packZip, XLSX_TYPE } from '@vonggac/outside';
import { type Ctx, inTransaction } from '@vonggac/store';
import { may } from '../../access/index.ts';
import { record } from '../../audit/index.ts';
import { fileName, uniqueName, ZIP_TYPE } from '../../sheets/index.ts';
import { type Part, permissionOn } from '../internal.ts';
import { issueSheets, type Issuing } from './issue-sheets.ts';
import { type SheetContent, writeSheet } from './write-sheet.ts';

export type SheetsOut = { name: string; type: string; content: Uint8Array };

/**
 * Phiếu báo cáo: one signed .xlsx for each agency that still has something to answer, of the chosen ones or of all; more than one in a
 * .zip. `keys` is the directory of keys.
 * @throws DomainError `answer-sheet.nothing_open`
 */
export async function exportSheets(ctx: Ctx, keys: string, input: Issuing): Promise<SheetsOut> {
  may(ctx, 'directives:follow');
  const sheets = await inTransaction(ctx, async (tx) => {
    const made = await issueSheets(tx, ctx, input);
    if (made.length === 0) throw nothingOpen();
    await record(tx, ctx, {
      action: 'answer-sheets.exported',
      subject: { kind: 'directive', id: input.directive },
      after: { sheets: made.length, organisations: made.map(({ claims }) => claims.facts.organisation) },
    });
    return made;
  });
  const files = sheets.map((sheet) => ({ name: sheet.organisation, content: writeSheet(keys, sheet) }));
  const document = fileName(sheets[0]!.document);
  if (files.length === 1) return { name: `${fileName(files[0]!.name)} - ${document}.xlsx`, type: XLSX_TYPE, content: files[0]!.content };
  const named = new Set<string>();
  const packed = files.map(({ name, content }) => ({ name: uniqueName(fileName(name), named), content }));
  return { name: `Phiếu báo cáo - ${document}.zip`, type: ZIP_TYPE, content: packZip(packed) };
}

/** The sheet of one organisation, for its own people or for its desk. @throws DomainError `answer-sheet.nothing_open` */
export async function exportOwnSheet(ctx: Ctx, keys: string, part: Part): Promise<SheetsOut> {
  may(ctx, permissionOn(ctx, part));
  const sheet = await inTransaction(ctx, async (tx): Promise<SheetContent> => {
    const [made] = await issueSheets(tx, ctx, { directive: part.directive, organisations: [part.organisation] });
    if (made === undefined) throw nothingOpen();
    await record(tx, ctx, {
      action: 'answer-sheets.exported',
      subject: { kind: 'directive', id: part.directive },
      concerns: part.organisation,
      after: { sheets: 1 },
    });
    return made;
  });
  return { name: `${fileName(sheet.organisation)} - ${fileName(sheet.document)}.xlsx`, type: XLSX_TYPE, content: writeSheet(keys, sheet) };
}

function nothingOpen() {
  return conflict('answer-sheet.nothing_open', {
    vi: 'Không còn nội dung nào chờ báo cáo để lập phiếu.',
    en: 'Nothing waits to be reported, so there is no sheet to make.',
  });
}
