import { type Ctx, inTransaction } from '@vonggac/store';
import { and, eq } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { changedMeanwhile, fetchDraft } from './internal.ts';
import { directives } from './tables.ts';

/** Throws a draft away; nobody outside has seen it. The screen waits a while before it asks for this. */
export async function discardDraft(ctx: Ctx, id: string): Promise<void> {
  may(ctx, 'directives:draft');
  await inTransaction(ctx, async (tx) => {
    const row = await fetchDraft(tx, ctx, id);
    const gone = await tx
      .delete(directives)
      .where(and(eq(directives.id, id), eq(directives.status, 'draft')))
      .returning({ id: directives.id });
    if (gone.length === 0) throw changedMeanwhile(row.version);
    await record(tx, ctx, {
      action: 'directives.discarded',
      subject: { kind: 'directive', id },
      before: { subject: row.subject, code: row.code, source: row.sourceName },
    });
  });
}
