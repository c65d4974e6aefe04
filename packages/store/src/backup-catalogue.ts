import type pg from 'pg';
import type { MigrationRow, SequenceState, TableShape } from './backup-format.ts';
import { qualified } from './backup-format.ts';

const OURS = "n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'";
/** Written by migrating, never by loading. */
const MIGRATIONS_TABLE = 'public.migrations';

/** The tables with the columns that can be loaded again, in a stable order. @param leaveOut `schema.name` of what must not travel */
export async function tablesOf(client: pg.ClientBase, leaveOut: readonly string[] = []): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(
    `select n.nspname as schema, c.relname as name, coalesce(array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = ''), '{}') as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind = 'r' and c.relpersistence = 'p' and ${OURS} group by 1, 2 order by 1, 2`,
  );
  const skipped = new Set([MIGRATIONS_TABLE, ...leaveOut]);
  return rows.filter((row) => !skipped.has(`${row.schema}.${row.name}`));
}

export async function migrationsOf(client: pg.ClientBase): Promise<MigrationRow[]> {
  const known = await client.query(`select to_regclass('${MIGRATIONS_TABLE}') as place`);
  if (known.rows[0].place === null) return [];
  const { rows } = await client.query<{ hash: string; created_at: string }>(
    `select hash, created_at::text from ${MIGRATIONS_TABLE} order by created_at`,
  );
  return rows.map((row) => ({ hash: row.hash, createdAt: Number(row.created_at) }));
}

/** Sequences that are not the migrations' own. */
export async function sequencesOf(client: pg.ClientBase): Promise<SequenceState[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'S' and ${OURS}
       and not exists (select 1 from pg_depend d where d.objid = c.oid and d.refobjid = to_regclass('${MIGRATIONS_TABLE}') and d.deptype in ('a', 'i'))
     order by 1, 2`,
  );
  const states: SequenceState[] = [];
  for (const one of rows) {
    const state = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${qualified(one)}`,
    );
    states.push({ ...one, ...state.rows[0]! });
  }
  return states;
}

export async function databaseBytes(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ size: string }>('select pg_database_size(current_database())::text as size');
  return Number(rows[0]!.size);
}

/**
 * Row-level security is forced, so an owner that is no superuser would read nothing: a policy of its own lets it read
 * every row. It holds for the owner's login alone, which the product uses for migrations and backups only.
 */
export async function letOwnerRead(client: pg.ClientBase): Promise<void> {
  const who = await client.query<{ free: boolean }>('select rolsuper or rolbypassrls as free from pg_roles where rolname = current_user');
  if (who.rows[0]?.free) return;
  const { rows } = await client.query<{ schema: string; name: string }>(
    `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and c.relrowsecurity and c.relforcerowsecurity and ${OURS}
       and not exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'owner_reads')`,
  );
  await client.query("set lock_timeout = '30s'");
  for (const table of rows) await client.query(`create policy owner_reads on ${qualified(table)} for select to current_user using (true)`);
  await client.query('set lock_timeout = 0');
}
