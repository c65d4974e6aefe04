import type { ListMapping } from '@vonggac/feeds';
import type { Text } from '@vonggac/kernel';
import { day, id, instant, writtenAt } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  cidr,
  index,
  inet,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { MATCHED_BY } from './events.ts';
import { ALIAS_KINDS, type Correction, LIST_KINDS, LIST_STATES, type ListCounts, WHYS } from './model.ts';

/** Who sends lists to an authority. */
export const senders = pgTable(
  'senders',
  {
    id: id(),
    organisation: uuid().notNull(),
    name: text().notNull(),
    folded: text().notNull(),
    writtenAt: writtenAt(),
  },
  (t) => [uniqueIndex('senders_name').on(t.organisation, t.folded)],
);

/** How an officer mapped the columns of a sender's lists, offered for the next one with the same header. */
export const senderMappings = pgTable(
  'sender_mappings',
  {
    sender: uuid()
      .notNull()
      .references(() => senders.id),
    organisation: uuid().notNull(),
    /** Of the header, or of the form where there is none. */
    fingerprint: text().notNull(),
    mapping: jsonb().$type<ListMapping>().notNull(),
    writtenBy: text().notNull(),
    writtenByName: text().notNull(),
    writtenAt: writtenAt(),
  },
  (t) => [primaryKey({ columns: [t.sender, t.fingerprint] })],
);

/** What a sender calls a unit or a machine, from a day to a day (exclusive; null is open). */
export const senderAliases = pgTable(
  'sender_aliases',
  {
    id: id(),
    sender: uuid()
      .notNull()
      .references(() => senders.id),
    organisation: uuid().notNull(),
    kind: text({ enum: ALIAS_KINDS }).notNull(),
    text: text().notNull(),
    folded: text().notNull(),
    target: uuid().notNull(),
    asset: uuid(),
    validFrom: day(),
    validTo: day(),
    writtenBy: text().notNull(),
    writtenByName: text().notNull(),
    version: integer().notNull().default(1),
    writtenAt: writtenAt(),
  },
  (t) => [index('sender_aliases_text').on(t.sender, t.kind, t.folded)],
);

/** A list that an authority took in, or is about to. */
export const lists = pgTable(
  'lists',
  {
    id: id(),
    /** The authority that took it in. */
    organisation: uuid().notNull(),
    sender: uuid()
      .notNull()
      .references(() => senders.id),
    title: text().notNull(),
    sha256: text().notNull(),
    name: text().notNull(),
    size: bigint({ mode: 'number' }).notNull(),
    kind: text({ enum: LIST_KINDS }).notNull(),
    mapping: jsonb().$type<ListMapping>(),
    /** Folded; null: every family of the sender. */
    families: jsonb().$type<string[]>(),
    coversFrom: instant(),
    coversTo: instant(),
    directive: uuid(),
    requirement: uuid(),
    due: day(),
    exercise: uuid(),
    /** The list that this one corrects. */
    supersedes: uuid(),
    correction: jsonb().$type<Correction>(),
    state: text({ enum: LIST_STATES }).notNull().default('draft'),
    /** Rows of the file that are in, in its order. */
    done: integer().notNull().default(0),
    total: integer().notNull().default(0),
    counts: jsonb().$type<ListCounts>().notNull(),
    /** The headers of what its rows say besides. */
    extraNames: jsonb().$type<readonly string[]>().notNull().default([]),
    /** Who works on it, and the database's time of the last sign of life. */
    runner: uuid(),
    beatAt: instant(),
    cancelAsked: boolean().notNull().default(false),
    /** Why it stopped. */
    fault: jsonb().$type<Text>(),
    startedAt: instant(),
    finishedAt: instant(),
    madeBy: text().notNull(),
    madeByName: text().notNull(),
    madeAt: instant().notNull(),
    /** Withdrawal: proposed by one, decided by another. */
    withdrawAskedBy: text(),
    withdrawAskedByName: text(),
    withdrawAskedAt: instant(),
    withdrawReason: text(),
    withdrawnByName: text(),
    withdrawnAt: instant(),
    writtenAt: writtenAt(),
  },
  (t) => [
    index('lists_organisation').on(t.organisation, t.madeAt),
    index('lists_sender').on(t.sender, t.state),
    index('lists_directive').on(t.directive),
    uniqueIndex('lists_one_file')
      .on(t.organisation, t.sender, t.sha256, sql`coalesce(${t.exercise}, ${t.organisation})`)
      .where(sql`${t.state} in ('running', 'stopped', 'done')`),
  ],
);

/** A row of a list, with whom it leads to and why. */
export const listRows = pgTable(
  'list_rows',
  {
    list: uuid().notNull(),
    row: integer().notNull(),
    organisation: uuid().notNull(),
    key: uuid().notNull(),
    /** An earlier row of a living list of the sender is the same sighting. */
    isSame: boolean().notNull(),
    seenAt: instant().notNull(),
    isTimed: boolean().notNull(),
    address: inet(),
    port: integer(),
    /** As the list writes it; '' where it names none. */
    family: text().notNull(),
    domain: text(),
    machine: text(),
    privateAddress: inet(),
    mac: text(),
    unit: text(),
    /** What the list says besides: `packExtra`. */
    extra: text(),
    target: uuid(),
    asset: uuid(),
    network: cidr(),
    usage: text(),
    level: smallint(),
    machineKey: text(),
    matchedBy: text({ enum: MATCHED_BY }),
    why: text({ enum: WHYS }).notNull(),
    /** The later look that led it there. */
    rematch: uuid(),
    asideReason: text(),
    asideByName: text(),
    asideAt: instant(),
  },
  (t) => [primaryKey({ columns: [t.list, t.row] }), index('list_rows_key').on(t.key)],
);

/** A later look at the rows of a list that led nowhere, by the register and the names of then. */
export const listRematches = pgTable(
  'list_rematches',
  {
    id: id(),
    list: uuid().notNull(),
    organisation: uuid().notNull(),
    rows: integer().notNull(),
    findingsNew: integer().notNull(),
    findingsAgain: integer().notNull(),
    /** Rows of which it was said before that somebody held the address, but not on that day. */
    notThen: jsonb().$type<number[]>().notNull().default([]),
    madeBy: text().notNull(),
    madeByName: text().notNull(),
    madeAt: instant().notNull(),
    undoneByName: text(),
    undoneAt: instant(),
    /** Rows that stayed, since their findings were worked on. */
    kept: integer(),
  },
  (t) => [index('list_rematches_list').on(t.list, t.madeAt)],
);

/** A line that was not taken in, with the cure. */
export const listRefusals = pgTable(
  'list_refusals',
  {
    list: uuid().notNull(),
    row: integer().notNull(),
    organisation: uuid().notNull(),
    column: text(),
    code: text().notNull(),
    reason: jsonb().$type<Text>().notNull(),
    cells: jsonb().$type<string[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.list, t.row] })],
);
