import { DomainError, invalid } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { mustHoldUntil, mustKeepOrOversee } from './end.ts';
import { type Asset, facts, fetchAsset, lockRegister, mustHold, NOT_AUTHORITY } from './internal.ts';
import { passOn } from './pass-on.ts';
import { beforeOf, keepAct } from './undo.ts';

/**
 * Gives approved assets to another organisation from a day on: the holder's rows end there, new ones go on. The authority may,
 * and whoever has both organisations in the own subtree and approves there. All or nothing.
 * @throws DomainError `assets.not_authority`, `assets.not_held`, `assets.too_early`, `assets.same_holder`
 */
export async function transferAssets(
  ctx: Ctx,
  input: { ids: readonly string[]; to: string; on: string; reason: string },
): Promise<{ ids: string[]; undo: string | null }> {
  may(ctx, 'assets:approve');
  return inTransaction(ctx, async (tx) => {
    const holder = await mustHold(tx, ctx, input.to);
    if (!holder.decides) throw new DomainError('forbidden', 'assets.not_authority', NOT_AUTHORITY);
    await lockRegister(tx);
    const rows: Asset[] = [];
    for (const id of new Set(input.ids)) {
      const row = await fetchAsset(tx, ctx, id);
      mustKeepOrOversee(ctx, row);
      mustHoldUntil(row, input.on);
      if (row.organisation === input.to)
        throw invalid('assets.same_holder', 'to', {
          vi: `“${row.organisationName}” đang giữ tài sản này. Chọn đơn vị khác.`,
          en: `“${row.organisationName}” holds it already. Choose another organisation.`,
        });
      rows.push(row);
    }
    const { to, on, reason } = input;
    const next = await passOn(tx, ctx, rows, { to, toName: holder.name, overseer: holder.overseer, on, reason });
    for (const row of rows) {
      const id = next.get(row.id)!;
      for (const [subject, concerns] of [
        [row.id, row.organisation],
        [id, to],
      ] as const)
        await record(tx, ctx, {
          action: 'assets.transferred',
          subject: { kind: 'asset', id: subject },
          before: { organisation: row.organisation, validTo: row.validTo },
          after: { ...facts(row), organisation: to, on, next: id },
          reason,
          concerns,
        });
    }
    const made = [...next].flatMap(([from, id]) => (from === id ? [] : [id]));
    return { ids: [...next.values()], undo: await keepAct(tx, ctx, { act: 'transfer', rows: rows.map(beforeOf), made }) };
  });
}
