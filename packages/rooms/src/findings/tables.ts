import { day, id, instant, writtenAt } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import {
  boolean,
  date,
  index,
  inet,
  integer,
  jsonb,
  macaddr,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
  cidr,
} from 'drizzle-orm/pg-core';
import { ACTS, APPROVALS, FINDING_ANSWERS, FINDING_KINDS, FINDING_STATES, VERDICTS, WHYS } from './model.ts';

/** One machine of one organisation with one family: everything that was seen of it, what was answered, what lists say of the answer. */
export const findings = pgTable(
  'findings',
  {
    id: id(),
    /** Who has to act. */
    organisation: uuid().notNull(),
    /** The authority that took the lists in. */
    overseer: uuid().notNull(),
    kind: text({ enum: FINDING_KINDS }).notNull().default('botnet'),
    /** Folded; '' where the list names none. */
    family: text().notNull(),
    machineKey: text().notNull(),
    /** The same machine with the same of the same organisation, under the same authority and exercise: short, as every row that comes asks for it. */
    identity: uuid()
      .notNull()
      .generatedAlwaysAs(sql`vg_finding_identity(organisation, overseer, exercise, kind, family, machine_key)`),
    asset: uuid(),
    address: inet(),
    privateAddress: inet(),
    port: integer(),
    machine: text(),
    machineFolded: text(),
    mac: macaddr(),
    domain: text(),
    network: cidr(),
    usage: text(),
    /** Of the information system, 1–5. */
    level: smallint(),
    matchedBy: text().notNull(),
    firstSeen: instant().notNull(),
    lastSeen: instant().notNull(),
    /** When it reached the organisation. */
    assignedAt: instant(),
    sightings: integer().notNull(),
    /** In how many lists. */
    lists: integer().notNull(),
    relapses: integer().notNull().default(0),
    /** The newest list that it stands in, and whose. */
    list: uuid().notNull(),
    sender: uuid().notNull(),
    inNewest: boolean().notNull(),
    /** The order of work: in the newest list first, then how exposed the address is, then the level of the system. Lower is sooner. */
    rank: smallint()
      .notNull()
      .generatedAlwaysAs(
        sql`(case when in_newest then 0 else 100 end + case coalesce(usage, 'own') when 'own' then 0 when 'exit' then 10 when 'dynamic' then 20 else 30 end + 5 - coalesce(level, 0))::smallint`,
      ),
    state: text({ enum: FINDING_STATES }).notNull(),
    answer: text({ enum: FINDING_ANSWERS }),
    answeredAt: instant(),
    answeredByName: text(),
    note: text(),
    postponedTo: day(),
    approval: text({ enum: APPROVALS }),
    /** Who asked, so that nobody approves what they asked for. */
    askedBy: text(),
    /** Under which number the operator passed it to its head office. */
    reference: text(),
    machinesDone: integer(),
    machinesTotal: integer(),
    verdict: text({ enum: VERDICTS }),
    verdictList: uuid(),
    verdictWhy: text({ enum: WHYS }),
    directive: uuid(),
    requirement: uuid(),
    due: day(),
    /** The finding that this one came from, and how many it was split into. */
    parent: uuid(),
    exercise: uuid(),
    version: integer().notNull().default(1),
    changedAt: instant().notNull(),
    writtenAt: writtenAt(),
  },
  (t) => [
    uniqueIndex('findings_identity')
      .on(t.identity)
      .where(sql`${t.state} <> 'void'`),
    // Every order that lists offer, for the authority and for the organisation.
    index('findings_overseer_work').on(t.overseer, t.state, t.rank, t.lastSeen.desc(), t.id),
    index('findings_overseer_seen').on(t.overseer, t.state, t.lastSeen.desc(), t.id),
    index('findings_overseer_dated')
      .on(t.overseer, t.state, t.due, t.id)
      .where(sql`${t.due} is not null`),
    index('findings_organisation_work').on(t.organisation, t.state, t.rank, t.lastSeen.desc(), t.id),
    index('findings_organisation_seen').on(t.organisation, t.state, t.lastSeen.desc(), t.id),
    index('findings_organisation_dated')
      .on(t.organisation, t.state, t.due, t.id)
      .where(sql`${t.due} is not null`),
    // What narrows a list to few.
    index('findings_family').on(t.overseer, t.family, t.list, t.state),
    index('findings_list_work').on(t.list, t.state, t.rank, t.lastSeen.desc(), t.id),
    index('findings_address').using('btree', t.address.op('inet_ops')),
    index('findings_machine_name')
      .on(t.machineFolded.op('text_pattern_ops'))
      .where(sql`${t.machineFolded} is not null`),
    index('findings_domain')
      .on(t.domain.op('text_pattern_ops'))
      .where(sql`${t.domain} is not null`),
    index('findings_usage')
      .on(t.overseer, t.usage)
      .where(sql`${t.usage} <> 'own'`),
    index('findings_level')
      .on(t.overseer, t.level)
      .where(sql`${t.level} is not null`),
    index('findings_answer')
      .on(t.overseer, t.answer, t.verdict)
      .where(sql`${t.answer} is not null`),
    index('findings_waiting')
      .on(t.overseer, t.state)
      .where(sql`${t.approval} = 'asked'`),
    index('findings_parent')
      .on(t.parent)
      .where(sql`${t.parent} is not null`),
  ],
);

/** One row of a list that led to a finding; `key` is the same for the same sighting in whatever list. */
export const sightings = pgTable(
  'sightings',
  {
    list: uuid().notNull(),
    row: integer().notNull(),
    finding: uuid().notNull(),
    organisation: uuid().notNull(),
    overseer: uuid().notNull(),
    key: uuid().notNull(),
    seenAt: instant().notNull(),
    /** False where the list gives no time: then it is the end of what the list covers. */
    isTimed: boolean().notNull(),
    port: integer(),
  },
  (t) => [primaryKey({ columns: [t.list, t.row] }), index('sightings_finding').on(t.finding, t.list, t.seenAt)],
);

/** What happened to a finding, oldest first. */
export const findingEvents = pgTable(
  'finding_events',
  {
    id: id(),
    finding: uuid().notNull(),
    organisation: uuid().notNull(),
    overseer: uuid().notNull(),
    act: text({ enum: ACTS }).notNull(),
    at: instant().notNull(),
    actor: text().notNull(),
    actorName: text().notNull(),
    /** Whose person it was. */
    actorOrganisation: uuid().notNull(),
    note: text(),
    data: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    writtenAt: writtenAt(),
  },
  (t) => [index('finding_events_finding').on(t.finding, t.at, t.id)],
);

/** Proof beside an answer: written once, named by its SHA-256. */
export const findingFiles = pgTable(
  'finding_files',
  {
    id: id(),
    finding: uuid().notNull(),
    organisation: uuid().notNull(),
    overseer: uuid().notNull(),
    sha256: text().notNull(),
    name: text().notNull(),
    type: text().notNull(),
    size: integer().notNull(),
    addedAt: instant().notNull(),
    addedBy: text().notNull(),
    addedByName: text().notNull(),
    writtenAt: writtenAt(),
  },
  (t) => [index('finding_files_finding').on(t.finding)],
);

/** A list as the authority's findings know it: what it covers decides what it proves. */
export const findingLists = pgTable(
  'finding_lists',
  {
    id: id(),
    organisation: uuid().notNull(),
    sender: uuid().notNull(),
    senderName: text().notNull(),
    title: text().notNull(),
    families: text().array(),
    coversFrom: instant(),
    coversTo: instant(),
    takenAt: instant().notNull(),
    finishedAt: instant(),
    withdrawnAt: instant(),
    exercise: uuid(),
    /** What it has of all organisations together: findings by family, and of how many organisations. */
    totals: jsonb().$type<{ organisations: number; families: Readonly<Record<string, number>> }>(),
  },
  (t) => [index('finding_lists_organisation').on(t.organisation, t.sender, t.coversTo)],
);

/** What a list has of an organisation and a family: the trend by list, and the lists that an organisation may know of. */
export const listShares = pgTable(
  'list_shares',
  {
    list: uuid().notNull(),
    organisation: uuid().notNull(),
    overseer: uuid().notNull(),
    family: text().notNull(),
    title: text().notNull(),
    senderName: text().notNull(),
    coversFrom: instant(),
    coversTo: instant(),
    finishedAt: instant().notNull(),
    findings: integer().notNull(),
    sightings: integer().notNull(),
    exercise: uuid(),
  },
  (t) => [
    primaryKey({ columns: [t.list, t.organisation, t.family] }),
    index('list_shares_organisation').on(t.organisation, t.finishedAt),
    index('list_shares_overseer').on(t.overseer, t.finishedAt),
  ],
);

/** How many findings there are of each sort, kept by triggers in the transaction that changes them. */
export const findingCounts = pgTable(
  'finding_counts',
  {
    overseer: uuid().notNull(),
    organisation: uuid().notNull(),
    kind: text({ enum: FINDING_KINDS }).notNull(),
    family: text().notNull(),
    state: text({ enum: FINDING_STATES }).notNull(),
    inNewest: boolean().notNull(),
    /** '' while nothing was answered. */
    verdict: text().notNull(),
    /** '' outside of exercises. */
    exercise: text().notNull(),
    n: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.overseer, t.organisation, t.kind, t.family, t.state, t.inNewest, t.verdict, t.exercise] }),
    index('finding_counts_organisation').on(t.organisation),
    index('finding_counts_family').on(t.overseer, t.family, t.state),
  ],
);

const summed = {
  state: text({ enum: FINDING_STATES }).notNull(),
  inNewest: boolean().notNull(),
  verdict: text().notNull(),
  exercise: text().notNull(),
  n: integer().notNull(),
};

/** `finding_counts` without families: few rows, which every list reads. */
export const findingSums = pgTable('finding_sums', { overseer: uuid().notNull(), organisation: uuid().notNull(), ...summed }, (t) => [
  primaryKey({ columns: [t.overseer, t.organisation, t.state, t.inNewest, t.verdict, t.exercise] }),
  index('finding_sums_organisation').on(t.organisation),
]);

/** `finding_counts` without organisations, for the authority alone. */
export const findingFamilies = pgTable('finding_families', { overseer: uuid().notNull(), family: text().notNull(), ...summed }, (t) => [
  primaryKey({ columns: [t.overseer, t.family, t.state, t.inNewest, t.verdict, t.exercise] }),
]);

/** Of how many findings that no list says otherwise of it took from one day to another until they were said to be clean; days in Vietnam. */
export const findingTimes = pgTable(
  'finding_times',
  {
    overseer: uuid().notNull(),
    organisation: uuid().notNull(),
    /** '' outside of exercises. */
    exercise: text().notNull(),
    fromDay: date({ mode: 'string' }).notNull(),
    toDay: date({ mode: 'string' }).notNull(),
    n: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.overseer, t.organisation, t.exercise, t.fromDay, t.toDay] }),
    index('finding_times_organisation').on(t.organisation),
  ],
);

/** Days on which offices are closed besides weekends, and days worked in their stead; the whole house reads them. */
export const holidays = pgTable('holidays', {
  day: date({ mode: 'string' }).primaryKey(),
  kind: text({ enum: ['off', 'work'] }).notNull(),
  nameVi: text().notNull(),
  nameEn: text().notNull(),
  writtenBy: text().notNull(),
  writtenAt: writtenAt(),
});

export { findingLookups, findingSheetFiles, findingSheets } from './sheets/tables.ts';
