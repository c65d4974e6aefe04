import { conflict, dayOf, invalid, notFound, shownDay } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { and, eq, sql } from 'drizzle-orm';
import { reaches } from '../access/index.ts';
import { validOn } from './dated.ts';
import { namesOf } from './names.ts';
import { organisationParents, organisations } from './tables.ts';

export type Organisation = typeof organisations.$inferSelect;

export function today(ctx: Pick<Ctx, 'clock'>): string {
  return dayOf(ctx.clock.now()).toString();
}

/** @throws DomainError as not found when it is outside the directory */
export async function fetchOrganisation(tx: Tx, id: string): Promise<Organisation> {
  const [row] = await tx.select().from(organisations).where(eq(organisations.id, id));
  if (!row) throw notFound('organisation');
  return row;
}

/** Whether the actor may keep its data: in the own subtree, or supervised and under no administrative parent. */
export async function keeps(tx: Tx, ctx: Ctx, id: string): Promise<boolean> {
  if (reaches(ctx, id)) return true;
  if (!ctx.scope.supervised.includes(id)) return false;
  const [parent] = await tx
    .select({ id: organisationParents.id })
    .from(organisationParents)
    .where(eq(organisationParents.organisation, id))
    .limit(1);
  return parent === undefined;
}

/** @throws DomainError as not found when the actor does not keep it */
export async function fetchKept(tx: Tx, ctx: Ctx, id: string): Promise<Organisation> {
  if (!(await keeps(tx, ctx, id))) throw notFound('organisation');
  return fetchOrganisation(tx, id);
}

/** @throws DomainError `organisations.over` when the organisation does not exist on the day */
export function mustLive(organisation: Organisation, day: string, place: string): void {
  const early = organisation.existsFrom !== null && day < organisation.existsFrom;
  const late = organisation.existsTo !== null && organisation.existsTo <= day;
  if (!early && !late) return;
  throw invalid('organisations.over', place, {
    vi: `“${organisation.name}” không hoạt động vào ngày ${shownDay(day)}. Chọn ngày hoặc đơn vị khác.`,
    en: `“${organisation.name}” does not exist on ${shownDay(day)}. Choose another day or organisation.`,
  });
}

/** A dated row may only be followed by a later one. @throws DomainError `organisations.backdated` */
export function mustFollow(from: string, current: { validFrom: string | null } | undefined): void {
  if (!current?.validFrom || from > current.validFrom) return;
  throw invalid('organisations.backdated', 'from', {
    vi: `Ngày áp dụng phải sau ngày ${shownDay(current.validFrom)}, ngày của lần thay đổi gần nhất.`,
    en: `The day must be after ${shownDay(current.validFrom)}, the day of the latest change.`,
  });
}

/** The organisation and all above it on a day. */
export async function lineOf(tx: Tx, id: string, day: string): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    with recursive line as (
      select ${id}::uuid as id
      union
      select p.parent from ${organisationParents} p join line on p.organisation = line.id where ${validOn(sql`p.valid_from`, sql`p.valid_to`, day)}
    ) select id from line`);
  return rows.map((row) => row.id);
}

/** @throws DomainError `organisations.changed` when somebody else was quicker */
export function settled(rows: readonly unknown[]): void {
  if (rows.length > 0) return;
  throw conflict('organisations.changed', {
    vi: 'Dữ liệu vừa được người khác thay đổi. Tải lại trang rồi thực hiện lại.',
    en: 'Somebody else has just changed this. Reload the page and try again.',
  });
}

/** Ids with their names on the day, in the same order; what is outside the directory is left out. */
export async function refsOf(tx: Tx, ids: readonly string[], day: string): Promise<{ id: string; name: string }[]> {
  const names = await namesOf(tx, ids, day);
  return ids.flatMap((id) => {
    const name = names.get(id);
    return name ? [{ id, name: name.qualifiedName }] : [];
  });
}

/** The current administrative parent row on a day. */
export async function parentOn(tx: Tx, id: string, day: string): Promise<typeof organisationParents.$inferSelect | undefined> {
  const [row] = await tx
    .select()
    .from(organisationParents)
    .where(and(eq(organisationParents.organisation, id), validOn(organisationParents.validFrom, organisationParents.validTo, day)));
  return row;
}

/**
 * Whoever keeps recipient groups and mapped phrases that the actor reads: its own subtree, and all that are or ever were
 * above it, nearest first. Documents of earlier years speak in the words of their time.
 */
export async function keepersOf(tx: Tx, ctx: Pick<Ctx, 'actor' | 'scope'>): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    with recursive above as (
      select p.parent as id, 1 as depth from ${organisationParents} p where p.organisation = ${ctx.actor.organisation}::uuid
      union
      select p.parent, a.depth + 1 from ${organisationParents} p join above a on p.organisation = a.id where a.depth < 20
    ) select id from above group by id order by min(depth), id`);
  return [...new Set([ctx.actor.organisation, ...ctx.scope.organisations, ...rows.map((row) => row.id)])];
}
