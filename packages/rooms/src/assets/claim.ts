import { actorKey, conflict, DomainError, isoInstant, newId, notFound, shownDay, type Text } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { type AssetInput, describe, type Described, keyOf } from './input.ts';
import { type Asset, decidedNow, facts, holdersOf, lockRegister, mustBePeriod, mustHold } from './internal.ts';
import { meets, type Period } from './model.ts';
import { assets } from './tables.ts';

export type Claim = AssetInput & Period & { organisation: string };
/** `decides`: entered by the authority itself, so in force at once. */
type Holder = { overseer: string; name: string; decides: boolean };

/** A stranger's name is said only to whoever oversees both. */
export function heldByOther(row: Asset, named: boolean): DomainError {
  const since = row.validFrom === null ? '' : ` từ ngày ${shownDay(row.validFrom)}`;
  const sinceEn = row.validFrom === null ? '' : ` since ${shownDay(row.validFrom)}`;
  return named
    ? conflict('assets.held', {
        vi: `“${row.organisationName}” đang giữ ${row.name}${since}. Chọn ngày kết thúc của đơn vị đó, hoặc chuyển giao.`,
        en: `“${row.organisationName}” holds ${row.name}${sinceEn}. Choose the day on which that ends, or transfer it.`,
      })
    : conflict('assets.held', {
        vi: `Đã có đơn vị khác đăng ký ${row.name}. Cơ quan theo dõi sẽ xem xét.`,
        en: `Another organisation has registered ${row.name}. The authority decides.`,
      });
}

/** @throws DomainError where the system is not one of the holder's */
export async function mustBeSystemOf(tx: Tx, system: string | null, organisation: string): Promise<void> {
  if (system === null) return;
  const [row] = await tx
    .select({ id: assets.id })
    .from(assets)
    .where(and(eq(assets.id, system), eq(assets.kind, 'system'), eq(assets.organisation, organisation)));
  if (!row) throw notFound('asset');
}

/** What the holder itself has registered already under the same key in these days. */
export async function ownTwin(tx: Tx, key: string, organisation: string, period: Period): Promise<Asset | undefined> {
  const rows = await tx
    .select()
    .from(assets)
    .where(and(eq(assets.key, key), eq(assets.organisation, organisation), inArray(assets.state, ['claimed', 'approved'])));
  return rows.find((row) => meets({ from: row.validFrom, to: row.validTo }, period));
}

const already: Text = {
  vi: 'Đơn vị đã đăng ký tài sản này trong thời gian đó.',
  en: 'The organisation has registered this already for these days.',
};

type NewClaim = { described: Described; period: Period; organisation: string; id?: string };

/** The row of a claim; of what the authority enters itself it says who decided, too. */
export function claimRow(ctx: Ctx, { described, period, organisation, id }: NewClaim, holder: Holder): typeof assets.$inferInsert {
  return {
    ...described,
    id: id ?? newId(),
    organisation,
    organisationName: holder.name,
    overseer: holder.overseer,
    key: keyOf(described, organisation),
    state: holder.decides ? 'approved' : 'claimed',
    validFrom: period.from,
    validTo: period.to,
    claimedBy: actorKey(ctx.actor),
    claimedByName: ctx.actor.name,
    claimedAt: isoInstant(ctx.clock.now()),
    ...(holder.decides ? decidedNow(ctx) : {}),
  };
}

/** Writes one claim; the holder was checked against the actor's reach. */
export async function insertClaim(tx: Tx, ctx: Ctx, claim: NewClaim, holder: Holder): Promise<string> {
  const { described, period, organisation } = claim;
  mustBePeriod(period);
  const row = claimRow(ctx, claim, holder);
  await lockRegister(tx);
  await mustBeSystemOf(tx, described.system, organisation);
  if (await ownTwin(tx, row.key, organisation, period)) throw conflict('assets.already', already);
  const [held] = holder.decides ? await holdersOf(tx, ctx, { key: row.key, period, except: null }) : [];
  if (held) throw heldByOther(held, ctx.scope.organisations.includes(held.overseer));
  await tx.insert(assets).values(row);
  await record(tx, ctx, {
    action: holder.decides ? 'assets.entered' : 'assets.claimed',
    subject: { kind: 'asset', id: row.id },
    after: facts(row as Partial<Asset>),
    concerns: organisation,
  });
  return row.id;
}

/**
 * Registers an asset for an organisation of the own subtree, which its authority then approves; what the authority enters
 * itself for those it oversees is in force at once.
 * @throws DomainError at the field; `assets.already`, `assets.held`
 */
export async function claimAsset(ctx: Ctx, claim: Claim): Promise<{ id: string }> {
  may(ctx, 'assets:write');
  const described = describe(claim);
  return inTransaction(ctx, async (tx) => {
    const holder = await mustHold(tx, ctx, claim.organisation);
    const period = { from: claim.from, to: claim.to };
    return { id: await insertClaim(tx, ctx, { described, period, organisation: claim.organisation }, holder) };
  });
}

export type Refused = { index: number; place: string | null; text: Text };

/** The same for many at once: what cannot be taken is told line by line, the others are in. */
export async function claimAssets(
  ctx: Ctx,
  input: Period & { organisation: string; items: readonly AssetInput[] },
): Promise<{ ids: string[]; refused: Refused[] }> {
  may(ctx, 'assets:write');
  return inTransaction(ctx, async (tx) => {
    const holder = await mustHold(tx, ctx, input.organisation);
    const ids: string[] = [];
    const refused: Refused[] = [];
    for (const [index, item] of input.items.entries()) {
      await tx.execute(sql`savepoint one`);
      try {
        const claim = { described: describe(item), period: { from: input.from, to: input.to }, organisation: input.organisation };
        ids.push(await insertClaim(tx, ctx, claim, holder));
        await tx.execute(sql`release savepoint one`);
      } catch (error) {
        await tx.execute(sql`rollback to savepoint one`);
        if (!(error instanceof DomainError)) throw error;
        refused.push({ index, place: error.place ?? null, text: error.text });
      }
    }
    return { ids, refused };
  });
}
