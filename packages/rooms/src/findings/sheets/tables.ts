import { id, instant, writtenAt } from '@vonggac/store';
import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { CameRow, RowState, SheetFilter, SheetRow } from './model.ts';

/** A sheet of findings that went out to an organisation. */
export const findingSheets = pgTable(
  'finding_sheets',
  {
    id: id(),
    organisation: uuid().notNull(),
    overseer: uuid().notNull(),
    nonce: text().notNull(),
    filter: jsonb().$type<SheetFilter>().notNull(),
    rows: jsonb().$type<SheetRow[]>().notNull(),
    issuedAt: instant().notNull(),
    issuedBy: text().notNull(),
    issuedByName: text().notNull(),
    writtenAt: writtenAt(),
  },
  (t) => [index('finding_sheets_organisation').on(t.organisation, t.issuedAt), index('finding_sheets_overseer').on(t.overseer)],
);

/** A sheet that came back: nothing of it counts until an officer accepts it. */
export const findingSheetFiles = pgTable(
  'finding_sheet_files',
  {
    id: id(),
    organisation: uuid().notNull(),
    overseer: uuid().notNull(),
    sheet: uuid()
      .notNull()
      .references(() => findingSheets.id),
    sha256: text().notNull(),
    name: text().notNull(),
    size: integer().notNull(),
    state: text({ enum: ['read', 'accepted', 'dropped'] }).notNull(),
    rows: jsonb().$type<CameRow[]>().notNull(),
    /** Who filled it in, as its head says. */
    who: text(),
    /** What was found that belongs to no row, in words. */
    remarks: jsonb().$type<{ vi: string; en: string }[]>().notNull(),
    /** What became of each row, by its key, once the file was accepted. */
    result: jsonb().$type<Record<string, RowState>>(),
    readAt: instant().notNull(),
    readBy: text().notNull(),
    readByName: text().notNull(),
    decidedAt: instant(),
    decidedBy: text(),
    decidedByName: text(),
    writtenAt: writtenAt(),
  },
  (t) => [
    index('finding_sheet_files_sheet').on(t.sheet),
    index('finding_sheet_files_overseer').on(t.overseer, t.readAt),
    index('finding_sheet_files_organisation').on(t.organisation),
    index('finding_sheet_files_sha256').on(t.sha256),
  ],
);

/** How often somebody looked for the unit of a subscriber, by the hour. */
export const findingLookups = pgTable(
  'finding_lookups',
  { organisation: uuid().notNull(), person: text().notNull(), hour: instant().notNull(), n: integer().notNull() },
  (t) => [primaryKey({ columns: [t.organisation, t.person, t.hour] })],
);
