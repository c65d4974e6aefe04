import { isoInstant } from '@vonggac/kernel';

/** An instant of a row as ISO text in UTC, in whichever of PostgreSQL's and ISO's spellings it came. */
export function isoOf<T extends string | null>(instant: T): T {
  return (instant === null ? null : isoInstant(Temporal.Instant.from(instant))) as T;
}
