import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { day, id, writtenAt } from '@vonggac/store';

/** A role of a person in an organisation, from a day to a day (exclusive). */
export const memberships = pgTable(
  'memberships',
  {
    id: id(),
    person: uuid().notNull(),
    organisation: uuid().notNull(),
    role: text({ enum: ['administrator', 'desk', 'officer', 'analyst', 'operator', 'leader', 'auditor'] }).notNull(),
    validFrom: day().notNull(),
    validTo: day(),
    writtenAt: writtenAt(),
  },
  (t) => [index('memberships_person').on(t.person), index('memberships_organisation').on(t.organisation)],
);
