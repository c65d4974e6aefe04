import { actorKey, forbidden, isoInstant } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { fetchSummary, moveOn } from './internal.ts';
import type { ReportText } from './model.ts';

type Versioned = { version: number };

/** Changes the text of a draft; figures are frozen and not part of it. @throws DomainError as `moveOn` */
export async function editReport(
  ctx: Ctx,
  id: string,
  { version, text, symbol }: Versioned & { text: ReportText; symbol: string },
): Promise<void> {
  may(ctx, 'reports:write');
  await inTransaction(ctx, async (tx) => {
    const row = await fetchSummary(tx, ctx, id);
    await moveOn(tx, row, { act: 'edit', version, changed: { text, symbol } });
    await record(tx, ctx, { action: 'reports.edited', subject: { kind: 'report', id }, before: row.text, after: text });
  });
}

/** Puts a draft before the leader. */
export async function proposeReport(ctx: Ctx, id: string, { version }: Versioned): Promise<void> {
  may(ctx, 'reports:write');
  await inTransaction(ctx, async (tx) => {
    const row = await fetchSummary(tx, ctx, id);
    const changed = { returnReason: null, returnedAt: null, returnedByName: null };
    await moveOn(tx, row, { act: 'propose', version, changed });
    await record(tx, ctx, { action: 'reports.proposed', subject: { kind: 'report', id } });
  });
}

/** Approves a report: a leader who did not write it. @throws DomainError `report.own`, and as `moveOn` */
export async function approveReport(ctx: Ctx, id: string, { version }: Versioned): Promise<void> {
  may(ctx, 'reports:approve');
  await inTransaction(ctx, async (tx) => {
    const row = await fetchSummary(tx, ctx, id);
    if (row.writtenBy === actorKey(ctx.actor))
      throw forbidden('report.own', {
        vi: 'Người lập báo cáo không tự duyệt. Đề nghị lãnh đạo khác duyệt.',
        en: 'Whoever wrote a report does not approve it. Ask another leader.',
      });
    const changed = { approvedBy: actorKey(ctx.actor), approvedByName: ctx.actor.name, approvedAt: isoInstant(ctx.clock.now()) };
    await moveOn(tx, row, { act: 'approve', version, changed });
    await record(tx, ctx, { action: 'reports.approved', subject: { kind: 'report', id } });
  });
}

/** Sends a report back to its writer, with the reason. */
export async function returnReport(ctx: Ctx, id: string, { version, reason }: Versioned & { reason: string }): Promise<void> {
  may(ctx, 'reports:write');
  await inTransaction(ctx, async (tx) => {
    const row = await fetchSummary(tx, ctx, id);
    const returned = { returnReason: reason, returnedAt: isoInstant(ctx.clock.now()), returnedByName: ctx.actor.name };
    const changed = { approvedBy: null, approvedByName: null, approvedAt: null, ...returned };
    await moveOn(tx, row, { act: 'return', version, changed });
    await record(tx, ctx, { action: 'reports.returned', subject: { kind: 'report', id }, reason });
  });
}

/** Takes a report that was not approved out of the lists; its rows stay for the audit. */
export async function discardReport(ctx: Ctx, id: string, { version }: Versioned): Promise<void> {
  may(ctx, 'reports:write');
  await inTransaction(ctx, async (tx) => {
    const row = await fetchSummary(tx, ctx, id);
    await moveOn(tx, row, { act: 'discard', version });
    await record(tx, ctx, { action: 'reports.discarded', subject: { kind: 'report', id } });
  });
}
