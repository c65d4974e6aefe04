import { CONTACT_ROLES, FRESHNESS, INTERVALS, RELAPSES, USAGES } from '@vonggac/contract/notice-terms';
import { id, instant, writtenAt } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { Why } from './decide.ts';

/** By which an authority tells organisations of their findings. */
export const noticeRules = pgTable(
  'notice_rules',
  {
    id: id(),
    /** The authority. */
    organisation: uuid().notNull(),
    name: text().notNull(),
    active: boolean().notNull(),
    interval: text({ enum: INTERVALS }).notNull(),
    hour: smallint().notNull(),
    minute: smallint().notNull(),
    weekday: smallint().notNull(),
    monthday: smallint().notNull(),
    threshold: integer().notNull(),
    quietDays: smallint().notNull(),
    relapse: text({ enum: RELAPSES }).notNull(),
    relapseDays: smallint().notNull(),
    usages: text({ enum: USAGES }).array().notNull(),
    families: text().array().notNull(),
    units: uuid().array().notNull(),
    whileAnswered: boolean().notNull(),
    whilePostponed: boolean().notNull(),
    roles: text({ enum: CONTACT_ROLES }).array().notNull(),
    test: boolean().notNull(),
    exercise: uuid(),
    /** What came due before is not made up for. */
    activeFrom: instant().notNull(),
    version: integer().notNull().default(1),
    writtenBy: text().notNull(),
    writtenByName: text().notNull(),
    writtenAt: writtenAt(),
  },
  (t) => [index('notice_rules_organisation').on(t.organisation)],
);

/** One run of a rule, with what it held back and why; begun and not finished, it is gone on with. */
export const noticeRuns = pgTable(
  'notice_runs',
  {
    id: id(),
    organisation: uuid().notNull(),
    rule: uuid().notNull(),
    interval: text().notNull(),
    /** `schedule`: by itself; `person`: sent now. */
    trigger: text({ enum: ['schedule', 'person'] }).notNull(),
    test: boolean().notNull(),
    at: instant().notNull(),
    by: text().notNull(),
    finishedAt: instant(),
    /** Organisations that it looks at, and how many of them it has looked at. */
    organisations: integer().notNull().default(0),
    looked: integer().notNull().default(0),
    /** The database's time of the last sign of life. */
    beatAt: instant(),
    cancelAsked: boolean().notNull().default(false),
    notices: integer().notNull().default(0),
    findings: integer().notNull().default(0),
    held: jsonb().$type<{ organisation: string; why: Why }[]>().notNull().default([]),
  },
  (t) => [
    uniqueIndex('notice_runs_interval')
      .on(t.rule, t.interval)
      .where(sql`${t.trigger} = 'schedule'`),
    index('notice_runs_rule').on(t.rule, t.at),
  ],
);

/** What an organisation was told: counts and rows frozen together, under a number; never changed but for its being seen. */
export const notices = pgTable(
  'notices',
  {
    id: id(),
    organisation: uuid().notNull(),
    overseer: uuid().notNull(),
    rule: uuid().notNull(),
    ruleName: text().notNull(),
    /** `2024-W17`, `2024-04`, `2024-04-26`, `list:…`; of an exercise or a test with that before it. */
    interval: text().notNull(),
    ticket: text().notNull(),
    frozenAt: instant().notNull(),
    total: integer().notNull(),
    newest: integer().notNull(),
    again: integer().notNull(),
    fresh: integer().notNull(),
    roles: text({ enum: CONTACT_ROLES }).array().notNull(),
    test: boolean().notNull(),
    exercise: uuid(),
    /** Who sent it now; null where its time had come. */
    person: uuid(),
    byName: text().notNull(),
    seenAt: instant(),
    seenByName: text(),
    writtenAt: writtenAt(),
  },
  (t) => [
    uniqueIndex('notices_interval').on(t.overseer, t.organisation, t.interval),
    uniqueIndex('notices_ticket').on(t.overseer, t.ticket),
    index('notices_overseer').on(t.overseer, t.frozenAt),
    index('notices_organisation').on(t.organisation, t.frozenAt),
  ],
);

/** A finding as it was when the notice froze it. */
export const noticeFindings = pgTable(
  'notice_findings',
  {
    notice: uuid().notNull(),
    finding: uuid().notNull(),
    organisation: uuid().notNull(),
    overseer: uuid().notNull(),
    test: boolean().notNull(),
    /** In the order of work. */
    position: integer().notNull(),
    name: text().notNull(),
    privateAddress: text(),
    family: text().notNull(),
    lastSeen: instant().notNull(),
    relapses: integer().notNull(),
    inNewest: boolean().notNull(),
    freshness: text({ enum: FRESHNESS }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.notice, t.finding] }), index('notice_findings_finding').on(t.finding)],
);

/** When an authority told a finding last, and how often it had been seen again by then; tests do not count. */
export const noticesTold = pgTable(
  'notices_told',
  {
    finding: uuid().notNull(),
    overseer: uuid().notNull(),
    organisation: uuid().notNull(),
    notice: uuid().notNull(),
    at: instant().notNull(),
    relapses: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.finding, t.overseer] })],
);
