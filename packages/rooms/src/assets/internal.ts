import { actorKey, conflict, dayOf, invalid, isoInstant, notFound, shownDay, type Text } from '@vonggac/kernel';
import { type Ctx, seeing, type Tx } from '@vonggac/store';
import { eq, sql } from 'drizzle-orm';
import { grants, mustReach, type Permission, reaches } from '../access/index.ts';
import { namesOf, organisations } from '../organisations/index.ts';
import { isEmpty, meets, type Period } from './model.ts';
import { overseerIn, readTree } from './overseer.ts';
import { assets } from './tables.ts';

export type Asset = typeof assets.$inferSelect;

/** What became of a bulk act: those that could not be done stay as they were, with the reason. */
export type Outcome = {
  done: number;
  refused: { id: string; name: string; text: Text }[];
  /** By which it can be taken back. */
  undo: string | null;
};

export const today = (ctx: Pick<Ctx, 'clock'>): string => dayOf(ctx.clock.now()).toString();

export const has = (ctx: Pick<Ctx, 'actor'>, permission: Permission): boolean =>
  ctx.actor.kind === 'system' ||
  (grants(ctx.actor.role).includes(permission) && (ctx.actor.token?.permissions.includes(permission) ?? true));

/** Whether the actor keeps the row: it lies in the own subtree. */
export const keeps = (ctx: Pick<Ctx, 'scope'>, row: Pick<Asset, 'organisation'>): boolean => reaches(ctx, row.organisation);

/** Whether the actor acts for the authority of the row; what one's own organisation claims another authority decides. */
export function oversees(ctx: Pick<Ctx, 'scope' | 'actor'>, row: Pick<Asset, 'organisation' | 'overseer'>): boolean {
  if (!reaches(ctx, row.overseer)) return false;
  return row.organisation !== ctx.actor.organisation || row.overseer === row.organisation;
}

/** A row in the actor's sight, locked. @throws DomainError as if it did not exist */
export async function fetchAsset(tx: Tx, ctx: Ctx, id: string): Promise<Asset> {
  const [row] = await tx.select().from(assets).where(eq(assets.id, id)).for('update');
  if (!row || !(reaches(ctx, row.organisation) || reaches(ctx, row.overseer))) throw notFound('asset');
  return row;
}

/** For whom the actor may register: the own subtree, or whom its authority oversees. */
export async function mustHold(tx: Tx, ctx: Ctx, organisation: string): Promise<{ overseer: string; name: string; decides: boolean }> {
  const day = today(ctx);
  const overseer = overseerIn(await readTree(tx, day), organisation);
  const decides = has(ctx, 'assets:approve') && oversees(ctx, { organisation, overseer });
  if (!decides) mustReach(ctx, organisation);
  const name = (await namesOf(tx, [organisation], day)).get(organisation)?.qualifiedName;
  if (name === undefined) throw notFound('organisation');
  const [found] = await tx.select({ to: organisations.existsTo }).from(organisations).where(eq(organisations.id, organisation));
  if (found?.to && found.to <= day)
    throw invalid('assets.over', 'organisation', {
      vi: `“${name}” đã kết thúc từ ngày ${shownDay(found.to)}. Chọn đơn vị kế tiếp.`,
      en: `“${name}” ended on ${shownDay(found.to)}. Choose its successor.`,
    });
  return { overseer, name, decides };
}

/** One act at a time settles who holds what: acts are short, and rows of several organisations never wait for each other crosswise. */
export async function lockRegister(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('assets'))`);
}

/**
 * One reading in a transaction over every organisation's rows. Only to learn that something is held: of strangers' rows the
 * actor is told nothing, and writes them never.
 */
export async function amongAll<T>(tx: Tx, ctx: Ctx, read: () => Promise<T>): Promise<T> {
  const { rows } = await tx.execute<{ ids: string[] }>(
    sql`select coalesce(array_agg(id::text), array[]::text[]) as ids from organisation_ids`,
  );
  return seeing(tx, ctx, rows[0]!.ids, read);
}

/** Approved rows of the same key that share a day with a period, whoever holds them. */
export async function holdersOf(
  tx: Tx,
  ctx: Ctx,
  { key, period, except }: { key: string; period: Period; except: string | null },
): Promise<Asset[]> {
  const rows = await amongAll(tx, ctx, () =>
    tx
      .select()
      .from(assets)
      .where(sql`${assets.key} = ${key} and ${assets.state} = 'approved' and ${assets.id} is distinct from ${except}::uuid`),
  );
  return rows.filter((row) => meets({ from: row.validFrom, to: row.validTo }, period));
}

/** @throws DomainError `assets.days` */
export function mustBePeriod(period: Period): void {
  if (!isEmpty(period)) return;
  throw invalid('assets.days', 'to', {
    vi: 'Ngày kết thúc phải sau ngày bắt đầu. Ngày kết thúc là ngày đầu tiên không còn sử dụng.',
    en: 'The end must come after the start. It is the first day on which it is no longer held.',
  });
}

export function changed(): never {
  throw conflict('assets.changed', {
    vi: 'Tài sản vừa được người khác thay đổi. Tải lại rồi thực hiện lại.',
    en: 'Somebody else has just changed this asset. Reload and try again.',
  });
}

export const NOT_AUTHORITY: Text = {
  vi: 'Tài sản này do cơ quan theo dõi của đơn vị duyệt, không do chính đơn vị duyệt.',
  en: 'The authority that supervises the organisation decides on this, not the organisation itself.',
};

export function decidedNow(ctx: Ctx): { decidedBy: string; decidedByName: string; decidedAt: string } {
  return { decidedBy: actorKey(ctx.actor), decidedByName: ctx.actor.name, decidedAt: isoInstant(ctx.clock.now()) };
}

const FACTS = [
  'kind',
  'name',
  'network',
  'domain',
  'address',
  'mac',
  'system',
  'level',
  'levelDecision',
  'levelDay',
  'usage',
  'withSubdomains',
  'validFrom',
  'validTo',
  'state',
] as const satisfies (keyof Asset)[];

/** What the log keeps of a row. */
export function facts(row: Partial<Asset>): Record<string, unknown> {
  return Object.fromEntries(FACTS.map((name) => [name, row[name]]).filter(([, value]) => value !== null && value !== undefined));
}
