import { sql } from 'drizzle-orm';
import { date, timestamp, uuid } from 'drizzle-orm/pg-core';

/** The primary key: a UUIDv7 made by the verb. */
export const id = () => uuid().primaryKey();
/** An instant as ISO text with milliseconds, UTC. */
export const instant = () => timestamp({ withTimezone: true, mode: 'string', precision: 3 });
/** A day in Vietnam as ISO text. */
export const day = () => date({ mode: 'string' });
/** When the row was written, by the database's clock. */
export const writtenAt = () =>
  instant()
    .notNull()
    .default(sql`clock_timestamp()`);
