import { integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { id, instant, writtenAt } from './columns.ts';

/** Messages that leave, written in the transaction of the act that causes them; `key` keeps one from going twice. */
export const outbox = pgTable('outbox', {
  id: id(),
  key: text().notNull().unique(),
  kind: text().notNull(),
  organisation: uuid().notNull(),
  overseer: uuid(),
  payload: jsonb().notNull(),
  dueAt: instant().notNull(),
  attempts: integer().notNull().default(0),
  lastError: text(),
  sentAt: instant(),
  writtenAt: writtenAt(),
});

/** Settings of the installation: the day of the sample's clock, the choice of the first run. */
export const settings = pgTable('settings', {
  key: text().primaryKey(),
  value: jsonb().notNull(),
  writtenAt: writtenAt(),
});
