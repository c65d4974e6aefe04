import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { id, instant } from '@vonggac/store';

/** The desk calls an organisation's duty at an hour of its choice: picked up, not, wrong number. */
export const dutyCalls = pgTable(
  'duty_calls',
  {
    id: id(),
    organisation: uuid().notNull(),
    overseer: uuid().notNull(),
    contact: uuid(),
    phone: text().notNull(),
    result: text({ enum: ['picked-up', 'not-picked-up', 'wrong-number'] }).notNull(),
    note: text(),
    calledAt: instant().notNull(),
    calledBy: text().notNull(),
    calledByName: text().notNull(),
  },
  (t) => [index('duty_calls_organisation').on(t.organisation, t.calledAt), index('duty_calls_overseer').on(t.overseer, t.calledAt)],
);
