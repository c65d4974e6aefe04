import { createHash } from 'node:crypto';
import { actorKey, conflict, DomainError, isoInstant, newId, notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { and, eq } from 'drizzle-orm';
import { may, reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { cleanName, EVIDENCE_LIMIT, evidenceTypeOf, mustNotBeSecret } from '../tasks/index.ts';
import { fetchFinding, has, keeps, oversees } from './internal.ts';
import { findingFiles } from './tables.ts';

/**
 * Takes proof of an answer: judged by its content, stored under its SHA-256, never changed afterwards. The same file again is the one that
 * is there. @throws DomainError `file.too_large`, `evidence.secret` and those of `evidenceTypeOf`
 */
export async function addFindingFile(
  ctx: Ctx,
  id: string,
  file: { name: string; content: Uint8Array },
): Promise<{ id: string; sha256: string }> {
  may(ctx, 'findings:answer');
  const mine = await inTransaction(ctx, (tx) => fetchFinding(tx, ctx, id));
  if (!(has(ctx, 'findings:answer') && (keeps(ctx, mine) || oversees(ctx, mine)))) throw notFound('finding');
  if (mine.state === 'closed' || mine.state === 'void')
    throw conflict('findings.closed', { vi: 'Điểm cần xử lý đã khép lại.', en: 'The finding is closed.' });
  const { type, name } = await evidenceTypeOf(file.content, file.name);
  await mustNotBeSecret(file.content, { name, type });
  const { sha256, size } = await ctx.stores.files.put(file.content, EVIDENCE_LIMIT);
  return inTransaction(ctx, async (tx) => {
    const row = await fetchFinding(tx, ctx, id);
    const same = and(eq(findingFiles.finding, id), eq(findingFiles.sha256, sha256), eq(findingFiles.name, cleanName(name)));
    const [known] = await tx.select({ id: findingFiles.id }).from(findingFiles).where(same);
    if (known) return { id: known.id, sha256 };
    const added = { id: newId(), finding: id, organisation: row.organisation, overseer: row.overseer };
    const by = { addedAt: isoInstant(ctx.clock.now()), addedBy: actorKey(ctx.actor), addedByName: ctx.actor.name };
    await tx.insert(findingFiles).values({ ...added, ...by, sha256, name: cleanName(name), type, size });
    await record(tx, ctx, {
      action: 'findings.file_added',
      subject: { kind: 'finding', id },
      after: { file: added.id, name, sha256, size },
      concerns: keeps(ctx, row) ? row.overseer : row.organisation,
    });
    return { id: added.id, sha256 };
  });
}

/** Hands proof out, and says so in the log before. @throws DomainError `file.not_found` | `evidence.damaged` */
export async function downloadFindingFile(ctx: Ctx, id: string): Promise<{ name: string; type: string; content: Uint8Array }> {
  const row = await inTransaction(ctx, async (tx) => {
    const [found] = await tx.select().from(findingFiles).where(eq(findingFiles.id, id));
    if (!found || !(reaches(ctx, found.organisation) || reaches(ctx, found.overseer))) throw notFound('file');
    await record(tx, ctx, {
      action: 'findings.file_downloaded',
      subject: { kind: 'finding', id: found.finding },
      after: { name: found.name, sha256: found.sha256 },
    });
    return found;
  });
  const content = await ctx.stores.files.bytes(row.sha256);
  if (createHash('sha256').update(content).digest('hex') === row.sha256) return { name: row.name, type: row.type, content };
  throw new DomainError('unavailable', 'evidence.damaged', {
    vi: 'Tệp trên đĩa không còn đúng với mã SHA-256 đã ghi. Báo quản trị viên khôi phục từ bản sao lưu.',
    en: 'The file on disk no longer has the SHA-256 that was recorded. Ask the administrator to restore it from a backup.',
  });
}
