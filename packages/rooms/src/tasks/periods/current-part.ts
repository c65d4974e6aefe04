import { type SQL, sql } from 'drizzle-orm';
import { parts } from '../tables.ts';

/** Of the parts that a unit had over the reporting periods of a task: only that of the newest. */
export const isCurrentPart: SQL = sql`not exists (
  select from parts later where later.task = ${parts.task} and later.organisation = ${parts.organisation} and later.period > ${parts.period})`;
