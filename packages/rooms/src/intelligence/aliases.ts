import { conflict, fold, invalid, notFound } from '@vonggac/kernel';
import { containing, type Ctx, inSnapshot, inTransaction, type Tx } from '@vonggac/store';
import { and, desc, eq, like, or, type SQL, sql } from 'drizzle-orm';
import { may, mustReach, mustReachOrSupervise } from '../access/index.ts';
import { assetsOf } from '../assets/index.ts';
import { record } from '../audit/index.ts';
import { today, unitNames } from './internal.ts';
import type { AliasKind } from './model.ts';
import { senderAliases, senders } from './tables.ts';

export type AliasView = {
  id: string;
  sender: { id: string; name: string };
  kind: AliasKind;
  text: string;
  target: { id: string; name: string };
  asset: { id: string; name: string } | null;
  /** Days; `to` is the first on which it no longer holds. */
  from: string | null;
  to: string | null;
  ended: boolean;
  by: string;
  version: number;
};

export type AliasesQuery = {
  q?: string | undefined;
  sender?: string | undefined;
  state?: 'live' | 'ended' | 'all' | undefined;
  page: number;
  size: number;
};

const endedOn = (day: string): SQL => sql`(${senderAliases.validTo} is not null and ${senderAliases.validTo} <= ${day}::date)`;

/** What senders call units and machines, confirmed for their lists; the newest first. */
export async function listAliases(ctx: Ctx, query: AliasesQuery): Promise<{ items: AliasView[]; total: number }> {
  const day = today(ctx);
  const words = query.q ? containing(fold(query.q)) : null;
  const state = query.state ?? 'live';
  const where = and(
    sql`${senderAliases.organisation} = any(${`{${ctx.scope.organisations.join(',')}}`}::uuid[])`,
    query.sender ? eq(senderAliases.sender, query.sender) : undefined,
    state === 'all' ? undefined : state === 'ended' ? endedOn(day) : sql`not ${endedOn(day)}`,
    words === null ? undefined : or(like(senderAliases.folded, words), like(senders.folded, words)),
  );
  return inSnapshot(ctx, async (tx) => {
    const rows = await tx
      .select({ alias: senderAliases, sender: { id: senders.id, name: senders.name } })
      .from(senderAliases)
      .innerJoin(senders, eq(senders.id, senderAliases.sender))
      .where(where)
      .orderBy(desc(senderAliases.writtenAt), senderAliases.id)
      .limit(query.size)
      .offset((query.page - 1) * query.size);
    const [sum] = await tx
      .select({ total: sql<number>`count(*)::int` })
      .from(senderAliases)
      .innerJoin(senders, eq(senders.id, senderAliases.sender))
      .where(where);
    const names = await unitNames(
      tx,
      ctx,
      rows.map(({ alias }) => alias.target),
    );
    const machines = await assetsOf(
      tx,
      rows.flatMap(({ alias }) => alias.asset ?? []),
    );
    const items = rows.map(({ alias, sender }): AliasView => {
      const { id, kind, text, target, asset, validFrom: from, validTo: to, writtenByName: by, version } = alias;
      const machine = asset === null ? null : { id: asset, name: machines.get(asset)?.name ?? '' };
      const ended = to !== null && to <= day;
      return {
        id,
        sender,
        kind,
        text,
        target: { id: target, name: names.get(target) ?? '' },
        asset: machine,
        from,
        to,
        ended,
        by,
        version,
      };
    });
    return { items, total: sum!.total };
  });
}

export type AliasChange = { target: string; asset: string | null; from: string | null; to: string | null; version: number };

async function mustBeMachineOf(tx: Tx, { target, asset }: AliasChange, kind: AliasKind): Promise<void> {
  if (asset === null) return;
  const found = (await assetsOf(tx, [asset])).get(asset);
  if (kind !== 'machine' || found === undefined || found.organisation !== target || found.kind !== 'host') throw notFound('asset');
}

/**
 * Corrects whom a name means, or ends it on a day; it holds for what is matched from now on. What is matched already stays.
 * @throws DomainError `intelligence.days`, `intelligence.alias_changed`, or as if it did not exist
 */
export async function changeAlias(ctx: Ctx, id: string, input: AliasChange): Promise<{ version: number }> {
  may(ctx, 'lists:write');
  mustReachOrSupervise(ctx, input.target);
  if (input.from !== null && input.to !== null && input.from >= input.to)
    throw invalid('intelligence.days', 'to', { vi: 'Ngày kết thúc phải sau ngày bắt đầu.', en: 'The end must come after the start.' });
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(senderAliases).where(eq(senderAliases.id, id)).for('update');
    if (!row) throw notFound('alias');
    mustReach(ctx, row.organisation);
    if (row.version !== input.version)
      throw conflict('intelligence.alias_changed', {
        vi: 'Cách gọi này vừa được người khác sửa. Tải lại trang.',
        en: 'Somebody else has just changed this name. Reload the page.',
      });
    await mustBeMachineOf(tx, input, row.kind);
    const version = row.version + 1;
    const after = { target: input.target, asset: input.asset, validFrom: input.from, validTo: input.to };
    await tx
      .update(senderAliases)
      .set({ ...after, version })
      .where(eq(senderAliases.id, id));
    const { text, target, asset, validFrom, validTo } = row;
    await record(tx, ctx, {
      action: 'intelligence.alias_changed',
      subject: { kind: 'sender', id: row.sender },
      before: { text, target, asset, validFrom, validTo },
      after: { text, ...after },
    });
    return { version };
  });
}
