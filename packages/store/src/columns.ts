import { sql } from 'drizzle-orm';
import { customType, date, uuid } from 'drizzle-orm/pg-core';

/** An instant as PostgreSQL prints it (`2024-04-22 02:00:00.5+00`), as ISO text in UTC with milliseconds. */
export function isoOf(text: string): string {
  // The session's zone is UTC, so nearly every text ends so; parsing each would be most of the cost of a large read.
  if (text.endsWith('+00') && text[10] === ' ' && text[4] === '-') {
    const fraction = text[19] === '.' ? text.slice(20, -3) : '';
    return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction.padEnd(3, '0').slice(0, 3)}Z`;
  }
  return Temporal.Instant.from(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toString({ fractionalSecondDigits: 3 });
}

/** The primary key: a UUIDv7 made by the verb. */
export const id = () => uuid().primaryKey();
/** An instant as ISO text with milliseconds, UTC. */
export const instant = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamp (3) with time zone',
  fromDriver: isoOf,
});
/** A day in Vietnam as ISO text. */
export const day = () => date({ mode: 'string' });
/** When the row was written, by the database's clock. */
export const writtenAt = () =>
  instant()
    .notNull()
    .default(sql`clock_timestamp()`);
