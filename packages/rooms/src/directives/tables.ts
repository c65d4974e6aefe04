import type { Text } from '@vonggac/kernel';
import { day, id, instant, writtenAt } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { EdxmlFacts, Reading } from './model.ts';

/** An official document that demands something. `organisation` drafts and issues it, `overseer` follows it and sums up. */
export const directives = pgTable(
  'directives',
  {
    id: id(),
    organisation: uuid().notNull(),
    overseer: uuid().notNull(),
    status: text({ enum: ['draft', 'issued', 'withdrawn'] })
      .notNull()
      .default('draft'),
    kind: text().notNull(),
    number: text(),
    symbol: text(),
    /** Number and symbol as printed: `342/UBND-VP6`. */
    code: text(),
    year: integer(),
    day: day(),
    place: text(),
    subject: text().notNull(),
    folded: text().notNull(),
    urgency: text({ enum: ['khan', 'thuong-khan', 'hoa-toc'] }),
    issuerName: text(),
    /** The issuer's name as numbers are unique under it: folded, so that capitals do not matter. */
    issuerKey: text(),
    issuerParent: text(),
    signer: jsonb().$type<{ authority: string | null; title: string | null; name: string | null }>().notNull(),
    /** The text as read and what was understood in it, with spans. */
    text: text().notNull(),
    reading: jsonb().$type<Reading>().notNull(),
    /** The file it was read from, and the signed PDF that was attached at issuing. */
    sourceFile: text(),
    sourceName: text(),
    /** Of a document that came as an edXML message: its DocumentId, its issuer's OrganId, and what else the message says. */
    documentId: text(),
    issuerOrganId: text(),
    edxml: jsonb().$type<EdxmlFacts>(),
    signedFile: text(),
    signedName: text(),
    windowFrom: day(),
    windowTo: day(),
    /** The directive that this one carries out. */
    upstream: uuid(),
    /** The exercise that it belongs to, with its name; chosen while it is a draft, never afterwards. */
    exercise: uuid(),
    exerciseName: text(),
    issuedAt: instant(),
    issuedBy: text(),
    /** Why it went out before its number and day, where it was KHẨN. */
    urgentReason: text(),
    withdrawnAt: instant(),
    withdrawReason: text(),
    version: integer().notNull().default(1),
    writtenBy: text().notNull(),
    writtenAt: writtenAt(),
  },
  (t) => [
    index('directives_organisation').on(t.organisation, t.day),
    index('directives_overseer').on(t.overseer, t.day),
    // Numbers are unique per issuer and calendar year (NĐ 30/2020 Đ15); a draft may still carry a wrong one, an exercise takes none.
    uniqueIndex('directives_issued_code')
      .on(t.organisation, t.issuerKey, t.code, t.year)
      .where(sql`status <> 'draft' and exercise is null`),
    // The same file is found again, not doubled.
    uniqueIndex('directives_source')
      .on(t.organisation, t.sourceFile)
      .where(sql`status <> 'withdrawn'`),
    index('directives_document_id').on(t.documentId),
  ],
);

/** The chain above: documents that this one rests on. */
export const bases = pgTable(
  'bases',
  {
    id: id(),
    directive: uuid()
      .notNull()
      .references(() => directives.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    kind: text(),
    code: text(),
    day: day(),
    issuer: text(),
    subject: text(),
    spanStart: integer(),
    spanEnd: integer(),
  },
  (t) => [index('bases_directive').on(t.directive)],
);

/** A recipient phrase and the organisations that it meant on the document's date. */
export const recipients = pgTable(
  'recipients',
  {
    id: id(),
    directive: uuid()
      .notNull()
      .references(() => directives.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    text: text().notNull(),
    resolution: text({ enum: ['group', 'organisation', 'list', 'none'] }).notNull(),
    group: uuid(),
    organisations: jsonb().$type<string[]>().notNull().default([]),
    /** Names of an attached list that matched nothing. */
    unresolved: jsonb().$type<string[]>().notNull().default([]),
    /** Why it resolves to nothing, or what was left out. */
    why: jsonb().$type<Text>(),
    /** Named in an item and not under "Kính gửi": narrows that item, adds no receiver. */
    narrows: boolean().notNull().default(false),
    spanStart: integer(),
    spanEnd: integer(),
  },
  (t) => [index('recipients_directive').on(t.directive)],
);

/** One numbered item that somebody must do; `audience` holds positions of recipients, empty = all. */
export const requirements = pgTable(
  'requirements',
  {
    id: id(),
    directive: uuid()
      .notNull()
      .references(() => directives.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    path: text().notNull(),
    text: text().notNull(),
    /** A heading demands nothing itself. */
    heading: boolean().notNull().default(false),
    audience: jsonb().$type<number[]>().notNull().default([]),
    audienceText: jsonb().$type<string[]>().notNull().default([]),
    phrase: text(),
    /** The document's own deadline: the last instant that is still in time. */
    due: instant(),
    recurrence: text(),
    /** The desk ended the recurrence: no reporting period that begins after this day opens. */
    recurrenceUntil: day(),
    spanStart: integer(),
    spanEnd: integer(),
    withdrawnAt: instant(),
  },
  (t) => [index('requirements_directive').on(t.directive, t.position)],
);

/** Binds a requirement to a live measure. */
export const bindings = pgTable(
  'bindings',
  {
    requirement: uuid()
      .notNull()
      .references(() => requirements.id, { onDelete: 'cascade' }),
    directive: uuid()
      .notNull()
      .references(() => directives.id, { onDelete: 'cascade' }),
    measure: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.requirement, t.measure] })],
);

/** An act on an issued directive that needs a second person: withdrawal; or that is recorded with its reason: amendment. */
export const acts = pgTable(
  'acts',
  {
    id: id(),
    directive: uuid()
      .notNull()
      .references(() => directives.id),
    organisation: uuid().notNull(),
    overseer: uuid().notNull(),
    kind: text({ enum: ['amendment', 'withdrawal', 'handover'] }).notNull(),
    state: text({ enum: ['proposed', 'done', 'declined'] }).notNull(),
    reason: text().notNull(),
    changes: jsonb().$type<unknown>(),
    proposedBy: text().notNull(),
    proposedByName: text().notNull(),
    proposedAt: instant().notNull(),
    decidedBy: text(),
    decidedByName: text(),
    decidedAt: instant(),
  },
  (t) => [
    index('acts_directive').on(t.directive),
    // One open proposal at a time.
    uniqueIndex('acts_open')
      .on(t.directive, t.kind)
      .where(sql`state = 'proposed'`),
  ],
);
