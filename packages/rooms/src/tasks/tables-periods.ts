import { DECLARED, PERIOD_STATES } from '@vonggac/contract/work-views';
import { day, id, instant } from '@vonggac/store';
import { index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { directives, requirements } from '../directives/index.ts';

/**
 * A reporting period of a task that has ended, as it stood then and what was reported for it afterwards; the period that runs is the task
 * itself. `not-reported`: it ended unanswered (a draft stays in `answer`); `not-opened`: the system was off while it ran.
 */
export const periods = pgTable(
  'periods',
  {
    id: id(),
    task: uuid().notNull(),
    requirement: uuid()
      .notNull()
      .references(() => requirements.id),
    directive: uuid()
      .notNull()
      .references(() => directives.id),
    organisation: uuid().notNull(),
    overseer: uuid().notNull(),
    number: integer().notNull(),
    firstDay: day().notNull(),
    lastDay: day().notNull(),
    /** The last instant in time, an extension included. */
    due: instant(),
    state: text({ enum: PERIOD_STATES }).notNull(),
    answer: text(),
    answeredAt: instant(),
    report: uuid(),
    declared: text({ enum: DECLARED }),
    acceptedAt: instant(),
    /** An extension that was asked for and not decided when the period ended. */
    requestedDue: instant(),
    closedAt: instant().notNull(),
    changedAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('periods_task_number').on(t.task, t.number),
    index('periods_directive').on(t.directive, t.organisation),
    index('periods_organisation').on(t.organisation, t.state),
    index('periods_overseer').on(t.overseer, t.directive),
  ],
);
