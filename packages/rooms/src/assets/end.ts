import { conflict, forbidden, invalid, shownDay } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { and, eq } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { eachAsset, mustWait } from './decide.ts';
import { type Asset, changed, has, keeps, type Outcome, oversees } from './internal.ts';
import { assets } from './tables.ts';

/** @throws DomainError `assets.not_holder` for whoever sees the asset but neither keeps nor oversees it */
export function mustKeepOrOversee(ctx: Ctx, row: Asset): void {
  if (keeps(ctx, row) || (has(ctx, 'assets:approve') && oversees(ctx, row))) return;
  throw forbidden('assets.not_holder', {
    vi: 'Chỉ đơn vị giữ tài sản hoặc cơ quan theo dõi được thực hiện việc này.',
    en: 'Only the holder or its authority may do this.',
  });
}

/** @throws DomainError where the row does not hold on the day before */
export function mustHoldUntil(row: Asset, on: string): void {
  if (row.state !== 'approved' || (row.validTo !== null && row.validTo <= on))
    throw conflict('assets.not_held', {
      vi: `${row.name} không được giữ vào ngày ${shownDay(on)}.`,
      en: `${row.name} is not held on ${shownDay(on)}.`,
    });
  if (row.validFrom !== null && row.validFrom >= on)
    throw invalid('assets.too_early', 'on', {
      vi: `${row.name} được giữ từ ngày ${shownDay(row.validFrom)}. Chọn ngày sau đó.`,
      en: `${row.name} is held since ${shownDay(row.validFrom)}. Choose a later day.`,
    });
}

/** Ends assets from a day on (the first day on which they are not held); earlier days keep their holder. */
export async function endAssets(ctx: Ctx, input: { ids: readonly string[]; on: string; reason: string }): Promise<Outcome> {
  may(ctx, 'assets:write');
  return inTransaction(ctx, (tx) =>
    eachAsset(tx, ctx, { act: 'end', ids: input.ids }, async (row) => {
      mustKeepOrOversee(ctx, row);
      mustHoldUntil(row, input.on);
      const done = await tx
        .update(assets)
        .set({ validTo: input.on, reason: input.reason, version: row.version + 1 })
        .where(and(eq(assets.id, row.id), eq(assets.version, row.version)))
        .returning({ id: assets.id });
      if (done.length === 0) changed();
      await record(tx, ctx, {
        action: 'assets.ended',
        subject: { kind: 'asset', id: row.id },
        before: { validTo: row.validTo },
        after: { validTo: input.on },
        reason: input.reason,
        concerns: row.organisation,
      });
    }),
  );
}

/** Takes back claims that nobody has decided on. */
export async function withdrawAssets(ctx: Ctx, input: { ids: readonly string[]; reason?: string | undefined }): Promise<Outcome> {
  may(ctx, 'assets:write');
  return inTransaction(ctx, (tx) =>
    eachAsset(tx, ctx, { act: 'withdraw', ids: input.ids }, async (row) => {
      mustKeepOrOversee(ctx, row);
      mustWait(row);
      const done = await tx
        .update(assets)
        .set({ state: 'withdrawn', reason: input.reason ?? null, version: row.version + 1 })
        .where(and(eq(assets.id, row.id), eq(assets.state, 'claimed'), eq(assets.version, row.version)))
        .returning({ id: assets.id });
      if (done.length === 0) changed();
      await record(tx, ctx, {
        action: 'assets.withdrawn',
        subject: { kind: 'asset', id: row.id },
        after: { state: 'withdrawn' },
        reason: input.reason,
        concerns: row.organisation,
      });
    }),
  );
}
