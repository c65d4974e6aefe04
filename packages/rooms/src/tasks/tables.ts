import { DECLARED, DECLARED_VIA, RECEIPT_STATES, TASK_STATES } from '@vonggac/contract/work-views';
import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { day, id, instant } from '@vonggac/store';
import { directives, requirements } from '../directives/index.ts';
import type { AnswerRow, DeclaredData, SheetRow } from './answer-sheet/model.ts';
import type { Act, ActData } from './model.ts';

export { approvals, proposals } from './tables-approval.ts';
export { periods } from './tables-periods.ts';
export { followUps, parts, partTexts } from './tables-together.ts';

/** Document × organisation: the axis' codes 01 arrived, 02 refused, 03 received with số đến and ngày đến. */
export const receipts = pgTable(
  'receipts',
  {
    id: id(),
    directive: uuid()
      .notNull()
      .references(() => directives.id),
    organisation: uuid().notNull(),
    overseer: uuid().notNull(),
    organisationName: text().notNull(),
    state: text({ enum: RECEIPT_STATES }).notNull().default('01'),
    arrivedAt: instant().notNull(),
    openedAt: instant(),
    number: text(),
    day: day(),
    receivedAt: instant(),
    receivedBy: text(),
    refusedReason: text(),
    /** Of an exercise: out of every count, and of the register of incoming documents. */
    exercise: boolean().notNull().default(false),
  },
  (t) => [
    uniqueIndex('receipts_directive_organisation').on(t.directive, t.organisation),
    index('receipts_organisation').on(t.organisation),
    index('receipts_overseer').on(t.overseer),
  ],
);

/** One requirement for one organisation: 04 assigned, 05 in progress (submitted → more asked | accepted), 06 done. */
export const tasks = pgTable(
  'tasks',
  {
    id: id(),
    requirement: uuid()
      .notNull()
      .references(() => requirements.id),
    directive: uuid()
      .notNull()
      .references(() => directives.id),
    organisation: uuid().notNull(),
    overseer: uuid().notNull(),
    state: text({ enum: TASK_STATES }).notNull().default('assigned'),
    assignee: uuid(),
    /** The last instant in time for this organisation; the document's own stays with the requirement. */
    due: instant(),
    /** An extension that was asked for and is not decided yet. */
    requestedDue: instant(),
    answer: text(),
    /** When it was first submitted; asking for more does not make a timely answer late. */
    answeredAt: instant(),
    report: uuid(),
    acceptedAt: instant(),
    /** Who said the present answer, where it was not the agency itself in the system; null once the agency has confirmed it. */
    declared: text({ enum: DECLARED }),
    changedAt: instant().notNull(),
    /** The reporting period that it is for, counted from 1; null where the requirement does not recur. Past ones are in `periods`. */
    period: integer(),
    periodFrom: day(),
    periodTo: day(),
    /** When the period ends by its phrase; `due` may be later, where an extension was granted. */
    periodEnd: instant(),
    periodOpenedAt: instant(),
  },
  (t) => [
    index('tasks_period_end')
      .on(t.periodEnd)
      .where(sql`period_end is not null`),
    uniqueIndex('tasks_requirement_organisation').on(t.requirement, t.organisation),
    index('tasks_organisation_state').on(t.organisation, t.state, t.due),
    index('tasks_overseer').on(t.overseer, t.directive),
    index('tasks_directive_organisation').on(t.directive, t.organisation),
  ],
);

/** What happened to a receipt or a task, in order: who, when, what, with which note. */
export const history = pgTable(
  'history',
  {
    id: id(),
    directive: uuid()
      .notNull()
      .references(() => directives.id),
    organisation: uuid().notNull(),
    overseer: uuid().notNull(),
    task: uuid(),
    at: instant().notNull(),
    actor: text().notNull(),
    actorName: text().notNull(),
    act: text().$type<Act>().notNull(),
    note: text(),
    data: jsonb().$type<ActData>(),
    /** Seen by the organisation alone until its leader has approved what it belongs to. */
    held: boolean().notNull().default(false),
  },
  (t) => [index('history_task').on(t.task), index('history_directive_organisation').on(t.directive, t.organisation, t.at)],
);

/** One signed report of an organisation that covers one or more of its tasks. */
export const reports = pgTable(
  'reports',
  {
    id: id(),
    directive: uuid()
      .notNull()
      .references(() => directives.id),
    organisation: uuid().notNull(),
    overseer: uuid().notNull(),
    code: text().notNull(),
    day: day().notNull(),
    signer: text().notNull(),
    note: text(),
    /** Khó khăn, vướng mắc and đề xuất, kiến nghị of the agency: they flow into the report of who sums up. */
    difficulties: text(),
    proposals: text(),
    submittedAt: instant().notNull(),
    submittedBy: text().notNull(),
  },
  (t) => [index('reports_directive').on(t.directive, t.organisation)],
);

/** A file that proves something: write-once, named by its SHA-256, with who brought it and whether it was scanned. */
export const evidence = pgTable(
  'evidence',
  {
    id: id(),
    directive: uuid()
      .notNull()
      .references(() => directives.id),
    organisation: uuid().notNull(),
    overseer: uuid().notNull(),
    task: uuid(),
    /** The part of a subordinate unit that it proves; its overseer is then the agency that gave the part. */
    part: uuid(),
    report: uuid(),
    /** The reporting period that it proves, where the task has periods. */
    period: integer(),
    sha256: text().notNull(),
    name: text().notNull(),
    type: text().notNull(),
    size: integer().notNull(),
    scan: text({ enum: ['not-scanned', 'clean', 'infected'] })
      .notNull()
      .default('not-scanned'),
    addedAt: instant().notNull(),
    addedBy: text().notNull(),
    addedByName: text().notNull(),
    /** Seen by the organisation alone until its leader has approved what it belongs to. */
    held: boolean().notNull().default(false),
  },
  (t) => [
    index('evidence_task').on(t.task),
    index('evidence_directive').on(t.directive, t.organisation),
    index('evidence_sha256').on(t.sha256),
  ],
);

/** A reminder of chosen agencies: by which way, and with which ticket number. */
export const reminders = pgTable(
  'reminders',
  {
    id: id(),
    directive: uuid()
      .notNull()
      .references(() => directives.id),
    organisation: uuid().notNull(),
    overseer: uuid().notNull(),
    way: text({ enum: ['app', 'mail', 'text', 'call'] }).notNull(),
    ticket: text().notNull(),
    open: integer().notNull(),
    note: text(),
    sentAt: instant().notNull(),
    sentBy: text().notNull(),
    sentByName: text().notNull(),
    seenAt: instant(),
  },
  (t) => [index('reminders_directive').on(t.directive, t.organisation), index('reminders_organisation').on(t.organisation)],
);

/** An answer sheet that went out to an organisation: what it holds is signed, and it comes back once. */
export const answerSheets = pgTable(
  'answer_sheets',
  {
    id: id(),
    directive: uuid()
      .notNull()
      .references(() => directives.id),
    organisation: uuid().notNull(),
    overseer: uuid().notNull(),
    nonce: text().notNull(),
    /** Of what the directive asked of the organisation then. */
    fingerprint: text().notNull(),
    rows: jsonb().$type<SheetRow[]>().notNull(),
    issuedAt: instant().notNull(),
    issuedBy: text().notNull(),
    issuedByName: text().notNull(),
    /** The file by which it was used. */
    usedBy: uuid(),
  },
  (t) => [index('answer_sheets_directive').on(t.directive, t.organisation, t.issuedAt)],
);

/** A file that came back: nothing of it counts until an officer confirms it. */
export const answerFiles = pgTable(
  'answer_files',
  {
    id: id(),
    directive: uuid()
      .notNull()
      .references(() => directives.id),
    organisation: uuid().notNull(),
    overseer: uuid().notNull(),
    sheet: uuid()
      .notNull()
      .references(() => answerSheets.id),
    sha256: text().notNull(),
    name: text().notNull(),
    size: integer().notNull(),
    state: text({ enum: ['read', 'imported', 'undone', 'dropped'] }).notNull(),
    rows: jsonb().$type<AnswerRow[]>().notNull(),
    /** What stands in its head: số đến and ngày đến at the agency, who filled it in. */
    head: jsonb().$type<{ number: string | null; day: string | null; who: string | null }>().notNull(),
    /** What was found that belongs to no item, in words. */
    remarks: jsonb().$type<{ vi: string; en: string }[]>().notNull(),
    readAt: instant().notNull(),
    readBy: text().notNull(),
    readByName: text().notNull(),
    decidedAt: instant(),
    decidedBy: text(),
    decidedByName: text(),
    /** Items that somebody answered meanwhile: left as they were. */
    skipped: jsonb().$type<string[]>(),
  },
  (t) => [
    index('answer_files_directive').on(t.directive, t.organisation),
    index('answer_files_sheet').on(t.sheet),
    index('answer_files_sha256').on(t.sha256),
    index('answer_files_overseer').on(t.overseer, t.readAt),
  ],
);

/** An answer that somebody else put in for the agency: from a file of it, or from phone, paper, mail or chat. Its text never changes. */
export const declarations = pgTable(
  'declarations',
  {
    id: id(),
    directive: uuid()
      .notNull()
      .references(() => directives.id),
    organisation: uuid().notNull(),
    overseer: uuid().notNull(),
    task: uuid()
      .notNull()
      .references(() => tasks.id),
    via: text({ enum: DECLARED_VIA }).notNull(),
    /** Who at the agency said it, and when. */
    who: text(),
    saidAt: instant().notNull(),
    note: text(),
    /** The file that proves it. */
    proof: uuid(),
    file: uuid().references(() => answerFiles.id),
    data: jsonb().$type<DeclaredData>().notNull(),
    enteredAt: instant().notNull(),
    enteredBy: text().notNull(),
    enteredByName: text().notNull(),
    state: text({ enum: ['open', 'confirmed', 'contested', 'replaced', 'undone', 'moved'] })
      .notNull()
      .default('open'),
    decidedAt: instant(),
    decidedByName: text(),
    reason: text(),
  },
  (t) => [
    index('declarations_task').on(t.task, t.enteredAt),
    index('declarations_directive').on(t.directive, t.organisation),
    index('declarations_file').on(t.file),
  ],
);
