import { openEdxml, partsOfDocumentId } from '@vonggac/congvan/edxml';
import { notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { and, eq, inArray, isNull, ne, or, type SQL } from 'drizzle-orm';
import { mustReach } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { type DirectiveRow, fetchDirective } from './internal.ts';
import type { EdxmlFacts } from './model.ts';
import { refuse } from './reading.ts';
import { directives } from './tables.ts';

/** What a directive's edXML message says and asks; for the side of its drafter. null for one that came otherwise. */
export async function edxmlViewOf(tx: Tx, row: DirectiveRow, isOwn: boolean) {
  if (row.edxml === null || !isOwn) return null;
  const { from, business, reason, concerns, files } = row.edxml;
  return {
    documentId: row.documentId ?? '',
    from,
    business,
    reason,
    concerned: business === 'new' ? [] : await concernedBy(tx, row, row.edxml),
    named: business === 'new' ? [] : concerns.map(({ documentId, code }) => code ?? documentId ?? ''),
    files,
  };
}

/** The directives here that a message withdraws, updates or replaces: by DocumentId, else by issuer, code and day. */
async function concernedBy(tx: Tx, row: DirectiveRow, { concerns }: EdxmlFacts) {
  const named = concerns.map((one) => ({ ...(one.documentId === null ? null : partsOfDocumentId(one.documentId)), ...present(one) }));
  const own = { documentId: row.documentId, organisation: row.issuerOrganId, code: row.code, day: row.day };
  const found = await byNames(tx, row, named);
  return found.length > 0 ? found : byNames(tx, row, [present(own)]);
}

type Named = { documentId?: string; organisation?: string; code?: string; day?: string };

const present = (one: Record<'documentId' | 'organisation' | 'code' | 'day', string | null>): Named =>
  Object.fromEntries(Object.entries(one).filter(([, value]) => value !== null)) as Named;

async function byNames(tx: Tx, row: DirectiveRow, names: readonly Named[]) {
  const ids = names.flatMap(({ documentId }) => documentId ?? []);
  const codes = names.flatMap((name): SQL[] => {
    if (name.code === undefined || name.day === undefined) return [];
    const issuer = or(isNull(directives.issuerOrganId), eq(directives.issuerOrganId, name.organisation ?? row.issuerOrganId ?? ''));
    return [and(eq(directives.code, name.code), eq(directives.day, name.day), issuer)!];
  });
  if (ids.length + codes.length === 0) return [];
  return tx
    .select({ id: directives.id, code: directives.code, subject: directives.subject, status: directives.status })
    .from(directives)
    .where(
      and(
        eq(directives.organisation, row.organisation),
        ne(directives.id, row.id),
        or(ids.length > 0 ? inArray(directives.documentId, ids) : undefined, ...codes),
      ),
    )
    .limit(20);
}

/**
 * A file that came along in a directive's edXML message, taken out of the kept original in the child process.
 * @throws DomainError `file.not_found`
 */
export async function attachedFile(ctx: Ctx, id: string, position: number): Promise<{ name: string; content: Uint8Array }> {
  const source = await inTransaction(ctx, async (tx) => {
    const row = await fetchDirective(tx, id);
    mustReach(ctx, row.organisation);
    if (row.sourceFile === null || row.edxml?.files[position] === undefined) throw notFound('file');
    const name = row.edxml.files[position].name;
    await record(tx, ctx, { action: 'directives.attachment_downloaded', subject: { kind: 'directive', id }, after: { name } });
    return row.sourceFile;
  });

  const message = await openEdxml(await ctx.stores.files.bytes(source), 'edxml').catch(refuse);
  const file = message.kind === 'document' ? message.document.attachments[position] : undefined;
  if (!file) throw notFound('file');
  return { name: file.name.replaceAll(/[\p{Cc}/\\]+/gu, '-').slice(0, 255) || 'tep-dinh-kem', content: file.bytes };
}
