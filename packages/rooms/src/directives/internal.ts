import { type DomainError, conflict, invalid, notFound } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { eq } from 'drizzle-orm';
import { mustReach, reaches } from '../access/index.ts';
import { directives } from './tables.ts';

export type DirectiveRow = typeof directives.$inferSelect;

/** A directive that the scope shows. @throws DomainError as if it did not exist */
export async function fetchDirective(tx: Tx, id: string): Promise<DirectiveRow> {
  const [row] = await tx.select().from(directives).where(eq(directives.id, id));
  if (!row) throw notFound('directive');
  return row;
}

/** A draft of one's own subtree. */
export async function fetchDraft(tx: Tx, ctx: Ctx, id: string): Promise<DirectiveRow> {
  const row = await fetchDirective(tx, id);
  mustReach(ctx, row.organisation);
  if (row.status !== 'draft') {
    throw conflict('directives.not_draft', {
      vi: 'Văn bản này đã ban hành nên không sửa trực tiếp được. Dùng “Sửa đổi, bổ sung” hoặc “Thu hồi”.',
      en: 'This directive was already issued and cannot be edited. Use “Amend” or “Withdraw”.',
    });
  }
  return row;
}

/** An issued directive that one issued or follows. */
export async function fetchIssued(tx: Tx, ctx: Ctx, id: string): Promise<DirectiveRow> {
  const row = await fetchDirective(tx, id);
  if (!reaches(ctx, row.organisation) && !reaches(ctx, row.overseer)) throw notFound('directive');
  if (row.status !== 'issued') {
    throw conflict('directives.not_issued', {
      vi: 'Việc này chỉ làm được với văn bản đang có hiệu lực theo dõi (đã ban hành, chưa thu hồi).',
      en: 'This can only be done to a directive that is issued and not withdrawn.',
    });
  }
  return row;
}

/** Somebody else was faster; `now` is the version that stands. */
export function changedMeanwhile(now: number): DomainError {
  return conflict(
    'directives.changed_meanwhile',
    {
      vi: 'Văn bản vừa được người khác hoặc cửa sổ khác thay đổi. Tải lại để xem bản mới nhất, nội dung đang nhập vẫn được giữ.',
      en: 'The directive was changed by somebody else or in another window. Reload to see the newest version; what you typed is kept.',
    },
    { version: now },
  );
}

export function mustHaveVersion(row: DirectiveRow, version: number): void {
  if (row.version !== version) throw changedMeanwhile(row.version);
}

export function numberTaken(code: string, year: number): DomainError {
  return invalid('directives.number_taken', 'number', {
    vi: `Văn bản số ${code} năm ${year} của cơ quan này đã được ban hành trong hệ thống. Kiểm tra lại số, hoặc mở văn bản đã có trong danh sách.`,
    en: `Document ${code} of ${year} by this issuer was already issued here. Check the number, or open the existing one in the list.`,
  });
}
