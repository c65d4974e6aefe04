import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { day, id, instant, writtenAt } from '@vonggac/store';
import { directives } from '../directives/index.ts';
import type { Change, Counted, CountedRow, ReportText, RollupFigures } from './model.ts';

/** A report on a directive: figures frozen at an instant with the rows behind them, a text that is edited until it is approved. */
export const summaries = pgTable(
  'summaries',
  {
    id: id(),
    organisation: uuid().notNull(),
    directive: uuid()
      .notNull()
      .references(() => directives.id),
    kind: text({ enum: ['quick', 'result'] }).notNull(),
    status: text({ enum: ['draft', 'proposed', 'approved', 'issued', 'discarded'] })
      .notNull()
      .default('draft'),
    /** When the figures were counted. */
    asOf: instant().notNull(),
    figures: jsonb().$type<Omit<Counted, 'rows'>[]>().notNull(),
    /** The report whose figures this one corrects, and what changed since. */
    corrects: uuid(),
    changes: jsonb().$type<Change[]>().notNull(),
    text: jsonb().$type<ReportText>().notNull(),
    /** Of an exercise: its numbers are a series of their own. */
    exercise: boolean().notNull().default(false),
    /** The label (TLP 2.0) on each of its pages; null on an official form, which has no place for one. */
    tlp: text(),
    number: text(),
    symbol: text().notNull(),
    day: day(),
    writtenBy: text().notNull(),
    writtenByName: text().notNull(),
    approvedBy: text(),
    approvedByName: text(),
    approvedAt: instant(),
    /** Why, when and by whom it was last sent back to its writer. */
    returnReason: text(),
    returnedAt: instant(),
    returnedByName: text(),
    issuedAt: instant(),
    issuedByName: text(),
    docxFile: text(),
    pdfFile: text(),
    edxmlFile: text(),
    version: integer().notNull().default(1),
    writtenAt: writtenAt(),
  },
  (t) => [
    index('summaries_directive').on(t.directive, t.asOf),
    index('summaries_organisation').on(t.organisation, t.asOf),
    // Numbers are unique per issuer and calendar year (NĐ 30/2020 Đ15); those of exercises block none.
    uniqueIndex('summaries_number')
      .on(t.organisation, t.symbol, t.number, sql`extract(year from ${t.day})`, t.exercise)
      .where(sql`status = 'issued'`),
  ],
);

/** A row that a frozen figure was counted from; never changed. */
export const summaryRows = pgTable(
  'summary_rows',
  {
    id: id(),
    summary: uuid()
      .notNull()
      .references(() => summaries.id),
    organisation: uuid().notNull(),
    figure: text().notNull(),
    position: integer().notNull(),
    row: jsonb().$type<CountedRow>().notNull(),
  },
  (t) => [index('summary_rows_figure').on(t.summary, t.figure, t.position)],
);

/** The report that a receiving authority issued on a directive: attached to its part in it, with its figures where it made it here. */
export const rollups = pgTable(
  'rollups',
  {
    id: id(),
    directive: uuid()
      .notNull()
      .references(() => directives.id),
    organisation: uuid().notNull(),
    overseer: uuid().notNull(),
    source: text({ enum: ['house', 'edxml'] }).notNull(),
    code: text().notNull(),
    day: day().notNull(),
    signer: text(),
    subject: text().notNull(),
    asOf: instant(),
    /** null where the report came as a file: its figures stand in its text only. */
    figures: jsonb().$type<RollupFigures>(),
    file: text().notNull(),
    fileName: text().notNull(),
    addedAt: instant().notNull(),
    addedByName: text().notNull(),
  },
  (t) => [
    // The same report is found again, not doubled.
    uniqueIndex('rollups_once').on(t.directive, t.organisation, t.code, t.day),
    index('rollups_overseer').on(t.overseer),
    index('rollups_organisation').on(t.organisation),
  ],
);

/** A quick report that is made every day at an hour while a directive is followed. `hour` in Asia/Ho_Chi_Minh. */
export const summarySchedules = pgTable(
  'summary_schedules',
  {
    id: id(),
    organisation: uuid().notNull(),
    directive: uuid()
      .notNull()
      .references(() => directives.id),
    hour: integer().notNull(),
    minute: integer().notNull(),
    until: day().notNull(),
    /** The day of the last report. */
    lastDay: day(),
    person: uuid().notNull(),
    personName: text().notNull(),
    writtenAt: writtenAt(),
  },
  (t) => [uniqueIndex('summary_schedules_directive').on(t.organisation, t.directive)],
);
