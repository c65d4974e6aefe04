import { conflict, notFound, type Text } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { mustReach, reaches } from '../access/index.ts';
import { type DirectiveHead, directiveHead } from '../directives/index.ts';
import { ACTS, type ReportAct, type ReportStatus } from './model.ts';
import { summaries } from './tables.ts';

export type Summary = typeof summaries.$inferSelect;

/** An issued directive that the actor's side follows. @throws DomainError as if it did not exist, `directive.draft` */
export async function followed(tx: Tx, ctx: Ctx, id: string): Promise<DirectiveHead> {
  const head = (await directiveHead(tx, [id])).get(id);
  if (head === undefined || head.status === 'draft' || !reaches(ctx, head.overseer)) throw notFound('directive');
  return head;
}

/** A report of one's own subtree. @throws DomainError as if it did not exist */
export async function fetchSummary(tx: Tx, ctx: Ctx, id: string): Promise<Summary> {
  const [row] = await tx.select().from(summaries).where(eq(summaries.id, id));
  if (!row || row.status === 'discarded') throw notFound('report');
  mustReach(ctx, row.organisation);
  return row;
}

const STATUS_NAMES: Record<ReportStatus, Text> = {
  draft: { vi: 'dự thảo', en: 'a draft' },
  proposed: { vi: 'đang trình lãnh đạo', en: 'before the leader' },
  approved: { vi: 'đã được duyệt', en: 'approved' },
  issued: { vi: 'đã ban hành', en: 'issued' },
  discarded: { vi: 'đã hủy', en: 'discarded' },
};

/** What an act changes besides the state. */
export type Changed = Partial<typeof summaries.$inferInsert>;

/**
 * Moves a report on; whoever is slower, or acts on an older version, is told how it stands now.
 * @throws DomainError `report.state`, `report.changed_meanwhile`
 */
export async function moveOn(
  tx: Tx,
  row: Summary,
  { act, version, changed }: { act: ReportAct; version: number; changed?: Changed },
): Promise<void> {
  const { from, to } = ACTS[act];
  const moved = await tx
    .update(summaries)
    .set({ ...changed, status: to, version: sql`${summaries.version} + 1` })
    .where(and(eq(summaries.id, row.id), eq(summaries.version, version), inArray(summaries.status, [...from])))
    .returning({ id: summaries.id });
  if (moved.length > 0) return;
  const [now] = await tx.select({ status: summaries.status, version: summaries.version }).from(summaries).where(eq(summaries.id, row.id));
  const isLate = now !== undefined && (from as readonly ReportStatus[]).includes(now.status);
  if (isLate)
    throw conflict(
      'report.changed_meanwhile',
      {
        vi: 'Báo cáo vừa được người khác hoặc cửa sổ khác thay đổi. Tải lại để xem bản mới nhất; nội dung đang nhập vẫn được giữ.',
        en: 'The report was changed by somebody else or in another window. Reload to see the newest version; what you typed is kept.',
      },
      { version: now.version },
    );
  const stands = STATUS_NAMES[now?.status ?? 'discarded'];
  throw conflict('report.state', {
    vi: `Báo cáo ${stands.vi} nên không thực hiện được việc này. Tải lại trang để xem trạng thái hiện tại.`,
    en: `The report is ${stands.en}, so this cannot be done. Reload the page to see how it stands.`,
  });
}
