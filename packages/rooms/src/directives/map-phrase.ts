import { type Ctx, inSnapshot, inTransaction } from '@vonggac/store';
import { and, eq, sql } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { mapPhrase as keepPhrase } from '../organisations/index.ts';
import { type DirectiveView, viewDirective } from './get.ts';
import { changedMeanwhile, fetchDraft, mustHaveVersion } from './internal.ts';
import { invalid, notFound } from '@vonggac/kernel';
import { resolveAgain } from './recipients.ts';
import { listFor } from './resolve.ts';
import { directives, recipients } from './tables.ts';

/** `name`: one name of an attached list; left out, the whole phrase of the recipient is mapped. */
export type Mapping = {
  version: number;
  recipient: string;
  name?: string | undefined;
  group?: string | undefined;
  organisation?: string | undefined;
};

/** Maps a recipient phrase of a draft once and for all; this draft and all later ones resolve by it. */
export async function mapPhrase(ctx: Ctx, id: string, input: Mapping): Promise<DirectiveView> {
  may(ctx, 'directives:draft');
  const phrase = await inSnapshot(ctx, async (tx) => {
    const draft = await fetchDraft(tx, ctx, id);
    mustHaveVersion(draft, input.version);
    const [row] = await tx
      .select()
      .from(recipients)
      .where(and(eq(recipients.id, input.recipient), eq(recipients.directive, id)));
    if (!row) throw notFound('recipient');
    if (
      input.name !== undefined &&
      !row.unresolved.includes(input.name) &&
      !listFor(row.text, draft.reading.attachments)?.items.includes(input.name)
    ) {
      throw invalid('directives.name_resolved', 'name', {
        vi: 'Tên này không còn trong danh sách kèm theo. Tải lại trang rồi chọn lại.',
        en: 'This name is no longer on the attached list. Reload the page and choose again.',
      });
    }
    return input.name ?? row.text;
  });
  await keepPhrase(ctx, { phrase, groupId: input.group, organisationId: input.organisation });
  return inTransaction(ctx, async (tx) => {
    const draft = await fetchDraft(tx, ctx, id);
    const moved = await tx
      .update(directives)
      .set({ version: sql`${directives.version} + 1` })
      .where(and(eq(directives.id, id), eq(directives.version, input.version), eq(directives.status, 'draft')))
      .returning({ id: directives.id });
    if (moved.length === 0) throw changedMeanwhile(draft.version);
    await resolveAgain(tx, ctx, draft);
    await record(tx, ctx, {
      action: 'directives.phrase_mapped',
      subject: { kind: 'directive', id },
      after: { phrase, group: input.group, organisation: input.organisation },
    });
    return viewDirective(tx, ctx, id);
  });
}
