import { getTableName, inArray } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { type Ctx, inSnapshot, type Tx } from './transaction.ts';

/** How long a file stays that no row names. @unit days */
export const UNNAMED_DAYS = 7;

const registry = new Set<PgColumn>();

/** Filled by `wiring.ts` alone: the columns of a room whose values are the SHA-256 of files that must stay. */
export function offerNamedFiles(columns: readonly PgColumn[]): void {
  for (const column of columns) registry.add(column);
}

/** The columns that were offered, as `table.column` of the database. */
export function namedFileColumns(): string[] {
  return [...registry].map((column) => `${getTableName(column.table)}.${snakeCase(column.name)}`);
}

/**
 * Removes the files that no offered column has named for `UNNAMED_DAYS`. Needs a context that reaches everything: a row
 * out of its scope does not hold its file.
 * @returns how many were removed
 */
export async function sweepFiles(ctx: Ctx): Promise<number> {
  if (registry.size === 0) throw new Error('No column that names files was offered; sweeping would remove them all.');
  return ctx.stores.files.sweep((sha256s) => inSnapshot(ctx, (tx) => namedAmong(tx, sha256s)), UNNAMED_DAYS);
}

async function namedAmong(tx: Tx, sha256s: readonly string[]): Promise<Set<string>> {
  const named = new Set<string>();
  for (const column of registry) {
    const rows = await tx.selectDistinct({ sha256: column }).from(column.table).where(inArray(column, sha256s));
    for (const { sha256 } of rows) named.add(sha256 as string);
  }
  return named;
}

/** What `casing: 'snake_case'` makes of a column without a name of its own. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
