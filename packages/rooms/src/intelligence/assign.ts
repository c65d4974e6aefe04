import { actorKey, conflict, fold, invalid, isoInstant, newId, notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction, raise, type Tx } from '@vonggac/store';
import { and, eq, isNull, sql, type SQL } from 'drizzle-orm';
import { may, mustReachOrSupervise } from '../access/index.ts';
import { assetsOf } from '../assets/index.ts';
import { record } from '../audit/index.ts';
import { fetchOwn, fetchSender, type List } from './internal.ts';
import { type AliasKind, machineKeyOf, type ListCounts } from './model.ts';
import { GROUP_VALUE, GROUPED, type UnmatchedBy } from './rows.ts';
import { matchedFact } from './run-steps.ts';
import { listRows, lists, senderAliases } from './tables.ts';

export type Group = { by: UnmatchedBy; value: string };
export type Assigned = { rows: number; findingsNew: number; findingsAgain: number };

/** @throws DomainError `intelligence.not_in` */
export function mustBeIn(list: List): void {
  if (list.state === 'done' || list.state === 'cancelled' || list.state === 'stopped') return;
  throw conflict('intelligence.not_in', {
    vi: 'Danh sách chưa nhập xong, hoặc không còn được dùng.',
    en: 'The list is not in yet, or does not count any more.',
  });
}

function rowsIn(list: string, groups: readonly Group[]): SQL | undefined {
  const wanted = sql`(${GROUPED}, ${GROUP_VALUE}) in (${sql.join(
    groups.map(({ by, value }) => sql`(${by}, ${value})`),
    sql`, `,
  )})`;
  return and(eq(listRows.list, list), isNull(listRows.target), isNull(listRows.asideAt), wanted);
}

/** Adds to the counts of a list. */
export async function count(tx: Tx, list: string, more: Partial<ListCounts>): Promise<void> {
  const [row] = await tx.select({ counts: lists.counts }).from(lists).where(eq(lists.id, list)).for('update');
  const counts = { ...row!.counts };
  for (const [name, by] of Object.entries(more) as [keyof ListCounts, number][]) counts[name] += by;
  await tx.update(lists).set({ counts }).where(eq(lists.id, list));
}

export function nothingThere(): never {
  throw conflict('intelligence.no_rows', {
    vi: 'Các dòng này vừa được người khác xử lý. Tải lại trang.',
    en: 'Somebody else has just worked on these rows. Reload the page.',
  });
}

/**
 * Assigns rows that lead nowhere to a unit (an operator too) or to a host of it; their findings are made at once.
 * `alias`: the names of units in these rows mean this unit from now on, in every list of the sender.
 * @throws DomainError `intelligence.not_in`, `intelligence.no_rows`, not found
 */
export async function assignRows(
  ctx: Ctx,
  id: string,
  input: { groups: readonly Group[]; organisation: string; asset: string | null; alias: boolean },
): Promise<Assigned> {
  may(ctx, 'lists:write');
  mustReachOrSupervise(ctx, input.organisation);
  return inTransaction(ctx, async (tx) => {
    const list = await fetchOwn(tx, ctx, id);
    mustBeIn(list);
    const asset = input.asset === null ? null : (await assetsOf(tx, [input.asset])).get(input.asset);
    if (asset === undefined || (asset !== null && asset.organisation !== input.organisation)) throw notFound('asset');
    const rows = await tx
      .update(listRows)
      .set({
        target: input.organisation,
        asset: asset?.id ?? null,
        usage: asset?.usage ?? null,
        level: asset?.level ?? null,
        matchedBy: 'hand',
        why: 'hand',
        ...(asset?.kind === 'host' ? { machineKey: machineKeyOf({ ...NOTHING, asset: asset.id, isHost: true }) } : {}),
      })
      .where(rowsIn(id, input.groups))
      .returning();
    if (rows.length === 0) nothingThere();
    const fact = matchedFact({ list, sender: await fetchSender(tx, ctx, list.sender) }, rows.map(placedOf));
    await raise(tx, ctx, fact);
    await count(tx, id, { matched: rows.length, unmatched: -rows.length, ...fact.counts });
    const names = input.alias ? [...new Set(rows.flatMap(({ unit }) => unit ?? []))] : [];
    await keepAliases(
      tx,
      ctx,
      list,
      names.map((text) => ({ kind: 'unit', text, target: input.organisation, asset: null, from: null, to: null })),
    );
    await record(tx, ctx, {
      action: 'intelligence.rows_assigned',
      subject: { kind: 'list', id },
      after: { rows: rows.length, groups: input.groups.slice(0, 20), asset: input.asset, aliases: names },
      concerns: input.organisation,
    });
    return { rows: rows.length, ...fact.counts };
  });
}

const NOTHING = { address: null, privateAddress: null, domain: null, machine: null, mac: null } as const;

/** A row as it was written, for the fact. */
export function placedOf(row: typeof listRows.$inferSelect) {
  const bare = (address: string | null) => address?.replace(/\/(?:32|128)$/u, '') ?? null;
  return {
    ...row,
    key: row.key.replaceAll('-', ''),
    address: bare(row.address),
    privateAddress: bare(row.privateAddress),
    machineKey: row.machineKey ?? '',
    usage: row.usage as 'own' | 'exit' | 'carrier' | 'dynamic' | null,
  };
}

/** Sets rows that lead nowhere aside, with the reason; they stay in the list. */
export async function setRowsAside(ctx: Ctx, id: string, input: { groups: readonly Group[]; reason: string }): Promise<{ rows: number }> {
  may(ctx, 'lists:write');
  return inTransaction(ctx, async (tx) => {
    mustBeIn(await fetchOwn(tx, ctx, id));
    const rows = await tx
      .update(listRows)
      .set({ asideReason: input.reason, asideByName: ctx.actor.name, asideAt: isoInstant(ctx.clock.now()) })
      .where(rowsIn(id, input.groups))
      .returning({ row: listRows.row });
    if (rows.length === 0) nothingThere();
    await count(tx, id, { aside: rows.length, unmatched: -rows.length });
    await record(tx, ctx, {
      action: 'intelligence.rows_set_aside',
      subject: { kind: 'list', id },
      after: { rows: rows.length, groups: input.groups.slice(0, 20) },
      reason: input.reason,
    });
    return { rows: rows.length };
  });
}

export type AliasInput = { kind: AliasKind; text: string; target: string; asset: string | null; from: string | null; to: string | null };

async function keepAliases(tx: Tx, ctx: Ctx, list: List, aliases: readonly AliasInput[]): Promise<number> {
  if (aliases.length === 0) return 0;
  const rows = aliases.map(({ kind, text, target, asset, from, to }) => ({
    id: newId(),
    sender: list.sender,
    organisation: list.organisation,
    kind,
    text,
    folded: fold(text),
    target,
    asset,
    validFrom: from,
    validTo: to,
    writtenBy: actorKey(ctx.actor),
    writtenByName: ctx.actor.name,
  }));
  await tx.insert(senderAliases).values(rows);
  return rows.length;
}

/**
 * Confirms what the sender of a list calls units and machines; it holds for all its lists from now on.
 * @throws DomainError `intelligence.days`, or as if the organisation did not exist
 */
export async function confirmAliases(ctx: Ctx, id: string, aliases: readonly AliasInput[]): Promise<{ confirmed: number }> {
  may(ctx, 'lists:write');
  for (const { target, from, to } of aliases) {
    mustReachOrSupervise(ctx, target);
    if (from !== null && to !== null && from >= to)
      throw invalid('intelligence.days', 'to', { vi: 'Ngày kết thúc phải sau ngày bắt đầu.', en: 'The end must come after the start.' });
  }
  return inTransaction(ctx, async (tx) => {
    const list = await fetchOwn(tx, ctx, id);
    const confirmed = await keepAliases(tx, ctx, list, aliases);
    await record(tx, ctx, {
      action: 'intelligence.aliases_confirmed',
      subject: { kind: 'sender', id: list.sender },
      after: { aliases: aliases.map(({ kind, text, target }) => ({ kind, text, target })) },
    });
    return { confirmed };
  });
}
