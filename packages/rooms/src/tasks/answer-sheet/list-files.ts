import { notFound } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction } from '@vonggac/store';
import { and, desc, eq, sql } from 'drizzle-orm';
import { may } from '../../access/index.ts';
import { record } from '../../audit/index.ts';
import { XLSX_TYPE } from '@vonggac/outside';
import { answerFiles, receipts } from '../tables.ts';
import { fetchFile } from './get-file.ts';
import type { SheetsOut } from './export-sheets.ts';

export type FileLine = {
  id: string;
  name: string;
  organisation: { id: string; name: string };
  state: 'read' | 'imported' | 'undone' | 'dropped';
  readAt: string;
  readByName: string;
  decidedAt: string | null;
  decidedByName: string | null;
};
export type FilesQuery = { directive: string; state?: FileLine['state'] | undefined; page: number; size: number };

/** The files of a directive that came back, newest first. */
export async function listFiles(ctx: Ctx, query: FilesQuery): Promise<{ items: FileLine[]; total: number }> {
  may(ctx, 'directives:follow');
  return inSnapshot(ctx, async (tx) => {
    const where = and(
      eq(answerFiles.directive, query.directive),
      query.state === undefined ? undefined : eq(answerFiles.state, query.state),
    );
    const rows = await tx
      .select({
        id: answerFiles.id,
        name: answerFiles.name,
        organisation: sql<{
          id: string;
          name: string;
        }>`json_build_object('id', ${receipts.organisation}, 'name', ${receipts.organisationName})`,
        state: answerFiles.state,
        readAt: answerFiles.readAt,
        readByName: answerFiles.readByName,
        decidedAt: answerFiles.decidedAt,
        decidedByName: answerFiles.decidedByName,
      })
      .from(answerFiles)
      .innerJoin(receipts, and(eq(receipts.directive, answerFiles.directive), eq(receipts.organisation, answerFiles.organisation)))
      .where(where)
      .orderBy(desc(answerFiles.readAt), desc(answerFiles.id))
      .limit(query.size)
      .offset((query.page - 1) * query.size);
    return { items: rows, total: await tx.$count(answerFiles, where) };
  });
}

/** The file as it came. @throws DomainError `answer-file.not_found` */
export async function downloadFile(ctx: Ctx, id: string): Promise<SheetsOut> {
  const file = await inTransaction(ctx, async (tx) => {
    const found = await fetchFile(tx, ctx, id);
    await record(tx, ctx, {
      action: 'answer-files.downloaded',
      subject: { kind: 'answer-file', id },
      concerns: found.organisation,
      after: { name: found.name, sha256: found.sha256 },
    });
    return found;
  });
  if (!ctx.stores.files.has(file.sha256)) throw notFound('answer-file');
  return { name: file.name, type: XLSX_TYPE, content: await ctx.stores.files.bytes(file.sha256) };
}
