import type { Text } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { uuids } from './dated.ts';
import { hangingOn } from './hanging.ts';
import type { DoneRow } from './import-model.ts';
import { contacts, organisationNames, organisationParents, organisations, supervisions } from './tables.ts';

type Kept = Map<number, Text>;

const CHANGED: Text = { vi: 'Đã được sửa sau lần nhập này.', en: 'It was changed after this import.' };
const OUTSIDE: Text = { vi: 'Nay nằm ngoài phạm vi của đơn vị.', en: 'It is outside your scope by now.' };
const GONE: Text = { vi: 'Không còn trong danh mục.', en: 'It is no longer on file.' };

/** What taking a new organisation back compares with: the row as it was made, and its rows of names, parents and supervision. */
export async function tracesOf(tx: Tx, id: string): Promise<{ made: Record<string, unknown> }> {
  const { rows } = await tx.execute<{ made: Record<string, unknown> }>(sql`
    select jsonb_build_object(
      'row', (select md5((to_jsonb(o) - 'written_at')::text) from ${organisations} o where o.id = ${id}::uuid),
      'names', (select coalesce(jsonb_agg(to_jsonb(n) order by n.id), '[]') from ${organisationNames} n where n.organisation = ${id}::uuid),
      'parents', (select coalesce(jsonb_agg(to_jsonb(p) order by p.id), '[]') from ${organisationParents} p where p.organisation = ${id}::uuid),
      'supervisions', (select coalesce(jsonb_agg(to_jsonb(s) order by s.id), '[]') from ${supervisions} s where s.organisation = ${id}::uuid)
    ) as made`);
  return { made: rows[0]!.made };
}

async function hasChildren(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await tx.execute<{ found: boolean }>(sql`
    select exists (select 1 from ${organisationParents} p where p.parent = ${id}::uuid)
      or exists (select 1 from ${supervisions} s where s.supervisor = ${id}::uuid) as found`);
  return rows[0]!.found;
}

async function dropOrganisation(tx: Tx, ctx: Ctx, row: DoneRow): Promise<Text | null> {
  const id = row.subject;
  if (await hasChildren(tx, id)) return { vi: 'Đã có đơn vị trực thuộc hoặc được theo dõi.', en: 'Other organisations hang under it.' };
  const { made } = await tracesOf(tx, id);
  if (made['row'] === null) return GONE;
  // Both come from jsonb, whose keys have one order.
  if (JSON.stringify(made) !== JSON.stringify(row.undo['made'])) return CHANGED;
  await tx.delete(organisationNames).where(eq(organisationNames.organisation, id));
  await tx.delete(organisationParents).where(eq(organisationParents.organisation, id));
  await tx.delete(supervisions).where(eq(supervisions.organisation, id));
  await tx.delete(organisations).where(eq(organisations.id, id));
  await record(tx, ctx, {
    action: 'organisations.removed',
    subject: { kind: 'organisation', id },
    before: { name: row.name },
    concerns: id,
  });
  return null;
}

type Fields = { shortName: string | null; code: string | null; note: string | null };

async function restoreOrganisation(tx: Tx, ctx: Ctx, row: DoneRow): Promise<Text | null> {
  const { before, after, names } = row.undo as { before: Fields; after: Fields; names: string[] };
  const [current] = await tx
    .select({ shortName: organisations.shortName, code: organisations.code, note: organisations.note })
    .from(organisations)
    .where(eq(organisations.id, row.subject));
  if (!current) return GONE;
  if ((['shortName', 'code', 'note'] as const).some((key) => current[key] !== after[key])) return CHANGED;
  await tx.update(organisations).set(before).where(eq(organisations.id, row.subject));
  if (names.length > 0) await tx.delete(organisationNames).where(inArray(organisationNames.id, names));
  await record(tx, ctx, {
    action: 'organisations.corrected',
    subject: { kind: 'organisation', id: row.subject },
    before: after,
    after: before,
    concerns: row.subject,
  });
  return null;
}

/** Which of these the actor keeps today: in reach, or supervised and under no parent. */
async function keptBy(tx: Tx, ctx: Ctx, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await tx.execute<{ organisation: string }>(
    sql`select distinct organisation from ${organisationParents} where organisation = any(${uuids(ids)})`,
  );
  const parented = new Set(rows.map((row) => row.organisation));
  return new Set(ids.filter((id) => reaches(ctx, id) || (ctx.scope.supervised.includes(id) && !parented.has(id))));
}

/** Removes the organisations that a run made and gives those that it changed their former values. */
export async function undoOrganisations(tx: Tx, ctx: Ctx, rows: readonly DoneRow[]): Promise<Kept> {
  const kept: Kept = new Map();
  const made = rows.filter((row) => row.undo['made'] !== undefined).map((row) => row.subject);
  const hanging = await hangingOn(tx, made, [
    'organisations',
    'organisation_names',
    'organisation_parents',
    'supervisions',
    'organisation_ids',
    'audit',
  ]);
  const mine = await keptBy(
    tx,
    ctx,
    rows.map((row) => row.subject),
  );
  for (const row of rows) {
    const why =
      hanging.get(row.subject) ??
      (mine.has(row.subject)
        ? row.undo['made'] === undefined
          ? await restoreOrganisation(tx, ctx, row)
          : await dropOrganisation(tx, ctx, row)
        : OUTSIDE);
    if (why) kept.set(row.row, why);
  }
  return kept;
}

async function dropContact(tx: Tx, ctx: Ctx, row: DoneRow): Promise<Text | null> {
  const { organisation, former } = row.undo as { organisation: string; former: string | null };
  if (!reaches(ctx, organisation) && !ctx.scope.supervised.includes(organisation)) return OUTSIDE;
  const [current] = await tx.select().from(contacts).where(eq(contacts.id, row.subject));
  if (!current) return GONE;
  if (current.validTo !== null) return CHANGED;
  if (current.confirmedAt !== null) return { vi: 'Đơn vị đã xác nhận đầu mối này.', en: 'The contact was confirmed.' };
  await tx.delete(contacts).where(eq(contacts.id, row.subject));
  if (former)
    await tx
      .update(contacts)
      .set({ validTo: null })
      .where(and(eq(contacts.id, former), eq(contacts.validTo, current.validFrom)));
  await record(tx, ctx, {
    action: 'contacts.removed',
    subject: { kind: 'contact', id: row.subject },
    after: former ? { id: former } : null,
    concerns: organisation,
  });
  return null;
}

/** Removes the contacts that a run put on file; those that they followed hold again. */
export async function undoContacts(tx: Tx, ctx: Ctx, rows: readonly DoneRow[]): Promise<Kept> {
  const kept: Kept = new Map();
  const hanging = await hangingOn(
    tx,
    rows.map((row) => row.subject),
    ['contacts', 'audit'],
  );
  for (const row of rows) {
    const why = hanging.get(row.subject) ?? (await dropContact(tx, ctx, row));
    if (why) kept.set(row.row, why);
  }
  return kept;
}
