import { fold, newId, type Text } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { eq, type SQL, sql } from 'drizzle-orm';
import { reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { DEFAULT_FIELD, insertOrganisation, mustBeFree } from './create.ts';
import type { Made, PlannedRow, SourceRow } from './import-model.ts';
import { today } from './internal.ts';
import { tracesOf } from './import-undo.ts';
import { kindNamed, kindSuggested } from './kinds.ts';
import { type OrganisationKind, placeOf, readBare, readParents } from './names.ts';
import { keyOf, splitContext } from './phrase-text.ts';
import { organisationNames, organisationParents, organisations } from './tables.ts';

type Known = {
  id: string;
  kind: OrganisationKind;
  name: string;
  short_name: string | null;
  code: string | null;
  note: string | null;
  parent: string | null;
  names: string[];
  parented: boolean;
  /** Made by this very file. */
  fresh?: true;
};
type Wanted = {
  id: string;
  name: string;
  kind: OrganisationKind;
  parent: string | null;
  supervisor: string | null;
  shortName: string;
  alias: string;
  code: string;
  note: string;
  from: string | null;
};
type Index = { known: Known[]; byKey: Map<string, Known[]>; byCode: Map<string, Known>; places: Map<string, string[]> };

const refuse = (source: SourceRow, vi: string, en: string): PlannedRow => ({
  row: source.row,
  state: 'refused',
  name: source.by['name'] ?? '',
  changes: [],
  reason: { vi, en },
  act: async () => null,
});

function add(index: Index, known: Known): void {
  index.known.push(known);
  for (const name of known.names)
    index.byKey.set(keyOf(name), [...(index.byKey.get(keyOf(name)) ?? []).filter((one) => one.id !== known.id), known]);
  if (known.code) index.byCode.set(known.code, known);
}

/** Not over on the day; what only begins later is known already. */
const notOver = (to: SQL, day: string): SQL => sql`${day}::date < coalesce(${to}, 'infinity'::date)`;

async function readIndex(tx: Tx, day: string): Promise<Index> {
  const { rows } = await tx.execute<Known>(sql`
    select o.id, o.kind, o.name, o.short_name, o.code, o.note, p.parent, exists (select 1 from ${organisationParents} x where x.organisation = o.id) as parented,
      array(select n.name from ${organisationNames} n where n.organisation = o.id and ${notOver(sql`n.valid_to`, day)}) as names
    from ${organisations} o left join ${organisationParents} p on p.organisation = o.id and ${notOver(sql`p.valid_to`, day)}
    where ${notOver(sql`o.exists_to`, day)}`);
  const nameOf = new Map((await readBare(tx, sql`true`)).map((row) => [row.id, row.name]));
  const places = new Map<string, string[]>();
  for (const line of await readParents(tx, sql`true`)) {
    const name = nameOf.get(line.parent);
    if (name !== undefined) places.set(line.organisation, [...(places.get(line.organisation) ?? []), keyOf(placeOf(name))]);
  }
  const index: Index = { known: [], byKey: new Map(), byCode: new Map(), places };
  for (const row of rows) add(index, row);
  return index;
}

function dayIn(cell: string): string | null | undefined {
  if (cell === '') return null;
  const match = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(cell);
  const iso = match ? `${match[3]}-${match[2]!.padStart(2, '0')}-${match[1]!.padStart(2, '0')}` : cell.slice(0, 10);
  try {
    return Temporal.PlainDate.from(iso).toString();
  } catch {
    return undefined;
  }
}

/** All that bear a name; with `(huyện Gia Viễn cũ)` behind it, as lists show namesakes, only those that belong or belonged there. */
function bearers(index: Index, text: string): Known[] {
  const whole = index.byKey.get(keyOf(text)) ?? [];
  const { name, context } = splitContext(text);
  if (whole.length > 0 || context === null) return whole;
  return (index.byKey.get(keyOf(name)) ?? []).filter(({ id }) => index.places.get(id)?.includes(context));
}

/** Who is meant by a cell that names another organisation. */
function other(index: Index, cell: string): Known | Text {
  const found = bearers(index, cell);
  if (found.length === 1) return found[0]!;
  if (found.length === 0)
    return {
      vi: `Chưa có đơn vị “${cell}”. Đưa đơn vị này lên dòng trước, hoặc sửa lại tên.`,
      en: `There is no organisation “${cell}”. Put it in an earlier row, or correct the name.`,
    };
  return {
    vi: `Có ${found.length} đơn vị tên “${cell}”. Ghi rõ hơn.`,
    en: `${found.length} organisations are named “${cell}”. Say which.`,
  };
}

/** Where the row hangs: under its parent; a company without one under a supervisor; by default under the acting organisation. */
function placed(
  index: Index,
  ctx: Ctx,
  by: Record<string, string>,
  kind: OrganisationKind,
): { parent: string | null; supervisor: string | null } | Text {
  const parent = by['parent'] ? other(index, by['parent']) : null;
  if (parent && 'vi' in parent) return parent;
  const supervisor = by['supervisor'] ? other(index, by['supervisor']) : null;
  if (supervisor && 'vi' in supervisor) return supervisor;
  if (parent === null && kind === 'operator') return { parent: null, supervisor: supervisor?.id ?? ctx.actor.organisation };
  return { parent: parent?.id ?? ctx.actor.organisation, supervisor: supervisor?.id ?? null };
}

function differences(known: Known, wanted: Wanted): string[] {
  const pairs: [string, string | null, string][] = [
    ['shortName', known.short_name, wanted.shortName],
    ['code', known.code, wanted.code],
    ['note', known.note, wanted.note],
  ];
  const changed = pairs.filter(([, before, after]) => after !== '' && after !== (before ?? '')).map(([key]) => key);
  return wanted.alias !== '' && !known.names.some((name) => fold(name) === fold(wanted.alias)) ? [...changed, 'alias'] : changed;
}

async function change(tx: Tx, ctx: Ctx, known: Known, wanted: Wanted): Promise<Made> {
  const before = { shortName: known.short_name, code: known.code, note: known.note };
  await mustBeFree(tx, wanted.code, known.id);
  const after = { shortName: wanted.shortName || known.short_name, code: wanted.code || known.code, note: wanted.note || known.note };
  await tx.update(organisations).set(after).where(eq(organisations.id, known.id));
  const aliases = [...new Map([wanted.alias, wanted.shortName].map((alias) => [fold(alias), alias])).values()];
  const added: string[] = [];
  for (const alias of aliases) {
    if (alias === '' || known.names.some((name) => fold(name) === fold(alias))) continue;
    added.push(newId());
    await tx
      .insert(organisationNames)
      .values({ id: added.at(-1)!, organisation: known.id, kind: 'alias', name: alias, folded: fold(alias) });
  }
  await record(tx, ctx, {
    action: 'organisations.corrected',
    subject: { kind: 'organisation', id: known.id },
    before,
    after,
    concerns: known.id,
  });
  return { subject: known.id, undo: { before, after, names: added } };
}

async function create(tx: Tx, ctx: Ctx, wanted: Wanted): Promise<Made> {
  const { id, kind, name, parent, supervisor, shortName, code, note, from, alias } = wanted;
  const more = {
    ...(shortName && { shortName }),
    ...(code && { code }),
    ...(note && { note }),
    ...(parent && { parentId: parent }),
    ...(supervisor && { supervisorId: supervisor, field: DEFAULT_FIELD }),
    ...(from && { from }),
  };
  await insertOrganisation(tx, ctx, id, { kind, name, ...more });
  if (alias) await tx.insert(organisationNames).values({ id: newId(), organisation: id, kind: 'alias', name: alias, folded: fold(alias) });
  await record(tx, ctx, {
    action: 'organisations.created',
    subject: { kind: 'organisation', id },
    after: { kind, name, ...more },
    concerns: id,
  });
  return { subject: id, undo: await tracesOf(tx, id) };
}

function planRow(index: Index, ctx: Ctx, source: SourceRow, freshId: () => string): PlannedRow {
  const { by } = source;
  const name = (by['name'] ?? '').normalize('NFC').replace(/\s+/g, ' ').trim();
  if (name === '' || name.length > 200)
    return refuse(source, 'Thiếu tên đơn vị hoặc tên dài quá 200 ký tự.', 'The name is missing or longer than 200 characters.');
  const kind = by['kind'] ? kindNamed(by['kind']) : kindSuggested(name);
  if (kind === null)
    return refuse(
      source,
      `Không có loại đơn vị “${by['kind']}”. Xem các loại trong tệp mẫu.`,
      `There is no kind “${by['kind']}”. See the kinds in the template.`,
    );
  const from = dayIn(by['from'] ?? '');
  if (from === undefined)
    return refuse(source, `“${by['from']}” không phải ngày. Ghi như 1/7/2025.`, `“${by['from']}” is not a day. Write it like 1/7/2025.`);
  const place = placed(index, ctx, by, kind);
  if ('vi' in place) return refuse(source, place.vi, place.en);
  const note = [by['note'] ?? '', source.rest].filter(Boolean).join('; ').slice(0, 2000);
  const wanted: Wanted = {
    id: '',
    name,
    kind,
    ...place,
    shortName: by['shortName'] ?? '',
    alias: by['alias'] ?? '',
    code: by['code'] ?? '',
    note,
    from,
  };
  const namesakes = bearers(index, name);
  const holder = wanted.code === '' ? undefined : index.byCode.get(wanted.code);
  // Without a parent in its row, the only bearer of the name is meant.
  const known =
    holder ?? namesakes.find((one) => one.parent === place.parent) ?? (by['parent'] || namesakes.length !== 1 ? undefined : namesakes[0]);
  if (known) return planKnown(index, ctx, source, { known, wanted });
  const under = place.parent ?? place.supervisor;
  if (under === null || !(reaches(ctx, under) || index.known.some((one) => one.id === under && one.fresh)))
    return refuse(
      source,
      'Cơ quan chủ quản hoặc đơn vị theo dõi nằm ngoài phạm vi của đơn vị.',
      'The parent or supervisor is outside your scope.',
    );
  wanted.id = freshId();
  add(index, {
    id: wanted.id,
    kind,
    name,
    short_name: wanted.shortName || null,
    code: wanted.code || null,
    note: note || null,
    fresh: true,
    parent: place.parent,
    names: [name, wanted.shortName, wanted.alias].filter(Boolean),
    parented: place.parent !== null,
  });
  return { row: source.row, state: 'new', name, changes: [], reason: null, act: (tx, wider) => create(tx, wider, wanted) };
}

function planKnown(index: Index, ctx: Ctx, source: SourceRow, { known, wanted }: { known: Known; wanted: Wanted }): PlannedRow {
  const row = { row: source.row, name: wanted.name, reason: null };
  const changes = differences(known, wanted);
  if (changes.length === 0) return { ...row, state: 'same', changes, act: async () => null };
  if (!(known.fresh || reaches(ctx, known.id) || (ctx.scope.supervised.includes(known.id) && !known.parented)))
    return refuse(source, 'Đơn vị này nằm ngoài phạm vi được sửa.', 'You may not change this organisation.');
  const before = { ...known };
  add(index, {
    ...known,
    short_name: wanted.shortName || known.short_name,
    code: wanted.code || known.code,
    note: wanted.note || known.note,
    names: [...known.names, wanted.alias, wanted.shortName].filter(Boolean),
  });
  return { ...row, state: 'changed', changes, act: (tx, wider) => change(tx, wider, before, wanted) };
}

/** What each row would do, in order; rows that are already as the file says change nothing. */
export async function planOrganisations(tx: Tx, ctx: Ctx, rows: readonly SourceRow[], freshId: () => string): Promise<PlannedRow[]> {
  const index = await readIndex(tx, today(ctx));
  return rows.map((row) => planRow(index, ctx, row, freshId));
}
