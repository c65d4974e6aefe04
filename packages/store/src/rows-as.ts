import { type SQL, sql } from 'drizzle-orm';

type Cell = string | number | boolean | null | undefined;

/** A column: its PostgreSQL type, and what a row has in it; `packed`: a text that never has U+001E in it or is empty, which comes as `text`. */
export type Column<T> = readonly [type: string, cell: (row: T) => Cell];

const SPECIAL = /["\\]/u;
// oxlint-disable-next-line no-control-regex -- PostgreSQL keeps no NUL in a text.
const NUL = /\u0000/gu;

/** A text of PostgreSQL's array syntax: much cheaper than a parameter a cell, and than the driver's own. Null where no row has anything. */
function literal<T>(rows: readonly T[], of: (row: T) => Cell): string | null {
  let out = '';
  let isEmpty = true;
  for (const row of rows) {
    const cell = of(row) ?? null;
    if (cell === null) {
      out += ',NULL';
      continue;
    }
    isEmpty = false;
    if (typeof cell === 'string') out += SPECIAL.test(cell) ? `,"${cell.replace(/["\\]/gu, '\\$&')}"` : `,"${cell}"`;
    else out += `,${cell}`;
  }
  return isEmpty ? null : `{${out.slice(1)}}`.replace(NUL, '');
}

/** Between texts that never have it; so what is full of quotes needs no escaping. */
const BETWEEN = '\u001e';

function column<T>(rows: readonly T[], [type, cell]: Column<T>): SQL {
  if (type === 'packed') return sql`string_to_array(${rows.map((row) => cell(row) ?? '').join(BETWEEN)}, ${BETWEEN}, '')`;
  return sql`${literal(rows, cell)}::${sql.raw(type)}[]`;
}

/**
 * A query whose rows are the given ones, for statements that write thousands at once: one parameter a column. The first column
 * has a value in every row.
 * @param columns by name, in the order in which `*` gives them; one that no row fills costs nothing
 */
export function rowsAs<T>(rows: readonly T[], columns: Readonly<Record<string, Column<T>>>): SQL {
  const list = Object.entries(columns).map(([name, of]) => sql`unnest(${column(rows, of)}) as ${sql.raw(name)}`);
  return sql`select ${sql.join(list, sql`, `)}`;
}
