import type { Text } from '@vonggac/kernel';
import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { day, id, instant, writtenAt } from '@vonggac/store';
import type { ImportCounts, ImportPlace, ImportResult } from './import-model.ts';

export const ORGANISATION_KINDS = [
  'ministry',
  'province',
  'department',
  'district',
  'commune',
  'operator',
  'unit',
  'party',
  'other',
] as const;

/** An organisation exists from a day to a day (exclusive). `name` is the newest official one; older ones are in `organisation_names`. */
export const organisations = pgTable(
  'organisations',
  {
    id: id(),
    kind: text({ enum: ORGANISATION_KINDS }).notNull(),
    name: text().notNull(),
    folded: text().notNull(),
    shortName: text(),
    /** Identifier on the document axis (QCVN 102:2016 OrganId), where known. */
    code: text(),
    existsFrom: day(),
    existsTo: day(),
    note: text(),
    writtenAt: writtenAt(),
  },
  (t) => [index('organisations_folded').on(t.folded), uniqueIndex('organisations_code').on(t.code)],
);

/** Official names and aliases by time. */
export const organisationNames = pgTable(
  'organisation_names',
  {
    id: id(),
    organisation: uuid()
      .notNull()
      .references(() => organisations.id),
    kind: text({ enum: ['official', 'alias'] }).notNull(),
    name: text().notNull(),
    folded: text().notNull(),
    validFrom: day(),
    validTo: day(),
  },
  (t) => [index('organisation_names_folded').on(t.folded), index('organisation_names_organisation').on(t.organisation)],
);

/** Administrative parent by time; one at a time. */
export const organisationParents = pgTable(
  'organisation_parents',
  {
    id: id(),
    organisation: uuid()
      .notNull()
      .references(() => organisations.id),
    parent: uuid()
      .notNull()
      .references(() => organisations.id),
    validFrom: day(),
    validTo: day(),
  },
  (t) => [index('organisation_parents_organisation').on(t.organisation), index('organisation_parents_parent').on(t.parent)],
);

/** Who may issue to, follow and sum up whom, in which field, by time. */
export const supervisions = pgTable(
  'supervisions',
  {
    id: id(),
    supervisor: uuid()
      .notNull()
      .references(() => organisations.id),
    organisation: uuid()
      .notNull()
      .references(() => organisations.id),
    field: text().notNull(),
    validFrom: day(),
    validTo: day(),
  },
  (t) => [index('supervisions_supervisor').on(t.supervisor), index('supervisions_organisation').on(t.organisation)],
);

/** Acts by which organisations take over from each other; `separate` leaves the old one alive. */
export const REORGANISATIONS = ['merge', 'split', 'separate', 'dissolve'] as const;

/** What became of an organisation: merged into, split into, handed over to, or what was separated from it. */
export const successions = pgTable(
  'successions',
  {
    id: id(),
    predecessor: uuid()
      .notNull()
      .references(() => organisations.id),
    successor: uuid()
      .notNull()
      .references(() => organisations.id),
    kind: text({ enum: REORGANISATIONS }).notNull(),
    on: day().notNull(),
    act: uuid().notNull(),
  },
  (t) => [index('successions_predecessor').on(t.predecessor), index('successions_successor').on(t.successor)],
);

/** What a reorganisation left to the desk: it waits here until it is handed on or let go. */
export const leftovers = pgTable(
  'leftovers',
  {
    id: id(),
    /** The unit that ended. */
    organisation: uuid()
      .notNull()
      .references(() => organisations.id),
    /** Who follows it: a task's overseer, else who reorganised. */
    overseer: uuid().notNull(),
    kind: text().notNull(),
    row: uuid().notNull(),
    text: jsonb().$type<Text>().notNull(),
    folded: text().notNull(),
    /** The end that the row had of its own. */
    until: day(),
    act: uuid().notNull(),
    actKind: text({ enum: REORGANISATIONS }).notNull(),
    on: day().notNull(),
    basis: text().notNull(),
    leftAt: instant().notNull(),
    settledAt: instant(),
    settledBy: text(),
    /** Null, once settled, where it was let go. */
    handedTo: uuid(),
    reason: text(),
  },
  (t) => [
    index('leftovers_organisation').on(t.organisation),
    index('leftovers_overseer').on(t.overseer),
    index('leftovers_row').on(t.kind, t.row),
  ],
);

/** A recipient group ("các Sở, ban, ngành") of the organisation that keeps it, with validity and the phrases that mean it. */
export const groups = pgTable('groups', {
  id: id(),
  organisation: uuid()
    .notNull()
    .references(() => organisations.id),
  name: text().notNull(),
  folded: text().notNull(),
  validFrom: day(),
  validTo: day(),
  writtenAt: writtenAt(),
});

export const groupMembers = pgTable(
  'group_members',
  {
    group: uuid()
      .notNull()
      .references(() => groups.id),
    organisation: uuid().notNull(),
    member: uuid()
      .notNull()
      .references(() => organisations.id),
    validFrom: day(),
    validTo: day(),
  },
  (t) => [primaryKey({ columns: [t.group, t.member] })],
);

/** A recipient phrase of documents, mapped once and for all to a group or an organisation. */
export const phrases = pgTable(
  'phrases',
  {
    id: id(),
    organisation: uuid()
      .notNull()
      .references(() => organisations.id),
    phrase: text().notNull(),
    folded: text().notNull(),
    group: uuid().references(() => groups.id),
    target: uuid().references(() => organisations.id),
    writtenAt: writtenAt(),
  },
  (t) => [uniqueIndex('phrases_folded').on(t.organisation, t.folded)],
);

export const CONTACT_ROLES = ['leader', 'focal', 'duty', 'technical', 'records'] as const;

/** A contact of an organisation in a role; `duty` is the 24/7 one. */
export const contacts = pgTable(
  'contacts',
  {
    id: id(),
    organisation: uuid()
      .notNull()
      .references(() => organisations.id),
    role: text({ enum: CONTACT_ROLES }).notNull(),
    name: text(),
    position: text(),
    department: text(),
    address: text(),
    /** Serial of the certificate or what else says that the contact signs digitally (TT 31/2017/TT-BTTTT Đ7). */
    digitalSignature: text(),
    phones: jsonb().$type<string[]>().notNull().default([]),
    emails: jsonb().$type<string[]>().notNull().default([]),
    /** One staffed number that is answered 24/7. */
    hotline: boolean().notNull().default(false),
    /** Columns of an imported list that the register has no place for. */
    note: text(),
    validFrom: day().notNull(),
    validTo: day(),
    confirmedAt: instant(),
    confirmedBy: text(),
    writtenAt: writtenAt(),
  },
  (t) => [index('contacts_organisation').on(t.organisation)],
);

export const IMPORT_STATES = ['read', 'running', 'stopped', 'cancelled', 'done', 'undoing', 'undone'] as const;

/** A file that was read in and the run that takes its rows in. The file itself lies in the files by its SHA-256. */
export const imports = pgTable(
  'imports',
  {
    id: id(),
    organisation: uuid().notNull(),
    person: text().notNull(),
    kind: text({ enum: ['organisations', 'contacts', 'people', 'assets'] }).notNull(),
    sha256: text().notNull(),
    name: text().notNull(),
    state: text({ enum: IMPORT_STATES }).notNull().default('read'),
    /** Of runs that were one act: counts and refused rows; later ones have their rows in `import_rows`. */
    result: jsonb().$type<ImportResult>(),
    place: jsonb().$type<ImportPlace>(),
    total: integer().notNull().default(0),
    /** Rows of the file that were taken in, in its order. */
    done: integer().notNull().default(0),
    counts: jsonb().$type<ImportCounts>().notNull().default({ new: 0, changed: 0, same: 0, refused: 0 }),
    /** Who works on it, and the database's time of the last sign of life. */
    runner: uuid(),
    beatAt: instant(),
    cancelAsked: boolean().notNull().default(false),
    startedAt: instant(),
    finishedAt: instant(),
    /** Why it stopped. */
    fault: jsonb().$type<Text>(),
    writtenAt: writtenAt(),
  },
  (t) => [
    index('imports_organisation').on(t.organisation, t.writtenAt),
    uniqueIndex('imports_one_at_a_time')
      .on(t.organisation, t.kind)
      .where(sql`${t.state} in ('running', 'undoing')`),
  ],
);

/** What a run did row by row, except where nothing was to do; `undo` is what taking it back needs. */
export const importRows = pgTable(
  'import_rows',
  {
    import: uuid()
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    organisation: uuid().notNull(),
    row: integer().notNull(),
    state: text({ enum: ['new', 'changed', 'refused'] }).notNull(),
    name: text().notNull(),
    changes: jsonb().$type<string[]>().notNull().default([]),
    reason: jsonb().$type<Text>(),
    subject: uuid(),
    undo: jsonb().$type<Record<string, unknown>>(),
    outcome: text({ enum: ['undone', 'kept'] }),
    /** Why it could not be taken back. */
    why: jsonb().$type<Text>(),
  },
  (t) => [primaryKey({ columns: [t.import, t.row] })],
);
