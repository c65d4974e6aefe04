import { actorKey, dayOf, isoInstant, newId, notFound, conflict } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { grants, type Permission, reaches } from '../access/index.ts';
import type { FindingAct } from './model.ts';
import { findingEvents, findings } from './tables.ts';

export type Finding = typeof findings.$inferSelect;

export const today = (ctx: Pick<Ctx, 'clock'>): string => dayOf(ctx.clock.now()).toString();

export const has = (ctx: Pick<Ctx, 'actor'>, permission: Permission): boolean =>
  ctx.actor.kind === 'system' ||
  (grants(ctx.actor.role).includes(permission) && (ctx.actor.token?.permissions.includes(permission) ?? true));

/** Whether the actor acts for whoever has to act on it. */
export const keeps = (ctx: Pick<Ctx, 'scope'>, row: Pick<Finding, 'organisation'>): boolean => reaches(ctx, row.organisation);

/** Whether the actor acts for the authority; the answer of one's own organisation another decides, unless it is the authority itself. */
export function oversees(ctx: Pick<Ctx, 'scope' | 'actor'>, row: Pick<Finding, 'organisation' | 'overseer'>): boolean {
  if (!reaches(ctx, row.overseer)) return false;
  return row.organisation !== ctx.actor.organisation || row.overseer === row.organisation;
}

/** A finding in the actor's sight, locked. @throws DomainError as if it did not exist */
export async function fetchFinding(tx: Tx, ctx: Ctx, id: string): Promise<Finding> {
  return (await fetchFindings(tx, ctx, [id]))[0]!;
}

/**
 * Findings in the actor's sight, locked in the order of their ids, after their authority: whoever changes findings holds that first, so that
 * the counters' rows are never waited for crosswise. @throws DomainError when one of them is not there */
export async function fetchFindings(tx: Tx, ctx: Ctx, ids: readonly string[]): Promise<Finding[]> {
  const wanted = [...new Set(ids)];
  const whose = await tx
    .selectDistinct({ overseer: findings.overseer })
    .from(findings)
    .where(inArray(findings.id, wanted))
    .orderBy(findings.overseer);
  for (const { overseer } of whose) await lockAuthority(tx, overseer);
  const rows = await tx.select().from(findings).where(inArray(findings.id, wanted)).orderBy(findings.id).for('update');
  const seen = rows.filter((row) => reaches(ctx, row.organisation) || reaches(ctx, row.overseer));
  if (seen.length < wanted.length) throw notFound('finding');
  return seen;
}

/** Writes over a finding as it was read. @throws DomainError `findings.changed` */
export async function write(tx: Tx, ctx: Ctx, row: Finding, change: Partial<Finding>): Promise<void> {
  const done = await tx
    .update(findings)
    .set({ ...change, version: row.version + 1, changedAt: isoInstant(ctx.clock.now()) })
    .where(and(eq(findings.id, row.id), eq(findings.version, row.version)))
    .returning({ id: findings.id });
  if (done.length === 0) throw changed();
}

export const changed = () =>
  conflict('findings.changed', {
    vi: 'Điểm cần xử lý vừa được người khác cập nhật. Tải lại rồi thực hiện lại.',
    en: 'Somebody else has just changed this finding. Reload and try again.',
  });

/** Ids as a parameter. */
export const uuids = (ids: readonly string[]): SQL => sql`${sql.param([...ids])}::uuid[]`;

export type Noted = { act: FindingAct; note?: string | null; data?: Record<string, unknown> };

/** A line of the history of each finding. */
export async function note(
  tx: Tx,
  ctx: Ctx,
  rows: readonly Pick<Finding, 'id' | 'organisation' | 'overseer'>[],
  { act, note: words = null, data = {} }: Noted,
): Promise<void> {
  if (rows.length === 0) return;
  const { actor } = ctx;
  const at = isoInstant(ctx.clock.now());
  const by = { actor: actorKey(actor), actorName: actor.name, actorOrganisation: actor.organisation };
  await tx.insert(findingEvents).values(
    rows.map(({ id, organisation, overseer }) => ({
      id: newId(),
      finding: id,
      organisation,
      overseer,
      act,
      at,
      ...by,
      note: words,
      data,
    })),
  );
}

/** One batch of an authority at a time: two lists at once would make the same finding twice. */
export async function lockAuthority(tx: Tx, organisation: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('findings'), hashtext(${organisation}))`);
}
