import { compareVietnamese } from '@vonggac/kernel';
import { type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { and, asc, desc, eq, or, sql } from 'drizzle-orm';
import { grants, reaches } from '../access/index.ts';
import { holdsOn, validOn } from './dated.ts';
import { fetchOrganisation, keeps, today } from './internal.ts';
import { contactView } from './list-contacts.ts';
import { type NamedOrganisation, namesOf } from './names.ts';
import {
  contacts,
  groupMembers,
  groups,
  organisationNames,
  organisationParents,
  organisations,
  successions,
  supervisions,
} from './tables.ts';

/** Everything that hangs on one organisation, as rows. */
async function rowsOf(tx: Tx, id: string, day: string) {
  return {
    names: await tx
      .select()
      .from(organisationNames)
      .where(eq(organisationNames.organisation, id))
      .orderBy(asc(organisationNames.kind), sql`${organisationNames.validTo} desc nulls first`),
    parents: await tx
      .select()
      .from(organisationParents)
      .where(eq(organisationParents.organisation, id))
      .orderBy(sql`${organisationParents.validTo} desc nulls first`),
    children: await tx
      .select({ id: organisationParents.organisation })
      .from(organisationParents)
      .innerJoin(organisations, eq(organisations.id, organisationParents.organisation))
      .where(
        and(
          eq(organisationParents.parent, id),
          validOn(organisationParents.validFrom, organisationParents.validTo, day),
          validOn(organisations.existsFrom, organisations.existsTo, day),
        ),
      ),
    supervisors: await tx
      .select()
      .from(supervisions)
      .where(eq(supervisions.organisation, id))
      .orderBy(sql`${supervisions.validTo} desc nulls first`),
    supervises: await tx
      .select()
      .from(supervisions)
      .where(and(eq(supervisions.supervisor, id), validOn(supervisions.validFrom, supervisions.validTo, day))),
    groups: await tx
      .select({ id: groups.id, name: groups.name, validFrom: groupMembers.validFrom, validTo: groupMembers.validTo })
      .from(groupMembers)
      .innerJoin(groups, eq(groups.id, groupMembers.group))
      .where(eq(groupMembers.member, id))
      .orderBy(asc(groups.name)),
    successions: await tx
      .select()
      .from(successions)
      .where(or(eq(successions.predecessor, id), eq(successions.successor, id)))
      .orderBy(desc(successions.on)),
    contacts: await tx
      .select()
      .from(contacts)
      .where(eq(contacts.organisation, id))
      .orderBy(asc(contacts.role), desc(contacts.validFrom), desc(contacts.id)),
  };
}

type Rows = Awaited<ReturnType<typeof rowsOf>>;

function around(id: string, rows: Rows): string[] {
  return [
    id,
    ...rows.parents.map((row) => row.parent),
    ...rows.children.map((row) => row.id),
    ...rows.supervisors.map((row) => row.supervisor),
    ...rows.supervises.map((row) => row.organisation),
    ...rows.successions.flatMap((row) => [row.predecessor, row.successor]),
  ];
}

/** Relations to organisations whose names the actor may not know are left out. */
function relationsOf(rows: Rows, names: ReadonlyMap<string, NamedOrganisation>) {
  const ref = (id: string) => ({ id, name: names.get(id)?.qualifiedName ?? '' });
  const known = (id: string) => names.has(id);
  return {
    parents: rows.parents
      .filter((row) => known(row.parent))
      .map(({ id, parent, validFrom, validTo }) => ({ id, parent: ref(parent), validFrom, validTo })),
    children: rows.children
      .filter((row) => known(row.id))
      .map((row) => ({ ...ref(row.id), kind: names.get(row.id)!.kind }))
      .toSorted((a, b) => compareVietnamese(a.name, b.name)),
    supervisors: rows.supervisors
      .filter((row) => known(row.supervisor))
      .map(({ id, supervisor, field, validFrom, validTo }) => ({ id, organisation: ref(supervisor), field, validFrom, validTo })),
    supervises: rows.supervises
      .filter((row) => known(row.organisation))
      .map(({ id, organisation, field, validFrom, validTo }) => ({ id, organisation: ref(organisation), field, validFrom, validTo }))
      .toSorted((a, b) => compareVietnamese(a.organisation.name, b.organisation.name)),
    successions: rows.successions
      .filter((row) => known(row.predecessor) && known(row.successor))
      .map(({ id, predecessor, successor, kind, on }) => ({ id, predecessor: ref(predecessor), successor: ref(successor), kind, on })),
  };
}

/** One organisation with its names by time, parents, supervision, groups, contacts and what became of it. */
export async function getOrganisation(ctx: Ctx, id: string, on: string | undefined) {
  const day = on ?? today(ctx);
  return inSnapshot(ctx, async (tx) => {
    const organisation = await fetchOrganisation(tx, id);
    const rows = await rowsOf(tx, id, day);
    const names = await namesOf(tx, around(id, rows), day);
    const own = names.get(id)!;
    const seesContacts = reaches(ctx, id) || ctx.scope.supervised.includes(id);
    const may = (permission: 'organisations:write' | 'contacts:write') =>
      ctx.actor.kind === 'system' || grants(ctx.actor.role).includes(permission);
    const views = rows.contacts.map((row) => contactView(ctx, row, names));
    const current = (contact: { validFrom: string; validTo: string | null }) => holdsOn(contact, today(ctx));
    return {
      id,
      on: day,
      name: own.qualifiedName,
      officialName: own.name,
      kind: organisation.kind,
      shortName: organisation.shortName,
      code: organisation.code,
      note: organisation.note,
      existsFrom: organisation.existsFrom,
      existsTo: organisation.existsTo,
      lives: holdsOn({ validFrom: organisation.existsFrom, validTo: organisation.existsTo }, day),
      editable: may('organisations:write') && (await keeps(tx, ctx, id)),
      seesContacts,
      editsContacts: seesContacts && may('contacts:write'),
      names: rows.names.map(({ id: nameId, kind, name, validFrom, validTo }) => ({ id: nameId, kind, name, validFrom, validTo })),
      groups: rows.groups,
      ...relationsOf(rows, names),
      contacts: views.filter(current),
      formerContacts: views.filter((contact) => !current(contact)),
    };
  });
}
