import { day, id, writtenAt } from '@vonggac/store';
import { index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';

/** An exercise of an organisation: its days, and the only destinations that it may reach. Its name never changes. */
export const exercises = pgTable(
  'exercises',
  {
    id: id(),
    organisation: uuid().notNull(),
    name: text().notNull(),
    validFrom: day().notNull(),
    /** The last day. */
    validTo: day().notNull(),
    /** Mail addresses, and domains whose every address is named; small letters. */
    destinations: jsonb().$type<string[]>().notNull(),
    version: integer().notNull().default(1),
    writtenBy: text().notNull(),
    writtenByName: text().notNull(),
    writtenAt: writtenAt(),
  },
  (t) => [index('exercises_organisation').on(t.organisation, t.validFrom)],
);
