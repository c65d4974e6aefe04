import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** Whether something with validity [from, to) holds on a day; an open end holds for ever. */
export function holdsOn(row: { validFrom: string | null; validTo: string | null }, day: string): boolean {
  return (row.validFrom === null || row.validFrom <= day) && (row.validTo === null || day < row.validTo);
}

/** The same for the query: columns `from` and `to` hold on `day`. */
export function validOn(from: SQLWrapper, to: SQLWrapper, day: string): SQL {
  return sql`(coalesce(${from}, '-infinity'::date) <= ${day}::date and ${day}::date < coalesce(${to}, 'infinity'::date))`;
}

/** A list of ids as one parameter. */
export function uuids(ids: readonly string[]): SQL {
  return sql`${`{${ids.join(',')}}`}::uuid[]`;
}
