/** The shape of a backup: `age(zstd(tar))` with `head.json` first, then tables, anchors and files, and `manifest.json` last. */

export const FORMAT = 1;
export const HEAD = 'head.json';
export const MANIFEST = 'manifest.json';
export const ANCHORS = 'audit-anchors.log';

export type TableShape = { schema: string; name: string; columns: string[] };
export type MigrationRow = { hash: string; createdAt: number };
export type SequenceState = { schema: string; name: string; last: string; called: boolean };

/** What a restore must know before the first row. Sizes in bytes, instants as ISO text. */
export type Head = {
  format: number;
  product: string;
  takenAt: string;
  /** Every migration that the database had seen, oldest first. */
  migrations: MigrationRow[];
  tables: TableShape[];
  sequences: SequenceState[];
  /** Whether the stored files are in the backup, or stay where they are (a backup before a migration). */
  files: 'included' | 'in-place';
  databaseBytes: number;
  filesBytes: number;
  /** Keys that the data hangs on, by the first 16 hex digits of their SHA-256; the keys themselves are not in a backup. */
  keys: Record<string, string>;
};

/** `rows` only for tables; a table lies in segments `tables/schema.name/00000`, its hash runs over all of them. */
export type Part = { name: string; sha256: string; bytes: number; rows?: number };

export type Manifest = {
  parts: Part[];
  /** Stored files whose content was no longer what their name says when the backup was taken. */ damagedFiles: string[];
};

export const tablePart = (table: Pick<TableShape, 'schema' | 'name'>) => `tables/${table.schema}.${table.name}`;

/** The name of the part to which an entry of the archive belongs. */
export function partOf(entry: string): string {
  return entry.startsWith('tables/') ? entry.slice(0, entry.lastIndexOf('/')) : entry;
}

export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
export const qualified = (table: { schema: string; name: string }) => `${quoted(table.schema)}.${quoted(table.name)}`;

/** The same text for every value on every server, whatever its defaults. */
export const PLAIN_SESSION =
  "set client_encoding = 'UTF8'; set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'iso_8601'; set extra_float_digits = 1; set bytea_output = 'hex'; set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set search_path = public";
