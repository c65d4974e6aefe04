import { day, id, instant } from '@vonggac/store';
import { PART_KINDS, PART_STATES } from '@vonggac/contract/work-views';
import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { directives, requirements } from '../directives/index.ts';

/** Hạn theo dõi: a day of the desk's own, for one task or (without one) for everybody's task of a requirement. Never the agency's to see. */
export const followUps = pgTable(
  'follow_ups',
  {
    id: id(),
    directive: uuid()
      .notNull()
      .references(() => directives.id),
    requirement: uuid()
      .notNull()
      .references(() => requirements.id),
    task: uuid(),
    overseer: uuid().notNull(),
    day: day().notNull(),
    note: text(),
    setAt: instant().notNull(),
    setBy: text().notNull(),
    setByName: text().notNull(),
  },
  (t) => [unique('follow_ups_place').on(t.requirement, t.task).nullsNotDistinct(), index('follow_ups_directive').on(t.directive)],
);

/**
 * A task, or part of it, that an agency (`giver`) hands to a unit of its own subtree (`organisation`): without a receipt, with what it asks
 * copied, since the unit does not see the document. Whoever follows the directive counts these rows; what was written is in `partTexts`.
 */
export const parts = pgTable(
  'parts',
  {
    id: id(),
    task: uuid().notNull(),
    directive: uuid()
      .notNull()
      .references(() => directives.id),
    organisation: uuid().notNull(),
    giver: uuid().notNull(),
    overseer: uuid().notNull(),
    /** `support`: the giver leads (chủ trì) and the organisation supports it (phối hợp), as who follows the directive decided. */
    kind: text({ enum: PART_KINDS }).notNull().default('unit'),
    /** The task that the supporting organisation had of its own, and the names on both sides, who need not know each other. */
    supportTask: uuid(),
    organisationName: text(),
    giverName: text(),
    path: text().notNull(),
    text: text().notNull(),
    code: text(),
    subject: text().notNull(),
    /** The giver's own last instant, never later than the task's. */
    due: instant(),
    /** The reporting period of the task that it belongs to; 0 where the task has none. */
    period: integer().notNull().default(0),
    state: text({ enum: PART_STATES }).notNull(),
    givenAt: instant().notNull(),
    givenByName: text().notNull(),
    answeredAt: instant(),
    takenOverAt: instant(),
    takenBackAt: instant(),
    takenBackReason: text(),
    /** Of an exercise: out of every count. */
    exercise: boolean().notNull().default(false),
  },
  (t) => [
    uniqueIndex('parts_one_open')
      .on(t.task, t.organisation, t.period)
      .where(sql`state <> 'taken-back'`),
    index('parts_giver').on(t.giver, t.directive),
    index('parts_organisation').on(t.organisation, t.state),
    index('parts_overseer').on(t.overseer, t.directive),
  ],
);

/** What giver and unit wrote to each other about a part: theirs alone. */
export const partTexts = pgTable('part_texts', {
  part: uuid()
    .primaryKey()
    .references(() => parts.id),
  organisation: uuid().notNull(),
  giver: uuid().notNull(),
  note: text(),
  answer: text(),
  answeredByName: text(),
});
