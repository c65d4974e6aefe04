import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type Head, qualified, quoted, type TableShape } from './backup-format.ts';

type Named = { schema: string; name: string };
const OURS = "n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'";
const TABLES = `pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and ${OURS}`;

/** What stands in the way of loading rows in any order, taken out of the way in the restoring transaction. */
export type Cleared = { forced: Named[]; triggered: Named[]; foreignKeys: (Named & { constraint: string; definition: string })[] };

/**
 * Foreign keys, triggers and forced row-level security off, as an owner may who is no superuser. All of it inside the
 * caller's transaction, so that nobody ever sees the database without them.
 */
export async function clearTheWay(client: pg.ClientBase): Promise<Cleared> {
  const rows = async <T>(text: string) => (await client.query(text)).rows as T[];
  const forced = await rows<Named>(`select n.nspname as schema, c.relname as name from ${TABLES} and c.relforcerowsecurity`);
  const triggered = await rows<Named>(
    `select n.nspname as schema, c.relname as name from ${TABLES}
       and exists (select 1 from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal and t.tgenabled = 'O')`,
  );
  const foreignKeys = await rows<Cleared['foreignKeys'][number]>(
    `select n.nspname as schema, c.relname as name, f.conname as constraint, pg_get_constraintdef(f.oid) as definition
     from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_namespace n on n.oid = c.relnamespace
     where f.contype = 'f' and ${OURS}`,
  );
  for (const one of foreignKeys) await client.query(`alter table ${qualified(one)} drop constraint ${quoted(one.constraint)}`);
  for (const one of forced) await client.query(`alter table ${qualified(one)} no force row level security`);
  for (const one of triggered) await client.query(`alter table ${qualified(one)} disable trigger user`);
  return { forced, triggered, foreignKeys };
}

/** Foreign keys, which are checked against every row now, and triggers. */
export async function putBack(client: pg.ClientBase, cleared: Cleared): Promise<void> {
  for (const one of cleared.foreignKeys)
    await client.query(`alter table ${qualified(one)} add constraint ${quoted(one.constraint)} ${one.definition}`);
  for (const one of cleared.triggered) await client.query(`alter table ${qualified(one)} enable trigger user`);
}

export async function forceAgain(client: pg.ClientBase, cleared: Cleared): Promise<void> {
  for (const one of cleared.forced) await client.query(`alter table ${qualified(one)} force row level security`);
}

/** Removes what the migrations themselves put into the tables that are about to be loaded. */
export async function emptyTables(client: pg.ClientBase, tables: readonly TableShape[]): Promise<void> {
  for (const table of tables) await client.query(`delete from ${qualified(table)}`);
}

/** @returns how many rows were loaded */
export async function loadTable(client: pg.ClientBase, table: TableShape, chunks: AsyncIterable<Buffer>): Promise<number> {
  const copy = client.query(copyFrom(`copy ${qualified(table)} (${table.columns.map(quoted).join(', ')}) from stdin`));
  await pipeline(chunks, copy);
  return copy.rowCount;
}

export async function setSequences(client: pg.ClientBase, sequences: Head['sequences']): Promise<void> {
  for (const { last, called, ...name } of sequences) await client.query('select setval($1, $2, $3)', [qualified(name), last, called]);
}
