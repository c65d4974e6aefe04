import { dayOf, notFound } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction } from '@vonggac/store';
import { may, mustReach } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { draftFor } from './docx.ts';
import { fetchDirective } from './internal.ts';

/** A file of a directive, by its SHA-256. */
export type DirectiveFile = { sha256: string; name: string };

/** The signed PDF, for everybody who sees the directive. */
export async function signedFile(ctx: Ctx, id: string): Promise<DirectiveFile> {
  const row = await inSnapshot(ctx, (tx) => fetchDirective(tx, id));
  if (!row.signedFile) throw notFound('file');
  return { sha256: row.signedFile, name: row.signedName ?? 'van-ban.pdf' };
}

/** The file that a draft was read from; for the issuer's side. */
export async function sourceFile(ctx: Ctx, id: string): Promise<DirectiveFile> {
  return inTransaction(ctx, async (tx) => {
    const row = await fetchDirective(tx, id);
    mustReach(ctx, row.organisation);
    if (!row.sourceFile) throw notFound('file');
    await record(tx, ctx, { action: 'directives.source_downloaded', subject: { kind: 'directive', id } });
    return { sha256: row.sourceFile, name: row.sourceName ?? 'van-ban-da-dan.txt' };
  });
}

/** The draft as .docx in the form of NĐ 30/2020/NĐ-CP, for the drafter to sign or edit. */
export async function draftDocx(ctx: Ctx, id: string): Promise<{ name: string; content: Uint8Array }> {
  may(ctx, 'directives:draft');
  const draft = await inSnapshot(ctx, async (tx) => {
    const row = await fetchDirective(tx, id);
    mustReach(ctx, row.organisation);
    return draftFor(tx, row, dayOf(ctx.clock.now()));
  });
  const { writeDirectiveDocx } = await import('@vonggac/congvan/write');
  return { name: `du-thao-${draft.kind}.docx`, content: await writeDirectiveDocx(draft) };
}
