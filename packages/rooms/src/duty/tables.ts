import { index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
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
    /** The random pick that the call belongs to. */
    pick: uuid(),
    /** The exercise in which it was made; such a call lights nothing real. */
    exercise: uuid(),
    calledAt: instant().notNull(),
    calledBy: text().notNull(),
    calledByName: text().notNull(),
  },
  (t) => [index('duty_calls_organisation').on(t.organisation, t.calledAt), index('duty_calls_overseer').on(t.overseer, t.calledAt)],
);

/** Organisations that were picked at random to be called. The seed and the number of candidates let anybody draw again. */
export const dutyPicks = pgTable(
  'duty_picks',
  {
    id: id(),
    organisation: uuid().notNull(),
    directive: uuid(),
    seed: text().notNull(),
    candidates: integer().notNull(),
    picked: jsonb().$type<string[]>().notNull(),
    pickedAt: instant().notNull(),
    pickedBy: text().notNull(),
    pickedByName: text().notNull(),
  },
  (t) => [index('duty_picks_organisation').on(t.organisation, t.pickedAt)],
);
