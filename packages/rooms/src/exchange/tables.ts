import { boolean, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { EdxmlStatus } from '@vonggac/congvan/edxml';
import { day, id, instant } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { directives } from '../directives/index.ts';
import { DECISIONS, PROGRESS, RECEIVED, REQUEST } from './model.ts';

/**
 * A status that goes back to the sender of a document, or a request (13) of the sender, frozen as it was made; the office hands the
 * file over and marks it sent. It outlives the draft of a document that was sent back.
 */
export const statusMessages = pgTable(
  'status_messages',
  {
    id: id(),
    directive: uuid().notNull(),
    organisation: uuid().notNull(),
    overseer: uuid().notNull(),
    code: text({ enum: [...PROGRESS, REQUEST, ...DECISIONS] }).notNull(),
    at: instant().notNull(),
    message: jsonb().$type<EdxmlStatus>().notNull(),
    /** The request (13) that a 15 or 16 answers. */
    request: uuid(),
    madeAt: instant().notNull(),
    madeByName: text().notNull(),
    sentAt: instant(),
    sentBy: uuid(),
    sentByName: text(),
  },
  (t) => [
    // Each status once; a sender may ask again; a request is answered once.
    uniqueIndex('status_messages_once')
      .on(t.directive, t.organisation, t.code)
      .where(sql`request is null and code <> '13'`),
    uniqueIndex('status_messages_request').on(t.request),
    index('status_messages_organisation').on(t.organisation, t.sentAt),
    index('status_messages_overseer').on(t.overseer),
  ],
);

/** A status message that came as a file: of an agency to the authority that issued, or a request (13) of the sender to an agency. */
export const statusFiles = pgTable(
  'status_files',
  {
    id: id(),
    directive: uuid()
      .notNull()
      .references(() => directives.id),
    organisation: uuid().notNull(),
    overseer: uuid().notNull(),
    /** The organisation that read it in; the same file is found again there, not doubled. */
    reader: uuid().notNull(),
    sha256: text().notNull(),
    name: text().notNull(),
    code: text({ enum: RECEIVED }).notNull(),
    at: instant(),
    description: text(),
    fromId: text().notNull(),
    fromName: text().notNull(),
    number: text(),
    day: day(),
    state: text({ enum: ['waiting', 'confirmed', 'discarded'] })
      .notNull()
      .default('waiting'),
    /** Whether it moved the receipt; false where the agency had done so itself. */
    moved: boolean(),
    readAt: instant().notNull(),
    readByName: text().notNull(),
    decidedAt: instant(),
    decidedBy: uuid(),
    decidedByName: text(),
    reason: text(),
  },
  (t) => [
    uniqueIndex('status_files_sha256').on(t.reader, t.sha256),
    // An agency says each status once.
    uniqueIndex('status_files_once')
      .on(t.directive, t.organisation, t.code)
      .where(sql`state = 'confirmed' and code <> '13'`),
    index('status_files_waiting').on(t.overseer, t.state),
    index('status_files_organisation').on(t.organisation, t.directive),
  ],
);

/** How the authority itself stands to a document that came from above: its own số đến and ngày đến, or why it sent it back. */
export const arrivals = pgTable(
  'arrivals',
  {
    directive: uuid()
      .primaryKey()
      .references(() => directives.id, { onDelete: 'cascade' }),
    organisation: uuid().notNull(),
    overseer: uuid().notNull(),
    number: text(),
    day: day(),
    refusedReason: text(),
    writtenByName: text().notNull(),
    writtenAt: instant().notNull(),
  },
  (t) => [index('arrivals_organisation').on(t.organisation), index('arrivals_overseer').on(t.overseer)],
);
