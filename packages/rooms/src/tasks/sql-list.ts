import { type SQL, sql } from 'drizzle-orm';

/** Values between the brackets of `in (…)`. */
export const list = (values: readonly string[]): SQL =>
  sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  );
