import { conflict, DomainError, forbidden } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { and, eq } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { heldByOther, mustBeSystemOf, ownTwin } from './claim.ts';
import { mustKeepOrOversee } from './end.ts';
import { type AssetInput, describe, keyOf } from './input.ts';
import { type Asset, changed, facts, fetchAsset, has, holdersOf, lockRegister, mustBePeriod, oversees } from './internal.ts';
import type { Period } from './model.ts';
import { assets } from './tables.ts';

export type AssetChange = Omit<AssetInput, 'kind'> & Period & { version: number };

/** Of an approved asset these are the authority's to change: whom a finding goes to hangs on them. */
const DECIDED = ['usage', 'withSubdomains', 'validFrom', 'validTo'] as const;

function mustBeChangeable(ctx: Ctx, row: Asset, next: Asset): void {
  if (row.state === 'claimed') return;
  if (row.state !== 'approved')
    throw conflict('assets.closed', {
      vi: 'Đăng ký này đã khép lại. Đăng ký lại nếu cần.',
      en: 'This registration is closed. Register it anew.',
    });
  if (row.key !== next.key && row.kind !== 'host' && row.kind !== 'system')
    throw conflict('assets.key_stays', {
      vi: 'Dải địa chỉ, tên miền đã duyệt không sửa được. Kết thúc dòng này rồi đăng ký dòng mới.',
      en: 'An approved range or domain cannot be changed. End this one and register another.',
    });
  if (DECIDED.every((field) => row[field] === next[field])) return;
  if (has(ctx, 'assets:approve') && oversees(ctx, row)) return;
  throw forbidden('assets.decided', {
    vi: 'Cách sử dụng và thời gian của tài sản đã duyệt do cơ quan theo dõi sửa. Gửi đề nghị đến cơ quan đó.',
    en: 'Usage and days of an approved asset are changed by the authority. Ask it.',
  });
}

/** A new key or new days must still be free. */
async function mustStillFit(tx: Tx, ctx: Ctx, row: Asset, next: Asset): Promise<void> {
  const period = { from: next.validFrom, to: next.validTo };
  mustBePeriod(period);
  await mustBeSystemOf(tx, next.system, row.organisation);
  if (row.key === next.key && row.validFrom === next.validFrom && row.validTo === next.validTo) return;
  const twin = await ownTwin(tx, next.key, row.organisation, period);
  if (twin && twin.id !== row.id)
    throw new DomainError('conflict', 'assets.already', {
      vi: 'Đơn vị đã đăng ký tài sản này trong thời gian đó.',
      en: 'The organisation has registered this already for these days.',
    });
  const [held] = row.state === 'approved' ? await holdersOf(tx, ctx, { key: next.key, period, except: row.id }) : [];
  if (held) throw heldByOther(held, ctx.scope.organisations.includes(held.overseer));
}

/**
 * Corrects the facts of an asset. A claim may be changed as a whole; of an approved one the holder changes name, system, level,
 * MAC and note, the authority usage and days too.
 * @throws DomainError `assets.changed`, `assets.decided`, `assets.key_stays`, `assets.held`
 */
export async function changeAsset(ctx: Ctx, id: string, input: AssetChange): Promise<{ version: number }> {
  may(ctx, 'assets:write');
  return inTransaction(ctx, async (tx) => {
    await lockRegister(tx);
    const row = await fetchAsset(tx, ctx, id);
    mustKeepOrOversee(ctx, row);
    if (row.version !== input.version) changed();
    const described = describe({ ...input, kind: row.kind });
    const next: Asset = { ...row, ...described, key: keyOf(described, row.organisation), validFrom: input.from, validTo: input.to };
    // A key that met another's at a merger keeps its mark.
    if (row.key.startsWith(`${next.key}#`)) next.key = row.key;
    mustBeChangeable(ctx, row, next);
    await mustStillFit(tx, ctx, row, next);
    const { id: _, writtenAt: __, ...columns } = { ...next, version: row.version + 1 };
    const done = await tx
      .update(assets)
      .set(columns)
      .where(and(eq(assets.id, id), eq(assets.version, input.version)))
      .returning({ id: assets.id });
    if (done.length === 0) changed();
    await record(tx, ctx, {
      action: 'assets.corrected',
      subject: { kind: 'asset', id },
      before: facts(row),
      after: facts(next),
      concerns: row.organisation,
    });
    return { version: row.version + 1 };
  });
}
