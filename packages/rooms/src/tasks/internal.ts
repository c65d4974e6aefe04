import { actorKey, conflict, dayOf, type DomainError, forbidden, invalid, isoInstant, newId, notFound } from '@vonggac/kernel';
import { type Ctx, raise, type Tx } from '@vonggac/store';
import { and, eq } from 'drizzle-orm';
import { may, type Permission, reaches } from '../access/index.ts';
import { directives } from '../directives/index.ts';
import type { WorkNoted } from './events.ts';
import type { Act, ActData } from './model.ts';
import { history, receipts } from './tables.ts';

/** One organisation's part in one directive. */
export type Part = { directive: string; organisation: string };
export type Receipt = typeof receipts.$inferSelect;

/** @throws DomainError `work.not_found`, also for what lies outside the scope */
export async function receiptOf(tx: Tx, part: Part): Promise<Receipt> {
  const [row] = await tx
    .select()
    .from(receipts)
    .where(and(eq(receipts.directive, part.directive), eq(receipts.organisation, part.organisation)));
  if (!row) throw notFound('work');
  return row;
}

/** @throws DomainError `work.withdrawn` once the directive asks nothing any more */
export async function mustBeInForce(tx: Tx, directive: string): Promise<void> {
  const [row] = await tx.select({ status: directives.status }).from(directives).where(eq(directives.id, directive));
  if (!row) throw notFound('work');
  if (row.status === 'issued') return;
  throw conflict('work.withdrawn', {
    vi: 'Văn bản này đã được thu hồi; không cần thực hiện tiếp.',
    en: 'This directive has been withdrawn; nothing more is to be done.',
  });
}

/** @throws DomainError `work.not_received` | `work.refused` */
export function mustBeReceived(receipt: Receipt): void {
  if (receipt.state === '03') return;
  if (receipt.state === '02') throw refusedAlready();
  throw conflict('work.not_received', {
    vi: 'Văn bản chưa được tiếp nhận. Nhập số đến, ngày đến và bấm “Tiếp nhận” trước khi gửi báo cáo.',
    en: 'The document has not been received yet. Enter its incoming number and day and choose “Receive” before reporting.',
  });
}

export function refusedAlready(): DomainError {
  return conflict('work.refused', {
    vi: 'Đơn vị đã từ chối tiếp nhận văn bản này.',
    en: 'The organisation has refused this document.',
  });
}

/** What acting on an organisation's part takes: its own people work on it, others enter for it. */
export function permissionOn(ctx: Ctx, part: { organisation: string }): Permission {
  return ctx.actor.organisation === part.organisation ? 'tasks:work' : 'directives:follow';
}

/**
 * Whether the actor may act for the agency: its own people do; whoever is above or oversees may enter for it (nhập thay) and says from
 * which source. @returns what history keeps of it
 * @throws DomainError `access.role` | `work.not_found` | `work.source_missing`
 */
export function mayWorkFor(ctx: Ctx, part: { organisation: string; overseer: string }, source?: string): ActData {
  may(ctx, permissionOn(ctx, part));
  if (ctx.actor.organisation === part.organisation) return {};
  if (!reaches(ctx, part.organisation) && !reaches(ctx, part.overseer)) throw notFound('work');
  if (source) return { source };
  throw invalid('work.source_missing', 'source', {
    vi: 'Khi nhập thay đơn vị, ghi rõ nguồn: công văn, thư điện tử, điện thoại, ngày nhận.',
    en: 'When entering for an organisation, say from which source: letter, e-mail, telephone, and when it came.',
  });
}

/** @throws DomainError `work.not_own` where something is the agency's own business */
export function mustBeOwn(ctx: Ctx, part: { organisation: string }): void {
  if (ctx.actor.organisation === part.organisation) return;
  throw forbidden('work.not_own', {
    vi: 'Chỉ cán bộ của chính đơn vị mới thực hiện được việc này.',
    en: 'Only people of the organisation itself can do this.',
  });
}

/** @throws DomainError `work.day_in_future` */
export function mustNotBeLater(ctx: Ctx, day: string, place: string): void {
  if (Temporal.PlainDate.compare(day, dayOf(ctx.clock.now())) <= 0) return;
  throw invalid('work.day_in_future', place, {
    vi: 'Ngày này chưa tới. Kiểm tra lại ngày, tháng, năm.',
    en: 'This day has not come yet. Check day, month and year.',
  });
}

export type Note = {
  directive: string;
  organisation: string;
  overseer: string;
  task?: string | null;
  act: Act;
  note?: string | null;
  data?: ActData;
  /** For the organisation alone until its leader has approved what it belongs to. */
  held?: boolean;
};

const CHUNK = 1000;

/** Writes what happened into the history that everybody concerned sees. */
export async function note(tx: Tx, ctx: Ctx, notes: readonly Note[]): Promise<void> {
  const { actor } = ctx;
  const shared = { at: isoInstant(ctx.clock.now()), actor: actorKey(actor), actorName: actor.name };
  for (let i = 0; i < notes.length; i += CHUNK) {
    await tx.insert(history).values(
      notes.slice(i, i + CHUNK).map(({ task = null, note: text = null, data, ...rest }) => ({
        ...rest,
        ...shared,
        id: newId(),
        task,
        note: text,
        data: data && Object.keys(data).length > 0 ? data : null,
      })),
    );
  }
  await raise<WorkNoted>(tx, ctx, { name: 'tasks.noted', notes });
}
